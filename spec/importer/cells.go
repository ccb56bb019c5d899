package importer

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/advice"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/importer/facts"
)

// A setter reads a cell that is not empty. It returns false if the code cannot hold the
// value.
type setter func(d *draft, c *code, cell string) bool

// setters read the cells of keys that are not texts or lists of a code.
var setters = map[string]setter{
	keyName:        setName,
	keyTitle:       func(_ *draft, c *code, s string) bool { return c.label(s) },
	keyMessage:     setMessage,
	keyHTTP:        setHTTP,
	keyGRPC:        setGRPC,
	keyRetryable:   func(_ *draft, c *code, s string) bool { return c.setRetryable(s) },
	keyAction:      setAction,
	keyWait:        func(_ *draft, c *code, s string) bool { return c.setWait(s) },
	keyAdvice:      func(_ *draft, c *code, s string) bool { return c.retry.set(keyAdvice, s) },
	keyHint:        func(_ *draft, c *code, s string) bool { return c.retry.set(keyHint, s) },
	keyClass:       func(d *draft, c *code, s string) bool { c.class = d.classNamed(s); return true },
	keyDescription: func(_ *draft, c *code, s string) bool { c.describe(s); return true },
	keyDetails:     func(_ *draft, c *code, s string) bool { c.addDetails(s); return true },
	keyDeprecated:  setDeprecated,
	keyReplacedBy:  func(_ *draft, c *code, s string) bool { return c.sub(keyDeprecated).set(keyReplacedBy, bare(s)) },
	keyAliases:     setAliases,
	keyInternal:    setInternal,
}

// read reads a cell or a text about a key. It returns false if the code cannot hold it.
func (d *draft) read(c *code, k, s string) bool {
	switch k {
	case keyCauses, keyAvoid, keyFixes, keyExamples:
		c.add(k, several(s)...)
		return true
	case keySince:
		return c.set(k, s)
	}
	return setters[k](d, c, s)
}

// apply fills a code from a row. A value that the code cannot hold becomes a comment.
func (r *reader) apply(c *code, t *candidate, row *facts.Row) {
	for _, k := range Keys() {
		i, ok := t.columns[k]
		if !ok || k == keyCode {
			continue
		}
		cell := row.Cell(i).Prose()
		if isNothing(cell) || r.draft.read(c, k, cell) {
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
	if shapeOf(c.wire) != number || c.text(keyName) != "" {
		return c.label(s)
	}
	c.set(keyName, slug(s))
	if isIdentifier(s) {
		return c.text(keyTitle) != "" || c.set(keyTitle, headline(s))
	}
	return c.label(s)
}

// setMessage reads a message. A short one is the title of a code that is a number.
func setMessage(_ *draft, c *code, s string) bool {
	short := line(s)
	switch {
	case shapeOf(c.wire) == number && c.text(keyTitle) == "" && len(short) <= longestLabel && !strings.ContainsAny(short, ".`%{<:") && !isIdentifier(short):
		c.set(keyTitle, short)
	case c.text(keyDescription) == "":
		c.describe(s)
	default:
		c.add(keyExamples, short)
	}
	return true
}

// label sets the title of a code, or its HTTP status if the text is one. It returns false
// if the code has another title, or if the text has no letters.
func (c *code) label(s string) bool {
	if n := strings.TrimPrefix(s, "HTTP "); status(n) != 0 && !strings.ContainsFunc(n, unicode.IsLetter) && c.values[keyHTTP] == nil {
		c.put(keyHTTP, literal(strconv.Itoa(status(n))))
		return true
	}
	return strings.ContainsFunc(s, unicode.IsLetter) && c.set(keyTitle, s)
}

func setHTTP(_ *draft, c *code, s string) bool {
	s = bare(s)
	n := literal(strconv.Itoa(status(s)))
	if old := c.values[keyHTTP]; n == "0" || old != nil && old != n {
		return false
	}
	c.put(keyHTTP, n)
	return s == string(n) || isStatusText(s)
}

// isStatusText reports whether a text is an HTTP status with its standard name.
func isStatusText(s string) bool {
	return key(strings.TrimLeft(s, "0123456789 ")) == key(statusText(status(s)))
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
	return c.set(keyGRPC, name)
}

func setInternal(_ *draft, c *code, s string) bool {
	yes, ok := yesNo(s)
	if yes {
		c.put(keyInternal, literal("true"))
	}
	return ok
}

// setRetryable reads a cell that is yes or no, or advice.
func (c *code) setRetryable(s string) bool {
	yes, ok := yesNo(bare(s))
	switch {
	case !ok:
		return c.retry.set(keyAdvice, s)
	case yes:
		c.retry.put(keyAction, "retry")
		c.retry.todo[keyAction] = "the source says yes; or is it wait? automatic?"
	default:
		c.retry.put(keyAction, "unknown")
		c.retry.todo[keyAction] = "the source says not retryable"
	}
	return true
}

func setAction(_ *draft, c *code, s string) bool {
	word := strings.ToLower(bare(s))
	if slices.ContainsFunc(spec.Actions(), func(a spec.Action) bool { return a.String() == word }) {
		return c.retry.set(keyAction, word)
	}
	return c.retry.set(keyAdvice, s)
}

var waitPattern = lazyregexp.New(`^(\d+(?:\.\d+)?)\s*([a-z]*)(?:\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)\s*([a-z]*))?$`)

var units = map[string]string{
	"": "s", "s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s", "ms": "ms", "milliseconds": "ms",
	"m": "m", "min": "m", "mins": "m", "minute": "m", "minutes": "m", "h": "h", "hour": "h", "hours": "h",
}

// setWait reads "30s", "30 seconds", "1-5 minutes". Other texts, and waits of codes that
// are not retried, are advice.
func (c *code) setWait(s string) bool {
	action := c.retry.text(keyAction)
	m := waitPattern.FindStringSubmatch(strings.ToLower(line(s)))
	if m == nil || action != "retry" && action != "wait" && action != "" {
		return c.retry.set(keyAdvice, s)
	}
	unit := units[firstOf(m[4], m[2])]
	lowUnit := unit
	if m[2] != "" {
		lowUnit = units[m[2]]
	}
	shortest, err := time.ParseDuration(m[1] + lowUnit)
	longest, err2 := time.ParseDuration(firstOf(m[3], m[1]) + unit)
	if err != nil || err2 != nil || unit == "" || longest <= 0 || longest < shortest {
		return c.retry.set(keyAdvice, s)
	}
	if action != "wait" {
		c.retry.put(keyAction, "wait")
		c.retry.todo[keyAction] = "automatic?"
	}
	wait := c.retry.sub(keyWait)
	wait.put("min", advice.Duration(shortest))
	wait.put("max", advice.Duration(longest))
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

// version matches a cell with the version since which a code is deprecated.
var version = lazyregexp.New(`^v?\d[\w.+-]*$`)

func setDeprecated(_ *draft, c *code, s string) bool {
	yes, ok := yesNo(s)
	switch {
	case ok && !yes:
	case ok:
		c.sub(keyDeprecated)
	case version.MatchString(bare(s)):
		return c.sub(keyDeprecated).set(keySince, bare(s))
	default:
		return c.sub(keyDeprecated).set("reason", s)
	}
	return true
}

func setAliases(_ *draft, c *code, s string) bool {
	for _, part := range several(strings.ReplaceAll(s, ",", ";")) {
		c.add(keyAliases, bare(part))
	}
	return true
}
