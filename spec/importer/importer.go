// Package importer makes a first table from a CSV file, or from the tables and
// sections of a page in Markdown or MDX.
//
// What the source does not say is not made up. A comment that begins with TODO
// marks where the table needs its author: an action that nobody stated, a title
// made from a code. Whether clients may retry a paid request automatically is a
// decision, so no imported code is automatic.
//
// [CSV] and [Markdown] return findings for what they could not use, with its
// place in the source. Unless one of them is an error the text is a table
// without errors.
package importer

import (
	"fmt"
	"go/token"
	"path"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/canonical"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/validate"
)

// Rules that findings about a source name.
const (
	RuleSource = "import-source" // the source cannot be read at all
	RuleCodes  = "import-codes"  // there are no codes in it
	RuleColumn = "import-column" // a column that is asked for and not there
	RuleRow    = "import-row"    // a row or an entry that does not fit
)

// Options are what the author says about the table beforehand.
type Options struct {
	Name  string // of the table; made from the file's name if ""
	Title string // of the table; taken from the source if ""
}

// maxSize bounds a source; a page about 20,000 codes has some 10 MB.
const maxSize = 32 << 20

// A source is a text that is read, and what was found wrong with it.
type source struct {
	file     *diag.File
	findings diag.List
}

func newSource(file, text string) *source {
	return &source{file: &diag.File{Name: file, Text: text}}
}

// report adds a finding about a place; the zero place is the whole file.
func (s *source) report(severity diag.Severity, rule string, at diag.Pos, help, format string, args ...any) {
	s.findings = append(s.findings, diag.Diagnostic{
		Rule: rule, Severity: severity, Message: fmt.Sprintf(format, args...), Help: help,
		Location: diag.Location{File: s.file, Start: at, End: at},
	})
}

// tooLarge reports a source that is not read.
func (s *source) tooLarge() bool {
	if len(s.file.Text) <= maxSize {
		return false
	}
	s.report(diag.Error, RuleSource, diag.Pos{Line: 1, Column: 1}, "split it into several files",
		"the file has %d MiB; at most %d MiB are read", len(s.file.Text)>>20, maxSize>>20)
	return true
}

// finish prints what was drafted.
func (s *source) finish(d *draft, o Options) (string, diag.List) {
	if s.findings.HasErrors() {
		return "", s.findings
	}
	if o.Name != "" {
		d.name = o.Name
	} else if d.name == "" {
		d.name = tableName(s.file.Name)
	}
	if o.Title != "" {
		d.title, d.todo = o.Title, d.todo.without("title")
	}
	d.complete()
	text := d.print(s.file.Name)
	// Which messages meet is only known when all phrases are there. Each round
	// takes examples away, so this ends.
	for {
		table, findings := spec.Parse("table.yaml", text, nil)
		if table != nil {
			findings = append(findings, validate.Run(table)...)
		}
		if !findings.HasErrors() {
			return text, s.findings
		}
		if !d.dropExamples(findings) {
			s.report(diag.Error, RuleSource, diag.Pos{Line: 1, Column: 1}, "please report this", "no table can be made of it: %s", findings[0].Message)
			return "", s.findings
		}
		text = d.print(s.file.Name)
	}
}

func (d *draft) print(file string) string {
	root := d.tree()
	doc := &yaml.Node{Kind: yaml.DocumentNode, Content: []*yaml.Node{root}, HeadComment: d.legend(file) + "\n"}
	return string(canonical.Print(doc))
}

// legend opens the table and says what its author has to do.
func (d *draft) legend(file string) string {
	lines := []string{"# Made from " + line(path.Base(strings.ReplaceAll(file, `\`, "/"))) + " by errspec import."}
	if d.todos() {
		lines[0] += " TODO marks what it does not say and what was guessed."
	}
	if d.hasUnknownAction() {
		lines = append(lines,
			"# Decide for each code: action is fix, retry, wait, resubmit, check, support or never. With retry and wait, add",
			"# automatic: true only if a program may repeat the unchanged request on its own.")
	}
	return strings.Join(lines, "\n")
}

// tableName makes the name of a table from that of a file.
func tableName(file string) string {
	base := path.Base(strings.ReplaceAll(file, `\`, "/"))
	base = strings.TrimSuffix(base, path.Ext(base))
	name := slug(base)
	switch {
	case name == "", base == "stdin":
		return "errors"
	case token.IsKeyword(name), name == "main", name == "init", name == "documentation":
		return name + "_errors" // else it could not be the name of a Go package
	}
	return name
}
