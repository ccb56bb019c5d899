package compat

import (
	"maps"
	"slices"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/match"
)

// subtypes compares the subtypes of a code.
func (c *comparison) subtypes(old, new *spec.Code) {
	before, after := subtypesByName(old), subtypesByName(new)
	for i := range old.Subtypes {
		was := &old.Subtypes[i]
		if is := after[was.Name]; is != nil {
			c.subtype(old, new, was, is)
			continue
		}
		c.gone[old.Wire+"/"+was.Name] = true
		change := Change{Kind: SubtypeRemoved, Subject: old.Wire + "/" + was.Name, Was: was.Title, Old: was.At(), New: new.KeyAt("subtypes")}
		if to, moved := c.movedTo(was.Name); moved != nil {
			change.Kind, change.Is, change.New = SubtypeMoved, to.Wire+"/"+moved.Name, moved.At()
		}
		c.add(change)
	}
	for i := range new.Subtypes {
		if is := &new.Subtypes[i]; before[is.Name] == nil {
			c.add(Change{Kind: SubtypeAdded, Subject: new.Wire + "/" + is.Name, Is: is.Title, Old: old.ValueAt("subtypes"), New: is.At()})
		}
	}
}

// subtypesByName returns the subtypes of a code, which may be nil, by name.
func subtypesByName(code *spec.Code) map[string]*spec.Subtype {
	if code == nil {
		return nil
	}
	byName := make(map[string]*spec.Subtype, len(code.Subtypes))
	for i := range code.Subtypes {
		byName[code.Subtypes[i].Name] = &code.Subtypes[i]
	}
	return byName
}

// An arrival is a subtype that was added to a code.
type arrival struct {
	code    *spec.Code
	subtype *spec.Subtype
}

// movedTo returns the code to which a subtype with this name was added.
func (c *comparison) movedTo(name string) (*spec.Code, *spec.Subtype) {
	if c.arrived == nil {
		c.arrived = make(map[string]arrival)
		for i := range c.new.Codes {
			code := &c.new.Codes[i]
			had := subtypesByName(c.before[code.Wire])
			for j := range code.Subtypes {
				s := &code.Subtypes[j]
				if had[s.Name] == nil {
					c.arrived[s.Name] = arrival{code, s}
				}
			}
		}
	}
	to := c.arrived[name]
	return to.code, to.subtype
}

func (c *comparison) subtype(old, new *spec.Code, was, is *spec.Subtype) {
	subject := new.Wire + "/" + is.Name
	c.retry(subject, entryRetry{was.Entry, was.Retry}, entryRetry{is.Entry, is.Retry}, &[2]spec.Retry{old.Retry, new.Retry})
	c.differ(MessageChanged, subject, "message", was.Message, is.Message, was.ValueAt("message"), is.ValueAt("message"))
	c.phrases(subject, was.Entry, is.Entry, was.Match, is.Match)
	c.differ(TextChanged, subject, "title", was.Title, is.Title, was.ValueAt("title"), is.ValueAt("title"))
	c.differ(TextChanged, subject, "description", was.Description, is.Description, was.ValueAt("description"), is.ValueAt("description"))
	c.differ(TextChanged, subject, "examples", joined(was.Examples), joined(is.Examples), was.ValueAt("examples"), is.ValueAt("examples"))
}

// phrasesAt returns the location of the list of phrases that contains phrase i. It may be in
// additions to a base table.
func phrasesAt(e spec.Entry, i int) diag.Location {
	if written, _ := e.Written("match", i); written.Has("match") {
		return written.ValueAt("match")
	}
	return e.ValueAt("match")
}

// phrases compares phrases and the names of their values. The classifiers determine the
// effects on messages.
func (c *comparison) phrases(subject string, old, new spec.Entry, was, is []string) {
	before, after := patterns(was), patterns(is)
	for _, pattern := range slices.Sorted(maps.Keys(before)) {
		if after[pattern] == "" {
			c.add(Change{Kind: PhraseRemoved, Subject: subject, Part: "match", Was: before[pattern], Old: old.ValueAt("match"), New: new.KeyAt("match")})
		}
	}
	for _, pattern := range slices.Sorted(maps.Keys(after)) {
		if before[pattern] == "" {
			c.add(Change{Kind: PhraseAdded, Subject: subject, Part: "match", Is: after[pattern], Old: old.ValueAt("match"), New: phrasesAt(new, slices.Index(is, after[pattern]))})
		}
	}
	hadNames, hasNames := valueNames(was), valueNames(is)
	for _, name := range slices.Sorted(maps.Keys(hadNames)) {
		if !hasNames[name] {
			c.add(Change{Kind: ValueRemoved, Subject: subject, Part: name, Was: name, Old: old.ValueAt("match"), New: new.KeyAt("match")})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(hasNames)) {
		if !hadNames[name] {
			c.add(Change{Kind: ValueAdded, Subject: subject, Part: name, Is: name, Old: old.ValueAt("match"), New: new.ValueAt("match")})
		}
	}
}

// patterns returns phrases by their patterns. Phrases that match the same text have the
// same pattern.
func patterns(phrases []string) map[string]string {
	all := make(map[string]string, len(phrases))
	for _, source := range phrases {
		if p, err := match.Parse(source); err == nil {
			all[p.Pattern()] = source
		}
	}
	return all
}

// valueNames returns the names of the placeholders.
func valueNames(phrases []string) map[string]bool {
	names := make(map[string]bool)
	for _, source := range phrases {
		if strings.Contains(source, "<") {
			if p, err := match.Parse(source); err == nil {
				for _, name := range p.Names() {
					names[name] = true
				}
			}
		}
	}
	return names
}
