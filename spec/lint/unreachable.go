package lint

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/spec/match"
)

// A phrase is unreachable if another phrase, which takes precedence, occurs in every
// text in which it occurs. A phrase takes precedence if it has more literal text, if it
// does not belong to a fallback and the other one does, or if it comes first. A phrase
// that occurs in every text of another phrase takes its literal text from that phrase.
// It can therefore only have the same amount of literal text with different
// placeholders, unless the other phrase belongs to a fallback.

func checkUnreachable(p *pass) {
	all := p.phrases()
	for from := 0; from < len(all); {
		to := from
		for to < len(all) && all[to].Code == all[from].Code {
			to++
		}
		p.checkReachable(all[from:to])
		from = to
	}
}

// maxFallback is the maximum number of phrases of one fallback that are checked. Each
// of them is compared with all phrases of its code.
const maxFallback = 200

// maxRivals is the maximum number of phrases with the same literal text that a phrase
// is compared with.
const maxRivals = 8

// checkReachable checks the phrases of one code. Phrases of the code itself compete
// with those of its subtypes if a message has no code.
func (p *pass) checkReachable(all []phrase) {
	before := make(map[string][]phrase) // phrases by literal text
	for _, it := range all {
		if it.fallback {
			continue
		}
		key := literalText(it.parsed)
		for _, rival := range before[key] {
			competes := rival.Subtype >= 0 || it.Subtype < 0
			if competes && rival.parsed.Pattern() != it.parsed.Pattern() && always(rival.parsed, it.parsed) {
				p.reportUnreachable(it, rival)
				break
			}
		}
		if len(before[key]) < maxRivals {
			before[key] = append(before[key], it)
		}
	}
	p.checkFallback(all)
}

// checkFallback checks the phrases of a fallback, which come after all others.
func (p *pass) checkFallback(all []phrase) {
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
			p.reportUnreachable(it, rivals[i])
		}
	}
}

func (p *pass) reportUnreachable(it, rival phrase) {
	p.about(it, rival, fmt.Sprintf("phrase %q of %q is never selected: %q of %q matches the same messages and takes precedence",
		it.Source, it.Owner(p.table), rival.Source, rival.Owner(p.table)),
		"remove the phrase, or add text that the other phrase does not have")
}

// literalText returns a pattern without its placeholders and spaces.
func literalText(p match.Phrase) string {
	return strings.NewReplacer(match.Num, "", match.Any, "").Replace(p.Pattern())
}

// always reports whether a phrase occurs in every text in which another one occurs.
func always(p, other match.Phrase) bool {
	for _, s := range samples(other) {
		if !p.Occurs(s) {
			return false
		}
	}
	return true
}

// samples returns texts that contain the phrase and that have only its literal text in
// common. The first text is the shortest.
func samples(p match.Phrase) []string {
	var all []string
	for _, with := range [][2]string{{"7", ""}, {"2.25", " § x § "}, {"90210", "-"}} {
		all = append(all, strings.NewReplacer(match.Num, with[0], match.Any, with[1]).Replace(p.Pattern()))
	}
	return all
}
