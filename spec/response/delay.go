// How long the service asks clients to wait.

package response

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// delay returns the longest delay that the response asks for, 0 if it asks for none.
func (s *facts) delay() time.Duration {
	var longest time.Duration
	for i := range s.list {
		if s.has(i, roleRetryAfter, -1) {
			longest = max(longest, s.delayOf(&s.list[i]))
		}
	}
	return longest
}

// delayOf returns the delay that a field asks for.
func (s *facts) delayOf(f *fact) time.Duration {
	text, unit := s.textOf(f), time.Second
	//errspec:if delaytext
	if number := s.format.fields[f.field].number; number != nil {
		text, _ = number(text)
	}
	//errspec:end
	//errspec:if unit
	switch s.format.fields[f.field].unit {
	case "ms":
		unit = time.Millisecond
	case "epoch":
		since, _ := parseDelay(text, unit, s.now)
		return max(since-time.Duration(s.clock().UnixNano()), 0)
	}
	//errspec:end
	d, _ := parseDelay(text, unit, s.clock())
	return d
}

// clock returns the time of the response: by its Date header, so that the clock of the client does
// not matter.
func (s *facts) clock() time.Time {
	for _, value := range headerValues(s.header, "Date") {
		if t, ok := parseDate(value); ok {
			return t
		}
	}
	return s.now
}

// parseDelay reads a number of units, a duration such as "1.5s", or the delay from now to a date.
// A number that is too large gives the longest duration, a date that has passed gives 0.
func parseDelay(text string, unit time.Duration, now time.Time) (time.Duration, bool) {
	text = strings.Trim(text, " \t")
	if text == "" {
		return 0, false
	}
	if n, err := strconv.ParseFloat(text, 64); '0' <= text[0] && text[0] <= '9' && (err == nil || math.IsInf(n, 1)) {
		if n *= float64(unit); n < math.MaxInt64 {
			return time.Duration(math.Round(n)), true
		}
		return math.MaxInt64, true
	}
	if d, err := time.ParseDuration(text); err == nil && d >= 0 {
		return d, true
	}
	t, ok := parseDate(text)
	return max(t.Sub(now), 0), ok
}

// parseDate reads the three forms of an HTTP date (RFC 9110, section 5.6.7).
func parseDate(text string) (time.Time, bool) {
	for _, layout := range []string{"Mon, 02 Jan 2006 15:04:05 GMT", "Monday, 02-Jan-06 15:04:05 GMT", time.ANSIC} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
