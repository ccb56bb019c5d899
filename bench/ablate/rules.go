package main

// A rule is a rule of retries, with the changes that remove it.
type rule struct {
	name    string
	changes []change
}

// A change replaces a text that occurs once in a file of generated/.
type change struct{ file, old, new string }

const (
	attempts = "evolink/attempts.go"
	stored   = "evolink/attempts_json.go"
	keys     = "evolink/attempts_keys.go"
	policy   = "evolink/policy.go"
	errorGo  = "evolink/error.go"
	task     = "evolink/task.go"
	decode   = "evolink/decode.go"
	waiter   = "evolink/waiter.go"
	worker   = "examples/worker/worker.go"
)

// settledRules are the rules about the outcome of a submission: settled, or unknown.
var settledRules = []rule{
	{"a task settles only if it has failed with an ID", []change{
		{task, `e.unsettled = e.TaskID == "" && t.status() != "" // may be about any task`, `e.unsettled = false`},
		{decode, `e.unsettled = e.unsettled || e.TaskID == ""`, ``},
		{policy, `o.failed = o.failed && o.task != ""`, ``},
		{waiter, `case t.id() == "" && t.failed() && t.status() != "":`, `case false:`},
		{attempts, `(o.task != a.task || o.refused)`, `(o.task != "" && o.task != a.task || o.refused)`},
	}},
	{"a task settles only with the ID of the submission", []change{
		{waiter, `case t.id() != "" && t.id() != id:`, `case false:`},
		{attempts, `(o.task != a.task || o.refused)`, `o.refused`},
	}},
	{"an error settles nothing after the ID of the task is known, except its failure", []change{
		{attempts, `if a.task != "" && (o.task != a.task || o.refused) {`, `if false {`},
		{keys, `if a.task != "" {`, `if false {`},
	}},
	{"HTTP 400 to 499 settles", []change{
		{task, `400 <= status && status <= 499 && status != 408 || `, ``},
	}},
	{"HTTP 408 does not settle", []change{
		{task, ` && status != 408`, ``},
	}},
	{"HTTP 500 and more does not settle, even with a code", []change{
		{task, `200 <= status && status <= 299`, `200 <= status && status <= 299 || status >= 500`},
	}},
	{"an error with HTTP 200 to 299 and without a status settles", []change{
		{task, ` || 200 <= status && status <= 299`, ``},
	}},
	{"charged: no settles", []change{
		{errorGo, `if e.isFree() {`, `if false {`},
	}},
	{"pending does not settle: the same key follows", []change{
		{errorGo, `if e.hasCode() && e.Code.isPending() {`, `if false {`},
	}},
	{"a lost response does not settle", []change{
		{policy, "\t\treturn found && all\n\t}\n\treturn false", "\t\treturn found && all\n\t}\n\treturn true"},
	}},
	{"an unreadable response does not settle", []change{
		{policy, "if isTimeout(err) {", "if _, ok := err.(*ResponseError); ok {\n\t\treturn true\n\t}\n\tif isTimeout(err) {"},
	}},
	{"all errors of a tree must settle", []change{
		{policy, "found, all = true, eachErrorIn(err, f, left) && all", "found, all = eachErrorIn(err, f, left) || found, true"},
	}},
	{"an unknown outcome is not automatic without a key", []change{
		{keys, `return a.keyed && a.Key() != "" && (`, `return (`},
		{stored, `!a.keyed || a.Key() == ""`, `false`},
	}},
}

