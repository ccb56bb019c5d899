package runtime

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// A step reports an error to Again and states the result: the number of the key, or the reason
// of a false.
type step struct {
	err  error
	bare bool          // the submission after it has no key
	wait time.Duration // before the error
	task string        // ID of the task that the submission after it starts
	key  int
	why  Reason
}

func failed(code Code, id string) error { return &Error{Code: code, Wire: string(code), TaskID: id} }

func refused(status int, code Code) error {
	return &Error{Code: code, Wire: string(code), HTTPStatus: status}
}

// Again follows the rules of keys. The table keeps a key for one hour, of which a tenth is left.
func TestAttempts(t *testing.T) {
	busy, lost := refused(429, CodeBusy), io.ErrUnexpectedEOF
	for name, c := range map[string]struct {
		policy Policy
		steps  []step
	}{
		"success":                           {steps: []step{{key: 1}, {why: ReasonDone}, {why: ReasonDone}}},
		"error before the first submission": {steps: []step{{err: busy, why: ReasonOutcomeUnknown}}},
		"new key after a failed task":       {steps: []step{{key: 1}, {err: failed(CodeBusy, "t"), key: 2}, {err: failed(CodeHiccup, "u"), key: 3}}},
		"failed task of another ID":         {steps: []step{{key: 1, task: "t"}, {err: failed(CodeBusy, "u"), why: ReasonOutcomeUnknown}}},
		"failed task without an ID":         {steps: []step{{key: 1}, {err: failed(CodeBusy, ""), key: 1}}},
		"same key after a refusal":          {steps: []step{{key: 1}, {err: busy, key: 1}, {err: busy, key: 1}}},
		"same key after a lost response":    {steps: []step{{key: 1}, {err: lost, key: 1}, {err: refused(503, CodeBroken), key: 1}, {err: refused(500, ""), key: 1}}},
		"same key after an unreadable body": {steps: []step{{key: 1}, {err: &ResponseError{HTTPStatus: 200}, key: 1}}},
		"a lost response stays unknown":     {steps: []step{{key: 1}, {err: lost, key: 1}, {err: busy, key: 1}, {err: refused(401, CodeGone), why: ReasonOutcomeUnknown}}},
		"a failed task ends the unknown":    {steps: []step{{key: 1}, {err: lost, key: 1}, {err: failed(CodeGone, "t"), why: ReasonNotAutomatic}}},
		"pending":                           {steps: []step{{key: 1}, {err: refused(409, CodeInWork), key: 1}, {err: failed(CodeBusy, "t"), key: 2}}},
		"conflict":                          {steps: []step{{key: 1}, {err: refused(409, CodeKeyTaken), why: ReasonNotAutomatic}}},
		"conflict with HTTP 500":            {steps: []step{{key: 1}, {err: refused(500, CodeKeyTaken), why: ReasonOutcomeUnknown}}},
		"conflict after a lost response":    {steps: []step{{key: 1}, {err: lost, key: 1}, {err: refused(409, CodeKeyTaken), why: ReasonOutcomeUnknown}}},
		"a refusal that is not automatic":   {steps: []step{{key: 1}, {err: refused(400, CodeBadInput), why: ReasonNotAutomatic}, {err: busy, why: ReasonNotAutomatic}}},
		"nothing is charged":                {steps: []step{{key: 1, bare: true}, {err: refused(503, CodeTurnedAway), key: 1}}},
		"no key was sent":                   {steps: []step{{key: 1, bare: true}, {err: lost, why: ReasonOutcomeUnknown}}},
		"the last submission had no key":    {steps: []step{{key: 1}, {err: lost, key: 1, bare: true}, {err: busy, why: ReasonOutcomeUnknown}}},
		"the key has expired":               {steps: []step{{key: 1}, {wait: 54 * time.Minute, err: lost, why: ReasonOutcomeUnknown}}},
		"the key expires during the wait":   {steps: []step{{key: 1}, {wait: 54*time.Minute - 5*time.Second, err: lost, why: ReasonOutcomeUnknown}}},
		"the key has nearly expired":        {steps: []step{{key: 1}, {wait: 54*time.Minute - 6*time.Second, err: lost, key: 1}, {err: lost, why: ReasonOutcomeUnknown}}},
		"a refusal after the key expired":   {steps: []step{{key: 1}, {wait: 2 * time.Hour, err: busy, key: 1}}},
		"a new key has a new time":          {steps: []step{{key: 1}, {wait: time.Hour, err: failed(CodeBusy, "t"), key: 2}, {wait: 50 * time.Minute, err: lost, key: 2}}},
		"attempts are used":                 {policy: Policy{Attempts: 2}, steps: []step{{key: 1}, {err: busy, key: 1}, {err: busy, why: ReasonAttemptsUsed}}},
		"attempts are used, unknown":        {policy: Policy{Attempts: 2}, steps: []step{{key: 1}, {err: lost, key: 1}, {err: busy, why: ReasonOutcomeUnknown}}},
		"too long":                          {policy: Policy{Cap: time.Second}, steps: []step{{key: 1}, {err: refused(429, CodeBroken), why: ReasonTooLong}}},
		"too long, unknown":                 {policy: Policy{Cap: time.Second}, steps: []step{{key: 1}, {err: refused(503, CodeBroken), why: ReasonOutcomeUnknown}}},
		"forbidden":                         {policy: Policy{Allow: func(d Decision) bool { return d.Code != CodeBusy }}, steps: []step{{key: 1}, {err: failed(CodeHiccup, "t"), key: 2}, {err: busy, why: ReasonForbidden}}},
		"polling stopped":                   {steps: []step{{key: 1}, {err: &PollError{TaskID: "t", Err: lost}, why: ReasonOutcomeUnknown}, {err: failed(CodeBusy, "t"), key: 2}}},
		"refused poll of a known task":      {steps: []step{{key: 1, task: "t"}, {err: busy, why: ReasonOutcomeUnknown}, {err: failed(CodeBusy, "t"), key: 2}}},
		"refused poll with the ID":          {steps: []step{{key: 1, task: "t"}, {err: &Error{Code: CodeBusy, Wire: "busy", TaskID: "t", HTTPStatus: 429}, why: ReasonOutcomeUnknown}, {err: failed(CodeBusy, "t"), key: 2}}},
		"another PollError":                 {steps: []step{{key: 1, task: "t"}, {err: &PollError{TaskID: "u"}, why: ReasonOutcomeUnknown}, {err: failed(CodeBusy, "t"), key: 2}}},
		"nil PollError":                     {steps: []step{{key: 1}, {err: (*PollError)(nil), key: 1}}},
		"nil Error":                         {steps: []step{{key: 1}, {err: (*Error)(nil), key: 1}}},
		"refusal with the ID of a task":     {steps: []step{{key: 1}, {err: &Error{Code: CodeBusy, Wire: "busy", TaskID: "t", HTTPStatus: 429}, key: 1}}},
		"submitted without Again":           {policy: Policy{Attempts: 2}, steps: []step{{err: failed(CodeBusy, "t"), key: 1}, {err: busy, why: ReasonAttemptsUsed}}},
		"the longest wait":                  {policy: Policy{Cap: 10 * time.Second}, steps: []step{{key: 1}, {err: refused(429, CodeBroken), key: 1}}},
		"joined with a lost response":       {steps: []step{{key: 1}, {err: errors.Join(lost, failed(CodeBusy, "t")), key: 1}}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c.policy.Keys = true
				a := c.policy.Begin("order-1")
				for i, s := range c.steps {
					takeStep(t, a, i, s)
				}
			})
		})
	}
}

