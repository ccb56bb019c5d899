package lint

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/spec/diag"
)

// A lineRange is a stretch of a file; the zero value is empty.
type lineRange struct{ first, last int }

// coveredBelow returns which lines a comment on a line covers: the one below it,
// other comments aside, and what is indented further. They are worked out for all
// lines together, since a comment may stand above all of a table.
func coveredBelow(file *diag.File) func(n int) lineRange {
	total := file.Lines()
	ends := make([]int, total+1) // by line: the last one that is indented further, itself if none is
	var open []int               // lines whose end is not known, each indented further than the one before
	last := 0                    // line that is not blank
	closeFrom := func(depth int) {
		for len(open) > 0 && indent(file.Line(open[len(open)-1])) >= depth {
			ends[open[len(open)-1]] = last
			open = open[:len(open)-1]
		}
	}
	for n := 1; n <= total; n++ {
		if line := file.Line(n); strings.TrimSpace(line) != "" {
			closeFrom(indent(line))
			open = append(open, n)
			last = n
		}
	}
	closeFrom(0)
	next := make([]int, total+2) // by line: the first from there on that is no comment
	next[total+1] = total + 1
	for n := total; n > 0; n-- {
		next[n] = n
		if strings.HasPrefix(strings.TrimLeft(file.Line(n), " "), "#") {
			next[n] = next[n+1]
		}
	}
	return func(n int) lineRange {
		first := next[n+1]
		if first > total || ends[first] == 0 { // the end of the file, or a blank line
			return lineRange{}
		}
		return lineRange{first, ends[first]}
	}
}

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// covers finds the comments that cover a finding. What two comments cover is the
// same, or one is in the other, or they have nothing in common: that is how
// indentation is. So the comments of a rule in a file are a tree.
type covers struct {
	nodes  []coverNode
	of     []int              // by comment: its node
	byRule map[coverKey][]int // nodes by the first line that they cover
}

type coverKey struct {
	file *diag.File
	rule string
}

// A coverNode is what some comments of a rule cover.
type coverNode struct {
	lineRange
	outer int // the node around this one, -1 if there is none
	used  bool
}

// newCovers takes comments in the order of files and lines.
func newCovers(all []ignore) *covers {
	c := &covers{byRule: make(map[coverKey][]int)}
	for _, i := range all {
		key := coverKey{i.file, i.rule}
		before := -1
		if others := c.byRule[key]; len(others) > 0 {
			before = others[len(others)-1]
		}
		if before < 0 || c.nodes[before].lineRange != i.lineRange {
			for before >= 0 && c.nodes[before].last < i.first {
				before = c.nodes[before].outer
			}
			c.nodes = append(c.nodes, coverNode{lineRange: i.lineRange, outer: before})
			before = len(c.nodes) - 1
			c.byRule[key] = append(c.byRule[key], before)
		}
		c.of = append(c.of, before)
	}
	return c
}

// cover reports whether a comment covers a finding, and remembers all that do.
func (c *covers) cover(d diag.Diagnostic) bool {
	all := c.byRule[coverKey{d.File, d.Rule}]
	i, _ := slices.BinarySearchFunc(all, d.Start.Line, func(node, line int) int { // the first that begins below
		if c.nodes[node].first > line {
			return 1
		}
		return -1
	})
	if i == 0 {
		return false
	}
	node := all[i-1]
	for node >= 0 && c.nodes[node].last < d.Start.Line {
		node = c.nodes[node].outer
	}
	covered := node >= 0
	for ; node >= 0 && !c.nodes[node].used; node = c.nodes[node].outer {
		c.nodes[node].used = true // so are those around one that was used before
	}
	return covered
}

// used reports whether comment n covers a finding.
func (c *covers) used(n int) bool { return c.nodes[c.of[n]].used }
