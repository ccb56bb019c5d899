// Package importer creates a first table from a CSV file, or from a page in Markdown or
// MDX with the HTML tables in it.
//
// A source is read in two steps. Package facts reads it into tables, headings, lists and
// code blocks. A mapping then selects the tables and sections of codes and the key of
// each column: from the shapes of cells, from known headers, and from [Options].
//
// The result accounts for the whole source: its [Report] states the use of every part,
// or the reason why the part is not used. Parts that look like codes and are not used
// are findings with severity error. Information that the source lacks is marked with
// comments that start with TODO. No imported code is automatic: whether clients may
// retry a charged request automatically is a decision.
package importer

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/importer/draft"
	"github.com/errspec/errspec/spec/importer/facts"
)

// Rules of findings.
const (
	RuleSource = facts.RuleSource // the source cannot be read
	RuleRow    = facts.RuleRow    // a row does not fit
	RuleCodes  = "import-codes"   // there are no codes
	RuleColumn = "import-column"  // a column is missing or not used
	RuleUnused = "import-unused"  // a part looks like codes and is not used
)

// Options are settings of an import. Their zero value guesses everything.
type Options struct {
	Name      string            // of the table; derived from the file name if ""
	Title     string            // of the table; the title of the source if ""
	Delimiter rune              // of CSV; detected if 0
	Columns   map[string]string // column by key, see [Keys]: a header, or a number from 1
	Tables    []int             // numbers of the tables of codes, from 1; guessed if nil
}

// A Result is a table and what is known about it.
type Result struct {
	Table    string    // a valid table in canonical form, or "" if there is none
	Findings diag.List // problems of the source
	Report   Report    // of the whole source; nil if it could not be read
}

// CSV reads a CSV file. file is its name in findings.
func CSV(file, text string, o Options) Result {
	f := &diag.File{Name: file, Text: text}
	page, findings := facts.CSV(f, o.Delimiter)
	return read(f, page, findings, o)
}

// Markdown reads a page in Markdown or MDX. file is its name in findings. Pages that
// errspec generated are refused: their table contains more.
func Markdown(file, text string, o Options) Result {
	f := &diag.File{Name: file, Text: text}
	page, findings := facts.Markdown(f)
	return read(f, page, findings, o)
}

// A code is a code of the draft with its source.
type code struct {
	*draft.Code
	row     string         // of a table, as text
	section *facts.Section // about the code, or nil
}

// A reader builds the draft of a table from facts.
type reader struct {
	*draft.Table
	codes    []*code
	byWire   map[string]*code
	file     *diag.File
	page     *facts.Page
	options  Options
	ledger   ledger
	findings diag.List
	shape    shape                      // of most codes
	unknown  map[string]bool            // headers without a key
	about    map[*facts.Section][]*code // sections about codes
}

// read builds a table from a page, which is nil if the source cannot be read.
func read(file *diag.File, page *facts.Page, findings diag.List, o Options) Result {
	if page == nil {
		return Result{Findings: findings}
	}
	r := &reader{Table: draft.New(), byWire: make(map[string]*code), file: file, page: page, options: o, ledger: make(ledger), findings: findings,
		unknown: make(map[string]bool), about: make(map[*facts.Section][]*code)}
	r.checkMap()
	if r.findings.HasErrors() {
		return Result{Findings: r.findings}
	}
	r.head()
	r.readTables(r.findTables())
	r.readMentions()
	r.readSections()
	r.readResponse()
	r.findCodeText()
	report := r.ledger.report(page)
	table := ""
	if len(r.codes) > 0 && !r.findings.HasErrors() {
		table = r.finish()
	} else if !report.Lost() && !r.findings.HasErrors() {
		r.noCodes()
	}
	switch {
	case len(r.codes) == 0:
		report.Unuse("there is no table, because there are no codes")
	case table == "":
		report.Unuse("there is no table, because of errors")
	}
	return Result{Table: table, Findings: append(r.findings, report.findings(file)...), Report: report}
}

