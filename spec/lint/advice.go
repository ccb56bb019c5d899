package lint

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

func adviceRules() []rule {
	return []rule{
		{diag.Rule{ID: "advice-contradicts-action", Severity: diag.Warning,
			Purpose: "English advice and hints must not contradict the action: with retry or wait, they must not say not to retry, to change the request or to contact support; with other actions, they must not say only to retry.",
			Bad:     "- code: busy\n  title: Busy\n  description: The shop is busy.\n  retry: {action: fix, advice: Retry later}\n",
			Good:    "- code: busy\n  title: Busy\n  description: The shop is busy.\n  retry: {action: wait, advice: Retry later}\n"}, checkContradiction},
	}
}

// A contradiction is a statement that advice makes and that its action contradicts.
type contradiction struct {
	says    string
	matches func(text string) bool
	actions []spec.Action // actions that contradict the statement
	fix     string
}

var (
	repeating = []spec.Action{spec.ActionRetry, spec.ActionWait}
	others    = []spec.Action{spec.ActionFix, spec.ActionCheck, spec.ActionSupport, spec.ActionNever}
)

// The expressions are narrow: advice is free text, and other texts are accepted.
// "Reduce frequency, then retry" is not a change of the request, and "retry later;
// contact support if it persists" is not an instruction to contact support.
var contradictions = []contradiction{
	{"not to retry", lazyregexp.New(`\b(do not|don['’]t|never|cannot be|can['’]t be|must not be) (retry|retried|repeat|repeated|resend|resubmit)\b|\b(not retryable|no retry|no retries)\b`).MatchString,
		repeating, "use action never or fix, or change the advice"},
	{"to change the request first", lazyregexp.New(`^(please )?((fix|correct|change|modify|edit) |(try|use) (a |an |some )?(different|another|other) )`).MatchString,
		append([]spec.Action{spec.ActionNever}, repeating...), "use action fix, or change the advice"},
	{"to contact support", lazyregexp.New(`^(please )?contact `).MatchString,
		repeating, "use action support, or change the advice"},
	{"only to retry", lazyregexp.New(`^(please |just |simply |wait,? (and |then |and then )?|wait a (moment|minute|while),? (and |then |and then )?)*(retry|try again|repeat the request|send it again|resend|retry the request|try it again)( the request)?( (later|now|again|directly|immediately|at once|shortly|in a (moment|minute|while|few (seconds|minutes))|after (a|some|the) \w+))*$`).MatchString,
		others, "use action retry or wait, or change the advice"},
}

func checkContradiction(p *pass) {
	check := func(entry spec.Entry, r *spec.Retry, about string) {
		for _, key := range []string{"advice", "hint"} {
			if r.Has(key) || key == "advice" && r.Has("action") {
				p.contradicts(entry, r, key, about)
			}
		}
	}
	for i := range p.table.Classes {
		c := &p.table.Classes[i]
		check(c.Entry, &c.Retry, c.Name)
	}
	p.codes(func(c *spec.Code) {
		check(c.Entry, &c.Retry, c.Wire)
		for i := range c.Subtypes {
			s := &c.Subtypes[i]
			check(s.Entry, &s.Retry, c.Wire+"/"+s.Name)
		}
	})
}

func (p *pass) contradicts(entry spec.Entry, r *spec.Retry, key, about string) {
	text := r.Advice
	if key == "hint" {
		text = r.Hint
	}
	folded := strings.ToLower(strings.TrimRight(strings.Join(strings.Fields(text), " "), ".!"))
	for _, c := range contradictions {
		if !containsAction(c.actions, r.Action) || !c.matches(folded) {
			continue
		}
		at := r.ValueAt(key)
		if !r.Has(key) {
			at = r.ValueAt("action")
		}
		if at.File == nil {
			at = entry.At()
		}
		p.report(diag.Diagnostic{Location: at, Subject: about, Help: c.fix,
			Message: fmt.Sprintf("%s %q says %s, but the action of %q is %s", key, text, c.says, about, r.Action)})
		return
	}
}

func containsAction(all []spec.Action, a spec.Action) bool {
	for _, b := range all {
		if a == b {
			return true
		}
	}
	return false
}
