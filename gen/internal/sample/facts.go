package sample

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/errspec/errspec/gen/internal/plan"
)

// facts are the parts of a table that the templates use.
type facts struct {
	Package   string // the generated one
	Client    client // the generated one in the language of the program, if there is one
	TaskURL   string // contains {id}
	IDInQuery bool   // whether {id} is in the query of the URL
	Bearer    bool
	Keys      bool // whether the service knows idempotency keys
	OptIn     bool // whether programs must enable them
	Interval  time.Duration

	ID, Status, Code, Message []string // paths of fields; Message is nil if responses have no message
	IDField                   string   // of the type Task in Go
	Completed, Failed         []string // values of the status

	HTTP       []plan.HTTPCode // codes for refusals without a code
	StatusLike []string        // codes that look like an HTTP status

	Automatic  []automatic
	LeftOut    bool // whether codes are missing because a subtype forbids automatic retries
	Attempts   int
	Multiplier string
	Cap        time.Duration
}

// automatic is a wire value after which clients may retry automatically, with any
// message.
type automatic struct {
	Wire     string
	Pause    plan.Pause // before the second attempt
	Throttle bool
}

func newFacts(p *plan.Plan) *facts {
	r := p.Response
	f := &facts{
		Package:    p.Package,
		TaskURL:    p.Polling.URL,
		Bearer:     p.Polling.Bearer,
		Keys:       p.Idempotency != nil,
		OptIn:      p.Idempotency != nil && p.Idempotency.OptIn,
		Interval:   p.Polling.Interval,
		ID:         r.ID.Keys(),
		Status:     r.Status.Keys(),
		Code:       r.Code.Keys(),
		IDField:    r.ID.GoName,
		Completed:  r.Status.Completed,
		Failed:     r.Status.Failed,
		Attempts:   p.Backoff.Attempts,
		Multiplier: strconv.FormatFloat(p.Backoff.Multiplier, 'f', -1, 64),
		Cap:        p.Backoff.Cap,
	}
	if r.Message != nil {
		f.Message = r.Message.Keys()
	}
	path, _, _ := strings.Cut(f.TaskURL, "?")
	f.IDInQuery = !strings.Contains(path, "{id}")
	for _, h := range r.HTTP {
		// With any other status the outcome is unknown, so the code is not needed.
		if !h.Code.Internal && h.Status >= 400 && h.Status < 500 && h.Status != 408 {
			f.HTTP = append(f.HTTP, h)
		}
	}
	for _, c := range p.Codes {
		if !c.Internal {
			f.add(c, p.Backoff)
		}
	}
	return f
}

// add adds the facts about a code. The programs do not read messages. So a code with a
// subtype that is not automatic is omitted, and the longest wait of the subtypes applies.
func (f *facts) add(c *plan.Code, b plan.Backoff) {
	wires := append([]string{c.Wire}, c.OtherWires()...)
	for _, wire := range wires {
		if n, err := strconv.Atoi(wire); err == nil && n >= 100 && n <= 599 {
			f.StatusLike = append(f.StatusLike, wire)
		}
	}
	if !c.Retry.Automatic || b.Attempts < 2 {
		return
	}
	pause, shortest := b.Pause(c.Retry, 2), c.Retry.WaitMin
	for _, s := range c.Subtypes {
		if !s.Retry.Automatic {
			f.LeftOut = true
			return
		}
		own := b.Pause(s.Retry, 2)
		pause.Min, pause.Max = max(pause.Min, own.Min), max(pause.Max, own.Max)
		shortest = max(shortest, s.Retry.WaitMin)
	}
	if shortest > b.Cap {
		return // every allowed pause would be too short
	}
	for _, wire := range wires {
		f.Automatic = append(f.Automatic, automatic{wire, pause, c.Retry.Throttle})
	}
}

// KeyArg returns the argument for the API key, or "" if there is no key.
func (f *facts) KeyArg() string {
	if f.Bearer {
		return "key, "
	}
	return ""
}

// goPackage returns the name of the generated package in a Go program. It is not the
// package name if the program uses that word otherwise.
func goPackage(name, program string) string {
	words := strings.FieldsFunc(program, func(r rune) bool {
		return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	if slices.Contains(words, name) {
		return name + "codes"
	}
	return name
}
