package plan

import (
	"fmt"
	"slices"

	"github.com/errspec/errspec/spec"
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
func (p *Plan) PracticeRetry() Practice {
	if p.Idempotency != nil {
		return Practice{{Text: "Every retry is a new submission. Paid work is charged again, unless the submission has the same idempotency key."}}
	}
	return Practice{{Text: "Every retry is a new submission. Paid work is charged again."}}
}

// PracticeOutcome explains which responses leave the outcome of a submission open. It is
// for tables that describe tasks; without them, the meaning of a status is unknown.
func (p *Plan) PracticeOutcome() Practice {
	refused, others, unless := ",", "the outcome is unknown, with or without a code", ""
	if slices.ContainsFunc(p.Codes, func(c *Code) bool { return c.Charged == spec.ChargedNo && !c.Internal }) {
		refused, others = ", or a code that is not charged,", "the outcome is unknown"
	}
	if p.Idempotency != nil {
		unless = " without the same idempotency key"
	}
	return Practice{{Text: "Only an HTTP status from 400 to 499, except 408" + refused + " means that a submission was refused. " +
		"With any other error status " + others + ": clients must not submit the request again automatically" + unless + "."}}
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

// KeyPractices returns the practices for idempotency keys. It returns nil if the service
// knows none.
func (p *Plan) KeyPractices() []Practice {
	i := p.Idempotency
	if i == nil {
		return nil
	}
	var practices []Practice
	if i.OptIn {
		practices = append(practices, Practice{{Text: "The service does not document its idempotency keys. Use them only if you know that it supports them."}})
	}
	practices = append(practices,
		Practice{{Text: "Send a key in the header "}, {i.Header, true}, {Text: " of each submission. Derive it from your ID of the work, so that it is the same after a restart."}},
		Practice{{Text: "After an unknown outcome, such as a lost response, retry only with the same key. A refusal does not change the key. Use a new key only after a task that failed."}})
	if i.Replays == spec.ReplaysReturns {
		practices = append(practices, Practice{{Text: "If the service knows the key, it returns the outcome of the first submission and starts nothing new."}})
	} else {
		practices = append(practices, Practice{{Text: "If the service knows the key, it rejects the submission and starts nothing new. Do not retry with another key."}})
	}
	if i.For > 0 {
		practices = append(practices, Practice{{Text: fmt.Sprintf("Do not retry with a key that was first used more than %s ago: the service may not know it any more.", advice.Duration(i.For))}})
	}
	if codes := listOf(i.Pending); codes != nil {
		practices = append(practices, append(codes, Word{Text: ": the first submission with the key is still being processed. Wait, then retry with the same key."}))
	}
	if codes := listOf(i.Conflict); codes != nil {
		practices = append(practices, append(codes, Word{Text: ": the key belongs to another request. Do not retry, and do not use a new key."}))
	}
	return practices
}

// listOf returns "`a`, `b` or `c`" for the public codes of a list.
func listOf(codes []*Code) Practice {
	var wires []string
	for _, c := range codes {
		if !c.Internal {
			wires = append(wires, c.Wire)
		}
	}
	return alternatives(wires)
}

// alternatives returns "`a`, `b` or `c`".
func alternatives(values []string) Practice {
	var practice Practice
	for i, value := range values {
		switch {
		case i > 0 && i == len(values)-1:
			practice = append(practice, Word{Text: " or "})
		case i > 0:
			practice = append(practice, Word{Text: ", "})
		}
		practice = append(practice, Word{value, true})
	}
	return practice
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
	practice := Practice{{Text: poll + " until "}, {status.Path, true}, {Text: " is "}}
	practice = append(practice, alternatives(slices.Concat(status.Completed, status.Failed))...)
	return append(practice, Word{Text: "."})
}
