// How long the service asks clients to wait.

package response

import (
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
