package importer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/importer/facts"
)

// A profile describes the cells of a column.
type profile struct {
	filled   int // cells that are not empty
	distinct int
	single   int // cells with one word
	codes    int // cells that look like codes
	strong   int // cells that are hardly anything other than codes
	numbers  int
	statuses int // HTTP statuses
	types    int // names of types
	runes    int // of all cells
}

func profileOf(t *facts.Table, column int) profile {
	var p profile
	seen := make(map[string]bool)
	for _, row := range t.Rows {
		cell := row.Cell(column)
		s := cell.Line()
		if isNothing(s) {
			continue
		}
		p.filled++
		p.runes += utf8.RuneCountInString(s)
		if !seen[s] {
			seen[s] = true
			p.distinct++
		}
		if status(s) != 0 {
			p.statuses++
		}
		if typeOf(s) != "any" {
			p.types++
		}
		codes, rest := codesIn(cell)
		if !strings.ContainsAny(s, " \t") {
			p.single++
		}
		if len(codes) == 0 || len(cell.Codes()) > 0 && (len(rest) > len(codes[0]) || strings.ContainsAny(codes[0], " (){}\"'=<>$")) {
			continue
		}
		p.codes++
		if shapeOf(codes[0]) == number {
			p.numbers++
		}
		if isStrong(codes[0]) {
			p.strong++
		}
	}
	return p
}

// mostly reports whether n cells are four of five.
func (p profile) mostly(n int) bool { return p.filled > 0 && n*5 >= p.filled*4 }

func (p profile) isStatus() bool { return p.mostly(p.statuses) }

// shape returns the shape of most codes in the column.
func (p profile) shape() shape {
	if p.numbers*2 > p.codes {
		return number
	}
	return symbol
}

// looksLikeCodes reports whether the cells look like codes and are distinct, except for
// one in ten.
func (p profile) looksLikeCodes() bool {
	return p.mostly(p.codes) && p.distinct > 1 && p.distinct+max(1, p.filled/10) >= p.filled
}

// A candidate is a table that may list codes.
type candidate struct {
	table    *facts.Table
	profiles []profile
	columns  map[string]int // by key
	code     int            // column of codes, or -1
	sure     bool           // a header or an option names the column of codes
	chosen   bool           // by --tables or --map
	other    string         // header of the column of codes that names another key
}

func (c *candidate) profile() profile { return c.profiles[c.code] }

// isFieldTable reports whether a table describes fields: it has a column of types, or
// its headers name fields and types.
func (c *candidate) isFieldTable() bool {
	for i, p := range c.profiles {
		if i > 0 && p.mostly(p.types) {
			return true
		}
	}
	return isFieldTable(c.table)
}

// findCode finds the column of codes. Headers are tried first, then shapes.
func (c *candidate) findCode(headers []string) {
	c.code = -1
	for _, sure := range []bool{true, false} {
		names := codeNames()
		if !sure {
			names = weakCodeNames()
		}
		statuses := -1
		for i, best := range byRank(headers, names) {
			p := c.profiles[best]
			switch {
			case p.isStatus() && (!sure || p.distinct < p.filled):
				if statuses < 0 {
					statuses = best
				}
				continue
			case sure && (i == 0 || p.mostly(p.codes)), !sure && p.looksLikeCodes():
			default:
				continue
			}
			c.code, c.sure = best, sure
			return
		}
		if sure && statuses >= 0 { // several codes may have one HTTP status
			if names := c.namesBeside(headers, statuses); names >= 0 {
				statuses = names
			}
			c.code, c.sure = statuses, true
			return
		}
		if statuses >= 0 {
			c.code = statuses
			return
		}
	}
	for i, p := range c.profiles {
		if p.looksLikeCodes() && !p.isStatus() {
			if c.code = i; topicOf(headers[i]) != "" {
				c.other = headers[i]
			}
			return
		}
	}
}

// byRank returns the columns whose headers are in names, the first names first.
func byRank(headers, names []string) []int {
	var all []int
	ranks := make([]int, len(headers))
	for i, h := range headers {
		if ranks[i] = rank(h, names); ranks[i] >= 0 {
			all = append(all, i)
		}
	}
	slices.SortStableFunc(all, func(a, b int) int { return ranks[a] - ranks[b] })
	return all
}

