package lint

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec/diag"
)

// TestCovers compares what all comments of a file cover with what each of them does.
func TestCovers(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		var text strings.Builder
		for range 1 + r.IntN(30) {
			line := strings.Repeat(" ", r.IntN(4)) + []string{"a:", "- b", "#", "# errspec:ignore x why", "# errspec:ignore y why", ""}[r.IntN(6)]
			text.WriteString(line + []string{"\n", "\n", "\r\n"}[r.IntN(3)])
		}
		file := &diag.File{Name: "table.yaml", Text: text.String()}
		var all []ignore
		below := coveredBelow(file)
		for n := 1; n <= file.Lines(); n++ {
			if got, want := below(n), coveredByOne(file, n); got != want {
				t.Fatalf("a comment on line %d covers %v, want %v:\n%s", n, got, want, text.String())
			}
			if i, ok := ignoreAt(file, n); ok && below(n) != (lineRange{}) {
				i.lineRange = below(n)
				all = append(all, i)
			}
		}
		c := newCovers(all)
		used := make([]bool, len(all))
		for range r.IntN(6) {
			d := diag.Diagnostic{Rule: "x", Location: diag.Location{File: file, Start: diag.Pos{Line: 1 + r.IntN(file.Lines())}}}
			want := false
			for n, i := range all {
				if i.rule == d.Rule && i.first <= d.Start.Line && d.Start.Line <= i.last {
					want, used[n] = true, true
				}
			}
			if got := c.cover(d); got != want {
				t.Fatalf("line %d covered: %v, want %v:\n%s", d.Start.Line, got, want, text.String())
			}
		}
		for n, i := range all {
			if c.used(n) != used[n] {
				t.Fatalf("the comment on line %d used: %v, want %v:\n%s", i.at.Start.Line, c.used(n), used[n], text.String())
			}
		}
	}
}

// coveredByOne returns what [coveredBelow] does, line by line.
func coveredByOne(file *diag.File, n int) lineRange {
	for n++; strings.HasPrefix(strings.TrimLeft(file.Line(n), " "), "#"); n++ {
	}
	if strings.TrimSpace(file.Line(n)) == "" {
		return lineRange{}
	}
	covered := lineRange{n, n}
	for n++; n <= file.Lines(); n++ {
		line := file.Line(n)
		if strings.TrimSpace(line) == "" {
			continue
		}
		if indent(line) <= indent(file.Line(covered.first)) {
			break
		}
		covered.last = n
	}
	return covered
}
