// Package compat says how two states of a table differ for those who use it.
package compat

import (
	"time"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/advice"
	"github.com/errspec/errspec/spec/classify"
)

// A DecisionChange is a verdict on a code and a message that has changed.
type DecisionChange struct {
	Code    string // as it was decided about
	Message string // the first that shows the change; "" if the code alone does
	Was, Is classify.Verdict
}

// Decisions returns what a table decides otherwise than old vectors say. Of
// messages with the same two verdicts, it returns the first.
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
		k := kind{code, v.Verdict, classifier.Vector(code, v.Message).Verdict}
		if k.was != k.is && !seen[k] {
			seen[k] = true
			changes = append(changes, DecisionChange{code, v.Message, k.was, k.is})
		}
	}
	return changes, nil
}

// Subject returns what is decided about: "service_error", or the subtype that
// the message told before, or tells now.
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
	Was, Is  string // "none" where there is none
}

// Differences returns what differs between the two verdicts.
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
	low, _ := time.ParseDuration(w.Min) // either is a duration, or "" if there is no wait
	high, _ := time.ParseDuration(w.Max)
	return orNone(advice.Wait(low, high))
}
