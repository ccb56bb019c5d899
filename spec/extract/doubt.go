package extract

import (
	"strings"

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
	return Interrupted(text) || refusals.MatchString(text)
}

// Interrupted reports whether a text contains the text of such an error, delimited as
// words.
func Interrupted(text string) bool {
	for _, each := range interruptions {
		for at := 0; ; {
			i := strings.Index(text[at:], each)
			if i < 0 {
				break
			}
			start := at + i
			at = start + len(each)
			if (start == 0 || !isWord(text[start-1]) || endsInEscape(text[:start])) && (at == len(text) || !isWord(text[at])) {
				return true
			}
		}
	}
	return false
}

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
			return Interrupted(s) || refusals.MatchString(key+"="+s)
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
