package compat

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/advice"
	"github.com/errspec/errspec/spec/diag"
)

// codes compares the codes: removed ones, those in both tables, and new ones.
func (c *comparison) codes() {
	for i := range c.old.Codes {
		if old := &c.old.Codes[i]; c.partner[old] == nil {
			c.removed(old)
		}
	}
	kept := make(map[*spec.Code]bool, len(c.pairs))
	for _, p := range c.pairs {
		kept[p.new] = true
		c.code(p.old, p.new)
	}
	for i := range c.new.Codes {
		if code := &c.new.Codes[i]; !kept[code] {
			c.add(Change{Kind: CodeAdded, Subject: code.Wire, Is: code.Title, Old: c.old.ValueAt("codes"), New: code.ValueAt("code")})
		}
	}
	c.order()
}

func (c *comparison) removed(old *spec.Code) {
	c.gone[old.Wire] = true
	for _, s := range old.Subtypes {
		c.gone[old.Wire+"/"+s.Name] = true
	}
	part, help := "", ""
	if c.reserved[old.Wire] {
		part, help = "reserved", helpAccept
	}
	c.add(Change{Kind: CodeRemoved, Subject: old.Wire, Part: part, Was: old.Title, Old: old.ValueAt("code"), New: c.new.KeyAt("codes"), help: help})
}

// order reports changes of the order of codes that are in both tables.
func (c *comparison) order() {
	index := make(map[*spec.Code]int)
	for i := range c.new.Codes {
		index[&c.new.Codes[i]] = i
	}
	for i := 1; i < len(c.pairs); i++ {
		before, code := c.pairs[i-1], c.pairs[i]
		if index[before.new] > index[code.new] {
			c.add(Change{Kind: OrderChanged, Subject: code.new.Wire, Was: "after " + before.old.Wire, Is: "before that code", Old: code.old.At(), New: code.new.At()})
			return
		}
	}
}

