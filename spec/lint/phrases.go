package lint

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/match"
)

func phraseRules() []rule {
	return []rule{
		{diag.Rule{ID: "duplicate-phrase", Severity: diag.Warning, Purpose: "Phrases should differ in more than letter case, white space and placeholder names.",
			Bad: "- code: busy\n  title: Busy\n  description: The shop is busy.\n  match: [too many people]\n" +
				"- code: full\n  title: Full\n  description: The shop is full.\n  match: [Too many People]\n",
			Good: "- code: busy\n  title: Busy\n  description: The shop is busy.\n  match: [too many people waiting]\n" +
				"- code: full\n  title: Full\n  description: The shop is full.\n  match: [Too many People inside]\n"}, checkDuplicatePhrases},
		{diag.Rule{ID: "unreachable-phrase", Severity: diag.Warning, Purpose: "Every phrase should be able to match: no other phrase of the code should always take precedence.",
			Bad: "- code: busy\n  title: Busy\n  description: The shop is busy.\n  subtypes:\n" +
				"    - {name: queue, title: Queue, match: [long queue]}\n    - {name: other, title: Other, fallback: true, match: [a long queue of people]}\n",
			Good: "- code: busy\n  title: Busy\n  description: The shop is busy.\n  subtypes:\n" +
				"    - {name: queue, title: Queue, match: [long queue]}\n    - {name: other, title: Other, fallback: true, match: [too many people]}\n"}, checkUnreachable},
		{diag.Rule{ID: "short-phrase", Severity: diag.Warning, Purpose: "A phrase should be more than a number or one word of up to four letters.",
			Bad:  "- code: busy\n  title: Busy\n  description: The shop is busy.\n  match: [busy]\n",
			Good: "- code: busy\n  title: Busy\n  description: The shop is busy.\n  match: [shop is busy]\n"}, checkShortPhrases},
		{diag.Rule{ID: "ambiguous-example", Severity: diag.Warning, Purpose: "An example should not match a phrase of another code.",
			Bad: "- code: busy\n  title: Busy\n  description: The shop is busy.\n  examples: [busy since the shop is full]\n" +
				"- code: full\n  title: Full\n  description: The shop is full.\n  match: [shop is full]\n",
			Good: "- code: busy\n  title: Busy\n  description: The shop is busy.\n  examples: [busy since this morning]\n" +
				"- code: full\n  title: Full\n  description: The shop is full.\n  match: [shop is full]\n"}, checkAmbiguousExamples},
	}
}

// A phrase is a valid phrase of the table.
type phrase struct {
	spec.Phrase
	parsed   match.Phrase
	fallback bool
}

// phrases returns the phrases of the table in order.
func (p *pass) phrases() []phrase {
	if p.found != nil {
		return p.found
	}
	for site := range p.table.Phrases() {
		parsed, err := match.Parse(site.Source)
		if err != nil {
			continue // reported by validation
		}
		fallback := site.Subtype >= 0 && p.table.Codes[site.Code].Subtypes[site.Subtype].Fallback
		p.found = append(p.found, phrase{site, parsed, fallback})
	}
	return p.found
}

// about reports a finding about two phrases. Its location is in a file of the table
// itself if one of them is there.
func (p *pass) about(it, other phrase, message, help string) {
	_, at := it.At(p.table)
	_, there := other.At(p.table)
	about, relation := it.Owner(p.table), "other phrase"
	if !p.table.Owns(at) {
		at, there, about = there, at, other.Owner(p.table)
	}
	p.report(diag.Diagnostic{Location: at, Subject: about, Message: message, Help: help,
		Related: []diag.Related{{Location: there, Message: relation}}})
}

func (a phrase) sameOwner(b phrase) bool { return a.Code == b.Code && a.Subtype == b.Subtype }

func checkDuplicatePhrases(p *pass) {
	first := make(map[string]phrase)
	for _, it := range p.phrases() {
		other, taken := first[it.parsed.Pattern()]
		if !taken {
			first[it.parsed.Pattern()] = it
			continue
		}
		if derived, _ := it.At(p.table); derived && it.sameOwner(other) {
			continue // two examples with the same pattern
		}
		message := fmt.Sprintf("%q and %q have the same phrase %q", other.Owner(p.table), it.Owner(p.table), it.Source)
		help := "change or remove one of the phrases"
		if it.sameOwner(other) {
			message = fmt.Sprintf("%q has the phrase %q twice", it.Owner(p.table), it.Source)
			help = "remove one of them; letter case and white space are ignored"
		}
		p.about(it, other, message, help)
	}
}

func checkShortPhrases(p *pass) {
	for _, it := range p.phrases() {
		what := tooShort(it.parsed)
		if what == "" {
			continue
		}
		_, at := it.At(p.table)
		p.report(diag.Diagnostic{Location: at, Subject: it.Owner(p.table),
			Message: fmt.Sprintf("phrase %q is %s, which is too general", it.Source, what),
			Help:    "add the surrounding words, or set match: to text that identifies the message"})
	}
}

const shortWord = 4 // letters

// tooShort returns a description of a phrase that is too short to identify a message,
// such as "only a number". It returns "" for other phrases.
func tooShort(p match.Phrase) string {
	literal := strings.NewReplacer(match.Num, " ", match.Any, " ").Replace(p.Pattern())
	words := strings.Fields(literal)
	switch {
	case strings.Trim(literal, " 0123456789.,:;%+-*/()[]{}#") == "":
		return "only a number"
	case len(words) == 1 && len([]rune(words[0])) <= shortWord && words[0][0] < 0x80:
		return "one short word"
	}
	return ""
}

func checkAmbiguousExamples(p *pass) {
	classifier, err := classify.New(p.table)
	if err != nil {
		return // reported by validation
	}
	check := func(c *spec.Code, example, about string, entry *spec.Entry, i int) {
		other, s, ok := classifier.Match(example)
		if !ok || other == c {
			return
		}
		at, found := other.At(), other.Wire
		if s != nil {
			at, found = s.At(), other.Wire+"/"+s.Name
		}
		p.report(diag.Diagnostic{Location: entry.ItemAt("examples", i), Subject: about,
			Message: fmt.Sprintf("without its code, example %q of %q is classified as %q", example, about, found),
			Help:    "make the phrases distinct",
			Related: []diag.Related{{Location: at, Message: "matching entry"}}})
	}
	p.codes(func(c *spec.Code) {
		for i, example := range c.Examples {
			check(c, example, c.Wire, &c.Entry, i)
		}
		for j := range c.Subtypes {
			s := &c.Subtypes[j]
			for i, example := range s.Examples {
				check(c, example, c.Wire+"/"+s.Name, &s.Entry, i)
			}
		}
	})
}
