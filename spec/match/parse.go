package match

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of a phrase, which bound the time that a message takes.
const (
	maxPhrase       = 4096 // bytes of source
	maxPlaceholders = 32
)

// A ParseError describes an error in the source of a phrase.
type ParseError struct {
	Offset int    // of the error in the source, in bytes
	Msg    string // the problem
	Help   string // the fix, or ""
}

// Error returns the offset and the problem.
func (e *ParseError) Error() string {
	return fmt.Sprintf("phrase, byte %d: %s", e.Offset, e.Msg)
}

// Parse parses the source of a phrase. Its errors are of type [*ParseError].
func Parse(source string) (Phrase, error) {
	if len(source) > maxPhrase {
		return Phrase{}, &ParseError{Offset: maxPhrase, Msg: fmt.Sprintf("longer than %d bytes", maxPhrase)}
	}
	p := parser{source: source}
	for p.at < len(source) {
		if err := p.next(); err != nil {
			return Phrase{}, err
		}
	}
	phrase := Phrase{source: source, text: string(p.text), names: encodeNames(p.names)}
	if err := phrase.check(); err != nil {
		return Phrase{}, err
	}
	return phrase, nil
}

// MustParse is like [Parse], but panics if source is invalid. It is for phrases in source code.
func MustParse(source string) Phrase {
	p, err := Parse(source)
	if err != nil {
		panic(fmt.Sprintf("match: %q: %v", source, err))
	}
	return p
}

type parser struct {
	source string
	at     int      // start of the next element
	text   []byte   // the pattern so far
	names  []string // names of the placeholders so far, "_" for those without a name
}

// next parses one element: a run of white space, an escape, a placeholder or a character.
func (p *parser) next() error {
	switch c := p.source[p.at]; {
	case isSpace(c):
		p.at = skipSpace(p.source, p.at)
		p.text = append(p.text, ' ')
		return nil
	case c == '\\':
		return p.escape()
	case placeholderAt(p.source, p.at) != 0:
		return p.placeholder()
	}
	return p.character()
}

func (p *parser) escape() error {
	escaped := p.source[p.at+1:]
	if escaped == "" || escaped[0] != '<' && escaped[0] != '\\' {
		return p.fail(p.at, `backslash before a character other than "<" or "\"`, `a phrase is not a regular expression: write <num> for a number, <any> for any text, \\ for a literal backslash`)
	}
	p.text = append(p.text, escaped[0])
	p.at += 2
	return nil
}

func (p *parser) character() error {
	r, size := utf8.DecodeRuneInString(p.source[p.at:])
	switch {
	case r == utf8.RuneError && size == 1:
		return p.fail(p.at, "not UTF-8", "")
	case unicode.IsControl(r): // tables reject more characters, but this package imports no other
		return p.fail(p.at, fmt.Sprintf("control character %U", r), "use <any> instead")
	}
	for range size {
		p.text = append(p.text, fold(p.source[p.at]))
		p.at++
	}
	return nil
}

// placeholderAt returns numByte or gapByte if a placeholder starts at s[at:], valid or not. It
// returns 0 if none does. "<num:" and "<num>" start a placeholder, "<num" alone does not.
func placeholderAt(s string, at int) byte {
	const size = len("<num")
	if s = s[at:]; len(s) <= size || s[size] != '>' && s[size] != ':' {
		return 0
	}
	switch s[:size] {
	case "<num":
		return numByte
	case "<any":
		return gapByte
	}
	return 0
}

func (p *parser) placeholder() error {
	if len(p.names) == maxPlaceholders {
		return p.fail(p.at, fmt.Sprintf("more than %d placeholders", maxPlaceholders), "")
	}
	p.text = append(p.text, placeholderAt(p.source, p.at))
	end := p.at + len("<num")
	name := "_"
	if p.source[end] == ':' {
		start := end + 1
		for end = start; end < len(p.source) && isNameByte(p.source[end], end == start); {
			end++
		}
		if err := p.checkName(start, end); err != nil {
			return err
		}
		name = p.source[start:end]
	}
	p.names = append(p.names, name)
	p.at = end + 1
	return nil
}

// checkName checks that the name source[start:end] of a placeholder is valid, and that the
// placeholder is closed.
func (p *parser) checkName(start, end int) error {
	const helpLiteral = `write \< for a literal "<"`
	name := p.source[start:end]
	switch {
	case end == len(p.source):
		return p.fail(p.at, "unclosed placeholder", helpLiteral)
	case p.source[end] == '>' && name == "":
		return p.fail(p.at, "placeholder has a colon but no name", helpLiteral)
	case p.source[end] != '>':
		return p.fail(end, "a placeholder name must start with a-z and contain only a-z, 0-9 and _", helpLiteral)
	case slices.Contains(p.names, name):
		return p.fail(p.at, fmt.Sprintf("duplicate placeholder name %s", name), "rename it or remove the name")
	}
	return nil
}

func isNameByte(c byte, first bool) bool {
	return 'a' <= c && c <= 'z' || !first && (isDigit(c) || c == '_')
}

func (p *parser) fail(offset int, msg, help string) error {
	return &ParseError{Offset: offset, Msg: msg, Help: help}
}

// check returns an error for phrases without literal text, and for those that are too large to
// match.
func (p Phrase) check() error {
	switch {
	case p.text == "":
		return &ParseError{Msg: "empty phrase", Help: "write text that identifies the message"}
	case strings.Trim(p.text, " "+num+gap) == "":
		return &ParseError{Msg: "no text outside placeholders", Help: "write text that identifies the message"}
	case p.kind() == kindAmbiguous && p.states() > maxStates:
		return &ParseError{
			Msg:  fmt.Sprintf("too long for a <num> next to digits, full stops or placeholders (%d states, limit %d)", p.states(), maxStates),
			Help: "shorten the phrase, or put text between <num> and digits, full stops or other placeholders",
		}
	}
	return nil
}
