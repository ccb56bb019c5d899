// Package copied omits parts of source that generated modules contain copies of.
//
// Source that does not depend on a table is compiled and tested where it is, and copied
// into generated modules of its language. Marks in it name the features that some of its
// lines belong to. A mark is above and below such lines, or at the end of a line that a
// formatter aligns with others:
//
//	//errspec:if id
//	e.TaskID = t.id()
//	//errspec:end
//
//	TaskID     string        //errspec:if id
//
// The name of a feature after ! stands for modules without it.
package copied

import (
	"slices"
	"strings"
)

// Marks are the marks of a language.
type Marks struct {
	If  string // before the name of a feature
	End string
}

// Slashes are the marks of languages with // comments.
var Slashes = Marks{If: "//errspec:if ", End: "//errspec:end"}

// Features returns the features that the marks of a source name, in order.
func (m Marks) Features(source string) []string {
	var features []string
	for line := range strings.Lines(source) {
		_, name, marked := strings.Cut(strings.TrimRight(line, "\r\n"), m.If)
		name = strings.TrimPrefix(name, "!")
		if marked && !slices.Contains(features, name) {
			features = append(features, name)
		}
	}
	return features
}

// Select returns the lines without marks, and without the lines of features that has
// does not report. Marked lines may contain others. A blank line that only omitted lines
// separate from another one is omitted too.
func (m Marks) Select(lines []string, has func(feature string) bool) []string {
	keeps := func(name string) bool {
		feature, without := strings.CutPrefix(name, "!")
		return has(feature) != without
	}
	kept := make([]string, 0, len(lines))
	var blocks []bool // around the line: whether their lines are omitted
	skip, wasMark := false, false
	for _, line := range lines {
		code, name, marked := strings.Cut(line, m.If)
		end := strings.TrimSpace(line) == m.End
		alone := end || marked && strings.TrimSpace(code) == ""
		switch {
		case end && len(blocks) > 0:
			skip, blocks = blocks[len(blocks)-1], blocks[:len(blocks)-1]
		case end:
		case alone:
			blocks = append(blocks, skip)
			skip = skip || !keeps(name)
		case skip, marked && !keeps(name):
		case marked:
			kept = append(kept, strings.TrimRight(code, " \t"))
		case wasMark && line == "" && len(kept) > 0 && kept[len(kept)-1] == "":
		default:
			kept = append(kept, line)
		}
		wasMark = alone
	}
	return kept
}
