package gen

import (
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
)

// repair changes the entries that errors refer to, until there are no errors or it
// cannot change more. It first replaces a text by a unique word. If the error
// remains, it removes the entry. It returns the text of the resulting table.
func (g *grammar) repair(t *tree) string {
	changed := make(map[*tree]bool)
	text := g.yaml(t)
	for range 40 {
		var bad []diag.Diagnostic
		for _, d := range checkText(text) {
			if d.Severity == diag.Error && d.Rule != "bad-ignore" {
				bad = append(bad, d)
			}
		}
		if len(bad) == 0 {
			break
		}
		root := rootOf(text)
		if root == nil {
			break
		}
		var all []located
		locate(t, root, &all)
		progress := false
		for _, d := range bad {
			progress = g.change(all, d, changed) || progress
		}
		if !progress {
			break
		}
		text = g.yaml(t)
	}
	return text
}

func rootOf(text string) *yaml.Node {
	var doc yaml.Node
	text = strings.Replace(strings.TrimPrefix(text, "\uFEFF"), "%YAML 1.2", "%YAML 1.1", 1)
	if yaml.Unmarshal([]byte(text), &doc) != nil || len(doc.Content) == 0 {
		return nil
	}
	return doc.Content[0]
}

// located is an entry of a tree and its location in a text.
type located struct {
	at    diag.Pos // of the key or of the item
	value diag.Pos
	val   *tree
	in    *tree // parent
}

// locate returns the entries of a tree in the text that was written from it, in
// order.
func locate(t *tree, n *yaml.Node, all *[]located) {
	switch {
	case t.kind == mappingTree && n.Kind == yaml.MappingNode && len(n.Content) == 2*len(t.pairs):
		for i, p := range t.pairs {
			key, val := n.Content[2*i], n.Content[2*i+1]
			*all = append(*all, located{diag.Pos{Line: key.Line, Column: key.Column}, diag.Pos{Line: val.Line, Column: val.Column}, p.val, t})
			locate(p.val, val, all)
		}
	case t.kind == listTree && n.Kind == yaml.SequenceNode && len(n.Content) == len(t.items):
		for i, item := range t.items {
			at := diag.Pos{Line: n.Content[i].Line, Column: n.Content[i].Column}
			*all = append(*all, located{at, at, item, t})
			locate(item, n.Content[i], all)
		}
	}
}

// change changes or removes the entry that an error refers to.
func (g *grammar) change(all []located, d diag.Diagnostic, changed map[*tree]bool) bool {
	found := -1
	for i, e := range all {
		if d.Rule == form.RuleMissingKey && e.value == d.Start && e.val.kind == mappingTree {
			found = i
			break
		}
		if !d.Start.Before(e.at) {
			found = i
		}
	}
	if found < 0 {
		return false
	}
	e := all[found]
	if e.val.kind == textTree && !changed[e.val] {
		changed[e.val] = true
		g.codes++
		e.val.text = fmt.Sprintf("w%d", g.codes)
		return true
	}
	pairs, items := len(e.in.pairs), len(e.in.items)
	e.in.pairs = slices.DeleteFunc(e.in.pairs, func(p treePair) bool { return p.val == e.val })
	e.in.items = slices.DeleteFunc(e.in.items, func(item *tree) bool { return item == e.val })
	return len(e.in.pairs) < pairs || len(e.in.items) < items
}
