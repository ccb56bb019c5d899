// The fields that a response has.

package response

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A fact is a field that a response has, as it is written there. Null and "" are no facts.
type fact struct {
	text  string // "" if it does not count
	field int
	at    [2]int32 // the elements of the arrays that it is in //errspec:if arrays
}

// facts are the fields of a response: those of headers, then those of the body.
type facts struct {
	format   *format
	status   int
	header   map[string][]string
	list     []fact
	body     string
	valid    bool // whether the body is JSON
	doubtful bool // whether something may be missing, so that clients must not retry automatically
	isTask   bool //errspec:if task
	//errspec:if arrays
	// at are the elements around the value that is read.
	at [2]int32
	// level is how many there are.
	level int
	//errspec:end
}

// unquote returns the text of a JSON string. It returns other values unchanged.
func unquote(value string) string {
	if value == "" || value[0] != '"' {
		return value
	}
	text := value[1 : len(value)-1]
	if !utf8.ValidString(text) {
		text = string([]rune(text)) // each invalid byte becomes U+FFFD, as in package json
	}
	return unescape(text)
}

// unescape replaces the escapes of a JSON string, in half the time that package json takes.
func unescape(text string) string {
	end := strings.IndexByte(text, '\\')
	if end < 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	for ; end >= 0; end = strings.IndexByte(text, '\\') {
		b.WriteString(text[:end])
		text = text[end+1:]
		r, size := rune(text[0]), 1
		if r == 'u' {
			r, size = escapedRune(text)
		} else if i := strings.IndexByte("bfnrt", text[0]); i >= 0 {
			r = rune("\b\f\n\r\t"[i])
		}
		b.WriteRune(r)
		text = text[size:]
	}
	b.WriteString(text)
	return b.String()
}

// escapedRune returns the character of an escape such as u00e9 or, of two that are a pair of
// surrogates, ud83d\ude00, and its length.
func escapedRune(text string) (rune, int) {
	unit := func(hex string) rune {
		n, _ := strconv.ParseUint(hex, 16, 32) // valid
		return rune(n)
	}
	r := unit(text[1:5])
	if utf16.IsSurrogate(r) && strings.HasPrefix(text[5:], `\u`) {
		if pair := utf16.DecodeRune(r, unit(text[7:11])); pair != utf8.RuneError {
			return pair, len(`ud83d\ude00`)
		}
	}
	return r, len("u00e9") // an unpaired surrogate is written as U+FFFD
}

// succeeded reports whether the HTTP status is one of 200 to 299.
func (s *facts) succeeded() bool { return s.status/100 == 2 }

// text returns a fact as text, "" for the fact -1.
func (s *facts) text(i int) string {
	switch {
	case i < 0:
		return ""
	case s.format.fields[s.list[i].field].header != "":
		return s.list[i].text
	}
	return unquote(s.list[i].text)
}

//errspec:if typed

// raw returns a field as it is written, or "" if it is missing.
func (s *facts) raw(field int) string {
	for _, f := range s.list {
		if f.field == field && f.text != "" {
			return f.text
		}
	}
	return ""
}

//errspec:end

// is reports whether a fact counts and has the role.
func (s *facts) is(i int, r role) bool {
	return s.list[i].text != "" && s.format.fields[s.list[i].field].role == r
}

// first returns the first fact with the role that is together with the fact near, -1 for none.
func (s *facts) first(r role, near int) int {
	best := -1
	for i := range s.list {
		if s.is(i, r) && (best < 0 || s.list[i].field < s.list[best].field) && s.together(i, near) {
			best = i
		}
	}
	return best
}

// together reports whether two facts are of the same elements of arrays. The fact -1 is of any.
func (s *facts) together(i, j int) bool {
	//errspec:if arrays
	if j < 0 {
		return true
	}
	a, b := &s.list[i], &s.list[j]
	for level, array := range s.format.fields[a.field].arrays {
		if array == 0 || array != s.format.fields[b.field].arrays[level] {
			break
		}
		if a.at[level] != b.at[level] {
			return false
		}
	}
	//errspec:end
	return true
}
