package gen

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

const numbered = `
errspec: 1
name: numbered
title: Numbered
wire: integer
codes:
  - {code: 0, name: ok, title: Fine, description: Fine}
  - {code: 7, title: Seven, description: Seven}
  - {code: -1, title: Minus one, description: Minus one}
  - {code: 9223372036854775807, name: most, title: Most, description: Most}
  - {code: -9223372036854775808, name: least, title: Least, description: Least}
`

// A value must not be printed with the name of another value. If a constant is
// changed by hand, the package does not compile until it is generated again.
func TestStaleConstantsDoNotCompile(t *testing.T) {
	t.Parallel()
	m := newModule(t)
	rendered := renderText(t, numbered)
	put := func(dir string, f files) {
		for name, text := range f {
			if in, ok := strings.CutPrefix(name, "go/"); ok && in != "codes_test.go" {
				m.write(files{dir + "/" + in: text})
			}
		}
	}
	put("untouched", rendered)
	m.run("build", "./...")

	changes := []struct{ file, old, new string }{
		{"actions.go", "\tActionFix ", "\tActionNew // new\n\tActionFix "},
		{"actions.go", "\tActionNever ", "\tActionNew // new\n\tActionNever "},
		{"actions.go", "\tActionUnknown  Action = iota", "\tActionUnknown  Action = iota + 1"},
		{"actions.go", "\tActionUnknown  Action = iota", "\tActionUnknown  Action = 7 - iota"},
		{"classes.go", "\tFaultClient ", "\tFaultNew\n\tFaultClient "},
		{"classes.go", "FaultUnknown Fault = iota", "FaultUnknown Fault = 2 - iota"},
		{"codes.go", "Code = 0", "Code = 8"},
		{"codes.go", "Code = 0", "Code = -8"},
		{"codes.go", "Code = 7", "Code = 6"},
		{"codes.go", "Code = 7", "Code = 8"},
		{"codes.go", "Code = -1", "Code = 1"},
		{"codes.go", "Code = -1", "Code = -2"},
		{"codes.go", "Code = 9223372036854775807", "Code = 9223372036854775806"},
		{"codes.go", "Code = -9223372036854775808", "Code = -9223372036854775807"},
	}
	for i, c := range changes {
		changed := files{}
		for name, text := range rendered {
			changed[name] = text
		}
		name := "go/" + c.file
		changed[name] = strings.Replace(rendered[name], c.old, c.new, 1)
		if changed[name] == rendered[name] {
			t.Fatalf("%s has no %q", name, c.old)
		}
		put(fmt.Sprintf("changed%02d", i), changed)
	}
	_, stderr, err := m.try("build", "./...")
	if err == nil {
		t.Fatal("all changed packages compile")
	}
	for i, c := range changes {
		reason := regexp.MustCompile(fmt.Sprintf(`(?m)^changed%02d/%s:\d+:\d+: invalid argument: index `, i, regexp.QuoteMeta(c.file)))
		if !reason.MatchString(stderr) {
			t.Errorf("with %q instead of %q, %s compiles, or fails for another reason:\n%s", c.new, c.old, c.file, stderr)
		}
	}
	if strings.Contains(stderr, "untouched") {
		t.Errorf("the unchanged package does not compile:\n%s", stderr)
	}
}
