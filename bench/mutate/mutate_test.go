package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const sample = `package p

import "fmt"

func f(a, b int) (int, bool) {
	if a < b && ready() {
		a++
	}
	for !ready() {
		a |= 'x'
	}
	fmt.Println(a)
	switch {
	case ready():
		return -1, true
	}
	return func() int { return a }(), a == b
}
`

func TestMutants(t *testing.T) {
	found, err := mutantsIn(part{}, "p.go", sample)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range found {
		got = append(got, m.String())
	}
	want := []string{
		"p.go:6: a < b && ready() => false && (a < b && ready())",
		"p.go:6: && => ||", "p.go:6: < => <=", "p.go:6: < => >=",
		"p.go:7: ++ => --", "p.go:7: a++ => nothing",
		"p.go:9: !ready() => !(!ready())",
		"p.go:10: |= => &=", "p.go:10: a |= 'x' => nothing", "p.go:10: 'x' => ('x' + 1)", "p.go:10: 'x' => ('x' - 1)",
		"p.go:12: fmt.Println(a) => nothing",
		"p.go:14: ready() => !(ready())",
		"p.go:15: -1 => *new(int)", "p.go:15: -1 => (-1 + 1)", "p.go:15: true => false",
		"p.go:17: func() int { return a }() => *new(int)", "p.go:17: a == b => !(a == b)", "p.go:17: a => *new(int)", "p.go:17: == => !=",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, m := range found {
		if sample[m.from:m.to] != m.old {
			t.Errorf("%s replaces %q", m, sample[m.from:m.to])
		}
	}
}

// The same seed selects the same mutants.
func TestDraw(t *testing.T) {
	found, err := mutantsIn(part{}, "p.go", sample)
	if err != nil {
		t.Fatal(err)
	}
	a, b := draw(found, options{size: 5, seed: 3}), draw(found, options{size: 5, seed: 3})
	if len(a) != 5 || !slices.Equal(a, b) {
		t.Errorf("%v and %v", a, b)
	}
	if got := draw(found, options{only: []string{"p.go:7"}, size: 1}); len(got) != 2 {
		t.Errorf("of line 7: %v", got)
	}
}

// Reasons must belong to an existing mutant.
func TestReasons(t *testing.T) {
	reasons, err := readReasons("equivalent.txt")
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	for _, a := range areas {
		all, err := mutantsOf(a, filepath.Join("..", ".."))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range all {
			keys[m.key()], keys[m.anyKey()] = true, true
		}
	}
	for key := range reasons {
		if !keys[key] {
			t.Errorf("equivalent.txt contains an unknown mutant: %s", key)
		}
	}
	for _, text := range []string{"\ta reason\n", "f.go | x | a => b\n"} {
		if _, err := parseReasons(text); err == nil {
			t.Errorf("%q is accepted", text)
		}
	}
}

// A mutant survives if no test fails, and the tree is unchanged afterwards.
func TestTry(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":      "module p\n\ngo 1.25\n",
		"p/p.go":      "package p\n\nfunc Sum(a, b int) int { return a + b }\n\nfunc Loose() int { return 7 }\n",
		"p/p_test.go": "package p\n\nimport \"testing\"\n\nfunc TestSum(t *testing.T) {\n\tif Sum(1, 2) != 3 {\n\t\tt.Fail()\n\t}\n}\n",
	} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	p := part{dir: "p", files: "p.go"}
	all, err := mutantsOf(area{parts: []part{p}}, dir)
	if err != nil {
		t.Fatal(err)
	}
	tree := &tree{dir: dir}
	if err := tree.sound(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		want := killed
		if m.line == 5 {
			want = survived
		}
		if got, err := tree.try(t.Context(), m); got != want || err != nil {
			t.Errorf("%s: fate %d, %v, want %d", m, got, err, want)
		}
	}
	if err := tree.sound(t.Context(), p); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
