package plan

import (
	"fmt"
	"slices"

	"github.com/errspec/errspec/spec/advice"
)

// A Practice is a sentence or two of ours about what programs should do. Pages of all
// kinds say it in the same words.
type Practice []Word

// A Word is part of a rule.
type Word struct {
	Text string
	Code bool // whether it is code
}

// PracticeRepetition says what sending a request again means.
func PracticeRepetition() Practice {
	return Practice{{Text: "Every retry is a new submission. Paid work is charged again."}}
}

// PracticeOutcome says which refusals of a submission leave its outcome open. It is for
// tables that describe polling; without it, the meaning of a status is unknown.
func PracticeOutcome() Practice {
	return Practice{{Text: "Only an HTTP status from 400 to 499, but not 408, refuses a submission for certain. With any other error status the outcome is unknown, " +
		"whatever the code: a program must not submit the request again."}}
}

// PracticeRetryAfter says what comes before the pauses of a page.
func PracticeRetryAfter() Practice {
	return Practice{{Text: "If a response has "}, {"Retry-After", true}, {Text: ", wait at least that long."}}
}

// PracticeNever is for tables in which no code is automatic.
func PracticeNever() Practice {
	return Practice{{Text: "No code on this page allows automatic retries."}}
}

// PracticeUnlisted is about codes that the table does not list.
func PracticeUnlisted() Practice {
	return Practice{{Text: "Never retry automatically after a code that this page does not list."}}
}

// Watching returns the rules about watching a task, none if the table says nothing
// of polling.
func (p *Plan) Watching() []Practice {
	if p.Polling == nil {
		return nil
	}
	rules := []Practice{{
		{Text: "Poll a task at "}, {p.Polling.URL, true},
		{Text: "; replace "}, {"{id}", true}, {Text: " with the task ID."},
	}}
	if p.Polling.Bearer {
		rules = append(rules, Practice{{Text: "Send the API key as a bearer token in the header "}, {"Authorization", true}, {Text: "."}})
	}
	return append(rules,
		p.pollUntil(),
		Practice{{Text: "A failed task is final: polling it again cannot succeed. A retry is a new submission."}},
		Practice{{Text: "Polls are not attempts: the attempt limit counts only submissions."}})
}

// pollUntil says "Poll every 3s until `status` is `completed` or `failed`."
func (p *Plan) pollUntil() Practice {
	poll := "Poll"
	if p.Polling.Interval > 0 {
		poll = fmt.Sprintf("Poll every %s", advice.Duration(p.Polling.Interval))
	}
	if p.Response == nil || p.Response.Status == nil {
		return Practice{{Text: poll + " until the task is completed or failed."}}
	}
	status := p.Response.Status
	rule := Practice{{Text: poll + " until "}, {status.Path, true}}
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
