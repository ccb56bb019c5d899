// Package extract finds an error of a table in what people and programs keep of
// it: the service's JSON response, the text of a generated package's Error, what
// its LogValue leaves in a log, or any other line that names a code. It decides
// about what it finds as the generated package would, or stricter.
//
// [Extractor.Object] reads a JSON object, [Extractor.Line] a line of text. Both
// return a [Match]: code, message and task, and where they come from, which
// says how far they can be trusted. [Extractor.Decide] asks the table.
//
// What a response says is taken as it is, and decided about exactly as the
// generated package does. Text is less than that: lines are cut short, white
// space is folded, and any of it may be an echo of something else. So text can
// make a decision stricter, never looser:
//
//   - where a case of the code is stricter than the code itself and the text may
//     have lost the words that tell it, the stricter one counts;
//   - where a line names several codes, it is automatic only if all of them are;
//   - where only a phrase or the mention of a code tells the code, nothing is
//     automatic; nor where it is found in a message, in a citation, or in a text
//     that is not there to tell what happened;
//   - where the text around it has an HTTP status or an error after which the
//     outcome is unknown, or an Error in text names no task, nothing is automatic;
//   - where the text says that the polling of a task stopped, the outcome is
//     unknown, whatever else it says.
//
// So nothing is automatic here that the generated package's Policy would not
// repeat.
//
// Reading takes time linear in the text, whatever it holds.
package extract

import (
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
)

// Source says where a finding comes from. A greater one is more certain.
type Source uint8

// The sources.
const (
	None        Source = iota // nothing was found
	Phrase                    // a phrase of the table, or an HTTP status that it has a code for; no code is named
	Mention                   // a code between brackets, or after "code"
	ErrorText                 // the text of a generated package's Error
	LogValue                  // what a generated package's Error.LogValue wrote
	Response                  // the fields of the service's response
	PollStopped               // the text of a PollError: it tells of a task, and nothing about it
)

// A Match is an error that was found in text.
type Match struct {
	Source  Source
	Code    string // as it is written; "" if the error names none
	Message string // the part that refines the code
	Task    string // "" if it is not named

	start int    // where in a line it begins
	text  string // all that may hold the words of a stricter case
	mixed bool   // another code is named, which is not automatic
	// unsure: it was found where nothing makes anything automatic, as in a message.
	unsure bool
}

// Failure reports whether the finding is an error that can be decided about.
func (f Match) Failure() bool { return f.Source != None && f.Source != PollStopped }

// An Extractor reads texts for one table. It may be used by several goroutines at
// once.
type Extractor struct {
	table      *spec.Table
	classifier *classify.Classifier
	prefix     string // what the text of the package's Error begins with
	stop       string // and that of its PollError
	roles      roles
	listed     map[string]bool   // wire values, aliases and old names; of integers the names too
	longest    int               // of listed, in bytes
	numeric    bool              // whether codes of digits only are listed
	statuses   map[string]string // codes of HTTP statuses
	cases      map[*spec.Code][]strictCase
	unsettled  map[*spec.Code]bool // those that an HTTP status from 500 up may stand for
}

// New returns the extractor of a valid table. The error is that of the first
// phrase that cannot be read.
func New(t *spec.Table) (*Extractor, error) {
	classifier, err := classify.New(t)
	if err != nil {
		return nil, err
	}
	x := &Extractor{
		table:      t,
		classifier: classifier,
		prefix:     t.Name + ": ",
		stop:       t.Name + ": " + stopText,
		roles:      rolesOf(t.Response),
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

// automatic reports whether a program may repeat a request that ended with the
// code, as far as the code alone tells.
func (x *Extractor) automatic(code string) bool {
	return x.classifier.Classify(code, "").Retry.Automatic
}

// Line finds an error in one line of text. Only the most certain finding counts.
func (x *Extractor) Line(line string) Match { return x.line(line, 0) }

// maxNested is how often a text may lie inside another one, as JSON in a log
// line in JSON.
const maxNested = 3

func (x *Extractor) line(line string, nested int) Match {
	if f, ok := x.stopped(line); ok {
		return f
	}
	f := x.errorText(line, nested)
	// The message of either may hold the other: the first to begin is around it.
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

// aroundOr returns a finding in a line, or that of the object which is around it. If
// there is no finding, it is that of any object.
func (x *Extractor) aroundOr(f Match, line string, nested int) Match {
	if f.Source == None {
		f, _ = x.embedded(line, -1, nested)
	} else if around, within := x.embedded(line, f.start, nested); within {
		return around
	}
	return f
}

// prefer chooses between two codes of a line: a listed one, else the first. When
// they differ, both have to be automatic for anything to be.
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
