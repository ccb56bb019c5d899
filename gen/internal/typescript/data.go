package typescript

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
)

// msLiteral returns a duration as a number literal.
func msLiteral(d time.Duration) string {
	text := strconv.FormatFloat(float64(d)/float64(time.Millisecond), 'f', -1, 64)
	whole, decimals, hasDecimals := strings.Cut(text, ".")
	for i := len(whole) - 3; i > 0 && len(whole) > 4; i -= 3 {
		whole = whole[:i] + "_" + whole[i:]
	}
	if hasDecimals {
		return whole + "." + decimals
	}
	return whole
}

// emitTable writes
//
//	const table: Table<KnownDecision> = /* @__PURE__ */ tableOf();
//
//	function tableOf(): Table<KnownDecision> {
//	  const codes = decisionsOf([
//	    ["service_error", "server", "wait", { automatic: true }],
//	  ]);
//	  return {
//	    codes,
//
// A function, because bundlers keep calls at the top level.
func emitTable(m *module) string {
	var codes, subtypes, wires, fallbacks []expr
	first := []int{0}
	for i, c := range m.Codes {
		codes = append(codes, m.row(c, nil))
		for _, other := range c.OtherWires() {
			wires = append(wires, pair(canonicalWire(m, other), i))
		}
		for _, s := range c.Subtypes {
			if s.Fallback {
				fallbacks = append(fallbacks, numbers([]int{i, s.Index}))
			}
			subtypes = append(subtypes, m.row(c, s))
		}
		first = append(first, first[len(first)-1]+len(c.Subtypes))
	}
	members := []expr{
		atom("codes"),
		member("subtypes", called("decisionsOf", list(subtypes...))),
		member("first", numbers(first)),
		member("wires", called("wiresOf", list(wires...)).after("codes")),
		atom(fmt.Sprintf("integers: %t", m.integer())),
	}
	members = append(members, m.matching(fallbacks)...)
	all := object(members...)
	all.broken = true
	rows := called("decisionsOf", list(codes...))
	return comment(0, "The decisions, phrases and other data of the table.") +
		"const table: Table<KnownDecision> = /* @__PURE__ */ tableOf();\n\n" +
		"function tableOf(): Table<KnownDecision> {\n" +
		"  " + rows.print("const codes = ", 2, ";") + "\n" +
		"  " + all.print("return ", 2, ";") + "\n}\n\n" + m.unlisted()
}

// canonicalWire returns a wire value as a key. Integers are in decimal.
func canonicalWire(m *module, wire string) string {
	if n, err := strconv.ParseInt(wire, 10, 64); err == nil && m.integer() {
		return strconv.FormatInt(n, 10)
	}
	return wire
}

func pair(key string, value int) expr { return list(text(key), atom(itoa(value))) }

func mapOf(entries []expr) expr { return called("new Map", list(entries...)) }

// matching returns the members of the table about phrases, subtypes and prefixes.
func (m *module) matching(fallbacks []expr) []expr {
	var members []expr
	add := func(feature, name string, value expr) {
		if m.features[feature] {
			members = append(members, member(name, value))
		}
	}
	var prefixes, phrases, names, values []expr
	for _, p := range m.data.Prefixes {
		prefixes = append(prefixes, pair(p.Text, p.Code))
	}
	for _, p := range m.data.Phrases {
		phrases = append(phrases, phraseNode(p))
	}
	for _, s := range m.subtypes {
		names = append(names, text(s.Name))
	}
	for _, v := range m.data.Values {
		values = append(values, list(atom(itoa(v.Subtype)), texts(v.Values)))
	}
	add("prefixes", "prefixes", list(prefixes...))
	add("phrases", "phrases", called("new Phrases", list(phrases...)))
	add("subtypes", "fallbacks", mapOf(fallbacks))
	add("subtypes", "stricter", numbers(m.data.Stricter))
	add("pending", "pending", numbers(m.data.Pending))
	add("conflict", "conflict", numbers(m.data.Conflict))
	add("refined", "hidden", numbers(m.data.Hidden))
	add("refined", "names", list(names...))
	add("refined", "values", mapOf(values))
	return members
}

func phraseNode(p Phrase) expr {
	items := []expr{member("text", text(p.Text))}
	if p.Names != "" {
		items = append(items, member("names", text(p.Names)))
	}
	items = append(items, atom("owner: "+itoa(p.Owner)))
	if p.Search != "" {
		items = append(items, member("search", text(p.Search)))
	}
	return object(items...)
}

// row returns the decision for a code, or for one of its subtypes, as an array.
func (m *module) row(c *plan.Code, s *plan.Subtype) expr {
	retry, class := c.Retry, "undefined"
	if c.Class != nil {
		class = quote(c.Class.Name)
	}
	var rest []expr
	if s != nil {
		retry = s.Retry
		rest = append(rest, member("subtype", text(s.Value)))
	}
	items := []expr{atom(m.code(c)), atom(class), text(retry.Action.String())}
	rest = append(rest, advice(retry)...)
	if c.Charged != spec.ChargedUnknown {
		rest = append(rest, member("charged", text(c.Charged.String())))
	}
	if len(rest) > 0 {
		items = append(items, object(rest...))
	}
	return list(items...)
}

// advice returns the members of a decision, except for its action, that are not the default.
func advice(r plan.Retry) []expr {
	var items []expr
	if r.Automatic {
		items = append(items, atom("automatic: true"))
	}
	if r.Throttle {
		items = append(items, atom("throttle: true"))
	}
	if r.WaitMax > 0 {
		items = append(items, member("wait", object(atom("minMs: "+msLiteral(r.WaitMin)), atom("maxMs: "+msLiteral(r.WaitMax)))))
	}
	return items
}

// unlisted writes the function that returns the decision for an unlisted code.
func (m *module) unlisted() string {
	action := spec.ActionUnknown.String()
	if m.Unlisted != nil {
		action = m.Unlisted.Retry.Action.String()
	}
	return comment(0, "Returns the decision for an unlisted code, or for no code.") +
		"function unlisted(code: Code | undefined): UnknownDecision {\n  return {\n    known: false,\n    code,\n    subtype: undefined,\n    class: undefined,\n" +
		"    action: " + quote(action) + ",\n    automatic: false,\n    throttle: false,\n    charged: \"unknown\",\n    wait: undefined,\n  };\n}\n"
}
