package importer

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec"
)

// A setter takes what a cell says about a code. It is empty for cells that say
// nothing.
type setter func(d *draft, c *code, cell string)

// setters fill codes from cells, by column.
var setters = map[string]setter{
	colName:        setName,
	colTitle:       func(_ *draft, c *code, s string) { c.title = line(s) },
	colHTTP:        setHTTP,
	colGRPC:        setGRPC,
	colRetryable:   func(_ *draft, c *code, s string) { c.retry.setRetryable(s) },
	colAction:      func(_ *draft, c *code, s string) { c.retry.setAction(s) },
	colWait:        func(_ *draft, c *code, s string) { c.retry.setWait(s) },
	colAdvice:      func(_ *draft, c *code, s string) { c.retry.advice = line(s) },
	colHint:        func(_ *draft, c *code, s string) { c.retry.hint = line(s) },
	colClass:       func(d *draft, c *code, s string) { c.class = d.classNamed(line(s)) },
	colDescription: func(_ *draft, c *code, s string) { c.setDescription(s) },
	colDetails:     func(_ *draft, c *code, s string) { c.addDetails(s) },
	colCauses:      func(_ *draft, c *code, s string) { c.addCauses(several(s)) },
	colAvoid:       func(_ *draft, c *code, s string) { c.avoid = append(c.avoid, several(s)...) },
	colFixes:       func(_ *draft, c *code, s string) { c.fixes = append(c.fixes, several(s)...) },
	colExamples:    func(_ *draft, c *code, s string) { c.examples = append(c.examples, several(s)...) },
	colSince:       func(_ *draft, c *code, s string) { c.since = line(s) },
	colDeprecated:  setDeprecated,
	colReplacedBy:  func(_ *draft, c *code, s string) { c.deprecation().replacedBy = bare(s) },
	colAliases:     setAliases,
	colInternal:    func(_ *draft, c *code, s string) { c.internal, _ = yesNo(s) },
}

// apply fills a code from a row.
func (d *draft) apply(c *code, g *grid, row int, columns map[string]int) {
	for _, column := range columnKeys() {
		i, ok := columns[column]
		if !ok || column == colCode {
			continue
		}
		if cell := g.cell(row, i); !isNothing(cell) {
			setters[column](d, c, cell)
		}
	}
}

// bare returns a code without the marks of code around it.
func bare(s string) string {
	s = wireText(s)
	if inner := strings.Trim(s, "`"); inner != "" && len(inner) < len(s) {
		s = strings.TrimSpace(inner)
	}
	return s
}

func setName(d *draft, c *code, s string) {
	s = bare(s)
	switch {
	case isInteger(c.wire):
		c.name = slug(s)
		if c.title == "" && !isIdentifier(s) {
			c.title = s
		} else if c.title == "" {
			c.title = headline(s)
		}
	case c.title == "":
		c.title = s
	}
}

// status returns the HTTP status that a text begins with, or 0.
func status(s string) int {
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	n, err := strconv.Atoi(s[:digits])
	if err != nil || digits != 3 || n < 100 || n > 599 || digits < len(s) && s[digits] != ' ' {
		return 0
	}
	return n
}

func setHTTP(_ *draft, c *code, s string) {
	if c.http = status(bare(s)); c.http == 0 {
		c.remark("the HTTP status is " + bare(s))
	}
}

func setGRPC(_ *draft, c *code, s string) {
	s = bare(s)
	known := spec.GRPCStatuses()
	if n, err := strconv.Atoi(s); err == nil && n >= 0 && n < len(known) {
		s = known[n]
	}
	if name := strings.ToUpper(strings.Join(words(s), "_")); slices.Contains(known, name) {
		c.grpc = name
		return
	}
	c.remark("the gRPC status is " + s)
}

// setRetryable takes a cell that answers yes or no, or says in words what to do.
func (r *retry) setRetryable(s string) {
	switch yes, ok := yesNo(bare(s)); {
	case ok && yes:
		r.action = "retry"
		r.todo.note("action", "yes, it says; or is it wait? automatic?")
	case ok:
		r.action = "unknown"
		r.todo.note("action", "not retryable, it says")
	default:
		r.advice = line(s)
	}
}

func (r *retry) setAction(s string) {
	word := strings.ToLower(bare(s))
	if slices.ContainsFunc(spec.Actions(), func(a spec.Action) bool { return a.String() == word }) {
		r.action = word
		return
	}
	r.advice = line(s)
}

var waitPattern = lazyregexp.New(`^(\d+(?:\.\d+)?)\s*([a-z]*)(?:\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)\s*([a-z]*))?$`)

var units = map[string]string{
	"": "s", "s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s", "ms": "ms", "milliseconds": "ms",
	"m": "m", "min": "m", "mins": "m", "minute": "m", "minutes": "m", "h": "h", "hour": "h", "hours": "h",
}

// setWait reads "30s", "30 seconds", "1-5 minutes". Only what repeats has a wait.
func (r *retry) setWait(s string) {
	r.advice = firstOf(r.advice, line(s))
	m := waitPattern.FindStringSubmatch(strings.ToLower(line(s)))
	if m == nil || r.action != "retry" && r.action != "wait" && r.action != "" {
		return
	}
	low, high, unit := m[1], firstOf(m[3], m[1]), units[firstOf(m[4], m[2])]
	lowUnit := firstOf(units[m[2]], unit)
	if m[2] == "" {
		lowUnit = unit
	}
	shortest, err := time.ParseDuration(low + lowUnit)
	longest, err2 := time.ParseDuration(high + unit)
	if err != nil || err2 != nil || unit == "" || longest <= 0 || longest < shortest {
		return
	}
	if r.action == "" || r.action == "retry" {
		r.action = "wait"
		r.todo.note("action", "automatic?")
	}
	r.min, r.max = shortest, longest
	if r.advice == line(s) {
		r.advice = ""
	}
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

func (c *code) setDescription(s string) {
	if parts := strings.SplitN(text(s), "\n\n", 2); len(parts) == 2 {
		c.description = line(parts[0])
		c.addDetails(parts[1])
		return
	}
	c.description = line(s)
}

func (c *code) addDetails(s string) {
	if s = text(s); s == "" {
		return
	}
	if c.details != "" {
		s = c.details + "\n\n" + s
	}
	c.details = s
}

// addCauses adds causes, with a title where there is one in bold.
func (c *code) addCauses(all []string) {
	for _, s := range all {
		c.causes = append(c.causes, cause{text: s})
	}
}

func (c *code) deprecation() *deprecated {
	if c.deprecated == nil {
		c.deprecated = new(deprecated)
	}
	return c.deprecated
}

// version is what a cell holds that says since when something is deprecated.
var version = lazyregexp.New(`^v?\d[\w.+-]*$`)

func setDeprecated(_ *draft, c *code, s string) {
	yes, ok := yesNo(s)
	switch {
	case ok && !yes:
	case ok:
		c.deprecation()
	case version.MatchString(bare(s)):
		c.deprecation().since = bare(s)
	default:
		c.deprecation().reason = line(s)
	}
}

func setAliases(_ *draft, c *code, s string) {
	for _, part := range several(strings.ReplaceAll(s, ",", ";")) {
		c.aliases = append(c.aliases, bare(part))
	}
}