// code compares a code with its earlier version.
func (c *comparison) code(old, new *spec.Code) {
	subject := new.Wire
	c.wires(old, new)
	c.differ(ClassChanged, subject, "class", old.Class, new.Class, old.ValueAt("class"), new.ValueAt("class"))
	c.retry(subject, entryRetry{old.Entry, old.Retry}, entryRetry{new.Entry, new.Retry}, nil)
	c.differ(HTTPChanged, subject, "http", number(old.HTTP), number(new.HTTP), old.ValueAt("http"), new.ValueAt("http"))
	charged := ChargedChanged
	if new.Charged == spec.ChargedNo {
		charged = ChargedOff
	}
	c.differ(charged, subject, "charged", old.Charged.String(), new.Charged.String(), old.ValueAt("charged"), new.ValueAt("charged"))
	c.differ(GRPCChanged, subject, "grpc", old.GRPC, new.GRPC, old.ValueAt("grpc"), new.ValueAt("grpc"))
	c.differ(Hidden, subject, "internal", strconv.FormatBool(old.Internal), strconv.FormatBool(new.Internal), old.ValueAt("internal"), new.ValueAt("internal"))
	c.differ(MessageChanged, subject, "message", old.Message, new.Message, old.ValueAt("message"), new.ValueAt("message"))
	c.deprecation(old, new)
	c.phrases(subject, old.Entry, new.Entry, old.Match, new.Match)
	for _, text := range []struct{ key, was, is string }{
		{"title", old.Title, new.Title},
		{"description", old.Description, new.Description},
		{"details", old.Details, new.Details},
		{"causes", causes(old.Causes), causes(new.Causes)},
		{"avoid", joined(old.Avoid), joined(new.Avoid)},
		{"fixes", joined(old.Fixes), joined(new.Fixes)},
		{"examples", joined(old.Examples), joined(new.Examples)},
		{"since", old.Since, new.Since},
	} {
		c.differ(TextChanged, subject, text.key, text.was, text.is, old.ValueAt(text.key), new.ValueAt(text.key))
	}
	c.subtypes(old, new)
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func joined(texts []string) string { return strings.Join(texts, "\n") }

func causes(all []spec.Cause) string {
	var texts []string
	for _, cause := range all {
		texts = append(texts, cause.Title+": "+cause.Text)
	}
	return joined(texts)
}

// wires compares the wire values of a code.
func (c *comparison) wires(old, new *spec.Code) {
	oldAt, newAt := old.ValueAt("code"), new.ValueAt("code")
	if old.Wire != new.Wire {
		kind := WireValueChanged
		if c.byWire[old.Wire] == new {
			kind = CodeRenamed
		}
		c.add(Change{Kind: kind, Subject: new.Wire, Was: old.Wire, Is: new.Wire, Old: oldAt, New: newAt})
	}
	for _, wire := range old.OtherWires() {
		if is := c.byWire[wire]; is != new {
			change := Change{Kind: AliasRemoved, Subject: new.Wire, Part: wire, Was: old.Wire, Old: oldAt, New: newAt}
			if is != nil {
				change.Is, change.New = is.Wire, is.ValueAt("code")
			}
			c.add(change)
		}
	}
	had := map[string]bool{old.Wire: true}
	for _, wire := range old.OtherWires() {
		had[wire] = true
	}
	for _, wire := range new.OtherWires() {
		if !had[wire] {
			c.add(Change{Kind: AliasAdded, Subject: new.Wire, Part: wire, Is: wire, Old: oldAt, New: newAt})
		}
	}
}

func (c *comparison) deprecation(old, new *spec.Code) {
	was, is := old.Deprecated, new.Deprecated
	oldAt, newAt := old.ValueAt("deprecated"), new.ValueAt("deprecated")
	switch {
	case was == nil && is != nil:
		c.add(Change{Kind: DeprecatedOn, Subject: new.Wire, Is: deprecated(is), Old: oldAt, New: newAt})
	case was != nil && is == nil:
		c.add(Change{Kind: DeprecatedOff, Subject: new.Wire, Was: deprecated(was), Old: oldAt, New: newAt})
	case was != nil:
		c.differ(TextChanged, new.Wire, "deprecated", deprecated(was), deprecated(is), oldAt, newAt)
	}
}

// deprecated returns the text of a deprecation. It never returns "".
func deprecated(d *spec.Deprecated) string {
	text := d.Reason
	if d.ReplacedBy != "" {
		text = strings.TrimSpace(text + " use " + d.ReplacedBy)
	}
	return cmp.Or(text, "deprecated")
}

// entryRetry contains the retry settings of an entry.
type entryRetry struct {
	entry spec.Entry
	retry spec.Retry
}

// retry compares retry settings. Changes that a subtype inherits from its code are
// reported for the code. outer contains the settings of the code before and after; it
// is nil for a code.
func (c *comparison) retry(subject string, old, new entryRetry, outer *[2]spec.Retry) {
	differ := func(kind Kind, key string, value func(spec.Retry) string) {
		was, is := value(old.retry), value(new.retry)
		if outer != nil && value(outer[0]) == was && value(outer[1]) == is {
			return
		}
		c.differ(kind, subject, key, was, is, old.at(key), new.at(key))
	}
	kind := ActionChanged
	if old.retry.Action == spec.ActionNever {
		kind = ActionLoosened
	}
	differ(kind, "action", func(r spec.Retry) string { return r.Action.String() })
	kind = AutomaticOff
	if new.retry.Automatic {
		kind = AutomaticOn
	}
	differ(kind, "automatic", func(r spec.Retry) string { return strconv.FormatBool(r.Automatic) })
	differ(ThrottleChanged, "throttle", func(r spec.Retry) string { return strconv.FormatBool(r.Throttle) })
	if new.retry.Action.Repeats() {
		kind = WaitLengthened
		if c.sooner(old.retry, new.retry) {
			kind = WaitShortened
		}
		differ(kind, "wait", func(r spec.Retry) string { return advice.Wait(r.Wait.Min, r.Wait.Max) })
	}
	differ(TextChanged, "advice", func(r spec.Retry) string { return r.Advice })
	differ(TextChanged, "hint", func(r spec.Retry) string { return r.Hint })
}

// at returns the location of a key in the retry settings, or of the entry if it
// inherits them.
func (a entryRetry) at(key string) diag.Location {
	if a.retry.Has(key) {
		return a.retry.ValueAt(key)
	}
	return a.entry.At()
}

// sooner reports whether clients may retry automatically after a shorter delay than
// before. If an automatic code has no wait, the backoff determines the delay.
func (c *comparison) sooner(old, new spec.Retry) bool {
	was, is := old.Wait, new.Wait
	if old.Automatic && new.Automatic {
		was, is = delay(old, c.old.Backoff), delay(new, c.new.Backoff)
	}
	return is.Min < was.Min || is.Max < was.Max
}

// delay returns the wait of retry settings, or the initial delay of the backoff.
func delay(r spec.Retry, b spec.Backoff) spec.Wait {
	if r.Wait.IsZero() {
		return spec.Wait{Min: b.Initial, Max: b.Initial}
	}
	return r.Wait
}
