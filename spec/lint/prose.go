package lint

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
)

func proseRules() []rule {
	return []rule{
		{diag.Rule{ID: "whitespace", Severity: diag.Warning, Purpose: "Prose should have no surrounding white space and single spaces between words.",
			Bad:  "- code: busy\n  title: \"Busy \"\n  description: The  shop is busy.\n",
			Good: "- code: busy\n  title: Busy\n  description: The shop is busy.\n"}, checkWhiteSpace},
		{diag.Rule{ID: "placeholder-text", Severity: diag.Warning, Purpose: "Prose should not contain TODO, FIXME, TBD, XXX or lorem ipsum.",
			Bad:  "- code: busy\n  title: Busy\n  description: TODO\n",
			Good: "- code: busy\n  title: Busy\n  description: The shop is busy.\n"}, checkPlaceholders},
		{diag.Rule{ID: "list-punctuation", Severity: diag.Info, Purpose: "Either all or no items of causes, avoid or fixes should end with punctuation.",
			Bad:  "- code: busy\n  title: Busy\n  description: The shop is busy.\n  fixes: [Come back later., Ask the neighbor]\n",
			Good: "- code: busy\n  title: Busy\n  description: The shop is busy.\n  fixes: [Come back later., Ask the neighbor.]\n"}, checkPunctuation},
	}
}

func checkWhiteSpace(p *pass) {
	p.eachText(func(t text) {
		if form.Tidy(t.value) == t.value {
			return
		}
		p.report(diag.Diagnostic{Location: t.at(), Subject: t.about + "#" + t.key, Fix: t.tidied(),
			Message: fmt.Sprintf("surrounding white space or repeated spaces in %s of %q", t.key, t.about),
			Help:    "use single spaces between words"})
	})
}

var placeholder = lazyregexp.New(`\b(TODO|FIXME|TBD|XXX)\b|(?i)\blorem( ipsum)?\b`)

// containsPlaceholder reports whether a text may match placeholder. It excludes most
// texts quickly.
func containsPlaceholder(s string) bool {
	for _, part := range []string{"TODO", "FIXME", "TBD", "XXX", "orem", "OREM"} {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}

func checkPlaceholders(p *pass) {
	p.eachText(func(t text) {
		if !containsPlaceholder(t.value) {
			return
		}
		if found := placeholder.FindString(t.value); found != "" {
			p.report(diag.Diagnostic{Location: t.at(), Subject: t.about + "#" + t.key,
				Message: fmt.Sprintf("placeholder text %s in %s of %q", found, t.key, t.about),
				Help:    "write the text, or remove the key"})
		}
	})
}

func checkPunctuation(p *pass) {
	p.codes(func(c *spec.Code) {
		for _, l := range listsOf(c) {
			first := isClosed(l.items[0].value)
			for _, item := range l.items[1:] {
				if isClosed(item.value) == first {
					continue
				}
				message := "item of %s of %q ends with punctuation, but the first item does not"
				if first {
					message = "item of %s of %q has no final punctuation, but the first item does"
				}
				p.report(diag.Diagnostic{Location: item.at(), Subject: c.Wire + "#" + l.key,
					Message: fmt.Sprintf(message, l.key, c.Wire), Help: "end all items the same way",
					Related: []diag.Related{{Location: l.items[0].at(), Message: "first item"}}})
				break
			}
		}
	})
}

// isClosed reports whether a text ends with the punctuation of a sentence.
func isClosed(s string) bool {
	s = strings.TrimRight(s, " \n\t)\"'”’»`")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…:;。！？", r)
}
