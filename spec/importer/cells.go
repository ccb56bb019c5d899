package importer

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/importer/facts"
)

// A setter reads a cell that is not empty. It returns false if the code cannot hold the
// value.
type setter func(d *draft, c *code, cell string) bool

// setters read cells, by key.
var setters = map[string]setter{
	keyName:        setName,
	keyTitle:       func(_ *draft, c *code, s string) bool { return c.label(s) },
	keyMessage:     setMessage,
	keyHTTP:        setHTTP,
	keyGRPC:        setGRPC,
	keyRetryable:   func(_ *draft, c *code, s string) bool { return c.retry.setRetryable(s) },
	keyAction:      func(_ *draft, c *code, s string) bool { return c.retry.setAction(s) },
	keyWait:        func(_ *draft, c *code, s string) bool { return c.retry.setWait(s) },
	keyAdvice:      func(_ *draft, c *code, s string) bool { return set(&c.retry.advice, line(s)) },
	keyHint:        func(_ *draft, c *code, s string) bool { return set(&c.retry.hint, line(s)) },
	keyClass:       func(d *draft, c *code, s string) bool { c.class = d.classNamed(line(s)); return true },
	keyDescription: func(_ *draft, c *code, s string) bool { c.setDescription(s); return true },
	keyDetails:     func(_ *draft, c *code, s string) bool { c.addDetails(s); return true },
	keyCauses:      func(_ *draft, c *code, s string) bool { c.addCauses(several(s)); return true },
	keyAvoid:       func(_ *draft, c *code, s string) bool { c.avoid = append(c.avoid, several(s)...); return true },
	keyFixes:       func(_ *draft, c *code, s string) bool { c.fixes = append(c.fixes, several(s)...); return true },
	keyExamples:    func(_ *draft, c *code, s string) bool { c.examples = append(c.examples, several(s)...); return true },
	keySince:       func(_ *draft, c *code, s string) bool { return set(&c.since, line(s)) },
	keyDeprecated:  setDeprecated,
	keyReplacedBy:  func(_ *draft, c *code, s string) bool { return set(&c.deprecation().replacedBy, bare(s)) },
	keyAliases:     setAliases,
	keyInternal:    setInternal,
}

// set sets a value unless it has another one.
func set(value *string, s string) bool {
	if *value != "" && *value != s {
		return false
	}
	*value = s
	return true
}

// apply fills a code from a row. A value that the code cannot hold becomes a comment.
func (r *reader) apply(c *code, t *candidate, row *facts.Row) {
	for _, k := range Keys() {
		i, ok := t.columns[k]
		if !ok || k == keyCode {
			continue
		}
		cell := row.Cell(i).Prose()
		if isNothing(cell) || setters[k](r.draft, c, cell) {
			continue
		}
		header := t.table.Columns[i].Header.Line()
		c.remark(header + ": " + cell)
		r.report(diag.Warning, RuleRow, row.Line, "the value is kept in a comment", "%s of %s cannot be %q", k, c.wire, line(cell))
	}
}

// bare returns a code without backticks around it.
func bare(s string) string {
	s = wireText(s)
	if inner := strings.Trim(s, "`"); inner != "" && len(inner) < len(s) {
		s = strings.TrimSpace(inner)
	}
	return s
}

// setName reads the name of a code that is a number, or the title of another code.
func setName(_ *draft, c *code, s string) bool {
	s = bare(s)
	if shapeOf(c.wire) != number {
		return c.label(s)
	}
	if c.name != "" {
		return c.label(s)
	}
	c.name = slug(s)
	if isIdentifier(s) {
		s = headline(s)
		if c.title == "" {
			c.title = s
		}
		return true
	}
	return c.label(s)
}

// setMessage reads a message. A short one is the title of a code that is a number.
func setMessage(_ *draft, c *code, s string) bool {
	short := line(s)
	if shapeOf(c.wire) == number && c.title == "" && len(short) <= longestLabel && !strings.ContainsAny(short, ".`%{<:") && !isIdentifier(short) {
		c.title = short
		return true
	}
	if c.description == "" {
		c.setDescription(s)
		return true
	}
	c.examples = append(c.examples, line(s))
	return true
}

