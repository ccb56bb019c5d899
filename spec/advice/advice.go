// Package advice returns the sentences about retries, and waits and durations as text. The command
// line, pages, doc comments and generated packages all use it, so that each decision has one
// wording. It imports no other package of errspec.
//
// Every retry is a new submission and may be charged. So there are three separate statements, which
// are never merged: clients may retry automatically ([Retry]), the request may succeed but clients
// must not retry it automatically ([Retry]), and the outcome is unknown ([PollAgain]).
//
// The texts are in text.go, which is copied into generated packages; see [Source].
package advice

import (
	_ "embed"
	"time"
)

// PollAgain is the advice if polling stopped before the task ended.
const PollAgain = pollAgain

// MayRetry is the start of all sentences of [Retry] that allow an automatic retry.
const MayRetry = mayRetry

// Duration returns a duration without trailing zeros: 30s, 5m, 1h30m, 1.5s.
func Duration(d time.Duration) string { return shortDuration(d) }

// Wait returns a wait, "30s to 1m" or "30s", or "" if high is 0.
func Wait(low, high time.Duration) string { return waitText(low, high) }

// Retry returns a sentence about a retry of the same request. It states whether a retry may succeed,
// whether clients may retry automatically, and after which wait. The action is one of the table
// format, such as "fix"; any other text is treated like "unknown". The wait is the result of [Wait];
// only the actions retry and wait have one.
func Retry(action string, automatic bool, wait string) string {
	return retryText(action, automatic, wait)
}

// The sides that have to act before a request can succeed, from [Acts].
const (
	Client  = "client"  // the sender of the request: a program, or its developer or user
	Service = "service" // the service, which recovers without a report
	Support = "support" // the service's support, after a report
	Unknown = "unknown"
)

// Acts returns who has to act before the same work can succeed, by the action and the fault of
// an error. To fix, to check or to replace a request is up to the client, as is pacing requests
// after a throttle. If a retry may succeed and the fault is the server's, the service has to
// recover, and the client only waits.
func Acts(action, fault string, throttle bool) string {
	switch action {
	case "fix", "check", "resubmit", "never":
		return Client
	case "support":
		return Support
	}
	switch {
	case fault == "server" && !throttle:
		return Service
	case fault == "client", throttle, action == "retry", action == "wait":
		return Client
	}
	return Unknown
}

// Subtype returns a line with the title and description of a subtype. The description may be "".
func Subtype(title, description string) string { return subtypeText(title, description) }

//go:embed text.go
var source string

// Source returns the text of text.go, which is copied into generated packages.
func Source() string { return source }
