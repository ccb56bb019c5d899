package plan

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/errspec/errspec/spec"
)

func TestAfter(t *testing.T) {
	b := Backoff{Attempts: 3, Initial: 5 * time.Second, Multiplier: 2, Cap: 40 * time.Second}
	waits := Retry{Action: spec.ActionWait, WaitMin: 30 * time.Second, WaitMax: time.Minute}
	automatic := waits
	automatic.Automatic = true
	for _, test := range []struct {
		backoff Backoff
		retry   Retry
		want    string
	}{
		{b, waits, "30s to 1m"},
		{b, automatic, "30s to 40s"}, // clients do not exceed the cap
		{b, Retry{Action: spec.ActionRetry, Automatic: true}, "5s"},
		{b, Retry{Action: spec.ActionRetry}, ""},
		{b, Retry{Action: spec.ActionFix}, ""},
		{Backoff{Attempts: 1, Initial: time.Second}, automatic, "30s to 1m"}, // a person may retry
	} {
		if got := test.backoff.After(test.retry); got != test.want {
			t.Errorf("%+v: after %q, want %q", test.retry, got, test.want)
		}
	}
	if got := b.Pause(Retry{}, 3); got != (Pause{10 * time.Second, 10 * time.Second}) {
		t.Errorf("before the third attempt: %v", got)
	}
}

// Phrases with more literal text come first, phrases of fallbacks last, and phrases of
// equal length in table order.
func TestSortByPrecedence(t *testing.T) {
	p := planOf(t, `errspec: 1
name: t
title: T
codes:
  - code: a
    title: A
    description: D
    match: [of the code]
    subtypes:
      - {name: one, title: One, match: ["<num:n> at most", aa bb cc dd ee ff]}
      - {name: other, title: Other, fallback: true, match: [a very long phrase of a fallback]}
      - {name: two, title: Two, match: ["at most <any>"]}
`)
	var got []string
	for _, phrase := range p.Phrases.Choice {
		got = append(got, phrase.Source)
	}
	want := []string{"aa bb cc dd ee ff", "of the code", "<num:n> at most", "at most <any>", "a very long phrase of a fallback"}
	if !slices.Equal(got, want) {
		t.Errorf("order %q, want %q", got, want)
	}
}

func TestFlow(t *testing.T) {
	const head = "errspec: 1\nname: t\ntitle: T\n"
	const codes = `codes:
  - {code: a, title: A, description: D, retry: {action: fix}}
  - {code: b, title: B, description: D, retry: {action: wait, automatic: true, throttle: true, wait: {min: 30s, max: 1m}}}
  - {code: c, title: C, description: D, retry: {action: retry, automatic: true}}
  - {code: d, title: D, description: D, retry: {action: support}}
  - {code: hidden, title: H, description: D, retry: {action: never}, internal: true}
`
	for name, test := range map[string]struct{ table, want string }{
		"all": {head + "unlisted: d\n" + codes, `Is the outcome known? no: Do not retry|yes
Is the code listed here? no: Do not retry automatically [d]|yes
May clients retry automatically? yes: Retry after a delay [b c]|no
What does its code require? fix: Fix the request first [a], support: Contact support [d]|
`},
		"nothing automatic": {head + "codes:\n  - {code: a, title: A, description: D}\n", `Is the outcome known? no: Do not retry|yes
Is the code listed here? no: Do not retry automatically|yes
What does its code require? unknown: Unknown [a]|
`},
		"all automatic, one attempt": {head + "backoff: {attempts: 1}\ncodes:\n  - {code: a, title: A, description: D, retry: {action: retry, automatic: true}}\n", `Is the outcome known? no: Do not retry|yes
Is the code listed here? no: Do not retry automatically|yes
May clients retry automatically? yes: Only one attempt is allowed [a]|
`},
		"internal only": {head + "codes:\n  - {code: a, title: A, description: D, internal: true}\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := outline(planOf(t, test.table).Flow()); got != test.want {
				t.Errorf("got\n%swant\n%s", got, test.want)
			}
		})
	}
}

// The text contains the shortest and the longest pause of all codes, and mentions rate
// limits.
func TestFlowPause(t *testing.T) {
	p := planOf(t, "errspec: 1\nname: t\ntitle: T\ncodes:\n"+
		"  - {code: b, title: B, description: D, retry: {action: wait, automatic: true, throttle: true, wait: {min: 30s, max: 1m}}}\n"+
		"  - {code: c, title: C, description: D, retry: {action: retry, automatic: true}}\n")
	text := strings.Join(p.Flow().Questions[2].Outcomes[0].Text, " ")
	for _, want := range []string{"5s to 1m", "3 attempts", "slow down all requests"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q does not contain %q", text, want)
		}
	}
}

func outline(f Flow) string {
	var b strings.Builder
	for _, q := range f.Questions {
		var outcomes []string
		for _, o := range q.Outcomes {
			text := o.Answer + ": " + o.Text[0]
			var codes []string
			for _, c := range o.Codes {
				codes = append(codes, c.Wire)
			}
			if codes != nil {
				text += " [" + strings.Join(codes, " ") + "]"
			}
			outcomes = append(outcomes, text)
		}
		b.WriteString(q.Text + " " + strings.Join(outcomes, ", ") + "|" + q.Next + "\n")
	}
	return b.String()
}

func planOf(t *testing.T, text string) *Plan {
	t.Helper()
	p, findings := New(parsed(t, text), Options{Source: "t.yaml"})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return p
}
