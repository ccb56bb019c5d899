package extract

import (
	"strings"
	"sync"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/internal/jsonscan"
)

// interruptions are texts of errors after which the outcome of a submission is unknown:
// those of the Go standard library and of common clients, and that of the PollError of
// another table. In text, they cannot be distinguished from parts of a message.
var interruptions = [...]string{
	"stopped polling task", "context deadline exceeded", "context canceled", "i/o timeout", "EOF", "TLS handshake timeout", "Client.Timeout exceeded",
	"Operation timed out", "operation timed out", "Connection timed out", "connection timed out", "Read timed out", "read timed out", "Request timed out",
	"request timed out", "ETIMEDOUT", "connection reset", "Connection reset", "connection refused", "connection broken", "connection was lost",
	"connection lost", "Connection aborted", "closed network connection", "broken pipe", "Broken pipe", "stream error", "GOAWAY",
	"transport is closing", "Empty reply from server", "socket hang up", "ECONNRESET",
}

// refusals matches HTTP statuses after which the outcome is unknown, 408 and those from
// 500. They follow a word for a status, or start the text and precede a reason.
var refusals = lazyregexp.New(`(?i)^[ \t<]*(?:408|5[0-9][0-9]) [A-Z]|(?:http(?:/[0-9](?:\.[0-9])?)?|status|code)["']?[ =:>]{1,4}["']?(?:408|5[0-9][0-9])\b`)

// Doubtful reports whether a text contains the text of an error, or an HTTP status,
// after which the outcome of a submission is unknown.
func Doubtful(text string) bool {
	return Interrupted(text) || refuses(text)
}

// refuses reports whether refusals matches.
func refuses(text string) bool { return hasNumber(text, isRefusal) && refusals.MatchString(text) }

func isRefusal(status string) bool { return status == "408" || status[0] == '5' }

// Interrupted reports whether a text contains the text of such an error, delimited as
// words.
func Interrupted(text string) bool {
	first := byFirst()
	for start := range len(text) {
		if first[text[start]] == nil || start > 0 && isWord(text[start-1]) && !endsInEscape(text[:start]) {
			continue
		}
		for _, each := range first[text[start]] {
			if rest, ok := strings.CutPrefix(text[start:], each); ok && (rest == "" || !isWord(rest[0])) {
				return true
			}
		}
	}
	return false
}

// byFirst returns the interruptions by their first byte, so that one pass over a text
// compares few of them.
var byFirst = sync.OnceValue(func() *[256][]string {
	var all [256][]string
	for _, each := range interruptions {
		all[each[0]] = append(all[each[0]], each)
	}
	return &all
})

// doubtful reports the same for the texts and keys of a JSON record, up to the depth
// that is searched for errors.
func doubtful(key, value string, depth int) bool {
	switch {
	case depth > maxWalk:
	case value[0] == '{':
		for key, value := range jsonscan.Members(value) {
			if doubtful(key, value, depth+1) {
				return true
			}
		}
	case value[0] == '[':
		for value := range jsonscan.Elements(value) {
			if doubtful(key, value, depth+1) {
				return true
			}
		}
	default:
		if s, ok := jsonscan.Text(value); ok {
			return Interrupted(s) || (hasNumber(key, isRefusal) || hasNumber(s, isRefusal)) && refusals.MatchString(key+"="+s)
		}
	}
	return false
}

// Unsure returns a match that is not automatic, for a match whose surrounding text is
// [Doubtful].
func (f Match) Unsure() Match {
	f.unsure = true
	return f
}

// With returns a match combined with another match in the same error. It is automatic
// only if both codes are.
func (x *Extractor) With(f, other Match) Match {
	f.mixed = f.mixed || f.Code != other.Code && !x.automatic(other.Code)
	return f
}
