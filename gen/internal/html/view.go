package html

import (
	"html/template"
	"strconv"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/gen/internal/sample"
	"github.com/errspec/errspec/spec/advice"
)

// A view is the data of the template.
type view struct {
	Plan     *plan.Plan
	CSP      string
	CSS      template.CSS
	JS       template.JS
	Data     template.JS // data of the script as JSON
	Codes    []*plan.Code
	Subtypes int
	Groups   []group
	Verdicts []verdictCodes
	Flow     plan.Flow
	Diagram  diagram

	Automatic string // start of the sentence of automatic codes, "" if there are none
	Attempts  []string
	Pauses    []pauseRow
	Unknown   *plan.Code
	Samples   []sample.Sample
}

// A group contains the codes of a class, or those without a class.
type group struct {
	Anchor      string
	Title       string
	Description string
	Level       string // that starts with the group, "" if it does not start one
	Codes       []*plan.Code
}

// verdictCodes contains the codes with the same verdict.
type verdictCodes struct {
	plan.Verdict
	Codes []*plan.Code
}

// longIndex is the maximum number of codes in the contents of the page. In a longer
// list the search is more useful.
const longIndex = 200

// HasIndex reports whether the contents list each code.
func (v *view) HasIndex() bool { return len(v.Codes) <= longIndex }

// Decision returns whether clients may retry, with the wait before the second
// attempt.
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

// groups returns the public codes by class.
func groups(p *plan.Plan) []group {
	var all []group
	level := ""
	add := func(g group, codes []*plan.Code) {
		for _, c := range codes {
			if !c.Internal {
				g.Codes = append(g.Codes, c)
			}
		}
		if len(g.Codes) == 0 {
			return
		}
		if g.Level == level {
			g.Level = ""
		} else {
			level = g.Level
		}
		all = append(all, g)
	}
	for _, c := range p.Classes {
		add(group{Anchor: c.Anchor, Title: c.Title, Description: c.Description, Level: p.Level(c)}, c.Codes)
	}
	others := group{Anchor: "uiOther", Title: "Other errors"}
	if len(p.Classes) == 0 {
		others.Title = "Codes"
	}
	others.Level = level
	add(others, p.Unclassed)
	return all
}

// verdicts returns the verdicts of the codes.
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

// A pauseRow is a row of the table of delays, and the codes and subtypes that have
// these delays.
type pauseRow struct {
	After  []link // the first mostAfter of them
	More   int    // number of the others
	Pauses []string
}

// A link is a link to a code or subtype.
type link struct{ Anchor, Name string }

// mostAfter is the maximum number of codes and subtypes in a row.
const mostAfter = 30

func (r *pauseRow) add(p link) {
	if len(r.After) == mostAfter {
		r.More++
		return
	}
	r.After = append(r.After, p)
}

// attempts are the column heads of the table of delays.
var attempts = []string{"second attempt", "third", "fourth", "fifth"}

// pauses adds the rows of the table of delays, one for each sequence of delays.
func (v *view) pauses() {
	b := v.Plan.Backoff
	rows := make(map[plan.Pause]int)
	add := func(r plan.Retry, after link) {
		if !r.Automatic {
			return
		}
		v.Automatic = advice.MayRetry
		if b.Attempts < 2 {
			return
		}
		first := b.Pause(r, 2)
		i, known := rows[first]
		if !known {
			i = len(v.Pauses)
			rows[first] = i
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
		add(c.Retry, link{c.Anchor, c.Wire})
		for _, s := range c.Subtypes {
			if !c.Retry.Automatic || s.Retry.Wait() != c.Retry.Wait() {
				add(s.Retry, link{s.Anchor, s.Value})
			}
		}
	}
}

// count returns "1 code" or "13 codes".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
