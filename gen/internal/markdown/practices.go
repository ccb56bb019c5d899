package markdown

import (
	"strconv"
	"time"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/gen/internal/sample"
	"github.com/errspec/errspec/spec/advice"
)

// practices writes recommendations for clients. It writes a sentence only if the
// table defines the fact.
func (w *page) practices() {
	w.polling()
	w.retrying()
	w.unlistedCodes()
	w.samples()
}

// polling writes how to poll a task and how to repeat a submission.
func (w *page) polling() {
	w.listed("Poll a task", w.plan.PollingPractices())
	w.listed("Use idempotency keys", w.plan.KeyPractices())
}

// listed writes practices with a heading.
func (w *page) listed(title md, practices []plan.Practice) {
	if len(practices) == 0 {
		return
	}
	w.heading(3, title)
	var items []md
	for _, r := range practices {
		items = append(items, practice(r))
	}
	w.bullets(items)
}

// practice writes a practice of the plan.
func practice(r plan.Practice) md {
	var line md
	for _, word := range r {
		if word.Code {
			line += code(word.Text, 0)
		} else {
			line += md(word.Text)
		}
	}
	return line
}

// retrying writes when clients may retry automatically, and how long they wait.
func (w *page) retrying() {
	w.heading(3, "Retry a request")
	automatic := filter(public(w.plan.Codes), isAutomatic)
	if len(automatic) == 0 {
		w.block(practice(plan.PracticeNever()))
		return
	}
	items := []md{
		"Retry automatically only after a code listed under “" + directTitle + "”.",
		practice(w.plan.PracticeRetry()),
	}
	if w.plan.HasTask() {
		items = append(items, practice(w.plan.PracticeOutcome()))
	}
	items = append(items, w.waits(automatic)...)
	items = append(items, practice(plan.PracticeRetryAfter()))
	for _, c := range automatic {
		if c.Retry.Throttle {
			items = append(items, w.reference(c, 0)+" is a rate or concurrency limit: slow down all requests, not only this one.")
		}
	}
	w.bullets(items)
}

// unlistedCodes writes how to handle codes that the table does not list.
func (w *page) unlistedCodes() {
	unlisted := w.plan.Unlisted
	w.heading(3, "Handle unlisted codes")
	line := practice(plan.PracticeUnlisted())
	if unlisted != nil && !unlisted.Internal {
		line += " Treat it like " + w.reference(unlisted, 0) + "."
		if unlisted.Retry.Advice != "" {
			line += " " + sentence(unlisted.Retry.Advice, 0)
		}
	}
	w.block(line)
}

// samples writes sample programs that follow these practices.
func (w *page) samples() {
	for i, s := range sample.All(w.plan) {
		if i == 0 {
			w.heading(3, "Sample programs")
		}
		w.folded(md(s.Language), codeBlock(md(s.Key), s.Code, w.mdx))
	}
}

// waits returns the number of attempts and the waits between them: for all codes,
// and for each code and subtype with its own wait.
func (w *page) waits(automatic []*plan.Code) []md {
	b := w.plan.Backoff
	if b.Attempts < 2 {
		return []md{"Make only one attempt."}
	}
	var own []md
	general := false
	for _, c := range automatic {
		if c.Retry.WaitMax == 0 {
			general = true
		} else {
			own = append(own, ownWait(b, w.reference(c, 0), c.Retry))
		}
		for _, s := range c.Subtypes {
			if s.Retry.Automatic && s.Retry.Wait() != c.Retry.Wait() {
				own = append(own, ownWait(b, w.subtypeReference(s), s.Retry))
			}
		}
	}
	items := []md{"Make at most " + md(strconv.Itoa(b.Attempts)) + " attempts, including the first."}
	switch usual := schedule(b, b.Initial, b.Initial); {
	case general && len(own) > 0:
		items = append(items, "Wait "+usual+", unless a different wait is given below.")
	case general:
		items = append(items, "Wait "+usual+".")
	}
	return append(items, own...)
}

// ownWait writes "After `code`, wait 30s to 1m before the second attempt."
func ownWait(b plan.Backoff, after md, r plan.Retry) md {
	return "After " + after + ", wait " + schedule(b, r.WaitMin, r.WaitMax) + "."
}

// schedule writes "5s before the second attempt and 10s before the third".
func schedule(b plan.Backoff, low, high time.Duration) md {
	if b.Multiplier == 1 {
		return between(scaled(low, b, 0), scaled(high, b, 0)) + " before each further attempt"
	}
	ordinals := []md{"second attempt", "third", "fourth", "fifth"}
	var steps []md
	for n := range min(b.Attempts-1, len(ordinals)) {
		wait := between(scaled(low, b, n), scaled(high, b, n))
		steps = append(steps, wait+" before the "+ordinals[n])
	}
	if b.Attempts-1 <= len(ordinals) {
		return series(steps, "and")
	}
	factor := md(strconv.FormatFloat(b.Multiplier, 'g', -1, 64))
	return steps[0] + " and " + factor + " times as long before each further one, up to " + duration(b.Cap)
}

func between(low, high time.Duration) md { return md(advice.Wait(low, high)) }

// scaled returns d x multiplier^n, limited to the cap of b.
func scaled(d time.Duration, b plan.Backoff, n int) time.Duration { return b.Grown(d, n) }

func duration(d time.Duration) md { return md(advice.Duration(d)) }

func isAutomatic(c *plan.Code) bool { return c.Retry.Automatic }

func filter(codes []*plan.Code, keep func(*plan.Code) bool) []*plan.Code {
	var kept []*plan.Code
	for _, c := range codes {
		if keep(c) {
			kept = append(kept, c)
		}
	}
	return kept
}
