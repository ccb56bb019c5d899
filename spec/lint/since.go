package lint

import (
	"slices"
	"sort"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
)

// Since returns the findings that are about entries which are new or say
// something else than before: codes, subtypes, classes, and what else stands at
// the top of a table. Comments, the order of keys and how a value is written do
// not count, nor does where the entry stands. Findings of rules that are not of
// this package stay: what makes a table invalid is never old.
//
// before returns what a file held, and whether it was there.
func Since(findings diag.List, before func(*diag.File) (text string, found bool, err error)) (diag.List, error) {
	own := make(map[string]bool)
	for _, r := range rules() {
		own[r.ID] = true
	}
	files := make(map[*diag.File]*comparison)
	var kept diag.List
	for _, d := range findings {
		if !own[d.Rule] || d.File == nil {
			kept = append(kept, d)
			continue
		}
		c := files[d.File]
		if c == nil {
			text, found, err := before(d.File)
			if err != nil {
				return nil, err
			}
			c = compare(d.File, text, found)
			files[d.File] = c
		}
		if c.isNew(d) {
			kept = append(kept, d)
		}
	}
	return kept, nil
}

// A comparison is a file now and before.
type comparison struct {
	lines   map[string]bool // before, without the white space around them
	entries []entry         // now, by place
	before  map[said]bool
}

// What an entry says, wherever it says it.
type said struct{ name, says string }

// An entry is a part of a table that changes as a whole.
type entry struct {
	line, column int
	said
}

func compare(file *diag.File, old string, found bool) *comparison {
	c := &comparison{lines: lines(old), before: make(map[said]bool)}
	c.entries = entriesOf(file)
	if found {
		for _, e := range entriesOf(&diag.File{Name: file.Name, Text: old}) {
			c.before[e.said] = true
		}
	}
	return c
}

// isNew reports whether a finding is about an entry that is new or has changed.
func (c *comparison) isNew(d diag.Diagnostic) bool {
	if d.Rule == ruleBadIgnore || d.Rule == ruleUnusedIgnore { // comments belong to no entry
		return !c.lines[strings.TrimSpace(d.File.Line(d.Start.Line))]
	}
	i := sort.Search(len(c.entries), func(i int) bool {
		e := c.entries[i]
		return e.line > d.Start.Line || e.line == d.Start.Line && e.column > d.Start.Column
	}) - 1
	if i < 0 {
		return true
	}
	return !c.before[c.entries[i].said]
}

func lines(text string) map[string]bool {
	all := make(map[string]bool)
	for line := range strings.SplitSeq(text, "\n") {
		all[strings.TrimSpace(line)] = true
	}
	return all
}

// entriesOf returns the entries of a file by place; none of one that is no table.
func entriesOf(file *diag.File) []entry {
	root := form.NewDecoder(file).Parse()
	if root == nil || root.Kind != yaml.MappingNode {
		return nil
	}
	var all []entry
	for i := 0; i+1 < len(root.Content); i += 2 {
		key, val := root.Content[i], root.Content[i+1]
		switch {
		case (key.Value == "codes" || key.Value == "additions") && val.Kind == yaml.SequenceNode:
			for _, n := range val.Content {
				all = append(all, codeEntries(n)...)
			}
		case key.Value == "classes" && val.Kind == yaml.SequenceNode:
			for _, n := range val.Content {
				all = append(all, entry{n.Line, n.Column, said{"class " + field(n, "name"), content(n, "")}})
			}
		default:
			all = append(all, entry{key.Line, key.Column, said{"key " + key.Value, content(val, "")}})
		}
	}
	return all
}

// codeEntries returns the entry of a code and those of its subtypes. What comes
// behind the subtypes is the code's again.
func codeEntries(n *yaml.Node) []entry {
	code := entry{n.Line, n.Column, said{"code " + field(n, "code"), content(n, "subtypes")}}
	all := []entry{code}
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		key, val := n.Content[i], n.Content[i+1]
		if len(all) > 1 {
			back := code
			back.line, back.column = key.Line, key.Column
			all = append(all, back)
		}
		if key.Value != "subtypes" || val.Kind != yaml.SequenceNode {
			continue
		}
		for _, s := range val.Content {
			all = append(all, entry{s.Line, s.Column, said{code.name + "/" + field(s, "name"), content(s, "")}})
		}
	}
	return all
}

func field(n *yaml.Node, key string) string {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1].Value
		}
	}
	return ""
}

// content returns what a node says, without one key: the same text for the same
// content, however it is written.
func content(n *yaml.Node, without string) string {
	switch n.Kind {
	case yaml.MappingNode:
		var pairs []string
		for i := 0; i+1 < len(n.Content); i += 2 {
			if key := n.Content[i].Value; key != without || without == "" {
				pairs = append(pairs, content(n.Content[i], "")+":"+content(n.Content[i+1], ""))
			}
		}
		slices.Sort(pairs)
		return "{" + strings.Join(pairs, ",") + "}"
	case yaml.SequenceNode:
		var items []string
		for _, c := range n.Content {
			items = append(items, content(c, ""))
		}
		return "[" + strings.Join(items, ",") + "]"
	}
	return n.ShortTag() + quoted(n.Value)
}

func quoted(s string) string {
	return `"` + strings.ReplaceAll(strings.ReplaceAll(s, `\`, `\\`), `"`, `\"`) + `"`
}