// addCode adds a code with a new wire value.
func (r *reader) addCode(wire string, line int) *code {
	c := &code{Code: r.AddCode(wire, line)}
	r.codes = append(r.codes, c)
	r.byWire[wire] = c
	return c
}

// report adds a finding about a line.
func (r *reader) report(severity diag.Severity, rule string, line int, help, format string, args ...any) {
	r.findings = append(r.findings, diag.Diagnostic{
		Rule: rule, Severity: severity, Message: fmt.Sprintf(format, args...), Help: help, Location: r.file.AtLine(line),
	})
}

// noCodes reports a source without codes.
func (r *reader) noCodes() {
	help := "codes are read from tables with a column of codes, from headings and from lists that start with codes"
	if tables := r.page.Tables; len(tables) > 0 && len(tables[0].Rows) == 0 {
		help = "add rows under the header"
	} else if len(tables) > 0 {
		help = codeHelp(tables[0].Headers())
	}
	r.report(diag.Error, RuleCodes, r.firstTable(), help, "found no codes")
}

// codeHelp returns a help text for a table without a column of codes.
func codeHelp(headers []string) string {
	return fmt.Sprintf("specify the column of codes, for example --map code=%q", append(headers, "COLUMN")[0])
}

// firstTable returns the line of the first table, or 1.
func (r *reader) firstTable() int {
	if len(r.page.Tables) > 0 {
		return r.page.Tables[0].Line
	}
	return 1
}

// head reads the title of the page and the paragraph under it.
func (r *reader) head() {
	r.Set(keyTitle, r.page.Title)
	r.Set(keyDescription, r.page.Description)
	var top *facts.Section
	r.page.Root.Walk(func(s *facts.Section) bool {
		if top == nil && s.Level == 1 {
			top = s
		}
		return top == nil
	})
	if top == nil {
		return
	}
	if codes, _ := codesIn(top.Title); len(codes) > 0 && isStrong(codes[0]) {
		return // a section about a code
	}
	if r.Set(keyTitle, top.Title.Prose()) {
		r.ledger.use(&top.Fact, "title of the table")
	}
	if len(top.Blocks) == 0 || top.Blocks[0].Kind != facts.ParagraphFact {
		return
	}
	first := top.Blocks[0]
	if m, ok := leadOf(first.Text); !(ok && m.strong) && r.Set(keyDescription, first.Text.Prose()) {
		r.ledger.use(&first.Fact, "description of the table")
	}
}

// finish completes the draft and prints it. Whether a phrase matches the messages of
// others is known only for the whole table. Each round therefore removes examples.
func (r *reader) finish() string {
	r.PutText(keyName, cmp.Or(r.options.Name, draft.TableName(r.file.Name)))
	if r.options.Title != "" {
		r.PutText(keyTitle, draft.Line(r.options.Title))
	}
	r.Complete()
	for {
		text := r.Print(r.file.Name)
		_, findings := draft.Check(text)
		if len(findings) == 0 {
			return text
		}
		if !r.dropExamples(findings) {
			r.report(diag.Error, RuleSource, 1, "report this file as a bug of errspec", "the table would be invalid: %s", findings[0].Message)
			return ""
		}
	}
}

// dropExamples replaces the examples of subtypes that findings report by comments. It
// returns false if there are none.
func (r *reader) dropExamples(findings diag.List) bool {
	about := make(map[string]string) // messages by subject
	for _, f := range findings {
		switch f.Rule {
		case "invalid-phrase":
			about[f.Subject] = "*"
		case "example-mismatch":
			about[f.Subject] += f.Message
		}
	}
	dropped := false
	for _, c := range r.Codes {
		for _, s := range c.Subtypes {
			found := about[c.Wire+"/"+s.Text(keyName)]
			for _, v := range s.Take(keyExamples) {
				if found == "*" || strings.Contains(found, strconv.Quote(v.Value)) {
					s.Remark("no unique phrase can be derived from this message: " + v.Value)
					dropped = true
				} else {
					s.Add(keyExamples, v.Value)
				}
			}
		}
	}
	return dropped
}
