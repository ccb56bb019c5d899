package runtime

import (
	"errors"
	"strings"
	"time"
	"unicode"
)

// Explain returns several lines for a person who has to deal with err: the code
// and what it means, the task, the message, what to do, and how to put it right.
// It says that a program may send the request again only if the zero [Policy] does.
// For an error that the table knows nothing about it returns the error's own
// text.
func Explain(err error) string {
	if err == nil {
		return ""
	}
	//errspec:if poll
	var lost *PollError
	if errors.As(err, &lost) && lost != nil {
		text := printable(err.Error()) + "\n" + pollAdvice + "\n"
		if e := refusalIn(lost.Err); e != nil && e.Decision().Known {
			text += "The service refused the poll:\n" + e.explain(e.Decision(), "")
		}
		return text
	}
	//errspec:end
	decision, ok := DecisionOf(err)
	if !ok {
		return printable(err.Error()) + "\n"
	}
	var e *Error
	if !errors.As(err, &e) || e == nil {
		e = &Error{Code: decision.Code, Wire: decision.Code.String()}
	}
	return e.explain(decision, e.rule(err))
}

// explain explains the error, and adds to its advice what a program may do.
func (e *Error) explain(decision Decision, rule string) string {
	var b strings.Builder
	info := unlistedInfo(e.Code)
	if decision.Known {
		info = decision.Code.Info()
	}
	line := func(label, text string) {
		if text != "" {
			b.WriteString(label + text + "\n")
		}
	}
	list := func(label string, items []string) {
		if len(items) > 0 {
			b.WriteString(label + "\n")
		}
		for _, item := range items {
			b.WriteString("  - " + strings.Join(strings.Fields(item), " ") + "\n")
		}
	}
	title := e.codeText()
	switch {
	case decision.Known:
		title += ": " + info.Title
	case e.hasCode() || e.Wire != "":
		title += ": not in the table of " + tableName
	}
	line("", title)
	line("", info.Description)
	if decision.Subtype != "" {
		subtype := decision.Subtype.Info()
		line("Sub-type: ", strings.TrimSuffix(subtype.Title+": "+subtype.Description, ": "))
		info.Advice = subtype.Advice
	}
	//errspec:if id
	line("Task: ", oneLine(e.TaskID))
	//errspec:end
	line("Message: ", oneLine(e.Message))
	line("Advice: ", info.Advice)
	line("", rule)
	list("How to avoid it:", info.Avoid)
	list("How to fix it:", info.Fixes)
	line("See ", info.URL)
	return b.String()
}

// printable returns the lines of a text without characters that are not to be
// seen, which could be commands to a terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || unicode.IsGraphic(r) {
			return r
		}
		return ' '
	}, strings.TrimRight(s, "\n"))
}

// rule says what a program may do about err, in which e was found.
func (e *Error) rule(err error) string {
	wait, retryAfter, again := new(Policy).decide(1, err)
	wait = Wait{max(wait.Min, retryAfter), max(min(wait.Max, backoffCap), retryAfter)}
	const never = "A program must not send the same request again on its own."
	switch {
	case again && wait.Max > 0:
		return "A program may send the same request again after " + waitText(wait) + "."
	case again:
		return "A program may send the same request again."
	case !e.settled():
		return "The outcome of the request is unknown: it may be running, be finished or be charged. " + never
	}
	return never
}

// waitText returns a wait as people write it: "30s", or "30s to 1m".
func waitText(w Wait) string {
	if w.Min == w.Max {
		return shortDuration(w.Max)
	}
	return shortDuration(w.Min) + " to " + shortDuration(w.Max)
}

// shortDuration leaves out the zeros that Duration.String ends with: 1m, not 1m0s.
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
