// Package extract finds errors of a table in responses and texts: the service's JSON
// response, the text of a generated package's Error, the output of its LogValue in a
// log, or any other line that contains a code. It classifies an error like the
// generated package, or stricter.
//
// [Extractor.Object] reads a JSON object, [Extractor.Line] a line of text. Both return
// a [Match] with the code, the message and the task ID, and with the source, which
// determines how reliable the match is. [Extractor.Decide] classifies it.
//
// Responses are read by package response, as in the generated package, and so the decision
// about a response with its HTTP status and headers is exactly that of the package. Such a
// response is the output of curl -i ([Extractor.Transcript]), an object with a status,
// headers and a body ([Extractor.Object]), or an entry of an HTTP archive
// ([Extractor.Entries]). A body alone is read as the response with HTTP status 200, unless
// it is an error only after another status. It is not automatic if its status or headers
// could change that.
//
// Text is less reliable: lines are truncated, white space is folded, and any part may be
// an echo of another text. Text can therefore make a decision stricter, never looser:
//
//   - If a case of the code is stricter than the code, and the text may have lost the
//     phrase of the case, the stricter case applies.
//   - If a line contains several codes, the decision is automatic only if all of them
//     are.
//   - If only a phrase or a mention identifies the code, the decision is not automatic.
//     The same applies to a code in a message, in a citation, or in a text that does
//     not describe an event.
//   - If the surrounding text contains an HTTP status or an error after which the
//     outcome is unknown, the decision is not automatic. The same applies if an Error in
//     text contains no task ID, or if the text does not show what the code was read from.
//   - If the text reports that polling a task stopped, the outcome is unknown. Other
//     content of the text does not change that.
//
// A decision is automatic only if the Policy of the generated package would retry.
//
// Reading takes time linear in the length of the text, for any text.
package extract

import (
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/internal/jsonscan"
	"github.com/errspec/errspec/spec/response"
)

// Source is the source of a match. A greater source is more reliable.
type Source uint8

// The sources.
const (
	None        Source = iota // no match
	Phrase                    // a phrase of the table, or an HTTP status with a code; the text contains no code
	Mention                   // a code in brackets, or after a key such as "code"
	ErrorText                 // the text of a generated package's Error
	LogValue                  // the output of a generated package's Error.LogValue
	Response                  // the fields of the service's response
	PollStopped               // the text of a PollError; the outcome of the task is unknown
)

// A Match is an error that was found in text.
type Match struct {
	Source  Source
	Code    string // as written; "" if the error has no code
	Message string // selects the subtype
	Task    string // "" if the text contains no task ID
	// Reading is the meaning of a response. It is nil for a match in other text.
	Reading *Reading

	subtype string // that the text of an Error names
	start   int    // index of its start in a line
	text    string // text that may contain the phrase of a stricter case
	mixed   bool   // the text contains another code, which is not automatic
	// unsure reports whether the match is in a text that is not sufficient for an
	// automatic decision, such as a message.
	unsure bool
}

// Failure reports whether the match is an error that [Extractor.Decide] can classify.
func (f Match) Failure() bool { return f.Source != None && f.Source != PollStopped }

// An Extractor reads texts for one table. It is safe for concurrent use.
type Extractor struct {
	table      *spec.Table
	classifier *classify.Classifier
	prefix     string // start of the text of the package's Error
	stop       string // start of the text of its PollError
	reader     *response.Reader
	fields     fields
	listed     map[string]bool   // wire values, aliases and former names; names of integer codes
	longest    int               // length of the longest listed code, in bytes
	numeric    bool              // whether a listed code consists of digits
	statuses   map[string]string // codes by HTTP status
	cases      map[*spec.Code][]strictCase
	unsettled  map[*spec.Code]bool // codes of an HTTP status from 500
	hides      bool                // responses say more about retries than the text of an Error
}

