// Package compat compares two versions of a table and reports how the changes affect
// its users.
package compat

import (
	"time"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/advice"
	"github.com/errspec/errspec/spec/classify"
)

// A DecisionChange is a changed verdict on a code and a message.
type DecisionChange struct {
	Code    string // the classified code
	Message string // the first message with the change; "" if the code without a message has it
	Was, Is classify.Verdict
}

// Decisions returns the decisions of a table that differ from those in old vectors. For
// messages with the same two verdicts, it returns only the first.
func Decisions(old *classify.Vectors, t *spec.Table) ([]DecisionChange, error) {
	classifier, err := classify.New(t)
	if err != nil {
		return nil, err
	}
	type kind struct {
		code    string
		was, is classify.Verdict
	}
	var changes []DecisionChange
	seen := make(map[kind]bool)
	for _, v := range old.Cases {
		code := v.Code.String()
		k := kind{code, v.Verdict, classifier.Vector(code, string(v.Message)).Verdict}
		if k.was != k.is && !seen[k] {
			seen[k] = true
			changes = append(changes, DecisionChange{code, string(v.Message), k.was, k.is})
		}
	}
	return changes, nil
}

// Subject returns the subject of the decision: a code such as "service_error", or the
// subtype that the message selected before or selects now.
func (c DecisionChange) Subject() string {
	switch {
	case c.Was.Subtype != "":
		return c.Was.Subtype
	case c.Is.Subtype != "":
		return c.Is.Subtype
	}
	return c.Code
}

// A Difference is one property of a verdict, before and after.
type Difference struct {
	Property string // "automatic", "subtype"
	Was, Is  string // "none" if there is no value
}

// Differences returns the differences between the two verdicts.
func (c DecisionChange) Differences() []Difference {
	var all []Difference
	for _, d := range []Difference{
		{"code", c.Was.Code.String(), c.Is.Code.String()},
		{"listed", yesNo(c.Was.Known), yesNo(c.Is.Known)},
		{"subtype", orNone(c.Was.Subtype), orNone(c.Is.Subtype)},
		{"class", orNone(c.Was.Class), orNone(c.Is.Class)},
		{"action", c.Was.Action, c.Is.Action},
		{"automatic", yesNo(c.Was.Automatic), yesNo(c.Is.Automatic)},
		{"throttle", yesNo(c.Was.Throttle), yesNo(c.Is.Throttle)},
		{"wait", wait(c.Was.Wait), wait(c.Is.Wait)},
	} {
		if d.Was != d.Is {
			all = append(all, d)
		}
	}
	return all
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func wait(w classify.VerdictWait) string {
	low, _ := time.ParseDuration(w.Min) // a duration, or "" if there is no wait
	high, _ := time.ParseDuration(w.Max)
	return orNone(advice.Wait(low, high))
}
