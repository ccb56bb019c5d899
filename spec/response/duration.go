// Texts of delays.

package response

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// parseDelay reads a number of units, a duration such as "1.5s", or the delay from now to a date.
// A number that is too large gives the longest duration, a date that has passed gives 0.
func parseDelay(text string, unit time.Duration, now time.Time) (time.Duration, bool) {
	text = strings.Trim(text, " \t")
	if text != "" && '0' <= text[0] && text[0] <= '9' && !strings.ContainsAny(text, "_xX") {
		if n, err := strconv.ParseFloat(text, 64); err == nil || math.IsInf(n, 1) {
			if n *= float64(unit); n < math.MaxInt64 {
				return time.Duration(math.Round(n)), true
			}
			return math.MaxInt64, true
		}
		if d, err := time.ParseDuration(text); err == nil {
			return d, true
		}
	}
	t, ok := parseDate(text)
	if !ok {
		return 0, false
	}
	return max(t.Sub(now), 0), true
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
