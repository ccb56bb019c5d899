package python

import (
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
)

// emitDecisions writes
//
//	_DECISIONS: Final = (
//	    Decision(Code.SERVICE_ERROR, True, None, "server", "wait", True, wait=Wait(30.0, 60.0)),
//	)
func emitDecisions(p *pkg) string {
	var codes, subtypes []node
	for _, c := range p.Codes {
		codes = append(codes, p.decision(c, nil, c.Retry))
	}
	for _, s := range p.subtypes {
		subtypes = append(subtypes, p.decision(s.Code, s, s.Retry))
	}
	return "# The decisions for codes and for subtypes, in table order.\n" +
		assign(0, "_DECISIONS: Final[tuple[Decision, ...]] = ", tuple(codes...)) + "\n\n" +
		assign(0, "_SUBTYPE_DECISIONS: Final[tuple[Decision, ...]] = ", tuple(subtypes...))
}

func (p *pkg) decision(c *plan.Code, s *plan.Subtype, r plan.Retry) node {
	items := []node{atom("Code." + p.names.Codes[c]), keyed("known=", atom("True"))}
	add := func(has bool, key, value string) {
		if has {
			items = append(items, keyed(key+"=", atom(value)))
		}
	}
	if s != nil {
		add(true, "subtype", "Subtype."+p.names.Subtypes[s])
	}
	if c.Class != nil {
		add(true, "class_", quote(c.Class.Name))
	}
	add(r.Action != spec.ActionUnknown, "action", quote(r.Action.String()))
	add(r.Automatic, "automatic", "True")
	add(r.Throttle, "throttle", "True")
	add(c.Charged != spec.ChargedUnknown, "charged", quote(c.Charged.String()))
	if r.WaitMax > 0 {
		items = append(items, keyed("wait=", call("Wait", atom(seconds(r.WaitMin)), atom(seconds(r.WaitMax)))))
	}
	return call("Decision", items...)
}

// emitLookups writes the lookups of codes and subtypes.
func emitLookups(p *pkg) string {
	var b strings.Builder
	line := func(comment, before string, n node) {
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString("# " + comment + "\n" + assign(0, before, n))
	}
	indexes, names, prefixes := p.indexes()
	key := "str"
	if p.integer() {
		key = "int"
	}
	line("The indexes of codes, aliases and former names.", "_INDEXES: Final[Mapping["+key+", int]] = ", dict(indexes))
	if p.integer() {
		line("The indexes of codes by name and by aliases that are text.", "_CODE_NAMES: Final[Mapping[str, int]] = ", dict(names))
		var own []node
		for _, c := range p.Codes {
			own = append(own, atom(quote(c.Name)))
		}
		line("The names of codes, in table order.", "_NAMES: Final[tuple[str, ...]] = ", tuple(own...))
	}
	if len(prefixes) > 0 {
		line("Starts of further codes, the longest first.", "_PREFIXES: Final[tuple[tuple[str, int], ...]] = ", tuple(prefixes...))
	}
	unlisted := -1
	if p.Unlisted != nil {
		unlisted = p.Unlisted.Index
	}
	line("The code whose action and advice apply to unlisted codes, or -1.", "_UNLISTED: Final = ", atom(strconv.Itoa(unlisted)))
	first, fallbacks := p.firstSubtypes()
	if p.features["subtypes"] || p.features["arrays"] {
		line("By code, the index of its first subtype; then the number of subtypes.", "_FIRST_SUBTYPES: Final[tuple[int, ...]] = ", tuple(first...))
	}
	if p.features["subtypes"] {
		line("The subtypes for all other messages of codes.", "_FALLBACKS: Final[Mapping[int, int]] = ", dict(fallbacks))
	}
	if p.features["stricter"] {
		line("Automatic codes with a stricter subtype.", "_STRICTER: Final = ", p.codeSet(func(c *plan.Code) bool { return c.Stricter }))
	}
	if p.features["hidden"] {
		line("Automatic codes with a stricter subtype that only responses select.", "_HIDDEN: Final = ", p.codeSet(func(c *plan.Code) bool { return c.Hidden }))
	}
	if k := p.Idempotency; k != nil {
		if len(k.Pending) > 0 {
			line("Codes that mean that an earlier submission is being processed.", "_PENDING: Final = ", p.codeSet(func(c *plan.Code) bool { return slices.Contains(k.Pending, c) }))
		}
		if len(k.Conflict) > 0 {
			line("Codes that mean that a key belongs to another request.", "_CONFLICT: Final = ", p.codeSet(func(c *plan.Code) bool { return slices.Contains(k.Conflict, c) }))
		}
	}
	return b.String()
}

