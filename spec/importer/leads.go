package importer

import (
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/importer/facts"
)

// headingOf returns the codes of a heading, and whether it starts with one.
func headingOf(s *facts.Section) (mention, bool) {
	codes, rest := codesIn(s.Title)
	m := mention{fact: &s.Fact, codes: codes, rest: facts.Text{{Text: rest}}, section: s}
	if len(codes) == 0 || strings.ContainsAny(codes[0], " ()<>{}") {
		return m, false
	}
	set := len(s.Title.Codes()) > 0 && (rest == "" || s.Title[0].Kind != facts.Plain)
	m.strong = isStrong(codes[0]) || set && (shapeOf(codes[0]) != noShape || rest == "")
	return m, m.strong || shapeOf(codes[0]) != noShape && rest == "" || set
}

// inCodeSection reports whether a section, or one around it, has a strong code as its
// heading.
func inCodeSection(s *facts.Section) bool {
	for ; s != nil && s.Parent != nil; s = s.Parent {
		if m, ok := headingOf(s); ok && m.strong {
			return true
		}
	}
	return false
}

// leadOf returns the code at the start of a text: set as code, in bold, as a link, or a
// strong code before punctuation.
func leadOf(t facts.Text) (mention, bool) {
	t = t.TrimLeft(" \t\n")
	if len(t) > 0 && t[0].Kind == facts.Plain && !t[0].Strong { // "Code: E1"
		t = append(facts.Text{{Text: errorWord.ReplaceAllString(t[0].Text, "")}}, t[1:]...).TrimLeft(" ")
	}
	if len(t) == 0 {
		return mention{}, false
	}
	wire, title, rest := "", "", t[1:]
	switch first := t[0]; {
	case first.Kind == facts.CodeSpan || first.Kind == facts.LinkSpan && (first.IsCode || isStrong(wireText(first.Text))):
		wire = wireText(first.Text)
	case first.Strong:
		var bold facts.Text
		var codes []string
		bold, rest = t.Lead()
		if codes, title = codesIn(facts.Text{{Text: strings.TrimRight(bold.Line(), ":：")}}); len(codes) != 1 {
			return mention{}, false
		}
		wire = codes[0]
	case first.Kind == facts.Plain:
		m := leadingCode.FindStringSubmatch(first.Text)
		if m == nil || !isStrong(wireText(m[1])) || codeRange.MatchString(first.Text) {
			return mention{}, false
		}
		wire, rest = wireText(m[1]), append(facts.Text{{Text: m[2]}}, rest...)
	}
	rest = rest.TrimLeft(" \t\n:：-–—|=>,")
	isField := typeOf(strings.TrimLeft(rest.Line(), "( ")) != "any"
	return mention{codes: []string{wire}, title: title, rest: rest, strong: isStrong(wire)},
		wire != "" && !strings.ContainsAny(wire, " (){}<>=\"'/") && !isField
}

var leadingCode = lazyregexp.New(`(?s)^(\S+?)(?:\s*[:：=|]\s*|\s+[-–—]+\s*|\s*=>\s*|\s*$|\s+)(.*)$`)
