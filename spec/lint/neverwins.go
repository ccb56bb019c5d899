package lint

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/spec/match"
)

// A phrase never wins if some other one, which is chosen before it, occurs
// wherever it occurs. What is chosen has more literal text, or is no fallback's
// where the phrase is one's, or comes first. A phrase that occurs in every text
// of another one has its literal text from that of the other: so it can only have
// as much, with other placeholders, or the other one is a fallback's.

func checkNeverWins(p *pass) {
	all := p.phrases()
	for from := 0; from < len(all); {
		to := from
		for to < len(all) && all[to].Code == all[from].Code {
			to++
		}
		p.neverWins(all[from:to])
		from = to
	}
}

// maxFallback is up to how many phrases of one fallback are looked at: each of
// them is searched for among all of its code.
const maxFallback = 200

// maxRivals bounds with how many phrases of the same literal text one is
// compared.
const maxRivals = 8

// neverWins looks at the phrases of one code. Those of the code itself compete
// with those of its subtypes where a message comes without its code.
func (p *pass) neverWins(all []phrase) {
	before := make(map[string][]phrase) // by literal text
	for _, it := range all {
		if it.fallback {
			continue
		}
		key := literalText(it.parsed)
		for _, rival := range before[key] {
			competes := rival.Subtype >= 0 || it.Subtype < 0
			if competes && rival.parsed.Pattern() != it.parsed.Pattern() && always(rival.parsed, it.parsed) {
				p.reportNever(it, rival)
				break
			}
		}
		if len(before[key]) < maxRivals {
			before[key] = append(before[key], it)
		}
	}
	p.fallbackNeverWins(all)
}

// fallbackNeverWins looks at the phrases of a fallback, which come after all
// others.
func (p *pass) fallbackNeverWins(all []phrase) {
	var ordinary []match.Entry
	var rivals []phrase
	fallbacks := 0
	for _, it := range all {
		switch {
		case it.fallback:
			fallbacks++
		case it.Subtype >= 0:
			ordinary = append(ordinary, match.Entry{Phrase: it.parsed})
			rivals = append(rivals, it)
		}
	}
	if fallbacks == 0 || fallbacks > maxFallback || len(ordinary) == 0 {
		return
	}
	set, err := match.Compile(ordinary)
	if err != nil {
		return
	}
	for _, it := range all {
		if !it.fallback {
			continue
		}
		i, found := set.Find(samples(it.parsed)[0])
		if found && rivals[i].parsed.Pattern() != it.parsed.Pattern() && always(rivals[i].parsed, it.parsed) {
			p.reportNever(it, rivals[i])
		}
	}
}

func (p *pass) reportNever(it, rival phrase) {
	p.about(it, rival, fmt.Sprintf("phrase %q of %q is never selected: %q of %q matches the same messages and takes precedence",
		it.Source, it.Owner(p.table), rival.Source, rival.Owner(p.table)),
		"remove the phrase, or add text that the other phrase does not have")
}

// literalText returns a pattern without its placeholders and spaces.
func literalText(p match.Phrase) string {
	return strings.NewReplacer(match.Num, "", match.Any, "").Replace(p.Pattern())
}

// always reports whether a phrase occurs wherever another one does.
func always(p, other match.Phrase) bool {
	for _, s := range samples(other) {
		if !p.Occurs(s) {
			return false
		}
	}
	return true
}

// samples returns texts in which the phrase occurs and which have nothing in
// common but its literal text. The first has the least.
func samples(p match.Phrase) []string {
	var all []string
	for _, with := range [][2]string{{"7", ""}, {"2.25", " § x § "}, {"90210", "-"}} {
		all = append(all, strings.NewReplacer(match.Num, with[0], match.Any, with[1]).Replace(p.Pattern()))
	}
	return all
}
