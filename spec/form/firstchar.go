package form

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/errspec/errspec/internal/lazyregexp"
)

// A common syntax error is unquoted text that starts with a character that YAML reserves.

// firstCharacter explains a character that cannot start a value.
func (f failure) firstCharacter() (diagnosis, bool) {
	at, ok := f.near(func(s string) bool { return strings.IndexByte("\t@`%|>", s[0]) >= 0 })
	if !ok {
		return diagnosis{}, false
	}
	if f.text[at] == '\t' {
		return f.tabAt(at), true
	}
	return cannotStart(f.text, at, 1), true
}

// tab explains a tab in an indent.
func (f failure) tab() (diagnosis, bool) {
	at := strings.LastIndexByte(f.text[:f.read], '\t')
	if at < 0 {
		return diagnosis{}, false
	}
	for at > 0 && f.text[at-1] == '\t' {
		at--
	}
	return f.tabAt(at), true
}

func (f failure) tabAt(at int) diagnosis {
	return diagnosis{at: at, end: at + 1, message: "tab used for indentation", help: "indent with spaces"}
}

var (
	anchorMark = lazyregexp.New(`(?:^|[\s\[{,])([*&])`)
	blockMark  = lazyregexp.New(`(?:^|\s)([|>])`)
	tagMark    = lazyregexp.New(`(?:^|[\s\[{,])(!)`)
)

// anchorName explains text in asterisks, which starts like an alias.
func (f failure) anchorName() (diagnosis, bool) { return f.marked(anchorMark) }

// blockHeader explains text that starts with | or >, which introduce a block.
func (f failure) blockHeader() (diagnosis, bool) { return f.marked(blockMark) }

// tagName explains text that starts with an exclamation mark.
func (f failure) tagName() (diagnosis, bool) { return f.marked(tagMark) }

// marked explains the last match of mark on the line that yaml.v3 reports, up to the end of the
// bytes read.
func (f failure) marked(mark *lazyregexp.Regexp) (diagnosis, bool) {
	start, end := f.lineAt(f.line)
	found := mark.FindAllStringSubmatchIndex(f.text[start:max(start, min(end, f.read))], -1)
	if len(found) == 0 {
		return diagnosis{}, false
	}
	return cannotStart(f.text, start+found[len(found)-1][2], 1), true
}

var unknownAnchor = lazyregexp.New(`^unknown anchor '(.*)' referenced$`)

// unknownAlias explains an alias whose anchor does not exist. It is reported like any other
// alias, because no alias is supported.
func (f failure) unknownAlias() (diagnosis, bool) {
	m := unknownAnchor.FindStringSubmatch(f.message)
	if m == nil {
		return diagnosis{}, false
	}
	name := "*" + m[1]
	at := strings.LastIndex(f.text[:f.read], name)
	if end, ok := f.shortest(); ok {
		at = end - len(name)
	}
	if at < 0 {
		return diagnosis{}, false
	}
	return diagnosis{at: at, end: at + len(name), rule: RuleAnchor, message: fmt.Sprintf("YAML alias %s is not supported", name),
		help: "write out the value, or quote text that starts with *"}, true
}

// dash explains a list that starts on the line of its key.
func (f failure) dash() (diagnosis, bool) {
	at, ok := f.near(func(s string) bool { return s[0] == '-' && isBlank(s[1:]) })
	if !ok {
		return diagnosis{}, false
	}
	return diagnosis{at: at, end: at + 1, message: "unexpected list item",
		help: "put each item on its own line under its key, or write [a, b]; quote text that starts with a dash and a space"}, true
}

// questionMark explains text that starts with a question mark and a space.
func (f failure) questionMark() (diagnosis, bool) {
	at, ok := f.near(func(s string) bool { return s[0] == '?' })
	if !ok {
		return diagnosis{}, false
	}
	return cannotStart(f.text, at, 1), true
}

func cannotStart(text string, at, length int) diagnosis {
	return diagnosis{at: at, end: at + length,
		message: fmt.Sprintf("unquoted text cannot start with %s", text[at:at+length]), help: helpQuote}
}

// lookahead is the number of characters that the scanner of yaml.v3 reads ahead.
const lookahead = 4

// near returns the first offset at which matches returns true, among the characters that the
// scanner had read ahead when it failed.
func (f failure) near(matches func(rest string) bool) (int, bool) {
	from := f.read
	for range lookahead {
		_, size := utf8.DecodeLastRuneInString(f.text[:from])
		from -= size
	}
	for i := from; i < f.read; i++ {
		if matches(f.text[i:]) {
			return i, true
		}
	}
	return 0, false
}
