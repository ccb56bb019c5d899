package importer

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/diag"
)

// A docsPage is an ordinary page, while it is read.
type docsPage struct {
	*draft
	root  *section
	about map[*section]*code // the sections about codes
}

// docs reads a page that errspec did not write. known is what its front matter says.
func (s *source) docs(page string, known *draft, o Options) (string, diag.List) {
	if !s.withinLimits(page, maxParagraph) {
		return "", s.findings
	}
	root, err := sections(cut(page))
	if err != nil {
		s.report(diag.Error, RuleSource, diag.Pos{Line: 1, Column: 1}, "", "%v", err)
		return "", s.findings
	}
	p := &docsPage{known, root, make(map[*section]*code)}
	p.read()
	if len(p.codes) == 0 {
		s.noCodes()
	}
	return s.finish(p.draft, o)
}

func (p *docsPage) read() {
	p.head()
	p.overviews()
	p.findSections()
	for s, c := range p.about { // in any order: no code has two
		p.codeSection(c, s)
	}
	p.retryLists()
	p.findResponse()
	p.integer = len(p.codes) > 0
}

// head reads the title of the page and the paragraph below it.
func (p *docsPage) head() {
	p.root.walk(func(s *section) bool {
		if s.level == 1 && s.barrier == "" {
			p.title = firstOf(p.title, s.title.prose())
			if len(s.blocks) > 0 && s.blocks[0].kind == paragraph {
				p.description = firstOf(p.description, s.blocks[0].spans.prose())
			}
			return false
		}
		return true
	})
}

// gridOf returns a table as a grid of prose.
func gridOf(b block) *grid {
	g := &grid{}
	for _, h := range b.head {
		g.headers = append(g.headers, line(h.plain()))
	}
	for i, row := range b.rows {
		var cells []string
		for _, cell := range row {
			cells = append(cells, cell.prose())
		}
		g.rows = append(g.rows, cells)
		g.lines = append(g.lines, b.rowLine(i))
	}
	return g
}

// sureHeaders name a column of codes by themselves; with any other header it
// takes cells that look like codes.
var sureHeaders = fields("code, error code, err code, error codes, errno, error number, sqlstate, api code, result code, error identifier")

// overviews reads the tables of codes. Where there are several, the headings
// above them are classes.
func (p *docsPage) overviews() {
	type overview struct {
		in      *section
		table   block
		grid    *grid
		columns map[string]int
	}
	var found []overview
	p.root.walk(func(s *section) bool {
		if w, _ := splitTitle(s.title); isSymbol(w) {
			return false // a section about a code, with tables of its own
		}
		for _, b := range s.blocks {
			if b.kind != tableBlock || isFieldTable(b) {
				continue
			}
			g := gridOf(b)
			columns := g.columns(nil)
			column, ok := columns[colCode]
			if ok && (slices.Contains(sureHeaders, key(g.headers[column])) || g.isNames(column)) && len(g.rows) > 0 {
				found = append(found, overview{s, b, g, columns})
			}
		}
		return true
	})
	sectionsOf := make(map[*section]bool)
	for _, o := range found {
		sectionsOf[o.in] = true
	}
	for _, o := range found {
		_, hasClass := o.columns[colClass]
		for row := range o.grid.rows {
			for _, wire := range p.codesIn(o.table.rows[row], o.columns[colCode]) {
				c := p.byWire[wire]
				if c == nil {
					c = p.add(&code{wire: wire, line: o.grid.lines[row]})
				}
				if o.table.rows[row][o.columns[colCode]].isStruck() {
					c.deprecation()
				}
				p.apply(c, o.grid, row, o.columns)
				if len(sectionsOf) > 1 && !hasClass && c.class == nil && len(o.in.title) > 0 {
					c.class = p.classNamed(line(o.in.title.plain()))
				}
			}
		}
	}
}

