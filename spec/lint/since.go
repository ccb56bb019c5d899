package lint

import (
	"slices"
	"sort"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
)

// Since returns the findings about entries that are new or changed: codes, subtypes,
// classes, and other top-level entries of a table. Comments, the order of keys, the
// notation of values and the location of entries do not count as changes. Findings of
// other packages are kept, because a finding that makes a table invalid is always
// reported.
//
// before returns the earlier text of a file. It returns false if the file did not
// exist.
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

// A comparison contains a file and its earlier version.
type comparison struct {
	lines   map[string]bool // earlier lines, without surrounding white space
	entries []entry         // current entries by position
	before  map[statement]bool
}

// A statement is the content of an entry, independent of its position.
type statement struct{ name, says string }

// An entry is a part of a table that is compared as a whole.
type entry struct {
	line, column int
	statement
}

func compare(file *diag.File, old string, found bool) *comparison {
	c := &comparison{lines: lines(old), before: make(map[statement]bool)}
	c.entries = entriesOf(file)
	if found {
		for _, e := range entriesOf(&diag.File{Name: file.Name, Text: old}) {
			c.before[e.statement] = true
		}
	}
	return c
}

// isNew reports whether a finding is about a new or changed entry.
func (c *comparison) isNew(d diag.Diagnostic) bool {
	if d.Rule == ruleBadIgnore || d.Rule == ruleUnusedIgnore { // comments are not part of an entry
		return !c.lines[strings.TrimSpace(d.File.Line(d.Start.Line))]
	}
	i := sort.Search(len(c.entries), func(i int) bool {
		e := c.entries[i]
		return e.line > d.Start.Line || e.line == d.Start.Line && e.column > d.Start.Column
	}) - 1
	if i < 0 {
		return true
	}
	return !c.before[c.entries[i].statement]
}

func lines(text string) map[string]bool {
	all := make(map[string]bool)
	for line := range strings.SplitSeq(text, "\n") {
		all[strings.TrimSpace(line)] = true
	}
	return all
}

// entriesOf returns the entries of a file by position. It returns none if the file is
// not a table.
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
				all = append(all, entry{n.Line, n.Column, statement{"class " + field(n, "name"), content(n, "")}})
			}
		default:
			all = append(all, entry{key.Line, key.Column, statement{"key " + key.Value, content(val, "")}})
		}
	}
	return all
}

// codeEntries returns the entry of a code and those of its subtypes. Keys after the
// subtypes belong to the code.
func codeEntries(n *yaml.Node) []entry {
	code := entry{n.Line, n.Column, statement{"code " + field(n, "code"), content(n, "subtypes")}}
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
			all = append(all, entry{s.Line, s.Column, statement{code.name + "/" + field(s, "name"), content(s, "")}})
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

// content returns the content of a node without one key. The text is the same for every
// notation of the same content.
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
