package compat

import (
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/match"
)

// behavior compares the decisions of both classifiers about the examples, the vectors
// and a message for each phrase of the old table, and about the messages that the service
// sends by the new table. A message that selected a subtype must still select it.
func (c *comparison) behavior() error {
	before, err := classify.New(c.old)
	if err != nil {
		return err
	}
	after, err := classify.New(c.new)
	if err != nil {
		return err
	}
	b := behavior{
		comparison: c, before: before, after: after, seen: make(map[[3]string]bool),
		examples: make(map[*spec.Subtype]map[string]bool), names: make(map[*spec.Subtype]map[string]bool),
	}
	for _, one := range classify.Cases(c.old) {
		b.classify(one.Wire, one.Message)
	}
	for _, p := range c.pairs {
		for _, message := range classify.Messages(p.new) {
			b.classify(p.new.Wire, message)
		}
	}
	for i := range c.old.Codes {
		code := &c.old.Codes[i]
		for _, source := range code.Match {
			b.match(sample(source))
		}
		for j := range code.Subtypes {
			for _, source := range code.Subtypes[j].Match {
				b.classify(code.Wire, sample(source))
				b.match(sample(source))
			}
			for _, example := range code.Subtypes[j].Examples {
				b.match(example)
			}
		}
	}
	return nil
}

// sample returns a message that matches a phrase.
func sample(source string) string {
	p, err := match.Parse(source)
	if err != nil {
		return ""
	}
	return p.Sample()
}

type behavior struct {
	*comparison
	before, after *classify.Classifier
	seen          map[[3]string]bool // reported changes: code, subtype before, subtype after

	// Subtypes that messages have selected.
	examples map[*spec.Subtype]map[string]bool
	names    map[*spec.Subtype]map[string]bool // names of their values
}

// classify compares the subtypes that a message of a code selects.
func (b *behavior) classify(wire, message string) {
	was, before := b.before.ClassifyValues(wire, message)
	is, after := b.after.ClassifyValues(wire, message)
	if was.Code == nil || is.Code == nil || b.partner[was.Code] != is.Code || message == "" {
		return // only the code changed, or a wire value was removed: already reported
	}
	from, to := subtypeName(was.Subtype), subtypeName(is.Subtype)
	subject := is.Code.Wire
	switch {
	case from != "" && b.gone[was.Code.Wire+"/"+from]:
		return
	case from == to:
		b.values(Change{Kind: MessageReclassified, Subject: subject + "/" + to, Message: message}, was.Subtype, is.Subtype, before, after)
		return
	}
	kind := MessageReclassified
	if from == "" || was.Subtype.Fallback && !b.isExample(was.Subtype, message) && to != "" {
		kind = MessageRefined
	}
	b.report(kind, subject, from, to, message, was, is)
}

func subtypeName(s *spec.Subtype) string {
	if s == nil {
		return ""
	}
	return s.Name
}

func (b *behavior) isExample(s *spec.Subtype, message string) bool {
	examples := b.examples[s]
	if examples == nil {
		examples = make(map[string]bool, len(s.Examples))
		for _, example := range s.Examples {
			examples[example] = true
		}
		b.examples[s] = examples
	}
	return examples[message]
}

// report adds a change about a message, unless the same change was reported for another
// message.
func (b *behavior) report(kind Kind, subject, from, to, message string, was, is classify.Decision) {
	key := [3]string{subject, from, to}
	if b.seen[key] {
		return
	}
	b.seen[key] = true
	change := Change{Kind: kind, Subject: subject, Message: message, Was: from, Is: to}
	if was.Code != nil {
		change.Old = was.Code.At()
	}
	if was.Subtype != nil {
		change.Old = was.Subtype.At()
	}
	change.New = b.new.KeyAt("codes")
	if is.Code != nil {
		change.New = is.Code.At()
	}
	if is.Subtype != nil {
		change.New = is.Subtype.At()
	}
	b.add(change)
}

// values compares the named values of a message. change is the change to report,
// without its part.
func (b *behavior) values(change Change, from, to *spec.Subtype, before, after []classify.Value) {
	if len(before) == 0 {
		return
	}
	is := make(map[string]string)
	for _, v := range after {
		is[v.Name] = v.Text
	}
	names := b.names[to]
	if names == nil {
		names = valueNames(to.Match)
		b.names[to] = names
	}
	for _, v := range before {
		text := is[v.Name]
		if text == v.Text || !names[v.Name] {
			continue // a removed name is reported with its phrase
		}
		key := [3]string{change.Subject, v.Name, ""}
		if !b.seen[key] {
			b.seen[key] = true
			change.Part, change.Was, change.Is = v.Name, v.Text, text
			change.Old, change.New = from.At(), to.At()
			b.add(change)
		}
	}
}

// match compares the codes that a message without a code matches.
func (b *behavior) match(message string) {
	oldCode, oldSub, found := b.before.Match(message)
	if !found || b.partner[oldCode] == nil || oldSub != nil && b.gone[oldCode.Wire+"/"+oldSub.Name] {
		return
	}
	newCode, newSub, _ := b.after.Match(message)
	if newCode == b.partner[oldCode] && subtypeName(newSub) == subtypeName(oldSub) {
		return
	}
	if newCode == b.partner[oldCode] && b.seen[[3]string{newCode.Wire, subtypeName(oldSub), subtypeName(newSub)}] {
		return // the subtype changed within the code: already reported
	}
	b.report(TextReclassified, b.partner[oldCode].Wire, path(oldCode, oldSub), path(newCode, newSub), message,
		classify.Decision{Code: oldCode, Subtype: oldSub}, classify.Decision{Code: newCode, Subtype: newSub})
}

// path returns a code and its subtype as one text.
func path(code *spec.Code, s *spec.Subtype) string {
	switch {
	case code == nil:
		return ""
	case s == nil:
		return code.Wire
	}
	return code.Wire + "/" + s.Name
}
