package advice

import (
	"strings"
	"time"
)

const (
	mayRetry       = "Clients may retry the same request automatically"
	mustNotRetry   = "Clients must not retry the same request automatically."
	mayBeCharged   = "may still be running, may have finished, and may have been charged. "
	unknownOutcome = "The outcome of the request is unknown: it " + mayBeCharged + mustNotRetry
	pollAgain      = "The task " + mayBeCharged + "Poll it again; do not submit it again." //errspec:if poll
)

// retryText returns a sentence about a retry after a wait like that of waitText.
func retryText(action string, automatic bool, wait string) string {
	after, later := "", ""
	if wait != "" {
		after, later = " after "+wait, " after "+wait
	} else if action == "wait" {
		after, later = " after a delay", " later"
	}
	if automatic {
		return mayRetry + after + "."
	}
	maySucceed := "The same request may succeed" + later + ", but clients must not retry it automatically."
	text, known := map[string]string{
		"fix":      "Change the request before sending it again.",
		"retry":    maySucceed,
		"wait":     maySucceed,
		"resubmit": "The task was cancelled. Only a person may decide to submit it again.",
		"check":    "Correct the ID or other reference in the request.",
		"support":  "Contact the service's support; clients must not retry the same request automatically.",
		"never":    "The same request will never succeed.",
	}[action]
	if !known {
		return "The table does not specify whether the same request may succeed; clients must not retry it automatically."
	}
	return text
}

// waitText returns a wait, "30s to 1m" or "30s", or "" if there is none.
func waitText(low, high time.Duration) string {
	if high == 0 {
		return ""
	}
	text := high.String() + ";"
	if low != high {
		text = low.String() + "; to " + text
	}
	return strings.NewReplacer("h0m0s;", "h", "m0s;", "m", ";", "").Replace(text)
}
