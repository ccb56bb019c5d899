// How long the service asks clients to wait.

package response

import (
	"strings"
	"time"
)

// delay returns the longest delay that the response asks for, 0 if it asks for none. Dates count
// from that of the response, so that the clock of the client does not matter.
func (s *facts) delay() (longest time.Duration) {
	var now time.Time
	for i := range s.list {
		if !s.is(i, roleRetryAfter) {
			continue
		}
		if now.IsZero() {
			now = s.date()
		}
		text, unit := s.text(i), time.Second
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

// date returns when the response was sent.
func (s *facts) date() time.Time {
	if date, ok := parseDate(strings.Join(headerValues(s.header, "Date"), "")); ok {
		return date
	}
	return time.Now()
}
