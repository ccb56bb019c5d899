package importer

import (
	"strings"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
)

// Markdown makes a table of a page in Markdown or MDX. file names it in findings.
//
// A page that errspec wrote, with all codes on it, comes back as its table. Of any
// other page are read: tables with a column of codes, and the headings above them
// as classes; sections about a code, which are headings or components such as
// accordions and tabs called like the code or its title; in them tables of
// sub-types, and lists below the words that people write above causes, advice and
// examples; lists of what may be retried; the response with its fields.
func Markdown(file, text string, o Options) (string, diag.List) {
	s := newSource(file, text)
	if s.tooLarge() {
		return "", s.findings
	}
	title, description, page := frontMatter(dataURI.ReplaceAllString(form.Clean(text), "data:"))
	if m := ownMark.FindStringSubmatch(head(page)); m != nil {
		page = strings.Replace(page, m[0], "", 1) // in MDX it would be text
		return s.own(page, m[1], o)
	}
	return s.docs(page, &draft{title: title, description: description}, o)
}

// head returns the start of a page, where its mark is, behind front matter.
func head(page string) string {
	page = strings.TrimLeft(page, "\n")
	return page[:min(len(page), 4<<10)]
}

// own reads a page that errspec wrote.
func (s *source) own(page, from string, o Options) (string, diag.List) {
	if !s.withinLimits(page, maxOwnParagraph) {
		return "", s.findings
	}
	blocks, err := parseBlocks(page, 1)
	if err != nil {
		s.report(diag.Error, RuleSource, diag.Pos{Line: 1, Column: 1}, "", "%v", err)
		return "", s.findings
	}
	d := ownDraft(from, blocks)
	if len(d.codes) == 0 {
		s.noCodes()
	}
	return s.finish(d, o)
}

func (s *source) noCodes() {
	s.report(diag.Error, RuleCodes, diag.Pos{Line: 1, Column: 1},
		"codes are read from tables with a column such as Error Code, and from headings that are a code",
		"there are no codes on the page")
}
