package diag

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func at(file *File, line, column, end int) Location {
	return Location{File: file, Start: Pos{line, column}, End: Pos{line, end}}
}

func TestSeverity(t *testing.T) {
	for s, want := range map[Severity]string{Error: "error", Warning: "warning", Info: "info", 3: "Severity(3)"} {
		if s.String() != want {
			t.Errorf("%d is %s", s, s)
		}
	}
	if d := (Diagnostic{}); d.Severity != Error {
		t.Errorf("the zero severity is %s", d.Severity)
	}
}

func TestWorst(t *testing.T) {
	for _, c := range []struct {
		severities []Severity
		worst      Severity
		ok, errors bool
	}{
		{nil, Info, false, false},
		{[]Severity{Info}, Info, true, false},
		{[]Severity{Info, Warning, Info}, Warning, true, false},
		{[]Severity{Warning, Error, Info}, Error, true, true},
	} {
		var l List
		for _, s := range c.severities {
			l = append(l, Diagnostic{Severity: s})
		}
		worst, ok := l.Worst()
		if worst != c.worst || ok != c.ok || l.HasErrors() != c.errors {
			t.Errorf("%v: worst %v, %v, errors %v", c.severities, worst, ok, l.HasErrors())
		}
	}
}

// Sorted does not depend on the order of the list, removes duplicates, and does not modify the
// list.
func TestSorted(t *testing.T) {
	a, b, again := &File{Name: "a.yaml"}, &File{Name: "b.yaml"}, &File{Name: "a.yaml"}
	want := List{
		{Rule: "no-file", Message: "m"},
		{Rule: "r", Message: "m", Location: Location{File: a}},
		{Rule: "r", Message: "m", Location: at(a, 1, 1, 1)},
		{Rule: "r", Message: "m", Location: at(a, 1, 1, 4)},
		{Rule: "r", Message: "n", Location: at(a, 1, 1, 4)},
		{Rule: "s", Message: "a", Location: at(a, 1, 1, 4)},
		{Rule: "a", Message: "a", Location: at(a, 1, 1, 4), Severity: Warning},
		{Rule: "a", Message: "a", Location: at(a, 1, 2, 2)},
		{Rule: "a", Message: "a", Location: at(a, 2, 1, 1)},
		{Rule: "a", Message: "a", Location: at(a, 10, 1, 1)},
		{Rule: "a", Message: "a", Location: at(b, 1, 1, 1)},
	}
	all := slices.Concat(want, want[3:7], List{{Rule: "a", Message: "a", Location: at(again, 2, 1, 1)}})
	show := func(l List) string {
		var b strings.Builder
		for _, d := range l {
			b.WriteString(d.String() + "\n")
		}
		return b.String()
	}
	for seed := range uint64(200) {
		given := slices.Clone(all)
		rand.New(rand.NewPCG(seed, 0)).Shuffle(len(given), func(i, j int) { given[i], given[j] = given[j], given[i] })
		before := show(given)
		if got := given.Sorted(); show(got) != show(want) {
			t.Fatalf("sorted:\n%s\nwant:\n%s", show(got), show(want))
		}
		if show(given) != before {
			t.Fatal("Sorted modified the list")
		}
	}
	if got := (List(nil)).Sorted(); len(got) != 0 {
		t.Errorf("an empty list sorted is %v", got)
	}
}

func TestString(t *testing.T) {
	f := &File{Name: "x/a.yaml"}
	for got, want := range map[string]string{
		Location{}.String():        "-",
		Location{File: f}.String(): "x/a.yaml",
		at(f, 3, 7, 9).String():    "x/a.yaml:3:7",
		Diagnostic{Rule: "r", Severity: Info, Message: "m", Location: at(f, 3, 7, 9)}.String(): "x/a.yaml:3:7: info: m [r]",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
