package form

import (
	"fmt"
	"sort"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
)

const helpQuote = "quote the text"

// misfit explains an unexpected token: after the end of a value, or on a line whose indent matches
// no line above.
func (f failure) misfit() (diagnosis, bool) {
	at, ok := f.offender()
	if !ok {
		start, end := f.lineOf(max(f.read-lookahead-1, 0))
		return diagnosis{at: start, end: end, message: f.message, help: helpAround}, true
	}
	lineStart, _ := f.lineOf(at)
	d := diagnosis{at: at, end: f.wordEnd(at)}
	switch before := strings.TrimRight(f.text[lineStart:max(at, lineStart)], " \t"); {
	case f.message == expectedDocument && f.afterEndMark(lineStart):
		d.rule, d.message, d.help = RuleDocuments, secondDocument, helpDocuments
	case strings.ContainsRune("]}", rune(f.text[at])):
		return f.nothingToClose(at), true
	case before == "" && strings.HasPrefix(f.text[at:], "-"):
		d.message, d.help = "list item at the same level as keys", "indent it under its key, or write a key"
	case before == "":
		d.message, d.help = "inconsistent indentation", "align it with the keys or list items that it belongs to"
	case strings.HasSuffix(before, `"`), strings.HasSuffix(before, "'"):
		if d, ok := f.swallowed(lineStart, before); ok {
			return d, true
		}
		d.message, d.help = "unexpected text after the closing quote", `escape the quote: write \" inside "…", or '' inside '…'`
	default:
		d.message, d.help = "unexpected text after the end of the value", helpQuote
	}
	return d, true
}

// afterEndMark reports whether the previous line is the end mark of a document.
func (f failure) afterEndMark(line int) bool {
	above, ok := f.lineAbove(line)
	return ok && strings.HasPrefix(f.text[above:], "...")
}

func (f failure) nothingToClose(at int) diagnosis {
	return diagnosis{at: at, end: at + 1, message: fmt.Sprintf("unmatched %c", f.text[at]), help: "remove it, or " + helpQuote}
}

const (
	searched = 4096    // bytes before the end of the bytes read that are searched for the error
	repeated = 1 << 20 // maximum size of a text that is parsed repeatedly, in bytes
	budget   = 1 << 20 // bytes that are parsed again in the second search
)

// shortest returns the length of the shortest prefix of the text that fails in the same way. The
// failure must not be one that truncation can cause.
func (f failure) shortest() (int, bool) {
	if f.read > repeated {
		return 0, false
	}
	isSame := func(end int) bool { return fail(f.text[:end]).message == f.message }
	low := max(f.read-searched, 0)
	shortest := low + sort.Search(f.read-low, func(i int) bool { return isSame(low + i) })
	// A prefix that ends inside a token may fail in another way, so the binary search can miss a
	// shorter prefix.
	for end, left := shortest-1, budget; end > max(low, shortest-64) && left > 0; end-- {
		if isSame(end) {
			shortest = end
		}
		left -= end
	}
	return shortest, true
}

// offender returns the start of the unexpected token: the shortest prefix that fails in the same
// way ends with it.
func (f failure) offender() (int, bool) {
	end, ok := f.shortest()
	if !ok {
		return 0, false
	}
	at := end - 1
	for at > 0 && strings.IndexByte(" \t\r\n", f.text[at]) >= 0 {
		at--
	}
	if at <= 0 {
		return 0, at == 0 && f.text != ""
	}
	if quote := f.text[at]; quote == '"' || quote == '\'' {
		return max(strings.LastIndexByte(f.text[:at], quote), 0), true
	}
	for at > 0 && strings.IndexByte(" \t\r\n\"'[]{},", f.text[at-1]) < 0 {
		at--
	}
	return at, true
}

// noContent matches a comma after an opening bracket or a comma, and a comma or a closing bracket
// at the start of a value.
var noContent = lazyregexp.New(`[\[{,][ \t]*,|(?:[:-][ \t]+|^[ \t]*)[,\]}]`)

// noValue explains a missing value: a comma without a value before it, an unmatched bracket, or an
// unclosed bracket. The first two are on the last line read or the previous one, an unclosed
// bracket may be on any line.
func (f failure) noValue() (diagnosis, bool) {
	start, _ := f.lineOf(f.read)
	above, ok := f.lineAbove(start)
	for range 2 {
		if m := noContent.FindStringIndex(f.text[start:max(start, f.read)]); m != nil {
			at := start + m[1] - 1
			if f.text[at] != ',' {
				return f.nothingToClose(at), true
			}
			return diagnosis{at: at, end: at + 1, message: "missing value before this comma",
				help: "remove the comma, or quote text that starts with a comma"}, true
		}
		if !ok {
			break
		}
		start = above
	}
	line, _ := f.lineOf(len(f.text))
	for ok := true; ok; line, ok = f.lineAbove(line) {
		_, end := f.lineOf(line)
		if open, unclosed := openBracket(f.text[line:end]); unclosed {
			return f.bracketAt(line + open), true
		}
	}
	return diagnosis{}, false
}

// swallowed explains a quote that seems to open quoted text but closes one from an earlier line,
// where the closing quote is missing.
func (f failure) swallowed(line int, before string) (diagnosis, bool) {
	if open, ok := openQuote(before); !ok || open != len(before)-1 {
		return diagnosis{}, false
	}
	number := strings.Count(f.text[:line], "\n") + 1
	for above, ok := f.lineAbove(line); ok; above, ok = f.lineAbove(above) {
		start, end := f.lineOf(above)
		if open, ok := openQuote(f.text[start:end]); ok {
			d := f.quoteAt(start + open)
			d.message = fmt.Sprintf("the quoted text that starts here ends only on line %d", number)
			return d, true
		}
	}
	return diagnosis{}, false
}

