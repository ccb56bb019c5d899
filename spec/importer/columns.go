package importer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/importer/draft"
	"github.com/errspec/errspec/spec/importer/facts"
)

// A profile counts the cells of a column.
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
	count := func(n *int, ok bool) {
		if ok {
			*n++
		}
	}
	for _, row := range t.Rows {
		cell := row.Cell(column)
		s := cell.Line()
		if isNothing(s) {
			continue
		}
		p.filled++
		p.runes += utf8.RuneCountInString(s)
		count(&p.distinct, !seen[s])
		seen[s] = true
		count(&p.statuses, status(s) != 0)
		count(&p.types, typeOf(s) != "any")
		count(&p.single, !strings.ContainsAny(s, " \t"))
		codes, rest := codesIn(cell)
		if len(codes) == 0 || len(cell.Codes()) > 0 && (len(rest) > len(codes[0]) || strings.ContainsAny(codes[0], " (){}\"'=<>$")) {
			continue
		}
		p.codes++
		count(&p.numbers, shapeOf(codes[0]) == number)
		count(&p.strong, isStrong(codes[0]))
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

// certain returns 1 if all cells are distinct and hardly anything other than codes, or 0.
func (p profile) certain() int {
	if p.mostly(p.strong) && p.distinct == p.filled {
		return 1
	}
	return 0
}

// suits reports whether the cells of the column can be values of a key.
func (p profile) suits(k string) bool {
	switch k {
	case keyHTTP:
		return p.statuses > 0 || p.filled == 0
	case keyMessage, keyDescription, keyDetails:
		return p.distinct < 2 || p.single < p.filled || !p.mostly(p.codes-p.numbers)
	case keyName, keyTitle, keyClass:
		return p.runes <= longestLabel*p.filled
	}
	return true
}

// A mapping assigns keys to the columns of a table.
type mapping struct {
	table    *facts.Table
	headers  []string
	profiles []profile
	columns  map[string]int // by key
	code     int            // column of codes, or -1
	sure     bool           // a header or an option names the column of codes
	chosen   bool           // by --tables or --map
	other    string         // header of the column of codes that names another key
}

func (o Options) newMapping(t *facts.Table) *mapping {
	m := &mapping{table: t, headers: t.Headers(), columns: make(map[string]int), code: -1, chosen: slices.Contains(o.Tables, t.Number)}
	for i := range t.Columns {
		m.profiles = append(m.profiles, profileOf(t, i))
	}
	for k, name := range o.Columns {
		if i := columnNamed(m.headers, name); i >= 0 {
			m.columns[k] = i
		}
	}
	return m
}

func (m *mapping) profile() profile { return m.profiles[m.code] }

// some reports whether f is true for a column after the first n.
func (m *mapping) some(n int, f func(profile) bool) bool {
	return len(m.profiles) > n && slices.ContainsFunc(m.profiles[n:], f)
}

// describesFields reports whether the table has a column of types, or headers for fields
// and types.
func (m *mapping) describesFields() bool {
	return m.some(1, func(p profile) bool { return p.mostly(p.types) }) || isFieldTable(m.headers)
}

// findCode finds the column of codes: by header, by a weak header, then by shape.
// Several codes may have one HTTP status, so a column of statuses is the last choice of
// those with headers.
func (m *mapping) findCode() {
	for level, names := range [][]string{listed("code"), listed("weak"), nil} {
		statuses := -1
		columns := byRank(m.headers, names)
		if names == nil { // those whose cells are hardly anything other than distinct codes first
			slices.SortStableFunc(columns, func(a, b int) int { return m.profiles[b].certain() - m.profiles[a].certain() })
		}
		for i, column := range columns {
			p := m.profiles[column]
			switch {
			case p.isStatus() && (level > 0 || p.distinct < p.filled):
				if statuses < 0 && level < 2 {
					statuses = column
				}
			case level == 0 && (i == 0 || p.mostly(p.codes)), level > 0 && p.looksLikeCodes():
				m.code, m.sure = column, level == 0
				if level == 2 && topicOf(m.headers[column]) != "" {
					m.other = m.headers[column]
				}
				return
			}
		}
		if m.code, m.sure = statuses, level == 0 && statuses >= 0; statuses < 0 {
			continue
		}
		for _, i := range byRank(m.headers, listed("weak")) { // names next to the statuses
			if p := m.profiles[i]; m.sure && i != statuses && p.single == p.filled && p.distinct == p.filled && p.codes > p.numbers {
				m.code = i
				return
			}
		}
		return
	}
}

// byRank returns the columns whose headers are in names, the first names first. It
// returns all columns if names is nil.
func byRank(headers, names []string) []int {
	var all []int
	ranks := make([]int, len(headers))
	for i, h := range headers {
		if ranks[i] = rank(h, names); ranks[i] >= 0 || names == nil {
			all = append(all, i)
		}
	}
	slices.SortStableFunc(all, func(a, b int) int { return ranks[a] - ranks[b] })
	return all
}

// columnOf returns the first column by rank, or -1.
func columnOf(headers, names []string) int { return append(byRank(headers, names), -1)[0] }

// assign finds the keys of the other columns: by header, then by shape. Columns that
// --map assigns have theirs already.
func (m *mapping) assign() {
	taken := make(map[int]bool)
	for _, i := range m.columns {
		taken[i] = true
	}
	m.columns[keyCode], taken[m.code] = m.code, true
	give := func(k string, column int) {
		if _, ok := m.columns[k]; !ok && !taken[column] && m.profiles[column].suits(k) {
			m.columns[k], taken[column] = column, true
		}
	}
	for _, v := range vocabulary() {
		for _, i := range byRank(m.headers, v.names) {
			give(v.key, i)
		}
	}
	longest := -1 // column of texts
	for i, p := range m.profiles {
		switch {
		case taken[i] || p.filled == 0:
		case p.isStatus() && isOneOf(m.headers[i], listed("code")):
			give(keyHTTP, i)
		case !p.mostly(p.codes) && !p.mostly(p.types) && p.distinct > 1 && (longest < 0 || p.runes > m.profiles[longest].runes):
			longest = i
		}
	}
	if _, ok := m.columns[keyMessage]; longest >= 0 && !ok {
		give(keyDescription, longest)
	}
}

// columnNamed returns the index of a column, or -1. Columns are named by header, or by
// number starting at 1.
func columnNamed(headers []string, name string) int {
	if i := slices.Index(headers, name); i >= 0 {
		return i
	}
	if i := slices.IndexFunc(headers, func(h string) bool { return draft.Key(h) == draft.Key(name) && draft.Key(h) != "" }); i >= 0 {
		return i
	}
	if n, err := strconv.Atoi(name); err == nil && n >= 1 && n <= len(headers) {
		return n - 1
	}
	return -1
}

// checkMap reports columns of --map and tables of --tables that do not exist.
func (r *reader) checkMap() {
	for _, k := range Keys() {
		name, ok := r.options.Columns[k]
		var headers []string
		for _, t := range r.page.Tables {
			ok = ok && columnNamed(t.Headers(), name) < 0
			headers = append(headers, t.Headers()...)
		}
		if !ok {
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
