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
)

// give sets the value of a key from the text of a cell or a labelled paragraph. It
// returns false if the code cannot hold it.
func (d *draft) give(c *code, k, s string) bool {
	switch k {
	case keyCauses, keyAvoid, keyFixes, keyExamples:
		c.add(k, several(s)...)
	case keyDescription:
		c.describe(s)
	case keyDetails:
		c.addDetails(s)
	case keyClass:
		c.class = d.classNamed(s)
	case keyAliases:
		for _, part := range several(strings.ReplaceAll(s, ",", ";")) {
			c.add(keyAliases, bare(part))
		}
	case keyTitle:
		return c.label(s)
	case keyName:
		return c.setName(bare(s))
	case keyMessage:
		c.setMessage(s)
	case keyHTTP:
		return c.setHTTP(bare(s))
	case keyGRPC:
		return c.setGRPC(bare(s))
	case keyRetryable:
		return c.setRetryable(s)
	case keyAction:
		return c.setAction(s)
	case keyWait:
		return c.setWait(s)
	case keyAdvice, keyHint:
		return c.retry.set(k, s)
	case keyDeprecated:
		return c.setDeprecated(s)
	case keyReplacedBy:
		return c.sub(keyDeprecated).set(k, bare(s))
	case keyInternal:
		yes, ok := yesNo(s)
		if yes {
			c.put(k, scalar("!!bool", "true"))
		}
		return ok
	default:
		return c.set(k, s)
	}
	return true
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
func (c *code) setName(s string) bool {
	if shapeOf(c.wire) != number || shapeOf(s) == number || c.text(keyName) != "" {
		return c.label(s)
	}
	c.set(keyName, slug(s))
	if isIdentifier(s) {
		return c.text(keyTitle) != "" || c.set(keyTitle, headline(s))
	}
	return c.label(s)
}

// setMessage reads a message. A short one is the title of a code that is a number.
func (c *code) setMessage(s string) {
	short := line(s)
	switch {
	case shapeOf(c.wire) == number && c.text(keyTitle) == "" && len(short) <= longestLabel && !strings.ContainsAny(short, ".`%{<:") && !isIdentifier(short):
		c.set(keyTitle, short)
	case c.text(keyDescription) == "":
		c.describe(s)
	default:
		c.add(keyExamples, short)
	}
}

// label sets the title of a code, or its HTTP status if the text is one. It returns false
// if the code has another title, or if the text has no letters.
func (c *code) label(s string) bool {
	if n := strings.TrimPrefix(s, "HTTP "); status(n) != 0 && !strings.ContainsFunc(n, unicode.IsLetter) && c.get(keyHTTP) == nil {
		return c.setHTTP(n)
	}
	return shapeOf(s) != number && strings.ContainsFunc(s, unicode.IsLetter) && c.set(keyTitle, s)
}

// entitle reads the text next to a code: an HTTP status, the name of a number, or a
// title. Another text becomes a comment.
func (c *code) entitle(rest string) {
	switch {
	case rest == "", strings.EqualFold(rest, "error"), rest == c.text(keyTitle):
	case shapeOf(c.wire) == number && shapeOf(rest) == symbol && c.setName(rest), c.label(rest):
	default:
		c.remark("next to the code: " + rest)
	}
}

// setHTTP reads an HTTP status, with its standard name or without.
func (c *code) setHTTP(s string) bool {
	n := status(s)
	v := scalar("!!int", strconv.Itoa(n))
	if old := c.get(keyHTTP); n == 0 || old != nil && old.Value != v.Value {
		return false
	}
	c.put(keyHTTP, v)
	name := key(strings.TrimLeft(s, "0123456789 ()"))
	return name == "" || slices.Contains(namesOf(strconv.Itoa(n), statusNames()), name)
}

func (c *code) setGRPC(s string) bool {
	known := spec.GRPCStatuses()
	if n, err := strconv.Atoi(s); err == nil && n >= 0 && n < len(known) {
		s = known[n]
	}
	name := strings.ToUpper(strings.Join(words(s), "_"))
	return slices.Contains(known, name) && c.set(keyGRPC, name)
}

// setRetryable reads a cell that is yes or no, or advice.
func (c *code) setRetryable(s string) bool {
	yes, ok := yesNo(bare(s))
	switch {
	case !ok:
		return c.retry.set(keyAdvice, s)
	case yes:
		c.retry.guess(keyAction, "retry", "the source says yes; or is it wait? automatic?")
	default:
		c.retry.guess(keyAction, "unknown", "the source says not retryable")
	}
	return true
}

func (c *code) setAction(s string) bool {
	word := strings.ToLower(bare(s))
	if slices.ContainsFunc(spec.Actions(), func(a spec.Action) bool { return a.String() == word }) {
		return c.retry.set(keyAction, word)
	}
	return c.retry.set(keyAdvice, s)
}

var waitPattern = lazyregexp.New(`^(\d+(?:\.\d+)?)\s*(s|secs?|seconds?|ms|milliseconds?|m|mins?|minutes?|h|hours?)?(?:\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)\s*(s|secs?|seconds?|ms|milliseconds?|m|mins?|minutes?|h|hours?)?)?$`)

// unit returns the unit of durations for a name of a unit, by its first letter.
func unit(s string) string {
	if s == "ms" || strings.HasPrefix(s, "mil") {
		return "ms"
	}
	return firstOf(s, "s")[:1]
}

// setWait reads "30s", "30 seconds", "1-5 minutes". Other texts, and waits of codes that
// are not retried, are advice.
func (c *code) setWait(s string) bool {
	action := c.retry.text(keyAction)
	m := waitPattern.FindStringSubmatch(strings.ToLower(line(s)))
	if m == nil || action != "retry" && action != "wait" && action != "" {
		return c.retry.set(keyAdvice, s)
	}
	shortest, err := time.ParseDuration(m[1] + unit(firstOf(m[2], m[4])))
	longest, err2 := time.ParseDuration(firstOf(m[3], m[1]) + unit(firstOf(m[4], m[2])))
	if err != nil || err2 != nil || longest <= 0 || longest < shortest {
		return c.retry.set(keyAdvice, s)
	}
	why := "automatic?"
	if m[2]+m[4] == "" {
		why += " The source has no unit: " + s
	}
	c.retry.guess(keyAction, "wait", why)
	wait := c.retry.sub(keyWait)
	wait.putText("min", advice.Duration(shortest))
	wait.putText("max", advice.Duration(longest))
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

func (c *code) setDeprecated(s string) bool {
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
