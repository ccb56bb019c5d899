package classify_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/match"
)

// classified is a table with all cases that a Classifier distinguishes. The code of unlisted
// codes is not the first, and neither are the subtypes under test.
const classified = head + `unlisted: mystery
codes:
  - {code: calm, title: Calm, description: d}
  - code: busy
    title: Busy
    description: d
    aliases: [rate_limited, slow_down]
    renamed_from: [too_fast]
    match: [server is busy]
    retry: {action: wait, automatic: true, advice: Wait}
    subtypes:
      - {name: any_queue, title: Any queue, match: ["queue is full"]}
      - {name: long_queue, title: Long queue, match: ["queue <any:name> holds <num:size> of <num:limit>"], retry: {action: wait, automatic: false}}
  - code: bad
    title: Bad
    description: d
    retry: {action: fix}
    subtypes:
      - {name: field, title: Field, match: ["field is missing"]}
      - {name: other, title: Other, fallback: true, match: ["the request is bad"]}
      - {name: page, title: Page, match: ["page <num:page>"]}
  - {code: mystery, title: Mystery, description: d, retry: {action: support, advice: Ask, hint: Ask us}}
`

func classifierOf(t *testing.T, text string) *classify.Classifier {
	t.Helper()
	c, err := classify.New(accept(t, text))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestClassify(t *testing.T) {
	c := classifierOf(t, classified)
	for _, test := range []struct {
		wire, message string
		code, subtype string
		action        spec.Action
		automatic     bool
		values        []classify.Value
	}{
		{"calm", "queue is full", "calm", "", spec.ActionUnknown, false, nil},
		{"busy", "", "busy", "", spec.ActionWait, true, nil},
		{"rate_limited", "the queue is full", "busy", "any_queue", spec.ActionWait, true, nil},
		{"slow_down", "", "busy", "", spec.ActionWait, true, nil},
		{"too_fast", "queue a holds 3 of 2", "busy", "long_queue", spec.ActionWait, false,
			[]classify.Value{{"name", "a"}, {"size", "3"}, {"limit", "2"}}},
		{"busy", "server is busy", "busy", "", spec.ActionWait, true, nil},
		{"bad", "page 12", "bad", "page", spec.ActionFix, false, []classify.Value{{"page", "12"}}},
		{"bad", "the request is bad: a field is missing", "bad", "field", spec.ActionFix, false, nil},
		{"bad", "the request is bad", "bad", "other", spec.ActionFix, false, nil},
		{"bad", "whatever", "bad", "other", spec.ActionFix, false, nil},
		{"bad", " \t\n", "bad", "", spec.ActionFix, false, nil},
		{"mystery", "page 12", "mystery", "", spec.ActionSupport, false, nil},
		{"unheard_of", "page 12", "", "", spec.ActionSupport, false, nil},
		{"", "page 12", "", "", spec.ActionSupport, false, nil},
	} {
		d := c.Classify(test.wire, test.message)
		code := ""
		if d.Code != nil {
			code = d.Code.Wire
		}
		if code != test.code || subtypeOf(d) != test.subtype || d.Retry.Action != test.action || d.Retry.Automatic != test.automatic {
			t.Errorf("Classify(%q, %q) is %q, %q, %+v; want %+v", test.wire, test.message, code, subtypeOf(d), d.Retry, test)
		}
		if _, got := c.ClassifyValues(test.wire, test.message); !reflect.DeepEqual(got, test.values) {
			t.Errorf("ClassifyValues(%q, %q) is %v, want %v", test.wire, test.message, got, test.values)
		}
	}
	if r := c.Classify("unheard_of", "").Retry; r.Advice != "Ask" || r.Hint != "Ask us" {
		t.Errorf("unlisted codes have the retry settings %+v", r)
	}
	if r := classifierOf(t, strings.Replace(classified, "unlisted: mystery\n", "", 1)).Classify("unheard_of", "").Retry; !reflect.DeepEqual(r, spec.Retry{}) {
		t.Errorf("without unlisted: in the table, unlisted codes have the retry settings %+v", r)
	}
}

func TestClassifyTextWithoutCode(t *testing.T) {
	c := classifierOf(t, classified)
	for message, want := range map[string]string{
		"server is busy":                         "busy",
		"QUEUE is  full":                         "busy/any_queue",
		"on page 7":                              "bad/page",
		"the request is bad":                     "bad/other",
		"the request is bad: server is busy":     "busy", // ordinary phrases come before those of fallbacks
		"page 1: queue q holds 1 of 1":           "busy/long_queue",
		"whatever":                               "",
		"":                                       "",
		"server is busy (the field is missing )": "bad/field", // more literal text
	} {
		if got := matched(c, message); got != want {
			t.Errorf("Match(%q) is %q, want %q", message, got, want)
		}
	}
}

// New returns an error for a table with an invalid phrase.
func TestNewInvalidPhrase(t *testing.T) {
	for _, phrase := range []string{`\x`, "", "<any>"} {
		table := accept(t, classified)
		table.Codes[2].Subtypes[0].Match = []string{phrase}
		if _, err := classify.New(table); err == nil {
			t.Errorf("the phrase %q is accepted", phrase)
		}
	}
}

// The rest of a long message may select a stricter subtype; therefore the decision is not
// automatic. Codes without a stricter subtype keep their decision.
func TestLongMessageIsNotAutomatic(t *testing.T) {
	c := classifierOf(t, head+`codes:
  - code: busy
    title: Busy
    description: d
    retry: {action: wait, automatic: true}
    subtypes:
      - {name: queue, title: Queue, match: [queue is full]}
      - {name: used_up, title: Used up, match: [all of the quota is used up], retry: {action: support}}
  - code: slow
    title: Slow
    description: d
    retry: {action: wait, automatic: true, wait: {min: 1s, max: 1s}}
    subtypes:
      - {name: hour, title: Hour, match: [wait for an hour], retry: {wait: {min: 1h, max: 1h}}}
  - code: mild
    title: Mild
    description: d
    retry: {action: retry, automatic: true}
    subtypes:
      - {name: same, title: Same, match: [the same advice]}
  - {code: plain, title: Plain, description: d, retry: {action: retry, automatic: true}}
`)
	filler := strings.Repeat("x ", match.MaxMessage/2)
	for wire, want := range map[string]bool{"busy": false, "slow": false, "mild": true, "plain": true} {
		for _, message := range []string{"queue is full, " + filler, filler + "all of the quota is used up", filler + "wait for an hour", filler + "x"} {
			if d := c.Classify(wire, message); d.Retry.Automatic != want {
				t.Errorf("%s, %.20q: automatic is %v", wire, message, d.Retry.Automatic)
			}
		}
		if d := c.Classify(wire, filler); !d.Retry.Automatic {
			t.Errorf("%s is not automatic, although its whole message is read", wire)
		}
	}
	if d := c.Classify("busy", "queue is full, "+filler); subtypeOf(d) != "queue" {
		t.Errorf("the subtype is %q", subtypeOf(d))
	}
}