func takeStep(t *testing.T, a *Attempts, i int, s step) {
	t.Helper()
	time.Sleep(s.wait)
	before := time.Now()
	again := a.Again(t.Context(), s.err)
	if again != (s.key > 0) || a.Why() != s.why {
		t.Fatalf("step %d: got %v, %v, want key %d, %v", i, again, a.Why(), s.key, s.why)
	}
	if want := hash("key", hash("work", "order-1")+"\n"+string(rune('0'+s.key))); again && a.Key() != want {
		t.Fatalf("step %d: key is %s, want number %d: %s", i, a.Key(), s.key, want)
	}
	if waited := time.Since(before); (again && a.submissions > 1) != (waited > 0) {
		t.Errorf("step %d: waited %v", i, waited)
	}
	if again && !s.bare {
		a.SetKey(make(map[string][]string))
	}
	if again && s.task != "" {
		a.SetTask(s.task)
	}
}

// A retry waits as long as the service and the table require.
func TestAttemptsWait(t *testing.T) {
	for _, c := range []struct {
		err  error
		want time.Duration
	}{
		{io.ErrUnexpectedEOF, 5 * time.Second},
		{refused(409, CodeInWork), 2 * time.Second},
		{&Error{Code: CodeInWork, HTTPStatus: 409, RetryAfter: 7 * time.Second}, 7 * time.Second},
		{errors.Join(io.EOF, &Error{HTTPStatus: 503, RetryAfter: 9 * time.Second}), 9 * time.Second},
		{failed(CodeHiccup, "t"), 5 * time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			a := (&Policy{Keys: true}).Begin("")
			a.Again(nil, nil) //lint:ignore SA1012 a nil context is accepted
			a.SetKey(make(map[string][]string))
			start := time.Now()
			if !a.Again(t.Context(), c.err) || time.Since(start) != c.want {
				t.Errorf("%v: %v after %v, want %v", c.err, a.Why(), time.Since(start), c.want)
			}
		})
	}
}

