package python

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec/match"
)

// A phrase is a phrase of the table as the matcher of the runtime has it.
type phrase struct {
	text      string   // the pattern of package match
	names     []string // of its placeholders, "" for those without a name
	owner     int
	ambiguous bool // whether regular expressions could take too long
}

func (p phrase) named() bool { return strings.Join(p.names, "") != "" }

// phrasesOf returns the phrases of the table by precedence.
func phrasesOf(p *plan.Plan) []phrase {
	var all []phrase
	for _, choice := range p.Phrases.Choice {
		owner := -1 - choice.Code.Index
		if choice.Subtype != nil {
			owner = choice.Subtype.Index
		}
		if phrase, ok := newPhrase(choice.Source, owner); ok {
			all = append(all, phrase)
		}
	}
	return all
}

// newPhrase compiles a phrase. It returns false if the phrase is invalid, which
// validation reports.
func newPhrase(source string, owner int) (phrase, bool) {
	parsed, err := match.Parse(source)
	if err != nil {
		return phrase{}, false
	}
	list, err := match.ListOf([]match.Entry{{Phrase: parsed, Owner: owner}})
	if err != nil {
		return phrase{}, false
	}
	row := list.Phrases[0]
	out := phrase{text: row.Text, owner: owner, ambiguous: row.Search == "ambiguous"}
	names := strings.Fields(row.Names)
	for i := range strings.Count(row.Text, match.Num) + strings.Count(row.Text, match.Any) {
		name := ""
		if i < len(names) && names[i] != "_" {
			name = names[i]
		}
		out.names = append(out.names, name)
	}
	return out, true
}

// delayPhrases returns the phrases of delays, with a name for their number.
func delayPhrases(p *plan.Plan) map[int]phrase {
	all := make(map[int]phrase)
	if !p.HasResponse() {
		return all
	}
	for i, field := range p.Response.Reader.Table().Fields {
		if field.Match == "" {
			continue
		}
		if phrase, ok := newPhrase(strings.Replace(field.Match, "<num>", "<num:delay>", 1), 0); ok {
			all[i] = phrase
		}
	}
	return all
}

// hint returns the longest literal text of the phrase.
func (p phrase) hint() string {
	longest := ""
	for _, text := range strings.FieldsFunc(p.text, func(r rune) bool { return r <= ' ' }) {
		if len(text) > len(longest) {
			longest = text
		}
	}
	return longest
}

// parts returns the regular expressions of the parts between <any>.
func (p phrase) parts() []string {
	split := strings.Split(p.text, match.Any)
	var all []string
	for i, part := range split {
		all = append(all, partExpr(part, i == 0, i == len(split)-1))
	}
	return all
}

// partExpr returns the regular expression of a part. White space before <any> needs
// only one byte, since the text after it may need the others. A part that starts with a
// run of white space or a number starts at the start of that run: from its other bytes
// a match would have the same end.
func partExpr(part string, first, last bool) string {
	var b strings.Builder
	if first && part != "" && isWord(part[0]) {
		b.WriteString(`\b`)
	}
	for i := range len(part) {
		switch c := part[i]; {
		case c == match.Num[0]:
			if i == 0 {
				b.WriteString(`(?<![0-9])`)
			}
			b.WriteString(`([0-9]+(?:\.[0-9]+)?)`)
		case c == ' ':
			if i == 0 {
				b.WriteString(`(?<!\s)`)
			}
			b.WriteString(`\s`)
			if i < len(part)-1 || last {
				b.WriteByte('+')
			}
		case strings.IndexByte(`\.+*?()|[]{}^$`, c) >= 0:
			b.WriteString(`\` + string(rune(c)))
		case c == '"' || c >= 0x7f:
			fmt.Fprintf(&b, `\x%02x`, c)
		default:
			b.WriteByte(c)
		}
	}
	if last && part != "" && isWord(part[len(part)-1]) {
		b.WriteString(`\b`)
	}
	return b.String()
}

func isWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_'
}

// node returns
//
//	_Phrase(b"exceeds", (rb"\bexceeds\s+([0-9]+(?:\.[0-9]+)?)mb\b",), ("limit_mb",), 9)
func (p phrase) node(ambiguous bool) node {
	var parts []node
	if !p.ambiguous {
		for _, part := range p.parts() {
			parts = append(parts, atom(`rb"`+part+`"`))
		}
	}
	items := []node{
		atom(quoteBytes(p.hint())), tuple(parts...), strs(p.names), atom(strconv.Itoa(p.owner)),
	}
	if p.ambiguous && ambiguous {
		items = append(items, keyed("paths=", atom(quoteBytes(p.text))))
	}
	return call("_Phrase", items...)
}

// emitPhrases writes
//
//	_PHRASES: Final = (
//	    _Phrase(b"exceeds", …),
//	)
func emitPhrases(p *pkg) string {
	var rows []node
	for _, phrase := range p.phrases {
		rows = append(rows, phrase.node(p.features["ambiguous"]))
	}
	return `# The phrases of all codes and subtypes by precedence. Phrases of fallbacks come last.
# Among the others, phrases with more literal text come first, then table order applies.
` + assign(0, "_PHRASES: Final[tuple[_Phrase, ...]] = ", tuple(rows...))
}
