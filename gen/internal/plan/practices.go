package plan

import (
	"fmt"
	"slices"

	"github.com/errspec/errspec/spec/advice"
)

// A Practice is a text of one or two sentences that recommends how clients should behave.
// All kinds of pages contain the same text.
type Practice []Word

// A Word is part of a [Practice].
type Word struct {
	Text string
	Code bool // whether it is code
}

// PracticeRetry explains the cost of a retry.
func PracticeRetry() Practice {
	return Practice{{Text: "Every retry is a new submission. Paid work is charged again."}}
}

// PracticeOutcome explains which HTTP statuses leave the outcome of a submission open. It
// is for tables that describe polling; without it, the meaning of a status is unknown.
func PracticeOutcome() Practice {
	return Practice{{Text: "Only an HTTP status from 400 to 499, except 408, means that a submission was refused. With any other error status the outcome is unknown, " +
		"with or without a code: clients must not submit the request again automatically."}}
}

// PracticeRetryAfter explains that the Retry-After header overrides shorter delays.
func PracticeRetryAfter() Practice {
	return Practice{{Text: "If a response has "}, {"Retry-After", true}, {Text: ", wait at least that long."}}
}

// PracticeNever is for tables in which no code is automatic.
func PracticeNever() Practice {
	return Practice{{Text: "No code on this page allows automatic retries."}}
}

// PracticeUnlisted is about unlisted codes.
func PracticeUnlisted() Practice {
	return Practice{{Text: "Never retry automatically after a code that this page does not list."}}
}

// PollingPractices returns the practices for polling a task. It returns nil if the table
// does not describe polling.
func (p *Plan) PollingPractices() []Practice {
	if p.Polling == nil {
		return nil
	}
	practices := []Practice{{
		{Text: "Poll a task at "}, {p.Polling.URL, true},
		{Text: "; replace "}, {"{id}", true}, {Text: " with the task ID."},
	}}
	if p.Polling.Bearer {
		practices = append(practices, Practice{{Text: "Send the API key as a bearer token in the header "}, {"Authorization", true}, {Text: "."}})
	}
	return append(practices,
		p.pollUntil(),
		Practice{{Text: "A failed task is final: polling it again cannot succeed. A retry is a new submission."}},
		Practice{{Text: "Polls are not attempts: the attempt limit counts only submissions."}})
}

// pollUntil returns "Poll every 3s until `status` is `completed` or `failed`."
func (p *Plan) pollUntil() Practice {
	poll := "Poll"
	if p.Polling.Interval > 0 {
		poll = fmt.Sprintf("Poll every %s", advice.Duration(p.Polling.Interval))
	}
	if p.Response == nil || p.Response.Status == nil {
		return Practice{{Text: poll + " until the task is completed or failed."}}
	}
	status := p.Response.Status
	practice := Practice{{Text: poll + " until "}, {status.Path, true}}
	between := " is "
	final := slices.Concat(status.Completed, status.Failed)
	for i, value := range final {
		practice = append(practice, Word{Text: between}, Word{value, true})
		if between = ", "; i == len(final)-2 {
			between = " or "
		}
	}
	return append(practice, Word{Text: "."})
}