// Without keys, attempts are as strict as Next.
func TestAttemptsWithoutKeys(t *testing.T) {
	for _, err := range []error{io.EOF, refused(503, CodeBroken), refused(409, CodeInWork), &ResponseError{}, refused(400, CodeGone)} {
		a := new(Policy).Begin("order-1")
		header := make(map[string][]string)
		first := a.Again(t.Context(), nil)
		a.SetKey(header)
		if !first || len(header) > 0 || a.Key() != "" {
			t.Errorf("%v, key %q, header %v", first, a.Key(), header)
		}
		if a.Again(t.Context(), err) {
			t.Errorf("another submission after %v", err)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		a := new(Policy).Begin("order-1")
		if !a.Again(t.Context(), nil) || !a.Again(t.Context(), refused(429, CodeBusy)) || !a.Again(t.Context(), failed(CodeBusy, "t")) {
			t.Error(a.Why())
		}
	})
}

// A context that ends uses up nothing.
func TestAttemptsDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		short, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		during, cancel := context.WithCancel(t.Context())
		time.AfterFunc(2*time.Second, cancel)
		a := (&Policy{Keys: true, Attempts: 2}).Begin("order-1")
		for _, ctx := range []context.Context{ended, ended} {
			if a.Again(ctx, nil) || a.Why() != ReasonDeadline {
				t.Error(a.Why())
			}
		}
		if !a.Again(t.Context(), nil) {
			t.Fatal(a.Why())
		}
		a.SetKey(make(map[string][]string))
		for _, c := range []struct {
			ctx    context.Context
			waited time.Duration
		}{{ended, 0}, {short, 0}, {during, 2 * time.Second}} {
			start := time.Now()
			if a.Again(c.ctx, context.Canceled) || a.Why() != ReasonDeadline || time.Since(start) != c.waited {
				t.Errorf("%v after %v, want %v", a.Why(), time.Since(start), c.waited)
			}
		}
		if !a.Again(t.Context(), context.Canceled) {
			t.Error(a.Why())
		}
	})
}

