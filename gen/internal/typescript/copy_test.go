package typescript

import (
	"path"
	"regexp"
	"strings"
	"testing"
)

// A mark at the end of a declaration would omit it without its comment, which would then describe
// the next one.
func TestMarksIncludeComments(t *testing.T) {
	loose := regexp.MustCompile(`\*/\n.*\S.* //errspec:if .*`)
	for _, dir := range []string{"runtime", "runtime/js"} {
		entries, err := runtimeSource.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if e.IsDir() || e.Name() == "standin.ts" { // not copied
				continue
			}
			source, err := runtimeSource.ReadFile(path.Join(dir, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			if found := loose.FindString(string(source)); found != "" {
				t.Errorf("%s: put the comment between the marks: %s", e.Name(), strings.TrimPrefix(found, "*/\n"))
			}
		}
	}
}
