package html

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec/prose"
)

// A diagram is a drawing of the retry decision. Questions are one below the other,
// and outcomes are indented below their question. It is narrow, so that its text is
// readable on a phone.
type diagram struct {
	Width, Height int
	Title, Text   string
	Lines         []string // paths
	Boxes         []box
	Words         []words
}

type box struct {
	Class               string
	X, Y, Width, Height int
}

type words struct {
	Class string
	X, Y  int
	Text  string
}

// Sizes of a diagram, in its own pixels.
const (
	diagramWidth = 340
	indent       = 64 // of outcomes
	spine        = 20 // x of the line between questions
	lineHeight   = 19
	padding      = 12
	gapHeight    = 16
	branch       = padding + 8 // y of the line to an outcome's box
	// moreCodes is the number of codes that an outcome lists.
	moreCodes = 4
	// codeWidth is the number of characters of a code that fit into an outcome's
	// box.
	codeWidth = 30
)

// draw returns the diagram of a flow.
func draw(f plan.Flow) diagram {
	d := diagram{Width: diagramWidth, Title: "May a request be retried?", Text: describe(f)}
	if len(f.Questions) == 0 {
		return d
	}
	y := d.box("start", 0, 0, []words{{Class: "inverse", Text: f.Start}})
	from, turn := y, y // y of the start of the line to the next question, and of its last branch
	for i, q := range f.Questions {
		if i > 0 {
			d.word("answer", spine+8, y+gapHeight, f.Questions[i-1].Next)
		}
		y += gapHeight + 8
		d.line(from, y)
		y = d.box("question", 0, y, []words{{Text: q.Text}})
		from, turn = y, y
		for _, o := range q.Outcomes {
			if len(q.Outcomes) > 1 {
				o.Answer = "" // the boxes of several outcomes contain the answer
			}
			turn = y + gapHeight + branch
			y = d.outcome(o, y+gapHeight)
		}
	}
	// After the last question, the line ends at the branch to the last outcome.
	d.line(from, turn)
	d.Height = y + 1
	return d
}

// outcome draws the outcome of an answer, with its branch of the line.
func (d *diagram) outcome(o plan.Outcome, y int) int {
	var lines []words
	for i, text := range o.Text {
		class := ""
		if i == 0 {
			class = "strong"
		}
		lines = append(lines, words{Class: class, Text: text})
	}
	for i, c := range o.Codes {
		if i == moreCodes && len(o.Codes) > moreCodes+1 {
			lines = append(lines, words{Text: fmt.Sprintf("and %d more", len(o.Codes)-i)})
			break
		}
		lines = append(lines, words{Class: "mono", Text: prose.Shorten(c.Wire, codeWidth)})
	}
	d.Lines = append(d.Lines, fmt.Sprintf("M%d %dH%d", spine, y+branch, indent))
	if o.Answer != "" {
		d.word("answer", spine+6, y+padding+3, o.Answer)
	}
	return d.box(mark(o.Verdict.Key), indent, y, lines)
}

// box draws a box with lines of text from x to the right edge, and returns the y of
// its end.
func (d *diagram) box(class string, x, y int, lines []words) int {
	height := 2*padding + lineHeight*len(lines) - 5
	d.Boxes = append(d.Boxes, box{Class: class, X: x + 1, Y: y + 1, Width: diagramWidth - x - 2, Height: height - 2})
	for i, line := range lines {
		d.word(line.Class, x+padding, y+padding+12+i*lineHeight, line.Text)
	}
	return y + height
}

// line draws the line between questions from one y to another.
func (d *diagram) line(from, to int) {
	d.Lines = append(d.Lines, fmt.Sprintf("M%d %dV%d", spine, from, to))
}

func (d *diagram) word(class string, x, y int, text string) {
	d.Words = append(d.Words, words{class, x, y, text})
}

// describe returns the flow as text, for screen readers.
func describe(f plan.Flow) string {
	var b strings.Builder
	for _, q := range f.Questions {
		b.WriteString(q.Text)
		for _, o := range q.Outcomes {
			fmt.Fprintf(&b, " %s: %s", o.Answer, strings.Join(o.Text, " "))
			if len(o.Codes) > 0 {
				fmt.Fprintf(&b, " (%s)", count(len(o.Codes), "code"))
			}
			b.WriteString(";")
		}
		if q.Next != "" {
			fmt.Fprintf(&b, " %s: next question. ", q.Next)
		}
	}
	return strings.TrimSuffix(b.String(), ";") + "."
}
