package drift

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/importer"
)

// The text of a page, as copied from a browser, has a line for each row of a table. Its cells are
// separated by tabs, or by nothing. The values of the table then show where cells end.

var (
	// textRow matches a row that starts with a code, and captures the code and the other cells.
	textRow = lazyregexp.New(`^([a-z][a-z0-9]*(?:_[a-z0-9]+)+)(\t.*|[A-Z].*|)$`)
	// textHint matches an item of a list with a code and its hint.
	textHint = lazyregexp.New(`^[•*-]\s*([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\s*[—–:-]\s*(.+)$`)
	// cellBorder matches a place between two cells.
	cellBorder = lazyregexp.New(`[a-z0-9.)](?:[A-Z])`)
)

// A textReader reads the lines of a page.
type textReader struct {
	source  *Source
	table   *spec.Table
	byWire  map[string]*item
	wires   []string // of the table, the longest first
	current *item    // of the section
	isTitle bool     // the next line is the title
	inRows  bool     // the lines are subtypes
}

func readText(file *diag.File, t *spec.Table) (*Source, diag.List) {
	r := &textReader{source: &Source{File: file, has: make(map[string]bool)}, table: t, byWire: make(map[string]*item)}
	for i := range t.Codes {
		r.wires = append(r.wires, t.Codes[i].Wire)
	}
	slices.SortStableFunc(r.wires, func(a, b string) int { return len(b) - len(a) })
	var order []*item
	for line := range strings.Lines(file.Text) {
		if it := r.line(strings.Trim(line, " \r\n")); it != nil {
			order = append(order, it)
		}
	}
	for _, it := range order {
		r.source.add(it)
	}
	if len(order) == 0 {
		return nil, diag.List{{Rule: importer.RuleCodes, Message: "found no codes", Help: "specify the format of the source", Location: file.AtLine(1)}}
	}
	return r.source, nil
}

// line reads a line. It returns a code that it is the first to name.
func (r *textReader) line(line string) *item {
	if line == "" {
		return nil
	}
	isTitle := r.isTitle
	r.isTitle = false
	if m := textHint.FindStringSubmatch(line); m != nil {
		it, added := r.item(m[1])
		it.cells[keyHint] = words(m[2])
		r.inRows = false
		return added
	}
	wire, rest := r.split(line)
	switch {
	case wire != "" && rest == "": // the heading of a section
		it, added := r.item(wire)
		r.current, r.isTitle, r.inRows = it, true, false
		return added
	case wire != "":
		it, added := r.item(wire)
		code, _ := r.table.Code(wire)
		if code == nil {
			code = &spec.Code{}
		}
		it.cells[keyDescription], it.cells[keyAdvice] = divide(rest, code.Description, code.Retry.Advice)
		r.inRows = false
		return added
	case r.current == nil:
	case isTitle && len(line) <= 80 && !strings.HasSuffix(line, "."):
		r.current.cells[keyTitle] = words(line)
	case strings.HasPrefix(line, "Sub-type") || strings.HasPrefix(line, "Subtype"):
		r.inRows = true
	case strings.HasSuffix(line, ":") || strings.HasPrefix(line, "•"):
		r.inRows = false
	case r.inRows:
		r.subtype(line)
	}
	return nil
}

// item returns the item of a code, twice if it is new.
func (r *textReader) item(wire string) (it, added *item) {
	if it = r.byWire[wire]; it != nil {
		return it, nil
	}
	it = &item{name: wire, cells: make(map[string]string)}
	r.byWire[wire] = it
	return it, it
}

// split returns the code at the start of a line and the other cells.
func (r *textReader) split(line string) (wire, rest string) {
	m := textRow.FindStringSubmatch(line)
	if m != nil {
		if _, known := r.table.Code(m[1]); known {
			return m[1], strings.TrimPrefix(m[2], "\t")
		}
	}
	for _, w := range r.wires {
		if after, ok := strings.CutPrefix(line, w); ok && strings.Contains(w, "_") && !strings.HasPrefix(after, "_") {
			return w, strings.TrimPrefix(after, "\t")
		}
	}
	if m != nil {
		return m[1], strings.TrimPrefix(m[2], "\t")
	}
	return "", ""
}

// divide divides two cells, of which the table expects first and second.
func divide(s, first, second string) (string, string) {
	if a, b, ok := strings.Cut(s, "\t"); ok {
		return words(a), words(b)
	}
	if rest, ok := strings.CutPrefix(s, first); ok && first != "" {
		return first, words(rest)
	}
	if rest, ok := strings.CutSuffix(s, second); ok && second != "" {
		return words(rest), second
	}
	if at := cellBorder.FindStringIndex(s); at != nil {
		return words(s[:at[0]+1]), words(s[at[0]+1:])
	}
	return words(s), ""
}

// subtype reads a row about a subtype of the current code.
func (r *textReader) subtype(line string) {
	code, _ := r.table.Code(r.current.name)
	if code != nil {
		for i := range code.Subtypes {
			s := &code.Subtypes[i]
			if rest, ok := strings.CutPrefix(line, s.Title); ok {
				it := &item{name: s.Title, cells: make(map[string]string)}
				it.cells[keyDescription], it.cells[keyExamples] = divide(strings.TrimPrefix(rest, "\t"), s.Description, strings.Join(s.Examples, "\n"))
				r.current.subtypes = append(r.current.subtypes, it)
				return
			}
		}
	}
	title, rest := divide(line, "", "")
	it := &item{name: title, cells: make(map[string]string)}
	it.cells[keyDescription], it.cells[keyExamples] = divide(rest, "", "")
	r.current.subtypes = append(r.current.subtypes, it)
}
