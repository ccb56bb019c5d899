package extract

import (
	"strconv"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec"
)

// statusIn matches an HTTP status in a line of text: "HTTP 429", "HTTP/1.1 429",
// "status code: 429". At the start of the line, it matches a status with the start of
// its reason, "429 Too Many Requests".
var statusIn = lazyregexp.New(`^[ \t]*([1-5][0-9]{2}) [A-Z][a-z]|\b(?:(?:HTTP|http)(?:/[0-9](?:\.[0-9])?)?|[Ss]tatus(?:[ _]?[Cc]ode)?)["']?[ =:]{1,3}["']?([1-5][0-9]{2})\b`)

// status finds the code of the first HTTP status in a line that has a code in the
// table. As with phrases, the text itself contains no code.
func (x *Extractor) status(line string) Match {
	if len(x.statuses) == 0 || !hasNumber(line, func(status string) bool { return x.statuses[status] != "" }) {
		return Match{}
	}
	for _, m := range statusIn.FindAllStringSubmatch(line, -1) {
		if code := x.statuses[m[1]+m[2]]; code != "" {
			return Match{Source: Phrase, Code: code, Message: line, text: line}
		}
	}
	return Match{}
}

// hasNumber reports whether a text contains a number with three digits that is an HTTP
// status and meets a condition, at its start or after a character that statusIn or refusals
// accepts before a status. It is much faster than the two, which match few texts.
func hasNumber(text string, meets func(string) bool) bool {
	for i := 0; i+3 <= len(text); i++ {
		if c := text[i]; c < '1' || c > '5' || !isDigit(text[i+1]) || !isDigit(text[i+2]) {
			continue
		}
		isAfter := i == 0 || strings.IndexByte(" \t<=:>\"'", text[i-1]) >= 0
		if isAfter && (i+3 == len(text) || !isWord(text[i+3])) && meets(text[i:i+3]) {
			return true
		}
	}
	return false
}

// statusesOf returns the codes of HTTP responses without a code, by status.
func statusesOf(t *spec.Table) map[string]string {
	if t.Response == nil {
		return nil
	}
	all := make(map[string]string, len(t.Response.HTTP))
	for _, h := range t.Response.HTTP {
		all[strconv.Itoa(h.Status)] = h.Code
	}
	return all
}
