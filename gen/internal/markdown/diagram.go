package markdown

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/gen/internal/plan"
)

// drawnCodes is the number of codes that a box of the diagram lists.
const drawnCodes = 5

// diagram writes the retry decision as a Mermaid flowchart, which GitHub and other
// sites render as a picture:
//
//	flowchart TD
//	    start(["A request failed"]) --> q1
//	    q1{"Is the outcome known?"}
//	    q1 -- no --> q1a["Do not retry"]
func (w *page) diagram() {
	f := w.plan.Flow()
	if len(f.Questions) == 0 {
		return
	}
	var b strings.Builder
	b.WriteString("```mermaid\nflowchart TD\n    accTitle: May a request be retried?\n")
	fmt.Fprintf(&b, "    start([%s]) --> q1\n", drawn(f.Start))
	for i, q := range f.Questions {
		name := fmt.Sprintf("q%d", i+1)
		fmt.Fprintf(&b, "    %s{%s}\n", name, drawn(q.Text))
		if q.Next != "" { // first, so that the final boxes are alone on their side
			fmt.Fprintf(&b, "    %s -- %s --> q%d\n", name, q.Next, i+2)
		}
		for j, o := range q.Outcomes {
			fmt.Fprintf(&b, "    %s -- %s --> %s%c[%s]\n", name, o.Answer, name, 'a'+j, drawn(box(o)...))
		}
	}
	w.block(md(b.String()) + "```")
}

// box returns the lines of an outcome.
func box(o plan.Outcome) []string {
	lines := append([]string(nil), o.Text...)
	for i, c := range o.Codes {
		if i == drawnCodes && len(o.Codes) > drawnCodes+1 {
			return append(lines, fmt.Sprintf("and %d more", len(o.Codes)-i))
		}
		lines = append(lines, c.Wire)
	}
	return lines
}

// drawn returns lines as the text of a box. Special characters are written as
// numbers: Mermaid would interpret quotes, Markdown, HTML and its own entities, and
// a template engine would interpret braces.
func drawn(lines ...string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i, line := range lines {
		if i > 0 {
			b.WriteString("<br>")
		}
		for _, r := range line {
			if isAlphanumeric(r) || r >= 0x80 || strings.ContainsRune(" _.,:?-", r) {
				b.WriteRune(r)
			} else {
				fmt.Fprintf(&b, "#%d;", r)
			}
		}
	}
	b.WriteByte('"')
	return b.String()
}
