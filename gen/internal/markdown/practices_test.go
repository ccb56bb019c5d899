package markdown

import (
	"testing"
	"time"

	"github.com/errspec/errspec/gen/internal/plan"
)

func TestSchedule(t *testing.T) {
	const s, m = time.Second, time.Minute
	backoff := func(attempts int, multiplier float64) plan.Backoff {
		return plan.Backoff{Attempts: attempts, Multiplier: multiplier, Cap: 10 * m}
	}
	tests := []struct {
		backoff   plan.Backoff
		low, high time.Duration
		want      md
	}{
		{backoff(2, 2), 5 * s, 5 * s, "5s before the second attempt"},
		{backoff(3, 2), 5 * s, 5 * s, "5s before the second attempt and 10s before the third"},
		{backoff(4, 1.5), 5 * s, 5 * s, "5s before the second attempt, 7.5s before the third and 11.25s before the fourth"},
		{backoff(3, 2), 30 * s, m, "30s to 1m before the second attempt and 1m to 2m before the third"},
		{backoff(3, 10), 30 * s, 2 * m, "30s to 2m before the second attempt and 5m to 10m before the third"},
		{backoff(3, 1000), m, 2 * m, "1m to 2m before the second attempt and 10m before the third"},
		{backoff(6, 2), 5 * s, 5 * s, "5s before the second attempt and 2 times as long before each further one, up to 10m"},
		{backoff(6, 1), 5 * s, 5 * s, "5s before each further attempt"},
		{backoff(3, 2), 0, s, "0s to 1s before the second attempt and 0s to 2s before the third"},
	}
	for _, test := range tests {
		if got := schedule(test.backoff, test.low, test.high); got != test.want {
			t.Errorf("schedule(%v, %v, %v)\n got %s\nwant %s", test.backoff, test.low, test.high, got, test.want)
		}
	}
}

func TestSeries(t *testing.T) {
	tests := []struct {
		words []md
		want  md
	}{
		{nil, ""},
		{[]md{"a"}, "a"},
		{[]md{"a", "b"}, "a or b"},
		{[]md{"a", "b", "c"}, "a, b or c"},
	}
	for _, test := range tests {
		if got := series(test.words, "or"); got != test.want {
			t.Errorf("series(%q) = %s, want %s", test.words, got, test.want)
		}
	}
}
