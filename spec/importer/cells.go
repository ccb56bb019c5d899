package importer

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/advice"
	"github.com/errspec/errspec/spec/importer/draft"
)

// give sets the value of a key from the text of a cell or a labelled paragraph. It
// returns false if the code cannot hold it.
func (r *reader) give(c *code, k, s string) bool {
	switch k {
	case keyCauses, keyAvoid, keyFixes, keyExamples:
		c.Add(k, several(s)...)
	case keyDescription:
		c.Describe(s)
	case keyDetails:
		c.AddDetails(s)
	case keyClass:
		c.Class = r.ClassNamed(s)
	case keyAliases:
		for _, part := range several(strings.ReplaceAll(s, ",", ";")) {
			c.Add(keyAliases, bare(part))
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
		return c.Retry.Set(k, s)
	case keyDeprecated:
		return c.setDeprecated(s)
	case keyReplacedBy:
		return c.Sub(keyDeprecated).Set(k, bare(s))
	case keyInternal:
		yes, ok := yesNo(s)
		if yes {
			c.Put(k, draft.Scalar("!!bool", "true"))
		}
		return ok
	default:
		return c.Set(k, s)
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
	if shapeOf(c.Wire) != number || shapeOf(s) == number || c.Text(keyName) != "" {
		return c.label(s)
	}
	c.Set(keyName, draft.Slug(s))
	if isIdentifier(s) {
		return c.Text(keyTitle) != "" || c.Set(keyTitle, draft.Headline(s))
	}
	return c.label(s)
}

// setMessage reads a message. A short one is the title of a code that is a number.
func (c *code) setMessage(s string) {
	short := draft.Line(s)
	switch {
	case shapeOf(c.Wire) == number && c.Text(keyTitle) == "" && len(short) <= longestLabel && !strings.ContainsAny(short, ".`%{<:") && !isIdentifier(short):
		c.Set(keyTitle, short)
	case c.Text(keyDescription) == "":
		c.Describe(s)
	default:
		c.Add(keyExamples, short)
	}
}

// label sets the title of a code, or its HTTP status if the text is one. It returns false
// if the code has another title, or if the text has no letters.
func (c *code) label(s string) bool {
	if n := strings.TrimPrefix(s, "HTTP "); status(n) != 0 && !strings.ContainsFunc(n, unicode.IsLetter) && c.Get(keyHTTP) == nil {
		return c.setHTTP(n)
	}
	return shapeOf(s) != number && strings.ContainsFunc(s, unicode.IsLetter) && c.Set(keyTitle, s)
}

// entitle reads the text next to a code: an HTTP status, the name of a number, or a
// title. Another text becomes a comment.
func (c *code) entitle(rest string) {
	switch {
	case rest == "", strings.EqualFold(rest, "error"), rest == c.Text(keyTitle):
	case shapeOf(c.Wire) == number && shapeOf(rest) == symbol && c.setName(rest), c.label(rest):
	default:
		c.Remark("next to the code: " + rest)
	}
}

// setHTTP reads an HTTP status, with its standard name or without.
func (c *code) setHTTP(s string) bool {
	n := status(s)
	v := draft.Scalar("!!int", strconv.Itoa(n))
	if old := c.Get(keyHTTP); n == 0 || old != nil && old.Value != v.Value {
		return false
	}
	c.Put(keyHTTP, v)
	name := draft.Key(strings.TrimLeft(s, "0123456789 ()"))
	return name == "" || name == draft.Key(draft.StatusName(n))
}

func (c *code) setGRPC(s string) bool {
	name := strings.ToUpper(strings.Join(draft.Words(s), "_"))
	for _, status := range spec.GRPCStatuses() {
		if status == name || strconv.Itoa(spec.GRPCNumber(status)) == s {
			return c.Set(keyGRPC, status)
		}
	}
	return false
}

// setRetryable reads a cell that is yes or no, or advice.
func (c *code) setRetryable(s string) bool {
	yes, ok := yesNo(bare(s))
	switch {
	case !ok:
		return c.Retry.Set(keyAdvice, s)
	case yes:
		c.Retry.Guess(keyAction, "retry", "the source says yes; or is it wait? automatic?")
	default:
		c.Retry.Guess(keyAction, "unknown", "the source says not retryable")
	}
	return true
}

func (c *code) setAction(s string) bool {
	word := strings.ToLower(bare(s))
	if slices.ContainsFunc(spec.Actions(), func(a spec.Action) bool { return a.String() == word }) {
		return c.Retry.Set(keyAction, word)
	}
	return c.Retry.Set(keyAdvice, s)
}

// duration matches a number with its unit, or without.
const duration = `(\d+(?:\.\d+)?)\s*(s|secs?|seconds?|ms|milliseconds?|m|mins?|minutes?|h|hours?)?`

var waitPattern = lazyregexp.New(`^` + duration + `(?:\s*(?:-|–|to)\s*` + duration + `)?$`)

// unit returns the unit of durations for a name of a unit, by its first letter.
func unit(s string) string {
	if s == "ms" || strings.HasPrefix(s, "mil") {
		return "ms"
	}
	return cmp.Or(s, "s")[:1]
}

// setWait reads "30s", "30 seconds", "1-5 minutes". Other texts, and waits of codes that
// are not retried, are advice.
func (c *code) setWait(s string) bool {
	action := c.Retry.Text(keyAction)
	m := waitPattern.FindStringSubmatch(strings.ToLower(draft.Line(s)))
	if m == nil || action != "retry" && action != "wait" && action != "" {
		return c.Retry.Set(keyAdvice, s)
	}
	shortest, err := time.ParseDuration(m[1] + unit(cmp.Or(m[2], m[4])))
	longest, err2 := time.ParseDuration(cmp.Or(m[3], m[1]) + unit(cmp.Or(m[4], m[2])))
	if err != nil || err2 != nil || longest <= 0 || longest < shortest {
		return c.Retry.Set(keyAdvice, s)
	}
	why := "automatic?"
	if m[2]+m[4] == "" {
		why += " The source has no unit: " + s
	}
	c.Retry.Guess(keyAction, "wait", why)
	wait := c.Retry.Sub(keyWait)
	wait.PutText("min", advice.Duration(shortest))
	wait.PutText("max", advice.Duration(longest))
	return true
}

// version matches a cell with the version since which a code is deprecated.
var version = lazyregexp.New(`^v?\d[\w.+-]*$`)

func (c *code) setDeprecated(s string) bool {
	yes, ok := yesNo(s)
	switch {
	case ok && !yes:
	case ok:
		c.Sub(keyDeprecated)
	case version.MatchString(bare(s)):
		return c.Sub(keyDeprecated).Set(keySince, bare(s))
	default:
		return c.Sub(keyDeprecated).Set("reason", s)
	}
	return true
}
