package lint

import (
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// A text is prose of a table, with its location.
type text struct {
	value string
	entry *spec.Entry
	key   string
	item  int    // index in a list; -1 if the text is not an item
	about string // the entry
}

func (t text) at() diag.Location {
	if t.item >= 0 {
		return t.entry.ItemAt(t.key, t.item)
	}
	return t.entry.ValueAt(t.key)
}

// tidied returns the fix that replaces white space with single spaces.
func (t text) tidied() *diag.Fix {
	if t.item >= 0 {
		return t.entry.TidyItem(t.key, t.item)
	}
	return t.entry.Tidy(t.key)
}

// eachText calls f for all prose of the table. Prose is text for people, as opposed to
// names, phrases and examples, which are texts of the service.
func (p *pass) eachText(f func(text)) {
	t := p.table
	one := func(entry *spec.Entry, key, value, about string) {
		if value != "" && entry.Has(key) {
			f(text{value, entry, key, -1, about})
		}
	}
	retry := func(r *spec.Retry, about string) {
		one(&r.Entry, "advice", r.Advice, about)
		one(&r.Entry, "hint", r.Hint, about)
	}
	one(&t.Entry, "title", t.Title, t.Name)
	one(&t.Entry, "description", t.Description, t.Name)
	if t.Response != nil {
		for i := range t.Response.Fields {
			field := &t.Response.Fields[i]
			one(&field.Entry, "description", field.Description, field.Path)
		}
	}
	for i := range t.Classes {
		c := &t.Classes[i]
		one(&c.Entry, "title", c.Title, c.Name)
		one(&c.Entry, "description", c.Description, c.Name)
		retry(&c.Retry, c.Name)
	}
	p.codes(func(c *spec.Code) {
		one(&c.Entry, "title", c.Title, c.Wire)
		one(&c.Entry, "description", c.Description, c.Wire)
		one(&c.Entry, "details", c.Details, c.Wire)
		one(&c.Entry, "since", c.Since, c.Wire)
		retry(&c.Retry, c.Wire)
		for i := range c.Subtypes {
			s := &c.Subtypes[i]
			about := c.Wire + "/" + s.Name
			one(&s.Entry, "title", s.Title, about)
			one(&s.Entry, "description", s.Description, about)
			retry(&s.Retry, about)
		}
		for _, l := range listsOf(c) {
			for _, item := range l.items {
				f(item)
			}
		}
		for i := range c.Causes {
			one(&c.Causes[i].Entry, "title", c.Causes[i].Title, c.Wire)
		}
		if c.Deprecated != nil {
			one(&c.Deprecated.Entry, "reason", c.Deprecated.Reason, c.Wire)
		}
	})
	for i := range t.Reserved {
		r := &t.Reserved[i]
		one(&r.Entry, "reason", r.Reason, r.Code+r.Subtype+r.Name)
	}
}

// A textList contains the texts of one list.
type textList struct {
	key   string
	items []text
}

// listsOf returns the lists of prose in a code.
func listsOf(c *spec.Code) []textList {
	var lists []textList
	add := func(key string, n int, at func(i int) text) {
		l := textList{key: key}
		for i := range n {
			if item := at(i); item.value != "" { // otherwise it was not decoded
				l.items = append(l.items, item)
			}
		}
		if len(l.items) > 0 {
			lists = append(lists, l)
		}
	}
	add("causes", len(c.Causes), func(i int) text {
		if cause := &c.Causes[i]; cause.Has("text") {
			return text{cause.Text, &cause.Entry, "text", -1, c.Wire}
		}
		return text{c.Causes[i].Text, &c.Entry, "causes", i, c.Wire}
	})
	add("avoid", len(c.Avoid), func(i int) text { return text{c.Avoid[i], &c.Entry, "avoid", i, c.Wire} })
	add("fixes", len(c.Fixes), func(i int) text { return text{c.Fixes[i], &c.Entry, "fixes", i, c.Wire} })
	return lists
}
