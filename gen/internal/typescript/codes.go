package typescript

import (
	"fmt"
	"net/textproto"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
)

// emitSettings writes
//
//	/** Identifies the state of the table. Put it into logs. */
//	export const revision = "db3f3759c0c2";
//
//	const tableName = "evolink";
//
//	/** The default backoff, for codes without a wait. */
//	const backoff = {
//	  attempts: 3,
//	  …
//	} as const;
func emitSettings(m *module) string {
	var b strings.Builder
	b.WriteString(comment(0, "Identifies the state of the table. Put it into logs."))
	fmt.Fprintf(&b, "export const revision = %s;\n\n", quote(m.Revision))
	fmt.Fprintf(&b, "%s\n\n", text(m.Table).print("const tableName = ", 0, ";"))
	b.WriteString(comment(0, "The default backoff, for codes without a wait."))
	settings := object(
		atom(fmt.Sprintf("attempts: %d", m.Backoff.Attempts)),
		atom("initialMs: "+msLiteral(m.Backoff.Initial)),
		atom("multiplier: "+strconv.FormatFloat(m.Backoff.Multiplier, 'f', -1, 64)),
		atom("capMs: "+msLiteral(m.Backoff.Cap)),
	)
	settings.broken = true
	b.WriteString(settings.print("const backoff = ", 0, " as const;") + "\n")
	if k := m.Idempotency; k != nil {
		b.WriteString("\n" + comment(0, "The header with the key of a submission."))
		fmt.Fprintf(&b, "%s\n", text(textproto.CanonicalMIMEHeaderKey(k.Header)).print("export const idempotencyHeader = ", 0, ";"))
		b.WriteString("\n" + comment(0, "How long the service keeps a key."))
		fmt.Fprintf(&b, "const keyLifeMs = %s;\n", msLiteral(k.For))
	}
	if m.HasWaiter() {
		b.WriteString("\n" + comment(0, "The time between two polls."))
		fmt.Fprintf(&b, "const pollIntervalMs = %s;\n", msLiteral(m.PollInterval()))
	}
	return b.String()
}

// code returns the literal of a listed code. An integer that JavaScript cannot represent
// is its decimal text.
func (m *module) code(c *plan.Code) string {
	if m.integer() && isSafe(c.Wire) {
		return c.Wire
	}
	return quote(c.Wire)
}

// isSafe reports whether a decimal integer is a Number.isSafeInteger.
func isSafe(wire string) bool {
	n, err := strconv.ParseInt(wire, 10, 64)
	return err == nil && n < 1<<53 && n > -1<<53
}

// emitCodes writes
//
//	/** The codes of the table, in its order. */
//	export const Code = {
//	  /** Service Error: Internal service error. */
//	  ServiceError: "service_error",
//	} as const;
//
//	/** A code that the table lists. */
//	export type KnownCode = (typeof Code)[keyof typeof Code];
//
//	/** A code as the service sends it. … */
//	export type Code = KnownCode | (string & {});
func emitCodes(m *module) string {
	var members []constant
	for _, c := range m.Codes {
		members = append(members, constant{m.names.Codes[c], m.code(c), m.codeDoc(c)})
	}
	for _, old := range m.names.Former {
		value := quote(old.Value)
		if m.integer() && isSafe(old.Value) {
			value = old.Value
		}
		members = append(members, constant{old.Name, value, formerDoc(old)})
	}
	var b strings.Builder
	b.WriteString(comment(0, "The codes of the table, in its order.") + constants("Code", members))
	b.WriteString("\n" + comment(0, "A code that the table lists.") + "export type KnownCode = (typeof Code)[keyof typeof Code];\n")
	open, all := "string", "Object.values(Code)"
	if m.integer() {
		open = "number"
	}
	if len(m.names.Former) > 0 {
		all = "Array.from(\n  /* @__PURE__ */ new Set(/* @__PURE__ */ Object.values(Code)),\n)"
	}
	b.WriteString("\n" + comment(0, "A code as the service sends it. The set is open: the type lists the known codes for editors, and accepts any other one.") +
		"export type Code = KnownCode | (" + open + " & {});\n")
	b.WriteString("\n" + comment(0, "The listed codes, in table order.") + "export const codes: readonly KnownCode[] = /* @__PURE__ */ " + all + ";\n")
	return b.String()
}

// A constant is a member of Code or Subtype.
type constant struct {
	name, value string
	doc         []string
}

// constants writes an object of constants.
func constants(name string, members []constant) string {
	var b strings.Builder
	b.WriteString("export const " + name + " = {\n")
	for _, c := range members {
		b.WriteString(comment(2, c.doc...) + "  " + atom(c.value).print(c.name+": ", 2, ",") + "\n")
	}
	b.WriteString("} as const;\n")
	return b.String()
}

func formerDoc(old plan.TypeScriptFormer) []string {
	return []string{"@deprecated Use `" + old.Current + "` instead, whose former name this is."}
}

