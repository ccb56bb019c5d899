package match

import (
	"fmt"
	"strings"
)

// A Phrase is a parsed phrase; the zero Phrase is none. Phrases are comparable.
type Phrase struct {
	source string
	text   string // the pattern: see num and gap
	names  string // of its placeholders, as in [invalid-phrase]
}

// String returns the phrase as it was written.
func (p Phrase) String() string { return p.source }

// Pattern returns the phrase as it is matched: in lower case, a run of white space as one ' ', a
// <num> as [Num], an <any> as [Any], without names. Phrases of the same pattern match the same
// messages.
func (p Phrase) Pattern() string { return p.text }

// How a placeholder stands in a pattern.
const (
	Num = num
	Any = gap
)

// Literals returns how many literal bytes the phrase has, a run of white space being one.
func (p Phrase) Literals() int {
	return len(p.text) - strings.Count(p.text, num) - strings.Count(p.text, gap)
}

// Names returns the names of the placeholders that have one, in their order.
func (p Phrase) Names() []string {
	var names []string
	for name := range strings.FieldsSeq(p.names) {
		if name != "_" {
			names = append(names, name)
		}
	}
	return names
}

// encodeNames returns names as [phrase] has them: "" if they are all "_".
func encodeNames(names []string) string {
	s := strings.Join(names, " ")
	if strings.Trim(s, "_ ") == "" {
		return ""
	}
	return s
}

// Occurs reports whether the phrase occurs in message. It is for looking at one phrase; a [Set]
// chooses among many.
func (p Phrase) Occurs(message string) bool {
	if p.text == "" {
		return false
	}
	lo, _ := p.search()(p.text, message, -1)
	return lo >= 0
}

// Sample returns a text in which the phrase occurs: 7 for each number, nothing for <any>.
func (p Phrase) Sample() string {
	return strings.NewReplacer(num, "7", gap, "").Replace(p.text)
}

// Regexp returns the regular expression that says what the phrase means, in the syntax of package
// regexp; placeholders with names are groups of those names. It serves documentation and tests,
// nothing is matched with it. Package regexp takes bytes that are not UTF-8 for U+FFFD, the
// matcher takes them for themselves.
func (p Phrase) Regexp() string {
	var b strings.Builder
	b.WriteString("(?s)")
	if p.text != "" && isWord(p.text[0]) {
		b.WriteString(`\b`)
	}
	names := strings.Fields(p.names)
	for _, r := range p.text {
		switch {
		case r == numByte || r == gapByte:
			name := "_"
			if len(names) > 0 {
				name, names = names[0], names[1:]
			}
			b.WriteString(placeholderExpr(name, r))
		case r == ' ':
			b.WriteString(`[ \t\n\v\f\r]+`)
		case 'a' <= r && r <= 'z': // (?i) would also match letters beyond ASCII that fold to k and s
			fmt.Fprintf(&b, "[%c%c]", r-'a'+'A', r)
		case strings.ContainsRune(`\.+*?()|[]{}^$`, r):
			b.WriteString(`\` + string(r))
		default:
			b.WriteRune(r)
		}
	}
	if p.text != "" && isWord(p.text[len(p.text)-1]) {
		b.WriteString(`\b`)
	}
	return b.String()
}

// placeholderExpr returns the expression of a placeholder.
func placeholderExpr(name string, placeholder rune) string {
	expr := `[0-9]+(?:\.[0-9]+)?`
	if placeholder == gapByte {
		expr = `.*?`
	}
	if name == "_" {
		return "(?:" + expr + ")"
	}
	return "(?P<" + name + ">" + expr + ")"
}
