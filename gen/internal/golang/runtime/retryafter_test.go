package runtime

import (
	"math"
	"strings"
	"testing"
	"time"
)

var now = time.Date(2026, 11, 6, 8, 49, 37, 500_000_000, time.FixedZone("", 2*60*60)) // 06:49:37.5 GMT

func TestParseRetryAfter(t *testing.T) {
	const forever = time.Duration(math.MaxInt64)
	for v, want := range map[string]time.Duration{
		"0":                            0,
		"1":                            time.Second,
		"120":                          2 * time.Minute,
		" 120\t":                       2 * time.Minute,
		"000120":                       2 * time.Minute,
		strings.Repeat("0", 100) + "7": 7 * time.Second,
		"1.5":                          1500 * time.Millisecond,
		"0.493":                        493 * time.Millisecond,
		"299.997":                      299_997 * time.Millisecond,
		"300.000":                      300 * time.Second,
		"0.0":                          0,
		" 1.000000000000000000000001 ": time.Second,
		"1s":                           time.Second, "1.5s": 1500 * time.Millisecond, "1m0.5s": 60500 * time.Millisecond, "1e3": 1000 * time.Second, "1.": time.Second,
		"9223372036.0":                   9223372036 * time.Second,
		"9223372036.9":                   forever,
		"9223372036854775807.9":          forever,
		strings.Repeat("9", 1000) + ".5": forever,
		"9223372036":                     9223372036 * time.Second,
		"9223372037":                     forever,
		"9223372036854775807":            forever,
		"9223372036854775808":            forever,
		strings.Repeat("9", 1000):        forever,
		"Fri, 06 Nov 2026 06:49:38 GMT":  500 * time.Millisecond,
		"Fri, 06 Nov 2026 07:49:37 GMT":  time.Hour - 500*time.Millisecond,
		"Friday, 06-Nov-26 06:50:37 GMT": time.Minute - 500*time.Millisecond,
		"Fri Nov  6 06:50:37 2026":       time.Minute - 500*time.Millisecond,
		"Tue Nov 10 06:49:38 2026":       96*time.Hour + 500*time.Millisecond,
		" Fri, 06 Nov 2026 06:49:38 GMT": 500 * time.Millisecond,
		"Fri, 06 Nov 2026 06:49:37 GMT":  0, // half a second ago
		"Sun, 06 Nov 1994 08:49:37 GMT":  0,
		"Sunday, 06-Nov-94 08:49:37 GMT": 0,
		"Sun Nov  6 08:49:37 1994":       0,
		"Mon, 01 Jan 0001 00:00:00 GMT":  0,
		"Fri, 31 Dec 9999 23:59:59 GMT":  forever,
	} {
		if got, ok := ParseRetryAfter(v, now); got != want || !ok {
			t.Errorf("ParseRetryAfter(%q) = %v, %v, want %v", v, got, ok, want)
		}
	}
	for _, v := range []string{
		"", " ", "-1", "+1", "-1.5", "-1s", ".5", ".", "1.-5", "1.5.5", "1..5", "1 .5", "1,5", "Infinity", "nan", "0x10", "1 2", "1,2", "१२", "１２", "soon", "\n120", "120\n", "120\x00", "NaN", "1_000", "--", "∞",
		"Fri, 06 Nov 2026 06:49:38", "Fri, 06 Nov 2026 06:49:38 CET", "Fri, 06 Nov 2026 06:49:38 +0100", "2026-11-06T06:49:38Z",
		"Fri, 32 Nov 2026 06:49:38 GMT", "Fri, 06 Nov 2026 25:49:38 GMT", "Fri, 06 Nov 2026 06:49:38 GMT, 120", "06 Nov 2026 06:49:38 GMT",
	} {
		if got, ok := ParseRetryAfter(v, now); got != 0 || ok {
			t.Errorf("ParseRetryAfter(%q) = %v, %v", v, got, ok)
		}
	}
	if got, ok := ParseRetryAfter("Fri, 06 Nov 2026 06:49:38 GMT", time.Time{}); got != forever || !ok {
		t.Errorf("from the year 1 to a date: %v, %v", got, ok)
	}
}

// DecodeTask sets RetryAfter from the header of a refusal.
func TestDecodeRetryAfter(t *testing.T) {
	for v, want := range map[string]time.Duration{"": 0, "soon": 0, "-5": 0, "30": 30 * time.Second, "Sun Nov  6 08:49:37 1994": 0} {
		if e := refusal(t, 429, v, ""); e.RetryAfter != want {
			t.Errorf("Retry-After: %s is decoded as %v", v, e.RetryAfter)
		}
	}
	date := time.Now().Add(time.Hour).UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT")
	if e := refusal(t, 503, date, ""); e.RetryAfter < 58*time.Minute || e.RetryAfter > time.Hour {
		t.Errorf("Retry-After: %s is decoded as %v", date, e.RetryAfter)
	}
}

func FuzzParseRetryAfter(f *testing.F) {
	for _, v := range []string{"", "0", "120", "-1", "99999999999999999999", "Fri, 06 Nov 2026 06:49:38 GMT", "Friday, 06-Nov-26 06:50:37 GMT", "Fri Nov  6 06:50:37 2026", "\xff"} {
		f.Add(v, int64(0))
		f.Add(v, int64(math.MinInt64))
	}
	f.Fuzz(func(t *testing.T, v string, unix int64) {
		d, ok := ParseRetryAfter(v, time.Unix(unix, 0))
		if d < 0 || !ok && d != 0 {
			t.Errorf("ParseRetryAfter(%q) = %v, %v", v, d, ok)
		}
		if strings.Trim(v, "0123456789") == "" && v != "" && !ok {
			t.Errorf("%q is a number of seconds", v)
		}
	})
}
