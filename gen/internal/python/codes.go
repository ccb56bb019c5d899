package python

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/plan"
)

// emitSettings writes
//
//	REVISION: Final = "db3f3759c0c2"
//	"""Identifies the state of the table. Put it into logs."""
//
//	_TABLE: Final = "evolink"
//	_NO_CODE: Final = ""
//
//	# The default backoff, for codes without a wait. Times are in seconds.
//	_BACKOFF_ATTEMPTS: Final = 3
func emitSettings(p *pkg) string {
	none := `""`
	if p.integer() {
		none = "0"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "REVISION: Final = %s\n%s\n\n", quote(p.Revision), docstring(0, "Identifies the state of the table. Put it into logs."))
	fmt.Fprintf(&b, "_TABLE: Final = %s\n_NO_CODE: Final = %s\n\n", quote(p.Table), none)
	fmt.Fprintf(&b, "# The default backoff, for codes without a wait. Times are in seconds.\n")
	fmt.Fprintf(&b, "_BACKOFF_ATTEMPTS: Final = %d\n", p.Backoff.Attempts)
	fmt.Fprintf(&b, "_BACKOFF_INITIAL: Final = %s\n", seconds(p.Backoff.Initial))
	fmt.Fprintf(&b, "_BACKOFF_MULTIPLIER: Final = %s\n", float(p.Backoff.Multiplier))
	fmt.Fprintf(&b, "_BACKOFF_CAP: Final = %s\n", seconds(p.Backoff.Cap))
	if k := p.Idempotency; k != nil {
		fmt.Fprintf(&b, "\n%s\n%s\n", assign(0, "IDEMPOTENCY_HEADER: Final = ", atom(quote(k.Header))), docstring(0, "The header of a submission that contains its key."))
		fmt.Fprintf(&b, "_KEY_LIFE: Final = %s  # how long the service keeps a key\n", seconds(k.For))
	}
	if p.HasWaiter() {
		fmt.Fprintf(&b, "\n_POLL_INTERVAL: Final = %s  # between two polls\n", seconds(p.PollInterval()))
	}
	return b.String()
}

// literal returns the value of a code.
func (p *pkg) literal(c *plan.Code) string {
	if p.integer() {
		return c.Wire
	}
	return quote(c.Wire)
}

// key returns a wire value, alias or former name as a key.
func (p *pkg) key(wire string) string {
	if !p.integer() {
		return quote(wire)
	}
	if n, err := strconv.ParseInt(wire, 10, 64); err == nil {
		return strconv.FormatInt(n, 10)
	}
	return quote(wire)
}

// emitCodes writes
//
//	class Code:
//	    """The codes of the table, in its order. They are plain strings."""
//
//	    SERVICE_ERROR: Final = "service_error"
//	    """Service Error: Internal service error."""
func emitCodes(p *pkg) string {
	kind := "strings"
	if p.integer() {
		kind = "integers"
	}
	var b strings.Builder
	b.WriteString("class Code:\n" + docstring(4, "The codes of the table, in its order. They are plain "+kind+".") + "\n")
	for _, c := range p.Codes {
		b.WriteString("\n" + constant(p.names.Codes[c], p.literal(c), codeDoc(p, c)))
	}
	current := make(map[string]*plan.Code)
	for _, c := range p.Codes {
		current[p.names.Codes[c]] = c
	}
	for _, old := range p.names.Former {
		b.WriteString("\n" + constant(old.Name, p.literal(current[old.Current]), formerDoc(old.Current)))
	}
	return b.String()
}

// constant writes a constant of a class with its docstring.
func constant(name, value string, doc []string) string {
	return assign(4, name+": Final = ", atom(value)) + "\n" + docstring(4, doc...) + "\n"
}

func formerDoc(current string) []string {
	return []string{"Deprecated: Use " + current + " instead, whose former name this is."}
}

func codeDoc(p *pkg, c *plan.Code) []string {
	doc := append([]string{c.Title + ": " + sentence(c.Description)}, paragraphs(c.Details)...)
	retry := c.Retry.Sentence
	if c.Retry.Advice != "" {
		retry = "Advice: " + sentence(c.Retry.Advice) + " " + retry
	}
	doc = append(doc, retry)
	if d := c.Deprecated; d != nil {
		text := "Deprecated:"
		if d.Reason != "" {
			text += " " + sentence(d.Reason)
		}
		if d.ReplacedBy != nil {
			text += " Use " + p.names.Codes[d.ReplacedBy] + " instead."
		}
		if d.Since != "" {
			text += " Since " + sentence(d.Since)
		}
		if text == "Deprecated:" {
			text += " Do not use."
		}
		doc = append(doc, text)
	}
	return doc
}