// indexes returns the keys of the codes, the names of codes that are integers, and the
// prefixes of further codes, the longest first.
func (p *pkg) indexes() (keys, names, prefixes []node) {
	row := func(key string, index int) node { return keyed(key+": ", atom(strconv.Itoa(index))) }
	for _, c := range p.Codes {
		for _, wire := range append([]string{c.Wire}, c.OtherWires()...) {
			if key := p.key(wire); p.integer() && strings.HasPrefix(key, `"`) {
				names = append(names, row(key, c.Index))
			} else {
				keys = append(keys, row(key, c.Index))
			}
		}
		if c.Name != "" {
			names = append(names, row(quote(c.Name), c.Index))
		}
	}
	for _, c := range p.byPrefix() {
		prefixes = append(prefixes, tuple(atom(quote(c.text)), atom(strconv.Itoa(c.code))))
	}
	return keys, names, prefixes
}

type prefix struct {
	text string
	code int
}

func (p *pkg) byPrefix() []prefix {
	var all []prefix
	for _, c := range p.Codes {
		for _, text := range c.Prefixes {
			at := 0
			for at < len(all) && len(all[at].text) >= len(text) {
				at++
			}
			all = append(all[:at], append([]prefix{{text, c.Index}}, all[at:]...)...)
		}
	}
	return all
}

func (p *pkg) firstSubtypes() (first, fallbacks []node) {
	n := 0
	for _, c := range p.Codes {
		first = append(first, atom(strconv.Itoa(n)))
		for _, s := range c.Subtypes {
			if s.Fallback {
				fallbacks = append(fallbacks, keyed(strconv.Itoa(c.Index)+": ", atom(strconv.Itoa(s.Index))))
			}
		}
		n += len(c.Subtypes)
	}
	return append(first, atom(strconv.Itoa(n))), fallbacks
}

func (p *pkg) codeSet(has func(*plan.Code) bool) node {
	var items []node
	for _, c := range p.Codes {
		if has(c) {
			items = append(items, atom(strconv.Itoa(c.Index)))
		}
	}
	return call("frozenset", node{"", "{", items, "}"})
}

func dict(items []node) node { return node{"", "{", items, "}"} }

// emitInfo writes the documentation of codes and subtypes.
func emitInfo(p *pkg) string {
	var infos, subtypes []node
	for _, c := range p.Codes {
		infos = append(infos, keyed("Code."+p.names.Codes[c]+": ", p.info(c)))
	}
	for _, s := range p.subtypes {
		items := []node{atom("Subtype." + p.names.Subtypes[s])}
		addText(&items, "title", s.Title)
		addText(&items, "description", s.Description)
		addText(&items, "advice", s.Retry.Advice)
		addText(&items, "hint", s.Retry.Hint)
		addTexts(&items, "examples", s.Examples)
		subtypes = append(subtypes, keyed("Subtype."+p.names.Subtypes[s]+": ", call("SubtypeInfo", items...)))
	}
	text := assign(0, "INFOS: Final[Mapping[KnownCode, Info]] = ", view(infos)) + "\n" + docstring(0, "The documentation of each code.")
	if len(subtypes) > 0 {
		text += "\n\n" + assign(0, "SUBTYPE_INFOS: Final[Mapping[KnownSubtype, SubtypeInfo]] = ", view(subtypes)) + "\n" + docstring(0, "The documentation of each subtype.")
	}
	return text
}

func (p *pkg) info(c *plan.Code) node {
	items := []node{atom("Code." + p.names.Codes[c])}
	addText(&items, "title", c.Title)
	addText(&items, "description", c.Description)
	addText(&items, "details", c.Details)
	if c.Class != nil {
		addText(&items, "class_", c.Class.Name)
	}
	addText(&items, "advice", c.Retry.Advice)
	addText(&items, "hint", c.Retry.Hint)
	addTexts(&items, "causes", c.CauseTexts())
	addTexts(&items, "avoid", c.Avoid)
	addTexts(&items, "fixes", c.Fixes)
	addTexts(&items, "examples", c.Examples)
	var subtypes []node
	for _, s := range c.Subtypes {
		subtypes = append(subtypes, atom("Subtype."+p.names.Subtypes[s]))
	}
	if len(subtypes) > 0 {
		items = append(items, keyed("subtypes=", tuple(subtypes...)))
	}
	addText(&items, "url", c.URL)
	if c.HTTP != 0 {
		items = append(items, keyed("http=", atom(strconv.Itoa(c.HTTP))))
	}
	addText(&items, "grpc", c.GRPC)
	addText(&items, "since", c.Since)
	if d := c.Deprecated; d != nil {
		var parts []node
		addText(&parts, "since", d.Since)
		addText(&parts, "reason", d.Reason)
		if d.ReplacedBy != nil {
			parts = append(parts, keyed("replaced_by=", atom("Code."+p.names.Codes[d.ReplacedBy])))
		}
		items = append(items, keyed("deprecation=", call("Deprecation", parts...)))
	}
	return call("Info", items...)
}

func addText(items *[]node, key, text string) {
	if text != "" {
		*items = append(*items, keyed(key+"=", atom(quote(text))))
	}
}

func addTexts(items *[]node, key string, texts []string) {
	if len(texts) > 0 {
		*items = append(*items, keyed(key+"=", strs(texts)))
	}
}
