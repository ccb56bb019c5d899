package layout

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errspec/errspec/internal/lazyregexp"

	"gopkg.in/yaml.v3"
)

// A context is the position of a scalar in the document.
type context uint8

const (
	inBlock context = iota // a value in block style
	inKey                  // a key in block style
	inFlow                 // between brackets
)

// value returns the value of a scalar. For text, it omits line ends at the end.
func (p *printer) value(n *yaml.Node) string {
	if p.shapes[n].Text {
		return strings.TrimRight(n.Value, "\n")
	}
	return n.Value
}

// scalar returns a scalar on one line.
func (p *printer) scalar(n *yaml.Node, at context) string {
	switch n.ShortTag() {
	case "!!str", "!!merge":
	case "!!null":
		return "null"
	case "!!bool":
		return strings.ToLower(n.Value)
	default:
		return n.Value // numbers and dates keep their digits
	}
	shape, s := p.shapes[n], p.value(n)
	if shape.Plain || shape.Bare && bareNumber.MatchString(s) {
		return s
	}
	if isPlainText(s, at) && !(shape.Text && isDigit(s[0]) && isWord(s)) {
		return s
	}
	return quote(s)
}

// scalarLines prints a scalar after the start of its line, a key or a dash, on one or several
// lines.
func (p *printer) scalarLines(n *yaml.Node, indent int, before, comment string) {
	s := p.value(n)
	isText := n.ShortTag() == "!!str"
	if isText && strings.Contains(s, "\n") && isLiteral(s) {
		p.line(indent, before+literalMark(s, p.shapes[n].Text)+comment)
		for line := range strings.SplitSeq(strings.TrimSuffix(s, "\n"), "\n") {
			if line == "" {
				p.blank()
			} else {
				p.line(indent+step, line)
			}
		}
		return
	}
	text := p.scalar(n, inBlock)
	if isText && p.shapes[n].Prose && indent+len([]rune(before+text)) > width && !strings.ContainsAny(s, "\n\t") && s == strings.TrimSpace(s) && isPrintable(s) {
		room := width - indent - step
		if lines := fold(s, room); len(lines) > 1 || len([]rune(s)) <= room {
			p.line(indent, before+">-"+comment)
			for _, line := range lines {
				p.line(indent+step, line)
			}
			return
		}
	}
	p.line(indent, before+text+comment)
}

// isLiteral reports whether text of several lines can be printed as a literal block.
func isLiteral(s string) bool {
	return strings.TrimSpace(s) != "" && !strings.HasSuffix(s, "\n\n") && isPrintable(strings.ReplaceAll(s, "\n", ""))
}

// literalMark returns the header of a literal block. If line ends at the end of the text do
// not matter, the header is the usual one, which keeps a line end.
func literalMark(s string, isText bool) string {
	mark := "|"
	if strings.IndexByte(" \t\n", s[0]) >= 0 {
		mark += fmt.Sprint(step) // otherwise YAML reads the white space as indentation
	}
	if !isText && !strings.HasSuffix(s, "\n") {
		mark += "-"
	}
	return mark
}

// fold breaks text into lines that YAML joins to the same text. Only a single space can
// become a line end.
func fold(s string, room int) []string {
	var lines []string
	line, size := "", 0
	for word := range strings.SplitSeq(s, " ") {
		n := utf8.RuneCountInString(word)
		// An empty word is between two spaces, which must stay on one line with the words
		// around them.
		if line != "" && size+1+n > room && word != "" && !strings.HasSuffix(line, " ") {
			lines = append(lines, line)
			line, size = word, n
			continue
		}
		if line != "" || size > 0 {
			line += " "
			size++
		}
		line += word
		size += n
	}
	return append(lines, line)
}

var (
	bareNumber = lazyregexp.New(`^[1-9][0-9]{0,17}$`)
	// oldBooleans matches booleans of YAML 1.1, which many programs still read.
	oldBooleans = lazyregexp.New(`^(?i:y|yes|n|no|on|off|true|false|null)$`)
	// numberLike matches text that some programs read as a number or a date.
	numberLike = lazyregexp.New(`^[-+]?(\.?[0-9][0-9_.,:+-]*([eE][-+]?[0-9]*)?|0[xob][0-9A-Fa-f_]+|\.(?i:inf|nan))$`)
)

// isPlainText reports whether text needs no quotes.
func isPlainText(s string, at context) bool {
	switch {
	case s == "", s != strings.TrimFunc(s, unicode.IsSpace), !isPrintable(s):
		return false
	case strings.IndexByte("-?:,[]{}#&*!|>'\"%@`=~", s[0]) >= 0, strings.HasPrefix(s, "..."):
		return false
	case strings.Contains(s, ": "), strings.HasSuffix(s, ":"), strings.Contains(s, " #"), strings.Contains(s, "\t"):
		return false
	case at == inFlow && strings.ContainsAny(s, ",[]{}:?"):
		return false
	case oldBooleans.MatchString(s), numberLike.MatchString(s), strings.HasPrefix(s, "<<"):
		return false
	}
	return (&yaml.Node{Kind: yaml.ScalarNode, Value: s}).ShortTag() == "!!str"
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isWord(s string) bool { return s != "" && !strings.ContainsAny(s, " \t\n") }

// isPrintable reports whether no character of s needs an escape. Tabs do not need one: literal
// blocks may contain them.
func isPrintable(s string) bool {
	for _, r := range s {
		if r != '\t' && needsEscape(r) {
			return false
		}
	}
	return utf8.ValidString(s)
}

// needsEscape reports whether a character is not allowed in YAML, or not visible. It returns
// true for more characters than [diag.IsHostile]: unassigned characters and those for private
// use are harmless in a terminal, but cannot be recognized without their number.
func needsEscape(r rune) bool {
	switch r {
	case 0x200C, 0x200D, 0xAD: // joiners and the soft hyphen are part of ordinary writing
		return false
	case '\u2028', '\u2029', 0xFFFE, 0xFFFF:
		return true
	}
	return unicode.Is(unicode.C, r)
}

// quote returns text in quotes.
func quote(s string) string {
	if strings.ContainsAny(s, `"\`) && isPrintable(s) && !strings.Contains(s, "\t") &&
		strings.Count(s, `"`)+strings.Count(s, `\`) > strings.Count(s, "'") {
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case !needsEscape(r):
			b.WriteRune(r)
		case r > 0xFFFF:
			fmt.Fprintf(&b, `\U%08X`, r)
		case r > 0xFF:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			fmt.Fprintf(&b, `\x%02X`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