// New returns an extractor for a valid table. The error is about the first invalid
// phrase.
func New(t *spec.Table) (*Extractor, error) {
	classifier, err := classify.New(t)
	if err != nil {
		return nil, err
	}
	reader, fields, err := compileResponse(t)
	if err != nil {
		return nil, err
	}
	x := &Extractor{
		table:      t,
		classifier: classifier,
		prefix:     t.Name + ": ",
		stop:       t.Name + ": " + stopText,
		reader:     reader,
		fields:     fields,
		hides:      hides(t.Response),
		listed:     make(map[string]bool),
		numeric:    t.Wire == spec.WireInteger,
		statuses:   statusesOf(t),
	}
	for i := range t.Codes {
		c := &t.Codes[i]
		names := append(c.OtherWires(), c.Wire)
		if t.Wire == spec.WireInteger {
			names = append(names, c.Stem())
		}
		for _, wire := range names {
			x.listed[wire] = true
			x.longest = max(x.longest, len(wire))
			x.numeric = x.numeric || isNumber(wire)
		}
	}
	return x, x.compileCases()
}

// automatic reports whether clients may automatically retry a request that failed with
// the code, according to the code without its message.
func (x *Extractor) automatic(code string) bool {
	return x.classifier.Classify(code, "").Retry.Automatic
}

// Line finds an error in one line of text. It returns the most reliable match.
func (x *Extractor) Line(line string) Match { return x.line(line, 0) }

// maxNested is the maximum nesting of texts, such as JSON in a log line in JSON.
const maxNested = 3

func (x *Extractor) line(line string, nested int) Match {
	if f, ok := x.stopped(line); ok {
		return f
	}
	f := x.errorText(line, nested)
	// The message of either may contain the other. The first one is the outer one.
	if l := x.logValue(line); l.Source != None && (f.Source == None || l.start < f.start) {
		f = l
	}
	if nested < maxNested {
		f = x.aroundOr(f, line, nested)
	}
	if f.Source == None && (mentionsCode(line) || mentionsError(line)) {
		f = x.pairs(line, nested)
	}
	if f.Source == None || f.Source == Mention && !x.listed[f.Code] {
		f = x.prefer(f, x.mention(line))
	}
	if f.Source != None {
		f.unsure = f.unsure || Doubtful(line)
		return f
	}
	if code, _, ok := x.classifier.Match(line); ok {
		return Match{Source: Phrase, Code: code.Wire, Message: line, text: line}
	}
	return x.status(line)
}

// aroundOr returns a match in a line, or the match of the object that contains it.
// Without a match in the line, it returns the match of any object.
func (x *Extractor) aroundOr(f Match, line string, nested int) Match {
	if f.Source == None {
		f, _ = x.embedded(line, -1, nested)
	} else if around, within := x.embedded(line, f.start, nested); within {
		return around
	}
	return f
}

// prefer returns one of two codes in a line: a listed one, otherwise the first. If they
// differ, the match is automatic only if both codes are.
func (x *Extractor) prefer(f, other Match) Match {
	switch {
	case other.Source == None || f.Code == other.Code && f.Source != None:
		return f
	case f.Source == None:
		return other
	case x.listed[other.Code] && !x.listed[f.Code]:
		f, other = other, f
	}
	f.mixed = f.mixed || other.mixed || !x.automatic(other.Code)
	return f
}

// A SyntaxError is the location of an error in JSON, and its reason.
type SyntaxError = jsonscan.SyntaxError

// Object reads the JSON object at the start of text, a response, its record or a log
// record, and returns the index of its end. It returns an error if the text is not JSON.
func (x *Extractor) Object(text string) (f Match, end int, err *SyntaxError) {
	return x.object(text, 0)
}

func (x *Extractor) object(text string, nested int) (Match, int, *SyntaxError) {
	var buf [maxKeys]string
	values := x.fields.values(buf[:])
	end, err := x.fields.paths.Object(text, values)
	if err != nil {
		return Match{}, 0, err
	}
	object := text[:end]
	f, ok := x.exchange(object, values)
	if !ok {
		f, ok = x.body(object, values)
	}
	if !ok {
		f = x.record(object, values, nested)
		f.unsure = f.unsure || f.Source >= ErrorText && doubtful("", object, 0)
	}
	return x.afterStop(f, object), end, nil
}

// isSuccess reports whether a code means success, for services that send a code with
// every response.
func isSuccess(code string) bool {
	switch strings.ToLower(code) {
	case "0", "200", "ok", "success":
		return true
	}
	return false
}
