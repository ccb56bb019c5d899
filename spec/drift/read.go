package drift

import (
	"path"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
	"github.com/errspec/errspec/spec/importer"
	"github.com/errspec/errspec/spec/importer/openapi"
)

// Formats lists the formats of sources.
func Formats() []string { return []string{"markdown", "csv", "openapi", "text"} }

// FormatOf guesses the format of a source from its name and its text.
func FormatOf(name, text string) string {
	start := strings.TrimSpace(strings.TrimPrefix(text, "\uFEFF"))
	switch ext := strings.ToLower(path.Ext(name)); {
	case ext == ".csv" || ext == ".tsv":
		return "csv"
	case ext == ".json" || ext == ".yaml" || ext == ".yml" || strings.HasPrefix(start, "{") || strings.HasPrefix(start, "openapi:"):
		return "openapi"
	case ext == ".txt":
		return "text"
	}
	return "markdown"
}

// Read reads a source in one of the formats. The table is the guide of the format text. Read
// returns nil if the source has no codes. The findings are those of the import.
func Read(file *diag.File, format string, t *spec.Table, o importer.Options) (*Source, diag.List) {
	if format == "text" {
		return readText(file, t)
	}
	read := importer.Markdown
	switch format {
	case "csv":
		read = importer.CSV
	case "openapi":
		read = openapi.Read
	}
	result := read(file.Name, file.Text, o)
	var findings diag.List
	for _, d := range result.Findings {
		if d.Severity == diag.Error {
			if d.File != nil && d.File.Name == file.Name {
				d.File = file
			}
			_, after, _ := strings.Cut(d.Message, `"`)
			d.Subject, _, _ = strings.Cut(after, `"`)
			findings = append(findings, d)
		}
	}
	if result.Table == "" {
		return nil, findings
	}
	table, errs := spec.Parse("source.yaml", result.Table, nil)
	if table == nil || errs.HasErrors() {
		return nil, append(findings, errs...)
	}
	return sourceOf(file, table, format), findings
}

// sourceOf returns the cells of an imported table that are not marked as guesses.
func sourceOf(file *diag.File, t *spec.Table, format string) *Source {
	s := &Source{File: file, has: make(map[string]bool)}
	for i := range t.Codes {
		c := &t.Codes[i]
		it := codeItem(c)
		it.subtypes = nil
		delete(it.cells, keyHint)
		if format == "openapi" {
			delete(it.cells, keyAdvice)
			delete(it.cells, keyExamples) // of messages, which the table has in its examples of responses
		}
		dropGuesses(it, c.Entry)
		for j := range c.Subtypes {
			sub := subtypeItem(&c.Subtypes[j])
			dropGuesses(sub, c.Subtypes[j].Entry)
			it.subtypes = append(it.subtypes, sub)
		}
		s.add(it)
	}
	return s
}

// dropGuesses removes the cells whose line in the imported table has a TODO.
func dropGuesses(it *item, e form.Entry) {
	for key := range it.cells {
		if at := e.ValueAt(key); at.File != nil && strings.Contains(at.File.Line(at.Start.Line), "# TODO: ") {
			delete(it.cells, key)
		}
	}
}

// add adds a code, and notes the keys of its cells.
func (s *Source) add(it *item) {
	s.codes = append(s.codes, it)
	for key, v := range it.cells {
		s.has[key] = s.has[key] || v != ""
	}
	for _, sub := range it.subtypes {
		s.has["subtypes"] = true
		for key, v := range sub.cells {
			s.has["subtype "+key] = s.has["subtype "+key] || v != ""
		}
	}
}
