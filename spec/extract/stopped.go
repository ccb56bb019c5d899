package extract

import (
	"strings"

	"github.com/errspec/errspec/spec/internal/jsonscan"
)

// stopText is the text of a PollError after the name of the table.
const stopText = "stopped polling task "

// stopped finds the text of a PollError anywhere in a text. The text may also contain
// other errors, such as the Error of a submission that a program joined with it. The
// outcome is unknown, as for the Policy of the generated package.
func (x *Extractor) stopped(text string) (Match, bool) {
	quotes := quotedValues{line: text}
	for at := 0; ; {
		i := strings.Index(text[at:], x.stop)
		if i < 0 {
			return Match{}, false
		}
		start := at + i
		at = start + len(x.prefix)
		if start > 0 && isWord(text[start-1]) && !endsInEscape(text[:start]) {
			continue
		}
		message := text[at:]
		if value, _, ok := quotes.around(start); ok {
			if _, rest, found := strings.Cut(value, x.stop); found {
				message = stopText + rest
			}
		}
		return Match{Source: PollStopped, Task: stoppedTask(message[len(stopText):]), Message: message}, true
	}
}

// endsInEscape reports whether a text ends with the escape of a line end or a tab.
func endsInEscape(s string) bool {
	return len(s) >= 2 && s[len(s)-2] == '\\' && strings.IndexByte("nrt", s[len(s)-1]) >= 0
}

// stoppedTask returns the task ID at the start of the text of a PollError. If the text
// has no reason, the following text of the program is not part of the ID.
func stoppedTask(s string) string {
	id, _, _ := strings.Cut(s, ": ")
	id, _, _ = strings.Cut(id, "\n")
	if end := strings.IndexByte(id, ')'); end >= 0 && strings.IndexByte(id[:end], '(') < 0 {
		id = id[:end]
	}
	return id
}

// afterStop returns a match in an object unchanged, unless polling a task stopped
// there. The message of the service's response does not count: the generated package
// does not search it for such a text.
func (x *Extractor) afterStop(f Match, object string) Match {
	if f.Source == PollStopped || !strings.Contains(object, stopText) {
		return f
	}
	message := ""
	if f.Reading != nil {
		message = f.Message
	}
	for value := range jsonscan.Strings(object) {
		if !strings.Contains(value, stopText) {
			continue
		}
		if value == message {
			message = "" // another string with the same text is not the message
			continue
		}
		if stop, ok := x.stopped(value); ok {
			return stop
		}
		f.unsure = true
	}
	return f
}
