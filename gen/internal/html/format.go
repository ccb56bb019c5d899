package html

import (
	"slices"

	"github.com/errspec/errspec/gen/internal/typescript"
)

// shorten returns a format that reads responses like f without the fields that are only
// documentation. The script reads no values of these fields: members of objects inside the
// body are omitted, and the others share one field, because their keys distinguish a
// response from another object. nil is the format of a table that does not describe
// responses.
func shorten(f *typescript.Format) *typescript.Format {
	if f == nil {
		f = &typescript.Format{Fields: []typescript.Field{{Role: "retry_after", Header: "Retry-After"}}}
	}
	s := shortener{places: make([]int, len(f.Fields))}
	used := conditions(f)
	short := *f
	short.Fields = nil
	for i, field := range f.Fields {
		isPlain := field.Role == "" && field.Header == "" && len(field.Arrays) == 0 && !used[i]
		if isPlain && s.plain > 0 {
			s.places[i] = s.plain
			continue
		}
		s.places[i] = len(short.Fields)
		if isPlain {
			s.plain = len(short.Fields)
			field = typescript.Field{}
		}
		short.Fields = append(short.Fields, field)
	}
	for i := range short.Fields {
		short.Fields[i].When = s.conditions(short.Fields[i].When)
	}
	short.Body, short.HTTP = append([]typescript.Node{}, s.nodes(f.Body, true)...), append([][2]int{}, f.HTTP...)
	short.Codes, short.Subtypes = s.selectors(f.Codes), s.selectors(f.Subtypes)
	return &short
}

// conditions returns the fields that conditions of a format refer to.
func conditions(f *typescript.Format) map[int]bool {
	used := make(map[int]bool)
	add := func(when []typescript.Condition) {
		for _, c := range when {
			used[c.Field] = true
		}
	}
	for _, field := range f.Fields {
		add(field.When)
	}
	for _, selector := range slices.Concat(f.Codes, f.Subtypes) {
		add(selector.When)
	}
	return used
}

type shortener struct {
	places []int // by the index of a field: its new index
	plain  int   // the new index of all fields that are only documentation, 0 if there are none
}

// nodes returns nodes with new indexes. Of the members of an object inside the body, those
// that are only documentation are omitted, but at least one member remains.
func (s *shortener) nodes(all []typescript.Node, isTop bool) []typescript.Node {
	var kept []typescript.Node
	for i, n := range all {
		n.Field, n.Below = s.places[n.Field], s.nodes(n.Below, false)
		if n.Each != nil {
			n.Each = &s.nodes([]typescript.Node{*n.Each}, true)[0]
		}
		isPlain := n.Field > 0 && n.Field == s.plain && n.Below == nil && n.Each == nil
		if isTop || !isPlain || i == len(all)-1 && kept == nil {
			kept = append(kept, n)
		}
	}
	return kept
}

func (s *shortener) selectors(all []typescript.Selector) []typescript.Selector {
	all = append([]typescript.Selector{}, all...)
	for i := range all {
		all[i].When = s.conditions(all[i].When)
	}
	return all
}

func (s *shortener) conditions(all []typescript.Condition) []typescript.Condition {
	all = slices.Clone(all)
	for i := range all {
		all[i].Field = s.places[all[i].Field]
	}
	return all
}
