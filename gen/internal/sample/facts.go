package sample

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/errspec/errspec/gen/internal/plan"
)

// facts are what the templates need of a table.
type facts struct {
	Package   string // the generated one
	TaskURL   string // holds {id}
	IDInQuery bool   // whether the query of the URL holds it
	Bearer    bool
	Interval  time.Duration

	ID, Status, Code, Message []string // the keys that lead to a field; no Message if there is none
	IDField                   string   // of the type Task in Go
	Completed, Failed         []string // values of the status

	HTTP       []plan.HTTPCode // what refusals mean that name no code
	StatusLike []string        // codes that look like an HTTP status

	Automatic  []automatic
	LeftOut    bool // whether a code is no longer automatic because its message may forbid it
	Attempts   int
	Multiplier string
	Cap        time.Duration
}

// automatic is a wire value after which a program may repeat a request, whatever
// the message says.
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
		// With any other status the outcome is unknown, so no code is of use.
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

// add takes what the programs need of a code. They read no message. So a code that
// only some messages allow to repeat is left out, and of the pauses that messages
// ask for the longest counts.
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
		return // every pause that is allowed would be too short
	}
	for _, wire := range wires {
		f.Automatic = append(f.Automatic, automatic{wire, pause, c.Retry.Throttle})
	}
}

// KeyArg is the argument that takes the key of the API from function to function.
func (f *facts) KeyArg() string {
	if f.Bearer {
		return "key, "
	}
	return ""
}

// goPackage returns what a Go program calls the generated package: its name,
// unless the program has another use for that word.
func goPackage(name, program string) string {
	words := strings.FieldsFunc(program, func(r rune) bool {
		return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	if slices.Contains(words, name) {
		return name + "codes"
	}
	return name
}
