package html

import (
	"html/template"
	"strconv"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/gen/internal/sample"
	"github.com/errspec/errspec/spec/advice"
)

// A view is what the template shows.
type view struct {
	Plan     *plan.Plan
	CSP      string
	CSS      template.CSS
	JS       template.JS
	Data     template.JS // what only the script needs, as JSON
	Codes    []*plan.Code
	Subtypes int
	Groups   []group
	Verdicts []verdictCodes
	Flow     plan.Flow
	Diagram  diagram

	Automatic string // the start of the sentence of codes that clients may retry automatically, "" if there are none
	Attempts  []string
	Pauses    []pauseRow
	Unknown   *plan.Code
	Samples   []sample.Sample
}

// A group is the codes of a class, or those that have none.
type group struct {
	Anchor      string
	Title       string
	Description string
	Codes       []*plan.Code
}

// verdictCodes is a verdict and the codes that have it.
type verdictCodes struct {
	plan.Verdict
	Codes []*plan.Code
}

// longIndex is up to how many codes the page lists in its contents. Nobody looks
// through a longer list: there the search is the index.
const longIndex = 200

// HasIndex reports whether the contents list each code.
func (v *view) HasIndex() bool { return len(v.Codes) <= longIndex }

// Decision returns what clients may do, with the wait before the second attempt.
func (v *view) Decision(r plan.Retry) decision {
	return decision{r, advice.Retry(r.Action.String(), r.Automatic, v.Plan.Backoff.After(r))}
}

type decision struct {
	plan.Retry
	Sentence string
}

func newView(p *plan.Plan) (*view, error) {
	v := &view{Plan: p, CSP: policy(style, script), CSS: style, JS: script, Groups: groups(p), Flow: p.Flow()}
	for _, g := range v.Groups {
		v.Codes = append(v.Codes, g.Codes...)
	}
	for _, c := range v.Codes {
		v.Subtypes += len(c.Subtypes)
	}
	v.Verdicts = verdicts(v.Codes)
	v.Diagram = draw(v.Flow)
	v.Samples = sample.All(p)
	if p.Unlisted != nil && !p.Unlisted.Internal {
		v.Unknown = p.Unlisted
	}
	v.pauses()
	if len(v.Codes) == 0 {
		return v, nil
	}
	var err error
	v.Data, err = data(v)
	return v, err
}

// groups returns the codes that the page shows, by class.
func groups(p *plan.Plan) []group {
	var all []group
	add := func(g group, codes []*plan.Code) {
		for _, c := range codes {
			if !c.Internal {
				g.Codes = append(g.Codes, c)
			}
		}
		if len(g.Codes) > 0 {
			all = append(all, g)
		}
	}
	for _, c := range p.Classes {
		add(group{Anchor: c.Anchor, Title: c.Title, Description: c.Description}, c.Codes)
	}
	others := group{Anchor: "uiOther", Title: "Other errors"}
	if len(p.Classes) == 0 {
		others.Title = "Codes"
	}
	add(others, p.Unclassed)
	return all
}

// verdicts returns the verdicts that the codes have.
func verdicts(codes []*plan.Code) []verdictCodes {
	byVerdict := make(map[plan.Verdict][]*plan.Code)
	for _, c := range codes {
		v := c.Retry.Verdict()
		byVerdict[v] = append(byVerdict[v], c)
	}
	var all []verdictCodes
	for _, v := range plan.Verdicts() {
		if len(byVerdict[v]) > 0 {
			all = append(all, verdictCodes{v, byVerdict[v]})
		}
	}
	return all
}

// A pauseRow is pauses that grow alike, and what they come after.
type pauseRow struct {
	After  []place // the first of them
	More   int     // how many more there are
	Pauses []string
}

// A place is a link to a code or subtype.
type place struct{ Anchor, Name string }

// mostAfter is how many codes of a row are named.
const mostAfter = 30

func (r *pauseRow) add(p place) {
	if len(r.After) == mostAfter {
		r.More++
		return
	}
	r.After = append(r.After, p)
}

// attempts are the attempts that a pause is given for.
var attempts = []string{"second attempt", "third", "fourth", "fifth"}

// pauses fills in how the pauses of the table grow, one row for each that there is.
func (v *view) pauses() {
	b := v.Plan.Backoff
	places := make(map[plan.Pause]int)
	add := func(r plan.Retry, after place) {
		if !r.Automatic {
			return
		}
		v.Automatic = advice.MayRetry
		if b.Attempts < 2 {
			return
		}
		first := b.Pause(r, 2)
		i, known := places[first]
		if !known {
			i = len(v.Pauses)
			places[first] = i
			var row pauseRow
			for n := range v.Attempts {
				row.Pauses = append(row.Pauses, b.Pause(r, n+2).String())
			}
			v.Pauses = append(v.Pauses, row)
		}
		v.Pauses[i].add(after)
	}
	v.Attempts = attempts[:max(0, min(b.Attempts-1, len(attempts)))]
	for _, c := range v.Codes {
		add(c.Retry, place{c.Anchor, c.Wire})
		for _, s := range c.Subtypes {
			if !c.Retry.Automatic || s.Retry.Wait() != c.Retry.Wait() {
				add(s.Retry, place{s.Anchor, s.Value})
			}
		}
	}
}

// count returns "1 code" or "13 codes".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}