// run stores attempts and resumes them with another policy.
func rerun(t *testing.T, a *Attempts, p *Policy, work string) *Attempts {
	t.Helper()
	stored, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	again := p.Begin(work)
	if err := again.Resume(stored); err != nil {
		t.Fatal(err, string(stored))
	}
	return again
}

// Stored attempts continue with the same key. The outcome of their last submission is unknown.
func TestResume(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &Policy{Keys: true, Attempts: 4}
		a := p.Begin("order-1")
		a.Again(t.Context(), nil)
		a.SetKey(make(map[string][]string))
		a.Again(t.Context(), failed(CodeBusy, "t"))
		a.SetKey(make(map[string][]string))
		second := a.Key()
		stored, _ := json.Marshal(a)
		if want := `{"version":1,"table":"standin","seed":"` + a.seed + `","key":2,"since":"` + a.since.UTC().Format(time.RFC3339Nano) + `","keyed":true,"submissions":2}`; string(stored) != want {
			t.Errorf("got  %s\nwant %s", stored, want)
		}
		if strings.Contains(string(stored), "order-1") {
			t.Error("the ID of the work is stored")
		}

		b := rerun(t, a, p, "order-1")
		if b.Why() != ReasonNone || !b.Again(t.Context(), nil) || b.Key() != second || b.submissions != 3 {
			t.Errorf("%v, key %s, want %s", b.Why(), b.Key(), second)
		}
		if b.SetKey(make(map[string][]string)); b.Again(t.Context(), refused(400, CodeGone)) || b.Why() != ReasonOutcomeUnknown {
			t.Errorf("got %v after a refusal", b.Why())
		}
		for name, c := range map[string]*Attempts{
			"without keys":     rerun(t, a, new(Policy), "order-1"),
			"no attempts left": rerun(t, a, &Policy{Keys: true, Attempts: 2}, ""),
			"before SetKey":    rerun(t, resubmitted(t), p, ""),
			"never submitted":  rerun(t, p.Begin("order-1"), &Policy{Keys: true, Attempts: 1}, "order-1"),
		} {
			if c.Again(t.Context(), nil) || c.Why() != ReasonOutcomeUnknown {
				t.Errorf("%s: got %v", name, c.Why())
			}
			if name != "no attempts left" && (c.Again(t.Context(), failed(CodeBusy, "t")) || c.Why() != ReasonOutcomeUnknown) {
				t.Errorf("%s: got %v after a failed task: the earlier run may submit without a key", name, c.Why())
			}
		}
		time.Sleep(time.Hour)
		if c := rerun(t, a, p, "order-1"); c.Again(t.Context(), nil) || c.Why() != ReasonOutcomeUnknown {
			t.Errorf("got %v after the key expired", c.Why())
		}
	})
}

// Another run may have submitted later keys of stored attempts. It is not known when.
func TestStoredExpire(t *testing.T) {
	for _, restarted := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			p := &Policy{Keys: true}
			a := p.Begin("order-1")
			a.Again(t.Context(), nil)
			a.SetKey(make(map[string][]string))
			if again := rerun(t, a, p, "order-1"); restarted {
				a = again
			}
			time.Sleep(30 * time.Minute)
			if !a.Again(t.Context(), failed(CodeBusy, "t")) {
				t.Fatal(a.Why())
			}
			a.SetKey(make(map[string][]string))
			time.Sleep(24 * time.Minute)
			if a.Again(t.Context(), failed(CodeBusy, "u")) || a.Why() != ReasonOutcomeUnknown {
				t.Errorf("restarted %v: got %v, key %d", restarted, a.Why(), a.key)
			}
		})
	}
}

