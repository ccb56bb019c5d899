package runtime

import (
	"errors"
	"strings"
	"unicode"
)

// Explain returns a description of err for people, in several lines: the code and its
// meaning, the message, advice, and ways to avoid and to fix the error. It mentions an
// automatic retry only if the zero [Policy] allows one. If err contains neither a code
// nor an [Error], Explain returns the text of err.
func Explain(err error) string {
	if err == nil {
		return ""
	}
	//errspec:if poll
	var stopped *PollError
	if errors.As(err, &stopped) && stopped != nil {
		text := printable(err.Error()) + "\n" + pollAgain + "\n"
		if e := refusalIn(stopped.Err); e != nil && e.Decision().Known {
			text += "The service refused the poll:\n" + e.explain(e.Decision(), "")
		}
		return text
	}
	//errspec:end
	decision, ok := DecisionOf(err)
	//errspec:if response
	var unreadable *ResponseError
	if !ok && errors.As(err, &unreadable) {
		return printable(err.Error()) + "\n" + unknownOutcome + "\n"
	}
	//errspec:end
	if !ok {
		return printable(err.Error()) + "\n"
	}
	var e *Error
	if !errors.As(err, &e) || e == nil {
		e = &Error{Code: decision.Code, Wire: decision.Code.String()}
	}
	return e.explain(decision, e.sentence(err))
}

// explain returns the description of e, with a sentence about retries.
func (e *Error) explain(decision Decision, sentence string) string {
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
	//errspec:if response
	if !decision.Known && e.standIn > 0 {
		info.Advice = decisionAt(e.standIn - 1).Code.Info().Advice
	}
	//errspec:end
	title := e.codeText()
	switch {
	case decision.Known:
		title += ": " + info.Title
	case e.hasCode() || e.Wire != "":
		title += ": not listed in the table " + tableName
	}
	line("", title)
	line("", info.Description)
	if decision.Subtype != "" {
		subtype := decision.Subtype.Info()
		line("Subtype: ", subtypeText(subtype.Title, subtype.Description))
		info.Advice = subtype.Advice
	}
	//errspec:if id
	line("Task: ", oneLine(e.TaskID))
	//errspec:end
	line("Message: ", oneLine(e.Message))
	line("Parameter: ", oneLine(e.Param))      //errspec:if param
	line("Request ID: ", oneLine(e.RequestID)) //errspec:if request
	line("Advice: ", info.Advice)
	line("", sentence)
	//errspec:if charged
	if decision.Charged != ChargedUnknown {
		line("Charged: ", decision.Charged.String())
	}
	//errspec:end
	list("How to avoid:", info.Avoid)
	list("How to fix:", info.Fixes)
	line("See ", info.URL)
	return b.String()
}

// printable replaces non-graphic characters, which could control a terminal, by
// spaces. It keeps line breaks.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || unicode.IsGraphic(r) {
			return r
		}
		return ' '
	}, strings.TrimRight(s, "\n"))
}

// sentence returns the sentence about retries after err, which contains e. If err also
// contains other errors, the sentence only states whether clients may retry automatically.
func (e *Error) sentence(err error) string {
	d := e.Decision()
	wait, retryAfter, again := new(Policy).decide(1, err)
	switch {
	case again:
		wait = Wait{max(wait.Min, retryAfter), max(min(wait.Max, backoffCap), retryAfter)}
		return retryText(d.Action.String(), true, waitText(wait.Min, wait.Max))
	case !e.settled():
		return unknownOutcome
	case d.Automatic || !eachError(err, func(other *Error) bool { return other == e }):
		return mustNotRetry
	}
	return retryText(d.Action.String(), false, waitText(max(d.Wait.Min, e.RetryAfter), max(d.Wait.Max, e.RetryAfter)))
}