// emitSubtypes writes the class Subtype.
func emitSubtypes(p *pkg) string {
	var b strings.Builder
	b.WriteString("class Subtype:\n" + docstring(4, "The cases of codes, which the message or the response selects.") + "\n")
	current := make(map[string]*plan.Subtype)
	for _, s := range p.subtypes {
		current[p.names.Subtypes[s]] = s
		text := sentence(s.Title)
		if s.Description != "" {
			text += " " + sentence(s.Description)
		}
		b.WriteString("\n" + constant(p.names.Subtypes[s], quote(s.Value), []string{text}))
	}
	for _, old := range p.names.FormerSubtypes {
		b.WriteString("\n" + constant(old.Name, quote(current[old.Current].Value), formerDoc(old.Current)))
	}
	return b.String()
}

// emitTypes writes the literal types and the lists of codes and subtypes.
func emitTypes(p *pkg) string {
	var b strings.Builder
	code := "str"
	if p.integer() {
		code = "int"
	}
	var codes, subtypes, classes, faults []node
	var codeList, subtypeList []node
	for _, c := range p.Codes {
		codes = append(codes, atom(p.literal(c)))
		codeList = append(codeList, atom("Code."+p.names.Codes[c]))
	}
	for _, s := range p.subtypes {
		subtypes = append(subtypes, atom(quote(s.Value)))
		subtypeList = append(subtypeList, atom("Subtype."+p.names.Subtypes[s]))
	}
	for _, c := range p.Classes {
		classes = append(classes, atom(quote(c.Name)))
		faults = append(faults, keyed(quote(c.Name)+": ", atom(quote(c.Fault.String()))))
	}
	var names []node
	seen := make(map[string]bool)
	for _, phrase := range p.phrases {
		for _, name := range phrase.names {
			if name != "" && !seen[name] {
				seen[name] = true
				names = append(names, atom(quote(name)))
			}
		}
	}
	alias := func(name, doc, plain string, values []node) {
		value := atom(plain)
		if len(values) > 0 {
			value = node{"Literal", "[", values, "]"}
		}
		b.WriteString(assign(0, name+" = ", value) + "\n" + docstring(0, doc) + "\n\n")
	}
	alias("KnownCode", "A listed code. All other codes are "+code+".", code, codes)
	alias("KnownSubtype", "A listed subtype.", "str", subtypes)
	alias("Class", "A class of the table.", "str", classes)
	alias("Fault", "Whose fault an error is.", "", atoms(`"unknown"`, `"client"`, `"server"`))
	alias("Action", `The recommended reaction: "fix" the request first; "retry", the same request may succeed now; "wait", the same request may succeed after the wait; "resubmit", the task was canceled and a person decides; "check" the reference; contact "support"; "never" succeeds; "unknown", the table does not specify it.`, "",
		atoms(`"unknown"`, `"fix"`, `"retry"`, `"wait"`, `"resubmit"`, `"check"`, `"support"`, `"never"`))
	alias("Charged", "Whether the service charges for a request.", "", atoms(`"unknown"`, `"no"`, `"yes"`))
	if p.features["values"] {
		alias("ValueName", "The name of a value in a message.", "str", names)
	}
	b.WriteString(assign(0, "CODES: Final[tuple[KnownCode, ...]] = ", tuple(codeList...)) + "\n" + docstring(0, "The listed codes, in table order.") + "\n\n")
	if len(subtypeList) > 0 {
		b.WriteString(assign(0, "SUBTYPES: Final[tuple[KnownSubtype, ...]] = ", tuple(subtypeList...)) + "\n" + docstring(0, "The listed subtypes, in table order.") + "\n\n")
	}
	b.WriteString(assign(0, "FAULTS: Final[Mapping[Class, Fault]] = ", view(faults)) + "\n" + docstring(0, "Whose fault the errors of a class are.") + "\n")
	return b.String()
}

// view returns a mapping that cannot be changed.
func view(items []node) node {
	return call("MappingProxyType", node{"", "{", items, "}"})
}

func atoms(all ...string) []node {
	var out []node
	for _, text := range all {
		out = append(out, atom(text))
	}
	return out
}
