// Package advice is the text of retry advice: durations, waits, and what clients may do after an
// error. It imports no other package of errspec: facts enter as plain values, sentences leave. The
// command line, pages, doc comments and generated packages all write these, so that one decision
// has one sentence.
//
// There are three statements about a retry, which are never merged, since every retry is a new
// submission and may be charged: clients may retry automatically ([Retry]), the request may succeed
// but clients must not retry it automatically ([Retry]), and the outcome is unknown ([PollAgain]).
//
// The words are in text.go, which generated packages have a copy of; see [Source].
package advice

import (
	_ "embed"
	"time"
)

// PollAgain is the advice after polling of a task stopped before the task ended.
const PollAgain = pollAgain

// MayRetry is the start of all sentences of [Retry] that allow an automatic retry.
const MayRetry = mayRetry

// Duration returns a duration without trailing zeros: 30s, 5m, 1h30m, 1.5s.
func Duration(d time.Duration) string { return shortDuration(d) }

// Wait returns a wait, "30s to 1m" or "30s", or "" if high is 0.
func Wait(low, high time.Duration) string { return waitText(low, high) }

// Retry returns a sentence about a retry of the same request: whether it may succeed, whether
// clients may retry it automatically, and after which wait. The action is one of a table, such as
// "fix"; any other is treated like "unknown". The wait is text like that of [Wait], "" if there is
// none; only the actions retry and wait have one.
func Retry(action string, automatic bool, wait string) string {
	return retryText(action, automatic, wait)
}

// Subtype returns the line that describes a subtype; its description may be "".
func Subtype(title, description string) string { return subtypeText(title, description) }

//go:embed text.go
var source string

// Source returns the file that generated packages have a copy of: the package clause and all that
// follows.
func Source() string { return source }
