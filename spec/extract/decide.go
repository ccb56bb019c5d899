package extract

import (
	"slices"
	"strings"
	"unicode"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/match"
)

// A Decision is the result of classifying a match.
type Decision struct {
	Source  Source
	Code    string        // wire value of a listed code; as written if the code is listed by a prefix or not at all
	Integer bool          // whether the codes of the table are integers
	Entry   *spec.Code    // nil for an unlisted code
	Subtype *spec.Subtype // nil if the message selects none
	Retry   spec.Retry
	Charged spec.Charged
	Values  []classify.Value // named values of the message
	Task    string
	Message string
	StandIn *spec.Code // whose class and advice an unlisted code has; nil if there is none
	Reading *Reading   // nil if the error is not a response
	// Withheld reports whether the code is automatic but the response or the text is not
	// sufficient evidence.
	Withheld bool
}

// Decide classifies a failure. For a response with its HTTP status and headers, the
// decision is that of the generated package. For other matches, it is the same or stricter.
func (x *Extractor) Decide(f Match) Decision {
	d, values := x.classify(f)
	out := Decision{
		Source: f.Source, Code: f.Code, Integer: x.table.Wire == spec.WireInteger, Entry: d.Code, Subtype: d.Subtype, Retry: d.Retry, Charged: d.Charged,
		Values: values, Task: f.Task, Message: f.Message, StandIn: d.StandIn, Reading: f.Reading,
	}
	if d.Code != nil && (x.listed[f.Code] || !hasPrefix(d.Code, f.Code)) {
		out.Code = d.Code.Wire
	}
	if f.Reading != nil {
		out.Withheld = !out.Retry.Automatic && settings(d).Automatic
	} else if f.Source != Response {
		for _, c := range x.cases[d.Code] {
			if c.possible(f.text) {
				out.Retry = out.Retry.AsStrictAs(c.retry)
			}
		}
	}
	if f.mixed || f.unsure || f.Source < ErrorText || f.Source < Response && (x.unsettled[d.Code] || x.mayBeNamed(d.Code, f)) {
		out.Withheld = out.Withheld || out.Retry.Automatic
		out.Retry.Automatic = false
	}
	if out.Charged == spec.ChargedNo && (f.mixed || f.unsure || f.Source < Response) {
		out.Charged = spec.ChargedUnknown // the text does not show the outcome of the request
	}
	return out
}

// classify returns the decision of the table, and the named values of the message. If a
// phrase identified the code, the same phrase selects the subtype, and no other phrase
// does.
func (x *Extractor) classify(f Match) (classify.Decision, []classify.Value) {
	if f.Reading != nil {
		_, values := x.classifier.ClassifyValues(f.Code, f.Message)
		return x.classifier.Reading(f.Reading.Reading), values
	}
	if f.Source != Phrase {
		d, values := x.classifier.ClassifyValues(f.Code, f.Message)
		if i := subtypeIndex(d.Code, f.subtype); i >= 0 {
			d.Subtype, d.Retry = &d.Code.Subtypes[i], d.Retry.AsStrictAs(d.Code.Subtypes[i].Retry)
		}
		return d, values
	}
	d := x.classifier.Classify(f.Code, "")
	_, sub, values, _ := x.classifier.MatchValues(f.Message)
	if sub == nil {
		return d, nil
	}
	d.Subtype, d.Retry = sub, sub.Retry
	return d, values
}

// hasPrefix reports whether a code belongs to another one by a prefix.
func hasPrefix(code *spec.Code, wire string) bool {
	return slices.ContainsFunc(code.Prefixes, func(prefix string) bool { return strings.HasPrefix(wire, prefix) })
}

// subtypeIndex returns the index of the subtype of a code with the given name, or -1. code
// may be nil.
func subtypeIndex(code *spec.Code, name string) int {
	if code == nil || name == "" {
		return -1
	}
	return slices.IndexFunc(code.Subtypes, func(s spec.Subtype) bool { return s.Name == name })
}

// settings returns the retry settings of the table for the code or subtype of a decision.
func settings(d classify.Decision) spec.Retry {
	switch {
	case d.Subtype != nil:
		return d.Subtype.Retry
	case d.Code != nil:
		return d.Code.Retry
	}
	return d.Retry
}

// Class returns the name of the class of the code. It returns "" if there is none.
func (d Decision) Class() string {
	switch {
	case d.Entry != nil:
		return d.Entry.Class
	case d.StandIn != nil:
		return d.StandIn.Class
	}
	return ""
}

// SubtypeName returns the subtype as generated packages write it, including its code:
// "content_policy_violation/general_policy". It returns "" if there is no subtype.
func (d Decision) SubtypeName() string {
	if d.Subtype == nil {
		return ""
	}
	return d.Entry.Wire + "/" + d.Subtype.Name
}

// hides reports whether the responses of a service say more about retries than the text of
// an Error: several errors, a subtype, or whether to retry.
func hides(r *spec.Response) bool {
	if r == nil {
		return false
	}
	return slices.ContainsFunc(slices.Concat(r.Fields, r.Headers), func(f spec.Field) bool {
		return f.Role == spec.RoleRetryable || f.Role == spec.RoleSubtype || f.Role == spec.RoleCode && strings.Contains(f.Path, "[]")
	})
}

// mayBeNamed reports whether the code of an Error in text may be one that its message
// names, which is never automatic. The text does not show whether the code was sent.
func (x *Extractor) mayBeNamed(code *spec.Code, f Match) bool {
	if code == nil || x.fields.guessed {
		return false
	}
	if x.classifier.Classify(f.Message, "").Code == code {
		return true
	}
	named, _, ok := x.classifier.Match(f.Message)
	return ok && named == code
}

// A strictCase is a subtype that is stricter than its code.
type strictCase struct {
	set   *match.Set // its phrases; nil if there are none
	retry spec.Retry
	// fragile reports whether the text of an error may lose the phrase of this case
	// without any indication.
	fragile bool
}

// compileCases finds the cases that the text of an error may not show.
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
	if len(entries) == 0 || c.fragile { // the phrases of a fragile case are not used
		return c, nil
	}
	var err error
	c.set, err = match.Compile(entries)
	return c, err
}

// isFragile reports whether a message may contain the phrase while the text of its
// error does not. The text folds white space, trims it, and omits invisible characters.
func isFragile(phrase string) bool {
	if strings.TrimSpace(phrase) != phrase || strings.Contains(phrase, "<any") {
		return true
	}
	return strings.ContainsFunc(phrase, func(r rune) bool {
		return r >= 0x80 && (unicode.IsSpace(r) || !unicode.IsGraphic(r))
	})
}

// The text of an error truncates a message to at least this number of bytes, and
// appends an ellipsis.
const (
	leastCut = 297
	ellipsis = "…"
)

// possible reports whether the message in the text may select the case.
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
