package compat

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/prose"
)

// maxQuoted is the maximum length of a message in a finding, in characters.
const maxQuoted = 60

// Finding returns the change as a finding. Its location is in the new table, and its
// related location in the old one.
func (c Change) Finding() diag.Diagnostic {
	rule := RuleOf(c.Kind)
	d := diag.Diagnostic{
		Rule:     string(c.Kind),
		Severity: rule.Severity,
		Message:  c.Text(),
		Location: c.New,
		Help:     c.fill(cmp.Or(c.help, rule.help)),
		Subject:  c.id(),
	}
	if rule.Affects != "" {
		d.Message += " (" + rule.Bump.String() + "; affects " + rule.Affects + ")"
	} else {
		d.Message += " (" + rule.Bump.String() + ")"
	}
	if c.Old.File != nil && c.hadBefore() {
		d.Related = []diag.Related{{Location: c.Old, Message: "before"}}
	}
	return d
}

// hadBefore reports whether Old is the location of the subject itself, and not only of
// its parent.
func (c Change) hadBefore() bool { return c.Was != "" || c.Message != "" }

// id identifies a change among those of its kind, independent of its location.
func (c Change) id() string {
	return strings.TrimSuffix(c.Subject+" "+c.Part+" "+c.Message, " ")
}

// Text returns the change as a sentence without a period: "code x was removed".
func (c Change) Text() string { return c.fill(RuleOf(c.Kind).message) }

func (c Change) fill(text string) string {
	var b strings.Builder
	c.each(text, func(words string) { b.WriteString(words) }, func(_, value string) { b.WriteString(value) })
	return b.String()
}

// Render calls words and value alternately with the parts of [Change.Text]. words
// receives the text that all changes of a kind have in common, value the values of this
// change. name is "subject", "part", "message", "was", "is" or "name".
func (c Change) Render(words func(string), value func(name, value string)) {
	c.each(RuleOf(c.Kind).message, words, value)
}

func (c Change) each(text string, words func(string), value func(name, value string)) {
	if c.Kind == MessageReclassified && c.Part != "" {
		text = "value {part} in message {message} of {subject} was {was}, now {is}"
	}
	values := map[string]string{
		"subject": c.Subject, "part": c.Part, "message": quoted(c.Message), "was": c.value(c.Was), "is": c.value(c.Is),
	}
	if c.Subject == "" {
		values["subject"] = "table"
	}
	for {
		before, rest, found := strings.Cut(text, "{")
		if before != "" {
			words(before)
		}
		if !found {
			return
		}
		name, after, _ := strings.Cut(rest, "}")
		switch name {
		case "language":
			words(c.language())
		case "others":
			c.eachOther(words, value)
		default:
			value(name, values[name])
		}
		text = after
	}
}

// value returns a value before or after the change for people.
func (c Change) value(value string) string {
	if c.Kind == MessageChanged && value != "" {
		return quoted(value)
	}
	return orNone(value)
}

// quoted returns the start of a message in quotes.
func quoted(message string) string {
	return strconv.Quote(prose.Shorten(message, maxQuoted))
}
