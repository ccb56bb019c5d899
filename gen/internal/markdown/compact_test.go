package markdown

import (
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/plan"
)

func TestCompact(t *testing.T) {
	want := []string{
		"Error Code | Automatic | Next step",
		"<del>[`bad_size`](errors.md#bad_size)</del> | no | Change the request before sending it again.",
		"<del>[`bad_size/height`](errors.md#bad_size-height)</del> | no | The same request will never succeed.",
		"[`busy`](errors.md#busy) | yes | Clients may retry the same request automatically after a delay.",
		"[`busy/slow`](errors.md#busy-slow) | yes | Clients may retry the same request automatically after 20s to 40s.",
		"[`busy/spent`](errors.md#busy-spent) | no | The same request may succeed later, but clients must not retry it automatically.",
		"<del>[`old`](errors.md#old)</del> | no | Contact the service's support; clients must not retry the same request automatically.",
	}
	at := &Reference{Options: Options{File: "errors.md"}}
	text, problem := NewParts(fullPlan(), at, false).Block("compact")
	if problem != nil {
		t.Fatal(problem)
	}
	var got []string
	for i, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		if i != 1 { // the rule of the table
			got = append(got, strings.Join(strings.Fields(strings.Trim(line, "|")), " "))
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// No code or sentence can end a cell or a row, or contain markup.
func TestCompactHostile(t *testing.T) {
	c := &plan.Code{Wire: "a|b`\n| c", Retry: plan.Retry{Sentence: "Do <b> | *this*."}}
	c.Subtypes = []*plan.Subtype{{Code: c, Value: c.Wire + "/d"}}
	for _, mdx := range []bool{false, true} {
		got, problem := NewParts(&plan.Plan{Codes: []*plan.Code{c}}, nil, mdx).Block("compact")
		if problem != nil {
			t.Fatal(problem)
		}
		lines := strings.Split(strings.TrimSuffix(string(got), "\n"), "\n")
		if len(lines) != 4 || !strings.Contains(lines[2], `Do &lt;b> \| \*this\*.`) {
			t.Errorf("got\n%s", got)
		}
		for _, line := range lines {
			if n := strings.Count(strings.ReplaceAll(line, `\|`, ""), "|"); n != 4 {
				t.Errorf("%d ends of cells in %s", n, line)
			}
		}
	}
}