// bracket explains a list or mapping in brackets that is invalid or unclosed.
func (f failure) bracket() (diagnosis, bool) {
	start, end := f.lineAt(f.line)
	open, _ := openBracket(f.text[start:end])
	if open < 0 {
		return diagnosis{}, false
	}
	if quote, ok := openQuote(f.text[start:end]); ok {
		return f.quoteAt(start + quote), true
	}
	return f.bracketAt(start + open), true
}

var bracketKinds = map[byte]string{'[': "list", '{': "mapping"}

func (f failure) bracketAt(open int) diagnosis {
	kind, closer := bracketKinds[f.text[open]], closerOf[f.text[open]]
	d := diagnosis{at: open, end: open + 1}
	switch at, found := closing(f.text, open); {
	case !found:
		d.message = fmt.Sprintf("unclosed %s", kind)
		d.help = fmt.Sprintf("close it with %c, or %s if it is text", closer, helpQuote)
	case f.text[at] != closer:
		d.at, d.end = at, at+1
		d.message = fmt.Sprintf("expected %c, got %c", closer, f.text[at])
		d.help = "close the innermost bracket first"
	default:
		d.message = fmt.Sprintf("missing comma between the items of the %s that starts here", kind)
		d.help = "separate the items with commas; quote text that contains , [ ] { } or a colon followed by a space"
	}
	return d
}

// colon explains a colon that creates a key at an invalid position.
func (f failure) colon() (diagnosis, bool) {
	colon, ok := f.near(func(s string) bool { return isColon(s) })
	if !ok {
		return diagnosis{}, false
	}
	start, _ := f.lineOf(colon)
	if before := f.text[start:colon]; strings.Contains(before, ": ") || strings.Contains(before, ":\t") {
		return diagnosis{at: colon, end: colon + 1, message: "colon followed by a space in unquoted text", help: helpQuote}, true
	}
	if above, ok := f.lineAbove(start); ok {
		if d, ok := f.missingSpace(above); ok {
			return d, true
		}
		if f.indent(above) >= f.indent(start) {
			return f.noKey(above), true
		}
	}
	return diagnosis{at: start, end: colon, message: "key indented under a key that already has a value",
		help: "align it with the keys it belongs to; quote text that spans lines and contains a colon"}, true
}

// noColon explains a line of a mapping that is not a key and a value.
func (f failure) noColon() (diagnosis, bool) {
	start, _ := f.lineAt(f.line)
	if d, ok := f.missingSpace(start); ok {
		return d, true
	}
	return f.noKey(start), true
}

func (f failure) noKey(offset int) diagnosis {
	start, end := f.lineOf(offset)
	return diagnosis{at: start, end: end, message: "expected a key and a colon",
		help: "write key: value; indent continuation lines deeper than the key"}
}

var keyWithoutSpace = lazyregexp.New(`^(?:- +)*[A-Za-z0-9_.-]+(:)[^\s:/]`)

// missingSpace explains the line at offset if there is no space between its key and value.
func (f failure) missingSpace(offset int) (diagnosis, bool) {
	start, end := f.lineOf(offset)
	m := keyWithoutSpace.FindStringSubmatchIndex(f.text[start:end])
	if m == nil {
		return diagnosis{}, false
	}
	return diagnosis{at: start + m[2], end: start + m[3], message: "missing space after the colon", help: "write key: value"}, true
}

// quote explains unclosed quoted text.
func (f failure) quote() (diagnosis, bool) {
	start, end := f.lineAt(f.line)
	open, ok := openQuote(f.text[start:end])
	if !ok {
		return diagnosis{}, false
	}
	return f.quoteAt(start + open), true
}

// escapedQuotes maps a quote to its escaped form inside text in the same quotes.
var escapedQuotes = map[byte]string{'"': `\"`, '\'': `''`}

func (f failure) quoteAt(open int) diagnosis {
	return diagnosis{at: open, end: open + 1, message: "unclosed quoted text",
		help: fmt.Sprintf("close it with %c; write a quote of the same kind inside it as %s", f.text[open], escapedQuotes[f.text[open]])}
}

// escape explains an invalid escape in double quotes.
func (f failure) escape() (diagnosis, bool) {
	from := max(f.read-len(`\U00000000`)-lookahead, 0)
	for i := from; i < f.read; i++ {
		if f.text[i] != '\\' {
			continue
		}
		size, ok := validEscape(f.text[i:])
		if ok {
			i += size - 1
			continue
		}
		d := diagnosis{at: i, end: i + size, help: `write \\ for a backslash, or use single quotes, where a backslash is literal`}
		d.message = fmt.Sprintf("invalid escape %s", f.text[i:d.end])
		switch {
		case size > 1 && hexEscapes[f.text[i+1]] > 0:
			d.help = "write the character itself, or all hexadecimal digits of its code: 2 after \\x, 4 after \\u, 8 after \\U"
		case f.text[i:d.end] == `\/`:
			d.help = "write the slash without a backslash"
		}
		return d, true
	}
	return diagnosis{}, false
}

// depth explains excessive nesting, for which yaml.v3 has its own limit, as inspect does.
func (f failure) depth() (diagnosis, bool) {
	at := max(min(f.read, len(f.text))-1, 0)
	return diagnosis{at: at, end: at + 1, rule: RuleSize, message: fmt.Sprintf("values are nested more than %d levels deep", maxDepth)}, true
}