// attemptRules are the rules about the attempts at one piece of work.
var attemptRules = []rule{
	{"keys are derived from the work", []change{
		{stored, `if work != "" {`, `if false {`},
	}},
	{"a failed task has a new key", []change{
		{attempts, `a.key++`, `a.key = 1`},
	}},
	{"only a failed task has a new key", []change{
		{attempts, `if a.key == 0 || o.failed {`, `if true {`},
	}},
	{"a refusal keeps the key", []change{
		{attempts, `if a.key == 0 || o.failed {`, `if a.key == 0 || o.failed || o.settled {`},
	}},
	{"only a code that is automatic has a retry", []change{
		{attempts, `case !a.unknown && !o.automatic:`, `case false:`},
	}},
	{"an unknown outcome has a retry with the same key", []change{
		{keys, `return a.keyed && a.Key() != "" && (!o.settled || o.automatic)`, `return false`},
	}},
	{"a refusal leaves an unknown outcome unknown", []change{
		{attempts, `} else if o.failed {`, `} else {`},
	}},
	{"the key is used only as long as the service keeps it", []change{
		{keys, `return age < 0 || age >= keyLife-keyLife/10-pause`, `return age < 0`},
	}},
	{"a tenth of that time is left for slow requests", []change{
		{keys, `keyLife-keyLife/10-pause`, `keyLife-pause`},
	}},
	{"that time includes the wait", []change{
		{keys, `keyLife-keyLife/10-pause`, `keyLife-keyLife/10-0*pause`},
		{attempts, `a.submissions > 0 && a.expired(0)`, `false`},
	}},
	{"stored attempts do not extend that time with a new key", []change{
		{attempts, `(a.unknown || a.shared) && a.expired(pause)`, `a.unknown && a.expired(pause)`},
		{attempts, `(a.unknown || a.shared) && a.submissions`, `a.unknown && a.submissions`},
		{attempts, `o.failed && !a.shared`, `o.failed`},
	}},
	{"attempts are limited", []change{
		{attempts, `case a.submissions >= positive(a.policy.Attempts, backoffAttempts):`, `case false:`},
	}},
	{"waits are limited", []change{
		{attempts, `case max(o.wait.Min, o.retryAfter) > positive(a.policy.Cap, backoffCap):`, `case false:`},
	}},
	{"the wait is that of the code and of the service", []change{
		{attempts, `pause = max(a.policy.pause(o.wait, a.submissions), o.retryAfter)`, `pause = 0`},
	}},
	{"a conflict ends: a new key never follows", []change{
		{attempts, `if a.key == 0 || o.failed {`, `if a.key == 0 || o.failed || o.conflict {`},
		{attempts, `case !a.unknown && !o.automatic:`, `case !a.unknown && !o.automatic && !o.conflict:`},
		{keys, "if o.conflict {\n\t\treturn false\n\t}", "if o.conflict {\n\t\treturn true\n\t}"},
	}},
	{"a conflict ends: the same key never follows", []change{
		{attempts, `case !a.unknown && !o.automatic:`, `case !a.unknown && !o.automatic && !o.conflict:`},
		{keys, "if o.conflict {\n\t\treturn false\n\t}", "if o.conflict {\n\t\treturn true\n\t}"},
	}},
	{"after polling has stopped, the task is polled again", []change{
		{worker, `if !errors.As(err, &stopped) || id == "" {`, `if !errors.As(err, &stopped) || true {`},
	}},
	{"after polling has stopped, nothing is submitted", []change{
		{worker, `if !errors.As(err, &stopped) || id == "" {`, `if !errors.As(err, &stopped) || true {`},
		{keys, `if a.task != "" {`, `if false {`},
	}},
	{"a resumed task is polled", []change{
		{worker, `if id := attempts.TaskID(); id != "" {`, `if id := ""; id != "" {`},
		{stored, `a.task = s.Task`, ``},
	}},
	{"a stored submission counts as sent", []change{
		{stored, `a.why, a.unknown, a.resumed = ReasonOutcomeUnknown, true, true`, `a.why, a.resumed = ReasonOutcomeUnknown, true`},
		{stored, `a.shared, a.barred = true, !a.keyed || a.Key() == ""`, `a.shared = true`},
		{stored, `a.seed, a.submissions, a.barred = s.Seed, max(s.Submissions, 1), true`, `a.seed, a.submissions = s.Seed, max(s.Submissions, 1)`},
		{policy, `o := summary{automatic: true, allowed: true}`, "o := summary{automatic: true, allowed: true}\n\tif err == nil {\n\t\to.settled = true\n\t\treturn o\n\t}"},
	}},
	{"a resumed run submits only with keys", []change{
		{stored, `a.shared, a.barred = true, !a.keyed || a.Key() == ""`, `a.shared, a.barred = true, false`},
	}},
	{"attempts are stored before each submission", []change{
		{worker, "\t\tif err := w.Store.Save(work, attempts); err != nil {\n\t\t\treturn nil, err // not submitted, so that there is nothing that is not stored\n\t\t}\n", ""},
	}},
	{"each submission has its key", []change{
		{worker, "\t\tattempts.SetKey(header)\n", ""},
	}},
	{"only a submission with a key is repeated", []change{
		{worker, "\t\tattempts.SetKey(header)\n", ""},
		{keys, `return a.keyed && a.Key()`, `return a.Key()`},
		{stored, `!a.keyed || a.Key() == ""`, `a.Key() == ""`},
	}},
	{"a context that ends uses up nothing", []change{
		{attempts, `a.ended = a.why != ReasonDeadline && a.why != ReasonOutcomeUnknown`, `a.ended = true`},
	}},
	{"a callback settles nothing", []change{
		{worker, "\t\tif !w.called(ctx, id) {", "\t\tselect {\n\t\tcase task := <-w.Callbacks:\n\t\t\tif task.ID == id && task.Done() {\n\t\t\t\treturn task, task.Err()\n\t\t\t}\n\t\tdefault:\n\t\t}\n\t\tif !w.called(ctx, id) {"},
	}},
}