// label sets the title of a code, or its HTTP status if the text is one. It returns false
// if the code has another title, or if the text has no letters.
func (c *code) label(s string) bool {
	if status(strings.TrimPrefix(s, "HTTP ")) != 0 && c.http == 0 && !strings.ContainsFunc(s, unicode.IsLetter) {
		c.http = status(strings.TrimPrefix(s, "HTTP "))
		return true
	}
	return strings.ContainsFunc(s, unicode.IsLetter) && set(&c.title, line(s))
}

func setHTTP(_ *draft, c *code, s string) bool {
	n := status(bare(s))
	if n == 0 || c.http != 0 && c.http != n {
		return false
	}
	c.http = n
	return line(s) == strconv.Itoa(n) || bare(s) == strconv.Itoa(n) || isStatusText(bare(s))
}

// isStatusText reports whether a text is an HTTP status with its standard name.
func isStatusText(s string) bool {
	return key(strings.TrimLeft(s, "0123456789 ")) == key(http.StatusText(status(s)))
}

func setGRPC(_ *draft, c *code, s string) bool {
	s = bare(s)
	known := spec.GRPCStatuses()
	if n, err := strconv.Atoi(s); err == nil && n >= 0 && n < len(known) {
		s = known[n]
	}
	name := strings.ToUpper(strings.Join(words(s), "_"))
	if !slices.Contains(known, name) {
		return false
	}
	c.grpc = name
	return true
}

func setInternal(_ *draft, c *code, s string) bool {
	yes, ok := yesNo(s)
	c.internal = yes
	return ok
}

// setRetryable reads a cell that is yes or no, or advice.
func (r *retry) setRetryable(s string) bool {
	switch yes, ok := yesNo(bare(s)); {
	case ok && yes:
		r.action = "retry"
		r.todo.note("action", "the source says yes; or is it wait? automatic?")
	case ok:
		r.action = "unknown"
		r.todo.note("action", "the source says not retryable")
	default:
		return set(&r.advice, line(s))
	}
	return true
}

func (r *retry) setAction(s string) bool {
	word := strings.ToLower(bare(s))
	if slices.ContainsFunc(spec.Actions(), func(a spec.Action) bool { return a.String() == word }) {
		return set(&r.action, word)
	}
	return set(&r.advice, line(s))
}

var waitPattern = lazyregexp.New(`^(\d+(?:\.\d+)?)\s*([a-z]*)(?:\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)\s*([a-z]*))?$`)

var units = map[string]string{
	"": "s", "s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s", "ms": "ms", "milliseconds": "ms",
	"m": "m", "min": "m", "mins": "m", "minute": "m", "minutes": "m", "h": "h", "hour": "h", "hours": "h",
}

// setWait reads "30s", "30 seconds", "1-5 minutes". Other texts, and waits of codes that
// are not retried, are advice.
func (r *retry) setWait(s string) bool {
	m := waitPattern.FindStringSubmatch(strings.ToLower(line(s)))
	if m == nil || r.action != "retry" && r.action != "wait" && r.action != "" {
		return set(&r.advice, line(s))
	}
	low, high, unit := m[1], firstOf(m[3], m[1]), units[firstOf(m[4], m[2])]
	lowUnit := firstOf(units[m[2]], unit)
	if m[2] == "" {
		lowUnit = unit
	}
	shortest, err := time.ParseDuration(low + lowUnit)
	longest, err2 := time.ParseDuration(high + unit)
	if err != nil || err2 != nil || unit == "" || longest <= 0 || longest < shortest {
		return set(&r.advice, line(s))
	}
	if r.action == "" || r.action == "retry" {
		r.action = "wait"
		r.todo.note("action", "automatic?")
	}
	r.min, r.max = shortest, longest
	return true
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// setDescription sets the description, or adds details if the code has another one.
func (c *code) setDescription(s string) {
	if c.description != "" {
		if line(s) != c.description {
			c.addDetails(s)
		}
		return
	}
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

// version matches a cell with the version since which a code is deprecated.
var version = lazyregexp.New(`^v?\d[\w.+-]*$`)

func setDeprecated(_ *draft, c *code, s string) bool {
	yes, ok := yesNo(s)
	switch {
	case ok && !yes:
	case ok:
		c.deprecation()
	case version.MatchString(bare(s)):
		return set(&c.deprecation().since, bare(s))
	default:
		return set(&c.deprecation().reason, line(s))
	}
	return true
}

func setAliases(_ *draft, c *code, s string) bool {
	for _, part := range several(strings.ReplaceAll(s, ",", ";")) {
		c.aliases = append(c.aliases, bare(part))
	}
	return true
}
