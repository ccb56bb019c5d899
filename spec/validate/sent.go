package validate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/match"
)

// checkMessages checks that clients read each message as the code and subtype that it belongs to,
// with the values that are written into it.
func checkMessages(t *spec.Table, report reporter) {
	var classifier *classify.Classifier
	for i := range t.Codes {
		c := &t.Codes[i]
		if !hasMessage(c) || c.Unread("match") || c.Unread("subtypes") || slices.ContainsFunc(c.Subtypes, spec.Subtype.Undecided) {
			continue
		}
		if classifier == nil {
			var err error
			if classifier, err = classify.New(t); err != nil {
				return // reported by checkPhrases
			}
		}
		m := messages{table: t, code: i, classifier: classifier, report: report}
		if c.Message != "" {
			m.ofCode(c)
		}
		for j := range c.Subtypes {
			if s := &c.Subtypes[j]; s.Message != "" && m.known(c, s) {
				m.ofSubtype(c, j)
			}
		}
	}
}

func hasMessage(c *spec.Code) bool {
	return c.Message != "" || slices.ContainsFunc(c.Subtypes, func(s spec.Subtype) bool { return s.Message != "" })
}

// messages checks the messages of a code and its subtypes.
type messages struct {
	table      *spec.Table
	code       int // index in Codes
	classifier *classify.Classifier
	report     reporter

	numbers, words []string // values to try; nil until they are needed
}

// ofCode checks the message of a code, which must select no subtype. If the code has phrases, the
// message must also identify the code in text without a code.
func (m *messages) ofCode(c *spec.Code) {
	v := violation{at: c.ValueAt("message"), about: c.Wire}
	if names := spec.ValuesOfMessage(c.Message); len(names) > 0 {
		v.message = fmt.Sprintf("the message of code %q contains {%s}, but clients read values only from messages of subtypes", c.Wire, names[0])
		v.help = "move the message to a subtype with a phrase that names the value, or remove the braces"
		m.report(v)
		return
	}
	if got := m.classifier.Subtype(m.code, c.Message); got >= 0 {
		s := &c.Subtypes[got]
		v.message = fmt.Sprintf("the message of code %q is classified as its subtype %q", c.Wire, s.Name)
		v.help = "move the message to the subtype, or write one without its phrases"
		if s.Fallback {
			v.help = "move the message to the subtype, which is the fallback for all messages"
		}
		v.related = []diag.Related{{Location: s.At(), Message: "selected subtype"}}
		m.report(m.blame(v, s))
		return
	}
	if len(c.Match) == 0 {
		return
	}
	if got, _, ok := m.classifier.Match(c.Message); !ok || got != c {
		v.message = fmt.Sprintf("the message of code %q contains none of its phrases", c.Wire)
		v.help = "write a message that contains a phrase of match:"
		if ok {
			v.message = fmt.Sprintf("the message of code %q is matched by a phrase of code %q", c.Wire, got.Wire)
			v.help = "make the phrases distinct; the phrase with more literal text takes precedence"
			v.related = []diag.Related{{Location: got.At(), Message: "matched code"}}
		}
		m.report(v)
	}
}

// blame returns v at the phrase that additions give the selected subtype, if the message is one of
// the base table and only this phrase can be changed.
func (m *messages) blame(v violation, selected *spec.Subtype) violation {
	if at := addedPhrase(m.table, selected); at.File != nil && !m.table.Adds(v.at) {
		v.at, v.related = at, []diag.Related{{Location: v.at, Message: "message"}}
		v.help = "make the phrase more specific, so that it does not match the message"
	}
	return v
}

// known reports whether phrases of the subtype name all values of its message. It reports the
// others.
func (m *messages) known(c *spec.Code, s *spec.Subtype) bool {
	var named []string
	for _, p := range phrasesOf(s) {
		named = append(named, p.Names()...)
	}
	ok := true
	for _, name := range spec.ValuesOfMessage(s.Message) {
		if slices.Contains(named, name) {
			continue
		}
		ok = false
		v := violation{
			at: s.ValueAt("message"), about: c.Wire + "/" + s.Name,
			message: fmt.Sprintf("the message contains {%s}, but no phrase of subtype %q has a value of this name", name, s.Name),
			help:    fmt.Sprintf("name a placeholder of a phrase, such as <num:%s>, or remove the braces", name),
		}
		if meant, only := diag.Nearest(name, named); meant != "" {
			v.help = "did you mean {" + meant + "}?"
			if only {
				v.fix = s.Fix("message", strings.ReplaceAll(s.Message, "{"+name+"}", "{"+meant+"}"))
			}
		}
		m.report(v)
	}
	return ok
}

func phrasesOf(s *spec.Subtype) []match.Phrase {
	var all []match.Phrase
	for _, source := range s.Match {
		if p, err := match.Parse(source); err == nil {
			all = append(all, p)
		}
	}
	return all
}

// ofSubtype checks the message of a subtype with many values, and reports the first that clients
// would read differently.
func (m *messages) ofSubtype(c *spec.Code, j int) {
	s := &c.Subtypes[j]
	names := spec.ValuesOfMessage(s.Message)
	tries := make([][]string, len(names))
	for i, name := range names {
		tries[i] = m.tries(s, name)
	}
	for values := range combinations(tries) {
		message := spec.FillMessage(s.Message, func(name string) string { return values[slices.Index(names, name)] })
		if got := m.classifier.Subtype(m.code, message); !m.selects(c, got, j) {
			m.report(m.misread(c, s, got, message))
			return
		}
		_, read := m.classifier.ClassifyValues(c.Wire, message)
		for i, name := range names {
			k := slices.IndexFunc(read, func(v classify.Value) bool { return v.Name == name })
			if k >= 0 && read[k].Text == values[i] {
				continue
			}
			got := "no value"
			if k >= 0 {
				got = strconv.Quote(read[k].Text)
			}
			m.report(violation{
				at: s.ValueAt("message"), about: c.Wire + "/" + s.Name,
				message: fmt.Sprintf("of message %q, clients read %s for {%s}, not %q", message, got, name, values[i]),
				help:    fmt.Sprintf("surround {%s} with the same text in the message and in the phrase that names it", name),
			})
			return
		}
	}
}

// selects reports whether a message that selects subtype got may be the message of subtype j. A
// subtype without phrases is selected by a field or a condition, which outranks the fallback.
func (m *messages) selects(c *spec.Code, got, j int) bool {
	if got == j {
		return true
	}
	s := &c.Subtypes[j]
	_, sent := m.table.Response.Source(spec.RoleSubtype)
	return len(s.Match) == 0 && (sent || len(s.When) > 0) && (got < 0 || c.Subtypes[got].Fallback)
}

func (m *messages) misread(c *spec.Code, s *spec.Subtype, got int, message string) violation {
	v := violation{
		at: s.ValueAt("message"), about: c.Wire + "/" + s.Name,
		message: fmt.Sprintf("message %q is not classified as its subtype %q", message, s.Name),
		help:    "write a message that contains a phrase of the subtype, or add a phrase under match: that the message contains",
	}
	if got < 0 {
		return v
	}
	other := &c.Subtypes[got]
	v.message += fmt.Sprintf(", but %q", other.Name)
	if !other.Fallback {
		v.help = "make the phrases distinct; the phrase with more literal text takes precedence"
	}
	v.related = []diag.Related{{Location: other.At(), Message: "selected subtype"}}
	return m.blame(v, other)
}