// A wait may take longer than it should, for example because the machine was suspended.
func TestKeyExpiredDuringWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := func(age time.Duration) *Attempts {
			a := (&Policy{Keys: true}).Begin("order-1")
			a.Again(t.Context(), nil)
			a.since = time.Now().Add(-age)
			return a
		}
		unknown, shared, settled, fresh := start(54*time.Minute), start(54*time.Minute), start(54*time.Minute), start(54*time.Minute-1)
		unknown.unknown, shared.shared, fresh.unknown = true, true, true
		for name, c := range map[string]struct {
			a    *Attempts
			want Reason
		}{"unknown": {unknown, ReasonOutcomeUnknown}, "stored": {shared, ReasonOutcomeUnknown}, "settled": {settled, ReasonNone}, "not expired": {fresh, ReasonNone}} {
			if got := c.a.wait(t.Context(), 0); got != c.want {
				t.Errorf("%s: got %v, want %v", name, got, c.want)
			}
		}
		first := (&Policy{Keys: true}).Begin("order-1")
		if first.shared = true; first.wait(t.Context(), 0) != ReasonNone {
			t.Error("nothing was submitted, and the key has expired")
		}
		if early := start(-1); !early.expired(0) || start(0).expired(0) {
			t.Error("a key of the future is not expired")
		}
	})
}

// Nothing is submitted after stored attempts were edited.
func TestResumeEdited(t *testing.T) {
	for _, text := range []string{`"key":1`, `"since":"2026-01-02T03:04:05Z"`, `"key":-1,"since":"2026-01-02T03:04:05Z","keyed":true`, `"submissions":-5`} {
		a := (&Policy{Keys: true}).Begin("")
		if err := a.Resume([]byte(`{"version":1,"table":"standin",` + text + `}`)); err != nil {
			t.Fatal(err)
		}
		if a.Again(t.Context(), nil) || a.Why() != ReasonOutcomeUnknown || a.submissions != 1 {
			t.Errorf("%s: got %v after %d submissions", text, a.Why(), a.submissions)
		}
	}
}

// After an error, nil means that the task is completed, also in a resumed run.
func TestResumeDone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &Policy{Keys: true}
		a := rerun(t, resubmitted(t), p, "")
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		if a.keyed = true; a.Again(ended, io.EOF) || a.Again(t.Context(), nil) || a.Why() != ReasonDone {
			t.Error(a.Why())
		}
	})
}

// SetKey replaces the key in a header, and only after Again has returned true.
func TestSetKey(t *testing.T) {
	header := map[string][]string{"Idempotency-key": {"other"}, "IDEMPOTENCY-KEY": {"another"}, "X-Other": {"kept"}}
	a := (&Policy{Keys: true}).Begin("order-1")
	a.SetKey(header)
	if len(header) != 3 {
		t.Error("before the first submission:", header)
	}
	a.Again(t.Context(), nil)
	a.SetKey(header)
	if len(header) != 2 || len(header[IdempotencyHeader]) != 1 || header[IdempotencyHeader][0] != a.Key() || header["X-Other"] == nil {
		t.Error(header)
	}
	if a.Again(t.Context(), refused(400, CodeGone)) {
		t.Fatal("another submission")
	}
	if clear(header); a.Key() == "" {
		t.Error("no key")
	}
	if a.SetKey(header); len(header) > 0 {
		t.Error("after a refusal:", header)
	}
}

// resubmitted returns attempts whose last submission has no key yet.
func resubmitted(t *testing.T) *Attempts {
	a := (&Policy{Keys: true}).Begin("")
	a.Again(t.Context(), nil)
	a.SetKey(make(map[string][]string))
	a.Again(t.Context(), failed(CodeBusy, "t"))
	return a
}