// namesBeside returns a column of distinct identifiers next to a column of statuses.
func (c *candidate) namesBeside(headers []string, statuses int) int {
	for _, i := range byRank(headers, weakCodeNames()) {
		if p := c.profiles[i]; i != statuses && p.single == p.filled && p.distinct == p.filled && p.codes > p.numbers {
			return i
		}
	}
	return -1
}

func headersOf(t *facts.Table) []string {
	var all []string
	for _, c := range t.Columns {
		all = append(all, c.Header.Line())
	}
	return all
}

// mapped returns the columns of a table that --map assigns, by key. Columns are named
// by header, or by number starting at 1.
func (o Options) mapped(t *facts.Table) map[string]int {
	columns := make(map[string]int)
	for k, name := range o.Columns {
		if i := columnNamed(t, name); i >= 0 {
			columns[k] = i
		}
	}
	return columns
}

// columnNamed returns the index of a column, or -1.
func columnNamed(t *facts.Table, name string) int {
	for i, h := range headersOf(t) {
		if h == name {
			return i
		}
	}
	for i, h := range headersOf(t) {
		if key(h) == key(name) && key(h) != "" {
			return i
		}
	}
	if n, err := strconv.Atoi(name); err == nil && n >= 1 && n <= len(t.Columns) {
		return n - 1
	}
	return -1
}

// checkMap reports columns of --map that no table has.
func (r *reader) checkMap() {
	for _, k := range Keys() {
		name, ok := r.options.Columns[k]
		found := false
		var headers []string
		for _, t := range r.page.Tables {
			found = found || columnNamed(t, name) >= 0
			headers = append(headers, headersOf(t)...)
		}
		if !ok || found {
			continue
		}
		help := "columns: " + quoted(headers)
		if meant := diag.Suggest(name, headers); meant != "" {
			help = fmt.Sprintf("did you mean %q?", meant)
		}
		r.report(diag.Error, RuleColumn, r.firstTable(), help, "no column %q for the key %s", name, k)
	}
	for _, n := range r.options.Tables {
		if n < 1 || n > len(r.page.Tables) {
			r.report(diag.Error, RuleColumn, r.firstTable(), fmt.Sprintf("tables have the numbers 1 to %d", len(r.page.Tables)), "no table %d", n)
		}
	}
}

// assign finds the keys of the other columns: by --map, by header, then by shape.
func (c *candidate) assign(headers []string) {
	taken := make(map[int]bool)
	for _, i := range c.columns {
		taken[i] = true
	}
	c.columns[keyCode], taken[c.code] = c.code, true
	give := func(k string, column int) {
		if _, ok := c.columns[k]; !ok && !taken[column] && c.suits(k, column) {
			c.columns[k], taken[column] = column, true
		}
	}
	for _, v := range vocabulary {
		for _, i := range byRank(headers, v.names()) {
			give(v.key, i)
		}
	}
	prose := -1
	for i, p := range c.profiles {
		switch {
		case taken[i] || p.filled == 0:
		case p.isStatus() && isOneOf(headers[i], codeNames()):
			give(keyHTTP, i)
		case !p.mostly(p.codes) && !p.mostly(p.types) && p.distinct > 1 && (prose < 0 || p.runes > c.profiles[prose].runes):
			prose = i
		}
	}
	if _, ok := c.columns[keyMessage]; prose >= 0 && !ok {
		give(keyDescription, prose)
	}
}

// suits reports whether the cells of a column can be values of a key.
func (c *candidate) suits(k string, column int) bool {
	p := c.profiles[column]
	switch k {
	case keyHTTP:
		return p.statuses > 0 || p.filled == 0
	case keyMessage, keyDescription, keyDetails:
		return p.distinct < 2 || p.single < p.filled || !p.mostly(p.codes-p.numbers)
	case keyName:
		return p.filled == 0 || p.runes/p.filled <= longestLabel
	case keyTitle, keyClass:
		return p.filled == 0 || p.runes/p.filled <= longestLabel
	}
	return true
}