// codesIn returns the codes of a cell: each that is set as code, or all of it.
func (p *docsPage) codesIn(row []spans, column int) []string {
	if column >= len(row) {
		return nil
	}
	var codes []string
	for _, c := range row[column].codes() {
		if c = wireText(c); c != "" {
			codes = append(codes, c)
		}
	}
	if len(codes) == 0 {
		if c := wireText(row[column].plain()); c != "" && !isNothing(c) {
			codes = append(codes, c)
		}
	}
	return codes
}

// titlePattern splits "code: Title", "code - Title" and "Title (code)".
var (
	codeFirst = lazyregexp.New(`^(\S+?)\s*(?::|\s[-–—|])\s+(\S.*)$`)
	codeLast  = lazyregexp.New(`^(.*\S)\s*[(\[]([^()\[\]\s]+)[)\]]$`)
	errorWord = lazyregexp.New(`^(?i:error(?: code)?|code)\s+`)
)

// splitTitle returns the word of a heading that may be a code, and what else it
// says.
func splitTitle(title spans) (word, rest string) {
	if codes := title.codes(); len(codes) > 0 {
		var others spans
		for _, s := range title {
			if s.kind == plain {
				others = append(others, s)
			}
		}
		rest = strings.Trim(line(others.plain()), " :-–—|()[]")
		return wireText(codes[0]), errorWord.ReplaceAllString(rest+" ", "")
	}
	s := wireText(errorWord.ReplaceAllString(line(title.plain()), ""))
	if m := codeFirst.FindStringSubmatch(s); m != nil && (isIdentifier(m[1]) || isNumber(m[1])) {
		return m[1], m[2]
	}
	if m := codeLast.FindStringSubmatch(s); m != nil && (isIdentifier(m[2]) || isNumber(m[2])) {
		return m[2], m[1]
	}
	return s, ""
}

// findSections finds the sections about codes: called like a code that is known,
// or like its title. Codes that no table lists are added if their heading can be
// nothing else.
func (p *docsPage) findSections() {
	byTitle := make(map[string]*code)
	for _, c := range p.codes {
		if c.title != "" {
			byTitle[key(c.title)] = c
		}
	}
	listed := len(p.codes) > 0
	taken := make(map[*code]bool)
	p.root.walk(func(s *section) bool {
		word, rest := splitTitle(s.title)
		c := p.byWire[word]
		if c == nil && rest == "" {
			c = byTitle[key(word)]
		}
		set := len(s.title.codes()) > 0
		if c == nil && word != "" && (isSymbol(word) || !listed && (set && !strings.Contains(word, " ") || isNumber(word) && rest != "")) {
			c = p.add(&code{wire: word, line: s.line})
		}
		if c == nil || taken[c] {
			return true
		}
		taken[c] = true
		if rest = strings.TrimSpace(rest); rest != "" && c.title == "" {
			c.title = rest
		}
		p.about[s] = c
		return false
	})
}

// retryLists reads lists such as "Safe to retry: `code` — hint".
func (p *docsPage) retryLists() {
	p.root.walk(func(s *section) bool {
		if p.about[s] != nil {
			return false
		}
		for _, b := range s.blocks {
			for _, item := range b.items {
				if all := firstSpans(item); b.kind == bulletList && len(all) > 0 && len(all[:1].codes()) == 1 {
					if c := p.byWire[wireText(all[0].text)]; c != nil {
						c.fromList(key(s.title.plain()), strings.TrimLeft(all[1:].prose(), " \t:-–—"))
					}
				}
			}
		}
		return true
	})
}

// fromList takes an item of a list of what may be retried.
func (c *code) fromList(heading, hint string) {
	r := &c.retry
	if hint = line(hint); r.advice == "" {
		r.advice = hint
	} else if hint != r.advice {
		r.hint = hint
	}
	if r.action != "" {
		return
	}
	is := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(" "+heading+" ", " "+w+" ") })
	}
	switch {
	case is("fix", "change", "correct", "modify"):
		r.action = "fix"
		r.todo.note("action", "by the list that it is in")
	case is("non", "not", "never", "don t", "do not"):
	case is("retry", "retryable", "retriable"):
		r.action = "retry"
		r.todo.note("action", "by the list that it is in; or is it wait? automatic?")
	}
}
