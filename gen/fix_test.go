package gen

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A renamed code keeps a constant of its former name, and go fix replaces it in
// programs that use the package, here a vendored one.
func TestGoFixRenames(t *testing.T) {
	t.Parallel()
	rendered := renderText(t, `errspec: 1
name: shop
title: Shop errors
codes:
  - {code: rate_limited, title: Slow down, description: Too fast., renamed_from: [too_fast]}
  - {code: gone, title: Gone, description: It is gone.}
`)
	m := newModule(t)
	m.write(files{
		"go.mod":             "module example.com/app\n\ngo 1.22\n\nrequire example.com/shop v1.0.0\n",
		"vendor/modules.txt": "# example.com/shop v1.0.0\n## explicit; go 1.22\nexample.com/shop\n",
		"app.go": `package app

import (
	"errors"

	"example.com/shop"
)

func slow(err error) bool {
	return errors.Is(err, shop.CodeTooFast) && !errors.Is(err, shop.CodeGone)
}
`,
	})
	for name, text := range rendered {
		if in, ok := strings.CutPrefix(name, "go/"); ok && !strings.Contains(in, "_test.go") && !strings.Contains(in, "testdata") {
			m.write(files{"vendor/example.com/shop/" + in: text})
		}
	}
	if _, stderr, err := m.try("help", "fix"); err != nil {
		t.Skipf("no go fix: %s", stderr)
	}
	m.run("fix", "-mod=vendor", "-trimpath=false", "./...") // a cached fix has the paths of another directory
	fixed, err := os.ReadFile(filepath.Join(m.dir, "app.go"))
	if err != nil {
		t.Fatal(err)
	}
	if text := string(fixed); !strings.Contains(text, "errors.Is(err, shop.CodeRateLimited)") || strings.Contains(text, "CodeTooFast") {
		t.Errorf("go fix left\n%s", text)
	}
	m.run("build", "-mod=vendor", "./...")
}
