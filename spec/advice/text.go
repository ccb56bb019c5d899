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

// retryText returns a sentence about a retry after a wait, which is the result of waitText.
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
	switch action {
	case "fix":
		return "Change the request before submitting it again."
	case "retry", "wait":
		return "The same request may succeed" + later + ", but clients must not retry it automatically."
	case "resubmit":
		return "The task was canceled. Only a person may decide to submit it again."
	case "check":
		return "Correct the ID or other reference in the request."
	case "support":
		return "Contact the service's support; clients must not retry the same request automatically."
	case "never":
		return "The same request will never succeed."
	}
	return "The table does not specify whether the same request may succeed; clients must not retry it automatically."
}

// waitText returns a wait, "30s to 1m" or "30s", or "" for no wait.
func waitText(low, high time.Duration) string {
	switch high {
	case 0:
		return ""
	case low:
		return shortDuration(high)
	}
	return shortDuration(low) + " to " + shortDuration(high)
}

// shortDuration returns a duration without trailing zeros: 30s, 5m, 1h30m.
func shortDuration(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// subtypeText returns a line with the title and description of a subtype. The description may be "".
func subtypeText(title, description string) string {
	if description == "" {
		return title
	}
	return title + ": " + description
}
