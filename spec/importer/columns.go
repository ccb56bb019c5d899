package importer

import (
	"slices"
	"strings"
)

// Keys of the table format that a column can fill, as --map spells them. They
// are in the order in which they choose among the columns: a header may suit
// several.
const (
	colCode        = "code"
	colSubtype     = "subtype"
	colName        = "name"
	colTitle       = "title"
	colHTTP        = "http"
	colGRPC        = "grpc"
	colRetryable   = "retryable"
	colAction      = "action"
	colWait        = "wait"
	colAdvice      = "advice"
	colHint        = "hint"
	colClass       = "class"
	colDescription = "description"
	colDetails     = "details"
	colCauses      = "causes"
	colAvoid       = "avoid"
	colFixes       = "fixes"
	colExamples    = "examples"
	colSince       = "since"
	colDeprecated  = "deprecated"
	colReplacedBy  = "replaced_by"
	colAliases     = "aliases"
	colInternal    = "internal"
)

// columnNames are the headers by which columns are known, the surest first. Case
// and punctuation do not count.
var columnNames = []struct {
	column  string
	headers []string
}{
	{colHTTP, fields("http, http status, http code, http status code, http response, http response code")},
	{colGRPC, fields("grpc, grpc status, grpc code, grpc status code")},
	{colRetryable, fields("retryable, retriable, is retryable, is retriable, retryable?, can retry, should retry, safe to retry, retry")},
	{colAction, fields("action, retry action")},
	{colWait, fields("wait, retry after, retry delay")},
	{colAdvice, fields("advice, retry advice, client action, recommendation")},
	{colHint, fields("hint")},
	{colClass, fields("class, error class, category, error category, group, kind")},
	{colFixes, fields("fixes, fix, how to fix, solution, solutions, resolution, resolutions, how to resolve, remedy, mitigation, " +
		"recommended action, recommended actions, suggested action, corrective action, what to do, what you can do, troubleshooting, workaround, next steps")},
	{colAvoid, fields("avoid, how to avoid, prevention, how to prevent")},
	{colCauses, fields("causes, cause, common causes, common cause, possible causes, possible cause, probable cause, likely cause, reasons, why")},
	{colExamples, fields("examples, example, example message, example messages, example error, sample, sample message, error text")},
	{colSince, fields("since, since version, introduced, introduced in, added in, available since")},
	{colDeprecated, fields("deprecated, deprecated since, deprecated in, obsolete")},
	{colReplacedBy, fields("replaced by, replacement, superseded by, use instead")},
	{colAliases, fields("aliases, alias, also known as, synonyms")},
	{colInternal, fields("internal")},
	{colTitle, fields("title, short description, label, summary")},
	{colName, fields("name, error name, constant, symbol, symbolic name, mnemonic")},
	{colDescription, fields("description, what it means, meaning, message, error message, explanation, definition, text, cause, reason, summary, details")},
	{colDetails, fields("details, long description, detailed description, explanation, notes, note, remarks, comment, comments, more information")},
	// What is left of headers that mean something else in other tables.
	{colHTTP, fields("status, status code, response code, response status")},
	{colClass, fields("type, error type, area, domain")},
	{colCauses, fields("reason")},
	{colAdvice, fields("retry strategy")},
}

// codeHeaders are the headers of the column of codes, the surest first.
var codeHeaders = fields("code, error code, err code, error codes, codes, wire, error, errno, error number, error no, error id, " +
	"error identifier, identifier, error key, id, key, number, no, sqlstate, api code, result code, return code, exit code, " +
	"error name, constant, symbol, name, type, error type, reason, status code, http status code, http status, http code, status")

// subtypeHeaders are the headers of a column of sub-types.
var subtypeHeaders = fields("sub type, subtype, sub code, subcode, sub types, case, scenario, trigger, variant, reason, type, name, category")

func fields(list string) []string {
	all := strings.Split(list, ",")
	for i := range all {
		all[i] = key(all[i])
	}
	return all
}

// columnKeys are the keys that --map takes.
func columnKeys() []string {
	keys := []string{colCode}
	for _, c := range columnNames {
		if !slices.Contains(keys, c.column) {
			keys = append(keys, c.column)
		}
	}
	return keys
}

// A grid is a table of a source: headers, and cells by row.
type grid struct {
	headers []string
	rows    [][]string
	lines   []int // of the source, by row
}

// cell returns a cell, which a short row may not have.
func (g *grid) cell(row, column int) string {
	if column < 0 || column >= len(g.rows[row]) {
		return ""
	}
	return strings.TrimSpace(g.rows[row][column])
}

// find returns the first column with one of the headers that is not taken.
func (g *grid) find(headers []string, taken map[int]string) int {
	for _, want := range headers {
		for i, h := range g.headers {
			if _, used := taken[i]; !used && key(h) == want {
				return i
			}
		}
	}
	return -1
}

// columns finds out which column is what. The column of codes is -1 if there is
// none; mapped are the choices of the author.
func (g *grid) columns(mapped map[string]int) map[string]int {
	taken := make(map[int]string)
	found := make(map[string]int)
	for column, i := range mapped {
		taken[i], found[column] = column, i
	}
	if _, ok := found[colCode]; !ok {
		if i := g.codeColumn(taken); i >= 0 {
			taken[i], found[colCode] = colCode, i
		}
	}
	for _, c := range columnNames {
		if _, ok := found[c.column]; ok {
			continue
		}
		if i := g.find(c.headers, taken); i >= 0 {
			taken[i], found[c.column] = c.column, i
		}
	}
	if i, ok := g.leftoverStatus(taken); ok {
		if _, has := found[colHTTP]; !has {
			found[colHTTP] = i
		}
	}
	return found
}

// codeColumn chooses among the columns that may hold the codes. Rather than HTTP
// statuses, of which several codes may have one, it takes names beside them.
func (g *grid) codeColumn(taken map[int]string) int {
	statuses := -1
	for _, header := range codeHeaders {
		for i, h := range g.headers {
			if _, used := taken[i]; used || key(h) != header {
				continue
			}
			switch isStatus := g.isStatus(i); {
			case !isStatus && (statuses < 0 || g.isNames(i)):
				return i
			case isStatus && statuses < 0:
				statuses = i
			}
		}
	}
	return statuses
}

// isStatus reports whether a column holds HTTP statuses only.
func (g *grid) isStatus(column int) bool {
	return g.every(column, func(s string) bool { return status(s) != 0 })
}

// isNames reports whether a column holds identifiers only.
func (g *grid) isNames(column int) bool { return g.every(column, isIdentifier) }

func (g *grid) every(column int, is func(string) bool) bool {
	for row := range g.rows {
		if s := strings.Trim(g.cell(row, column), "`"); s != "" && !is(s) {
			return false
		}
	}
	return true
}

// leftoverStatus finds a column that could have held codes but holds HTTP
// statuses.
func (g *grid) leftoverStatus(taken map[int]string) (int, bool) {
	for i, h := range g.headers {
		if _, used := taken[i]; !used && slices.Contains(codeHeaders, key(h)) && len(g.rows) > 0 && g.isStatus(i) {
			return i, true
		}
	}
	return -1, false
}
