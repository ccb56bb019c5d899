package golang

import (
	"embed"
	"fmt"
	"strings"

	"github.com/errspec/errspec/gen/internal/plan"
)

//go:embed runtime/codes_test.go
var runtime embed.FS

// copied says which files of the run time go into a package, and under which
// name.
var copied = []struct {
	source, name string
}{
	{"runtime/codes_test.go", "codes_test.go"},
}

// copyRuntime returns the files that do not depend on the table.
func copyRuntime(p *plan.Plan, header string) ([]File, error) {
	var files []File
	for _, c := range copied {
		data, err := runtime.ReadFile(c.source)
		if err != nil {
			return nil, err
		}
		source, err := repackage(string(data), p.Package, header)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.source, err)
		}
		files = append(files, File{c.name, []byte(source)})
	}
	return files, nil
}

const runtimeClause = "package runtime\n"

// repackage puts a source file under another package clause and header. What
// stands above the clause is for readers of errspec and stays behind.
func repackage(source, pkg, header string) (string, error) {
	_, body, ok := strings.Cut("\n"+source, "\n"+runtimeClause)
	if !ok {
		return "", fmt.Errorf("no line %q", strings.TrimSpace(runtimeClause))
	}
	return header + "\n\npackage " + pkg + "\n" + body, nil
}
