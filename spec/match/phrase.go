package match

import (
	"fmt"
	"strings"
)

// A Phrase is a parsed phrase. The zero Phrase matches nothing. Phrases are comparable.
type Phrase struct {
	source string
	text   string // the pattern: see num and gap
	names  string // names of the placeholders, as in [phrase]
}

// String returns the source of the phrase.
func (p Phrase) String() string { return p.source }

// Pattern returns the pattern of the phrase: its text in lower case, with one space for each run of
// white space, [Num] for <num> and [Any] for <any>, without names. Phrases with the same pattern
// match the same messages.
func (p Phrase) Pattern() string { return p.text }

// Num and Any are the placeholders in a pattern.
const (
	Num = num
	Any = gap
)

// Literals returns the number of literal bytes of the phrase. A run of white space counts as one.
func (p Phrase) Literals() int {
	return len(p.text) - strings.Count(p.text, num) - strings.Count(p.text, gap)
}

// Names returns the names of the named placeholders, in order.
func (p Phrase) Names() []string {
	var names []string
	for name := range strings.FieldsSeq(p.names) {
		if name != "_" {
			names = append(names, name)
		}
	}
	return names
}

// IsNumber reports whether the placeholder with the name is a <num>.
func (p Phrase) IsNumber(name string) bool {
	i := (&phrase{text: p.text, names: p.names}).placeholder(name)
	return i >= 0 && p.text[i] == numByte
}

// encodeNames encodes names as in [phrase]. It returns "" if all of them are "_".
func encodeNames(names []string) string {
	s := strings.Join(names, " ")
	if strings.Trim(s, "_ ") == "" {
		return ""
	}
	return s
}

// Occurs reports whether the phrase occurs in message. Use a [Set] to find the best of several
// phrases.
func (p Phrase) Occurs(message string) bool {
	if p.text == "" {
		return false
	}
	lo, _ := p.search()(p.text, message, -1)
	return lo >= 0
}

// Sample returns a text in which the phrase occurs, with 7 for each <num> and nothing for <any>.
func (p Phrase) Sample() string {
	return strings.NewReplacer(num, "7", gap, "").Replace(p.text)
}

// Regexp returns a regular expression with the meaning of the phrase, in the syntax of package
// regexp. Named placeholders are named groups. It is for documentation and tests; matching does not
// use it. Package regexp reads invalid UTF-8 as U+FFFD, whereas the matcher compares bytes.
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
		case 'a' <= r && r <= 'z': // (?i) would also match the letters outside ASCII that fold to k and s
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

// placeholderExpr returns the regular expression of a placeholder.
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
