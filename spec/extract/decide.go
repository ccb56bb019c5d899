package extract

import (
	"slices"
	"strings"
	"unicode"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/match"
)

// A Decision is what a table decides about a finding.
type Decision struct {
	Source  Source
	Code    string        // as the table spells it; as it is written if the table does not list it
	Integer bool          // whether the table's codes are numbers
	Entry   *spec.Code    // nil if the table does not list it
	Subtype *spec.Subtype // nil if the message tells none
	Retry   spec.Retry
	Values  []classify.Value // the named parts of the message
	Task    string
	Message string
	// Withheld: the table calls it automatic, but a text is not enough for that.
	Withheld bool
}

// Decide asks the table about a failure. About what [Response] says it decides as
// the generated package does; about anything else likewise, or stricter.
func (x *Extractor) Decide(f Match) Decision {
	d, values := x.ask(f)
	out := Decision{
		Source: f.Source, Code: f.Code, Integer: x.table.Wire == spec.WireInteger, Entry: d.Code, Subtype: d.Subtype, Retry: d.Retry,
		Values: values, Task: f.Task, Message: f.Message,
	}
	if d.Code != nil {
		out.Code = d.Code.Wire
	}
	if f.Source != Response {
		for _, c := range x.cases[d.Code] {
			if c.possible(f.text) {
				out.Retry = out.Retry.AsStrictAs(c.retry)
			}
		}
	}
	if f.mixed || f.unsure || f.Source < ErrorText || f.Source < Response && x.unsettled[d.Code] {
		out.Withheld = out.Retry.Automatic
		out.Retry.Automatic = false
	}
	return out
}

// ask returns what the table says, and the named parts of the message. A phrase that told
// the code also told what there is of a subtype: nothing else is claimed.
func (x *Extractor) ask(f Match) (classify.Decision, []classify.Value) {
	if f.Source != Phrase {
		return x.classifier.ClassifyValues(f.Code, f.Message)
	}
	d := x.classifier.Classify(f.Code, "")
	_, sub, values, _ := x.classifier.MatchValues(f.Message)
	if sub == nil {
		return d, nil
	}
	d.Subtype, d.Retry = sub, sub.Retry
	return d, values
}

// Class returns the name of the code's class, "" if there is none.
func (d Decision) Class() string {
	if d.Entry == nil {
		return ""
	}
	return d.Entry.Class
}

// SubtypeName returns the subtype as generated packages write it, with its code
// before it: "content_policy_violation/general_policy"; "" if there is none.
func (d Decision) SubtypeName() string {
	if d.Subtype == nil {
		return ""
	}
	return d.Code + "/" + d.Subtype.Name
}

// A strictCase is a subtype that is stricter than its code.
type strictCase struct {
	set   *match.Set // its phrases, nil if there are none
	retry spec.Retry
	// fragile: the text of an error may lose what tells this case without a trace.
	fragile bool
}

// compileCases finds the cases that text could hide.
func (x *Extractor) compileCases() error {
	x.cases = make(map[*spec.Code][]strictCase)
	x.unsettled = make(map[*spec.Code]bool)
	for i := range x.table.Codes {
		code := &x.table.Codes[i]
		x.unsettled[code] = x.table.Response != nil && slices.ContainsFunc(x.table.Response.HTTP, func(h spec.HTTPCode) bool {
			return h.Status >= 500 && h.Code == code.Wire
		})
		for j := range code.Subtypes {
			sub := &code.Subtypes[j]
			if len(spec.Looser(sub.Retry, code.Retry)) == 0 {
				continue
			}
			c, err := compileCase(sub)
			if err != nil {
				return err
			}
			x.cases[code] = append(x.cases[code], c)
		}
	}
	return nil
}

func compileCase(sub *spec.Subtype) (strictCase, error) {
	c := strictCase{retry: sub.Retry, fragile: sub.Fallback}
	var entries []match.Entry
	for _, source := range sub.Match {
		phrase, err := match.Parse(source)
		if err != nil {
			return c, err
		}
		entries = append(entries, match.Entry{Phrase: phrase})
		c.fragile = c.fragile || isFragile(source)
	}
	if len(entries) == 0 || c.fragile { // nobody searches for a fragile case
		return c, nil
	}
	var err error
	c.set, err = match.Compile(entries)
	return c, err
}

// isFragile reports whether a message may hold the phrase and the text made of it
// does not: because it folds white space that the phrase counts, trims it, or
// leaves out what cannot be seen.
func isFragile(phrase string) bool {
	if strings.TrimSpace(phrase) != phrase || strings.Contains(phrase, "<any") {
		return true
	}
	return strings.ContainsFunc(phrase, func(r rune) bool {
		return r >= 0x80 && (unicode.IsSpace(r) || !unicode.IsGraphic(r))
	})
}

// A message is cut to this many bytes at least, and an ellipsis put behind it.
const (
	leastCut = 297
	ellipsis = "…"
)

// possible reports whether the case may be the one that the text tells of.
func (c strictCase) possible(text string) bool {
	if c.fragile || len(text) > match.MaxMessage || len(text) >= leastCut && strings.Contains(text, ellipsis) {
		return true
	}
	if c.set == nil {
		return false
	}
	_, found := c.set.Find(text)
	return found
}