// A task whose ID is stored is polled.
func TestResumeTask(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &Policy{Keys: true}
		a := p.Begin("")
		if a.SetTask("early"); a.TaskID() != "" {
			t.Errorf("task %q before a submission", a.TaskID())
		}
		if stored, err := json.Marshal(a); err != nil || strings.Contains(string(stored), "since") {
			t.Errorf("%s, %v before a submission", stored, err)
		}
		a.Again(t.Context(), nil)
		a.SetKey(make(map[string][]string))
		if a.TaskID() != "" {
			t.Errorf("task %q before a submission", a.TaskID())
		}
		a.SetTask("t-1")
		b := rerun(t, a, p, "")
		if b.Again(t.Context(), nil) || b.TaskID() != "t-1" || b.Why() != ReasonOutcomeUnknown {
			t.Errorf("task %q, %v", b.TaskID(), b.Why())
		}
		if !b.Again(t.Context(), failed(CodeBusy, "t-1")) || b.TaskID() != "" || b.key != 2 {
			t.Errorf("task %q, %v, key %d", b.TaskID(), b.Why(), b.key)
		}
	})
}

// Resume returns an error for anything but attempts at the same work. Nothing is submitted then.
func TestResumeErrors(t *testing.T) {
	p := &Policy{Keys: true}
	a := p.Begin("order-1")
	a.Again(t.Context(), nil)
	a.SetKey(make(map[string][]string))
	stored, _ := json.Marshal(a)
	for _, text := range []string{
		"", "null", "[]", "{}", "7", string(stored[:20]), strings.Replace(string(stored), "standin", "other", 1), strings.Replace(string(stored), `"version":1`, `"version":2`, 1),
		strings.Replace(string(stored), a.seed, strings.Repeat("0", 32), 1), strings.Replace(string(stored), `"since":"2`, `"since":"x`, 1),
	} {
		b := p.Begin("order-1")
		if err := b.Resume([]byte(text)); err == nil || err.Error() == "" {
			t.Errorf("no error for %s", text)
		}
		if b.Again(t.Context(), nil) || b.Why() != ReasonOutcomeUnknown {
			t.Errorf("%s: got %v", text, b.Why())
		}
	}
	if a.Resume(stored) == nil || a.Again(t.Context(), nil) {
		t.Error("resumed after a submission")
	}
}

// Nil and zero attempts submit nothing twice.
func TestAttemptsNil(t *testing.T) {
	var a *Attempts
	a.SetKey(make(map[string][]string))
	a.SetTask("t")
	if a.Again(t.Context(), nil) || a.Key() != "" || a.TaskID() != "" || a.Why() != ReasonDone || a.Resume(nil) == nil {
		t.Error("nil Attempts")
	}
	if data, err := a.MarshalJSON(); string(data) != "null" || err != nil {
		t.Error(string(data), err)
	}
	zero := &Attempts{policy: Policy{Keys: true}}
	zero.Again(t.Context(), nil)
	zero.SetKey(make(map[string][]string))
	if zero.Again(t.Context(), io.EOF) || zero.Key() != "" {
		t.Error("zero Attempts")
	}
	none := (*Policy)(nil).Begin("order-1")
	if !none.Again(t.Context(), nil) || none.Again(t.Context(), nil) {
		t.Error(none.Why())
	}
	none.SetKey(nil)
}

// Works have different seeds, and those without an ID are random.
func TestSeeds(t *testing.T) {
	p := &Policy{Keys: true}
	seen := make(map[string]bool)
	for _, work := range []string{"", "", "a", "b", "a\n"} {
		a := p.Begin(work)
		if len(a.seed) != 32 || seen[a.seed] {
			t.Errorf("seed of %q: %s", work, a.seed)
		}
		seen[a.seed] = true
	}
}

func TestReasons(t *testing.T) {
	seen := make(map[string]bool)
	for r := ReasonNone; r <= ReasonForbidden; r++ {
		if text := r.String(); text == "" || seen[text] || strings.Contains(text, "(") {
			t.Errorf("%d: %s", r, text)
		} else {
			seen[text] = true
		}
	}
	if got := Reason(99).String(); got != "Reason(99)" {
		t.Error(got)
	}
}