func (m *module) codeDoc(c *plan.Code) []string {
	doc := append([]string{inert(c.Title) + ": " + sentence(c.Description)}, paragraphs(c.Details)...)
	retry := c.Retry.Sentence
	if c.Retry.Advice != "" {
		retry = "Advice: " + sentence(c.Retry.Advice) + " " + retry
	}
	doc = append(doc, retry)
	d := c.Deprecated
	if d == nil {
		return doc
	}
	text := "@deprecated"
	if d.Reason != "" {
		text += " " + sentence(d.Reason)
	}
	if d.ReplacedBy != nil {
		text += " Use `" + m.names.Codes[d.ReplacedBy] + "` instead."
	}
	if d.Since != "" {
		text += " Since " + sentence(d.Since)
	}
	return append(doc, text)
}

// emitSubtypes writes the constants of subtypes and their type, which is also there if
// the table has none.
func emitSubtypes(m *module) string {
	if len(m.subtypes) == 0 {
		return comment(0, "A subtype of a code. The table has none.") + "export type Subtype = never;\n"
	}
	var members []constant
	for _, s := range m.subtypes {
		doc := inert(s.Title + ".")
		if s.Description != "" {
			doc = sentence(s.Title) + " " + sentence(s.Description)
		}
		members = append(members, constant{m.names.Subtypes[s], quote(s.Value), []string{doc}})
	}
	for _, old := range m.names.FormerSubtypes {
		members = append(members, constant{old.Name, quote(old.Value), formerDoc(old)})
	}
	return comment(0, "Subtypes of codes, which the message or the response selects: the code, a slash and a name.") + constants("Subtype", members) +
		"\n" + comment(0, "A subtype that the table lists.") + "export type Subtype = (typeof Subtype)[keyof typeof Subtype];\n"
}

// emitTypes writes the types of classes, actions and decisions.
func emitTypes(m *module) string {
	var classes, actions, values []string
	var faults []expr
	for _, c := range m.Classes {
		classes = append(classes, quote(c.Name))
		faults = append(faults, member(c.Name, text(c.Fault.String())))
	}
	for _, a := range spec.Actions() {
		actions = append(actions, quote(a.String()))
	}
	seen := make(map[string]bool)
	for _, phrase := range m.data.Phrases {
		for _, name := range strings.Fields(phrase.Names) {
			if name != "_" && !seen[name] {
				seen[name], values = true, append(values, quote(name))
			}
		}
	}
	var b strings.Builder
	b.WriteString(comment(0, "A class of the table.") + union("Class", classes))
	b.WriteString("\n" + comment(0, "Whose fault an error is.") + union("Fault", []string{`"unknown"`, `"client"`, `"server"`}))
	if len(faults) > 0 {
		b.WriteString("\n" + comment(0, "Whose fault the errors of a class are.") +
			object(faults...).print("export "+m.constant("faults", "Readonly<Record<Class, Fault>>"), 0, ";") + "\n")
	}
	b.WriteString("\n" + comment(0, "The recommended reaction: `fix` the request first; `retry`, the same request may succeed now; `wait`, the same request may succeed after the wait; `resubmit`, the task was canceled and a person decides; `check` the reference; contact `support`; `never` succeeds; `unknown`, the table does not specify it.") + union("Action", actions))
	b.WriteString("\n" + comment(0, "Whether the service charges for a request that ends with an error; `unknown`, the table does not specify it.") + union("Charged", []string{`"unknown"`, `"no"`, `"yes"`}))
	b.WriteString(decisionTypes)
	if len(values) > 0 {
		b.WriteString("\n" + comment(0, "The name of a value in a message.") + union("ValueName", values))
	}
	return b.String()
}

const decisionTypes = `
interface Advice {
  readonly class: Class | undefined;
  /** The recommended reaction. */
  readonly action: Action;
  /** Whether clients may retry the same request automatically. */
  readonly automatic: boolean;
  /** Whether the error is a rate or concurrency limit. */
  readonly throttle: boolean;
  /** Whether the service charges for the request. */
  readonly charged: Charged;
  /** How long to wait before a retry, undefined if the table does not specify it. */
  readonly wait: Wait | undefined;
}

/** The decision for a listed code. */
export interface KnownDecision extends Advice {
  readonly known: true;
  readonly code: KnownCode;
  readonly subtype: Subtype | undefined;
}

/** The decision for an unlisted code, or for no code. */
export interface UnknownDecision extends Advice {
  readonly known: false;
  readonly code: Code | undefined;
  readonly subtype: undefined;
}

/**
 * The result of classifying an error. If ` + "`known`" + ` is true, ` + "`code`" + ` is one of the
 * listed codes, so that a switch over it can be exhaustive.
 */
export type Decision = KnownDecision | UnknownDecision;
`

// union writes a type of literals. Prettier writes one on one line if it fits.
func union(name string, members []string) string {
	if len(members) == 0 {
		return "export type " + name + " = never;\n"
	}
	one := "export type " + name + " = " + strings.Join(members, " | ") + ";"
	if len(one) <= lineWidth {
		return one + "\n"
	}
	if all := "  " + strings.Join(members, " | ") + ";"; len(all) <= lineWidth {
		return "export type " + name + " =\n" + all + "\n"
	}
	return "export type " + name + " =\n  | " + strings.Join(members, "\n  | ") + ";\n"
}
