package plan

import (
	"fmt"
	"slices"

	"github.com/errspec/errspec/spec/advice"
)

// A Rule is a sentence or two of ours about what programs should do. Pages of all
// kinds say it in the same words.
type Rule []Word

// A Word is part of a rule.
type Word struct {
	Text string
	Code bool // whether it is code
}

// RuleRepetition says what sending a request again means.
func RuleRepetition() Rule {
	return Rule{{Text: "Every repetition is a new submission. Where the work is paid for, it is charged again."}}
}

// RuleOutcome says which refusals of a submission leave its outcome open. It is for
// tables that say how a task is watched; of others nobody knows what a status means.
func RuleOutcome() Rule {
	return Rule{{Text: "Only an HTTP status from 400 to 499, but not 408, refuses a submission for certain. With any other error status the outcome is unknown, " +
		"whatever the code: a program must not submit the request again."}}
}

// RuleRetryAfter says what comes before the pauses of a page.
func RuleRetryAfter() Rule {
	return Rule{{Text: "An answer with "}, {"Retry-After", true}, {Text: " says how long to wait at least."}}
}

// RuleNever is for tables in which no code is automatic.
func RuleNever() Rule {
	return Rule{{Text: "No code on this page allows a program to repeat a request on its own."}}
}

// RuleUnlisted is about codes that the table does not list.
func RuleUnlisted() Rule {
	return Rule{{Text: "A program never repeats a request on its own after a code that this page does not list."}}
}

// Watching returns the rules about watching a task, none if the table says nothing
// of polling.
func (p *Plan) Watching() []Rule {
	if p.Polling == nil {
		return nil
	}
	rules := []Rule{{
		{Text: "Ask for the state of a task at "}, {p.Polling.URL, true},
		{Text: ", with the ID of the task in place of "}, {"{id}", true}, {Text: "."},
	}}
	if p.Polling.Bearer {
		rules = append(rules, Rule{{Text: "Send the API key as a bearer token, in the header "}, {"Authorization", true}, {Text: "."}})
	}
	return append(rules,
		p.pollUntil(),
		Rule{{Text: "A task that has failed is final: polling it again can never succeed. Another try is a new submission."}},
		Rule{{Text: "Polls are not attempts. Whatever limits the attempts counts submissions only."}})
}

// pollUntil says "Poll every 3s until `status` is `completed` or `failed`."
func (p *Plan) pollUntil() Rule {
	poll := "Poll"
	if p.Polling.Interval > 0 {
		poll = fmt.Sprintf("Poll every %s", advice.Duration(p.Polling.Interval))
	}
	if p.Response == nil || p.Response.Status == nil {
		return Rule{{Text: poll + " until the task is completed or has failed."}}
	}
	status := p.Response.Status
	rule := Rule{{Text: poll + " until "}, {status.Path, true}}
	between := " is "
	final := slices.Concat(status.Completed, status.Failed)
	for i, value := range final {
		rule = append(rule, Word{Text: between}, Word{value, true})
		if between = ", "; i == len(final)-2 {
			between = " or "
		}
	}
	return append(rule, Word{Text: "."})
}
