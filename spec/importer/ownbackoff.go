package importer

import (
	"strconv"
	"strings"
	"time"

	"github.com/errspec/errspec/internal/lazyregexp"
)

var (
	attemptsPattern = lazyregexp.New(`^Make at most (\d+) attempts`)
	pausePattern    = lazyregexp.New(`([0-9][0-9.a-zµ]*)(?: to ([0-9][0-9.a-zµ]*))? before `)
	factorPattern   = lazyregexp.New(` and ([0-9.e+]+) times as long before each further one, but never longer than ([0-9.a-zµ]*[a-zµ])`)
)

// defaultCap is that of tables which give none.
const defaultCap = 10 * time.Minute

// readBackoff reads how many attempts there are and how pauses grow.
func (p *ownPage) readBackoff(items [][]block) {
	b := new(backoff)
	for _, item := range items {
		all := firstSpans(item)
		s := all.plain()
		m := attemptsPattern.FindStringSubmatch(s)
		switch owner := firstOf(all.codes()...); {
		case s == "Make one attempt only.":
			b.attempts = 1
		case m != nil:
			b.attempts, _ = strconv.Atoi(m[1])
		case strings.HasPrefix(s, "Pause "):
			b.initial = b.readSchedule(s, 0)
		case strings.HasPrefix(s, "After "):
			b.readSchedule(s, p.waitOf(owner))
		case strings.Contains(s, " tells of a rate or concurrency limit"):
			if c := p.byWire[owner]; c != nil {
				c.retry.throttle = true
			}
		}
	}
	if b.attempts == 0 {
		return
	}
	if b.cap == 0 && b.initial > defaultCap {
		b.cap = b.initial
	}
	p.backoff = b
}

// waitOf returns the longest wait of a code, or of a sub-type: "code/name".
func (p *ownPage) waitOf(owner string) time.Duration {
	if c := p.byWire[owner]; c != nil {
		return c.retry.max
	}
	slash := max(strings.LastIndexByte(owner, '/'), 0)
	if c := p.byWire[owner[:slash]]; c != nil {
		for _, s := range c.subtypes {
			if s.name == owner[slash+1:] {
				return s.retry.max
			}
		}
	}
	return 0
}

// readSchedule reads "5s before the second attempt and 10s before the third" and
// its like, and returns the first pause. wait is what the first pause would be if
// nothing capped it, 0 if it is not known. How pauses grow is the same in all
// schedules of a page.
func (b *backoff) readSchedule(s string, wait time.Duration) time.Duration {
	var lows, highs []time.Duration
	for _, m := range pausePattern.FindAllStringSubmatch(s, -1) {
		low, _ := time.ParseDuration(m[1])
		high, _ := time.ParseDuration(firstOf(m[2], m[1]))
		lows, highs = append(lows, low), append(highs, high)
	}
	if len(highs) == 0 {
		return 0
	}
	if highs[0] < wait {
		b.cap = highs[0]
	}
	factor := factorPattern.FindStringSubmatch(s)
	switch {
	case strings.Contains(s, " before each further attempt"):
		b.multiplier = 1
	case factor != nil:
		b.multiplier, _ = strconv.ParseFloat(factor[1], 64)
		b.cap, _ = time.ParseDuration(factor[2])
	default:
		b.learn(lows)
		b.learn(highs)
	}
	return highs[0]
}

// learn takes the factor from the step that grows most, and the cap from pauses
// that do not grow as much as others.
func (b *backoff) learn(pauses []time.Duration) {
	for i := 1; i < len(pauses); i++ {
		before, after := pauses[i-1], pauses[i]
		if before <= 0 {
			continue
		}
		ratio := float64(after) / float64(before)
		if rounded, err := strconv.ParseFloat(strconv.FormatFloat(ratio, 'g', 4, 64), 64); err == nil {
			ratio = rounded // pauses are written in whole milliseconds
		}
		if ratio > 1 && ratio > b.multiplier {
			b.multiplier = ratio
		}
		if ratio == 1 || ratio < b.multiplier {
			b.cap = after
		}
	}
}
