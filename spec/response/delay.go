// How long the service asks clients to wait.

package response

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// delay returns the longest delay that the response asks for, 0 if it asks for none. Dates count
// from that of the response, so that the clock of the client does not matter.
func (s *facts) delay() (longest time.Duration) {
	for i := range s.list {
		if !s.is(i, roleRetryAfter) {
			continue
		}
		text, unit := s.text(i), time.Second
		now, ok := parseDate(strings.Join(headerValues(s.header, "Date"), ""))
		if !ok {
			now = time.Now()
		}
		//errspec:if delaytext
		if number := s.format.fields[s.list[i].field].number; number != nil {
			text, _ = number(text)
		}
		//errspec:end
		//errspec:if unit
		switch s.format.fields[s.list[i].field].unit {
		case "ms":
			unit = time.Millisecond
		case "epoch":
			since, _ := parseDelay(text, unit, now)
			text = (since - time.Duration(now.UnixNano())).String()
		}
		//errspec:end
		d, _ := parseDelay(text, unit, now)
		longest = max(longest, d)
	}
	return longest
}

// parseDelay reads a number of units, a duration such as "1.5s", or the delay from now to a date.
// A number that is too large gives the longest duration, a date that has passed gives 0.
func parseDelay(text string, unit time.Duration, now time.Time) (time.Duration, bool) {
	text = strings.Trim(text, " \t")
	if n, err := strconv.ParseFloat(text, 64); (err == nil || math.IsInf(n, 1)) && n >= 0 {
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
