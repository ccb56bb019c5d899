package jsonscan

import "strings"

// Literal reads the object that text begins with as Python, JavaScript and Ruby
// print one, and returns it as JSON and where it ends:
//
//	{'error': {'code': 'busy', 'message': "it's busy", 'param': None}}
//	{ error: { code: 'busy', message: 'it\'s busy', cause: [Object] } }
//	{"error"=>{"code"=>"busy", "message"=>nil}}
//
// Strings stand in any quotes, also with Python's prefixes; tuples and sets are
// arrays; keys need no quotes. What JSON has no word for, such as undefined,
// [Function: f] or Decimal('1'), is null. It returns false if the text is not
// such an object. The result is valid JSON, and at most six times as long.
func Literal(text string) (json string, end int, ok bool) {
	if !strings.HasPrefix(text, "{") {
		return "", 0, false
	}
	l := literal{text: text, out: make([]byte, 0, min(len(text), 1<<10))}
	if !l.value(0) || l.out[0] != '{' { // a set is no object
		return "", 0, false
	}
	return string(l.out), l.at, true
}

// A literal is being read. Its methods return false where it is none.
type literal struct {
	text string
	at   int
	out  []byte
}

// peek returns the byte that comes next, 0 at the end.
func (l *literal) peek() byte {
	if l.at < len(l.text) {
		return l.text[l.at]
	}
	return 0
}

func (l *literal) space() {
	for l.at < len(l.text) && isSpace(l.text[l.at]) {
		l.at++
	}
}

// skip steps over white space and then s, if it is there.
func (l *literal) skip(s string) bool {
	l.space()
	if !strings.HasPrefix(l.text[l.at:], s) {
		return false
	}
	l.at += len(s)
	return true
}

func (l *literal) put(s string) bool {
	l.out = append(l.out, s...)
	return true
}

// value reads a value that lies in as many brackets as depth says.
func (l *literal) value(depth int) bool {
	if depth > MaxDepth {
		return false
	}
	l.space()
	switch b := l.peek(); {
	case b == '{':
		l.at++
		return l.object(depth + 1)
	case b == '[' && l.opaque():
		return l.named(depth)
	case b == '[':
		l.at++
		return l.list("]", depth+1)
	case b == '(':
		l.at++
		return l.list(")", depth+1)
	case b == '<':
		return l.until(">") && l.named(depth)
	case b == ':':
		l.at++
		word := l.word(isWordByte)
		return word != "" && l.quote([]byte(word))
	case b == '-' || b == '+' || b == '.' || b-'0' <= 9:
		return l.number()
	}
	if s, ok := l.strs(); ok {
		return l.quote(s)
	}
	return l.name(depth)
}

// object reads the members of an object, or the elements of a Python set, from
// behind the opening bracket.
func (l *literal) object(depth int) bool {
	if l.skip("}") {
		return l.put("{}")
	}
	from := l.at
	key, ok := l.key()
	if !ok {
		l.at = from
		return l.list("}", depth)
	}
	l.put("{")
	for {
		if l.quote(key); !l.put(":") || !l.value(depth) {
			return false
		}
		comma := l.skip(",")
		l.more()
		if l.skip("}") {
			return l.put("}")
		}
		if key, ok = l.key(); !ok || !comma {
			return false
		}
		l.put(",")
	}
}

// list reads elements up to the closing bracket.
func (l *literal) list(end string, depth int) bool {
	l.put("[")
	for n := 0; ; n++ {
		l.more()
		if l.skip(end) {
			return l.put("]")
		}
		if n > 0 {
			l.put(",")
		}
		if !l.value(depth) {
			return false
		}
		if comma := l.skip(","); !comma {
			l.more()
			return l.skip(end) && l.put("]")
		}
	}
}

// more skips what JavaScript prints for what it leaves out: "... 3 more items".
func (l *literal) more() {
	if l.skip("...") {
		for l.at < len(l.text) && strings.IndexByte(",]})", l.text[l.at]) < 0 {
			l.at++
		}
	}
}

// key reads a key and what separates it from its value.
func (l *literal) key() (key []byte, ok bool) {
	l.space()
	symbol := l.peek() == ':' // Ruby's :code=>
	switch b := l.peek(); {
	case b == '[': // JavaScript's [Symbol(code)]
		from := l.at
		if !l.until("]") {
			return nil, false
		}
		key, ok = []byte(l.text[from:l.at]), true
	case symbol:
		l.at++
		fallthrough
	default:
		if key, ok = l.str(); !ok {
			key = []byte(l.word(isKeyByte))
		}
	}
	if len(key) == 0 && !ok {
		return nil, false
	}
	return key, l.skip("=>") || !symbol && l.skip(":")
}

// name reads a word: what JSON has a word for, too, or the name of a class with
// what it holds.
func (l *literal) name(depth int) bool {
	switch word := l.word(isNameByte); word {
	case "":
		return false
	case "true", "True":
		return l.put("true")
	case "false", "False":
		return l.put("false")
	case "null", "None", "nil", "undefined":
		return l.put("null")
	}
	if l.peek() == '(' && !l.arguments() {
		return false
	}
	return l.named(depth)
}

// named reads what follows a name such as Headers or [Object: null prototype]:
// the members of the object, or nothing.
func (l *literal) named(depth int) bool {
	at := l.at
	l.space()
	if b := l.peek(); b == '{' || b == '[' {
		return l.value(depth + 1)
	}
	l.at = at
	return l.put("null")
}

// opaque steps over the name of something in brackets: [Object], [Circular *1].
func (l *literal) opaque() bool {
	first := l.at + 1
	if first >= len(l.text) || l.text[first]-'A' > 'Z'-'A' {
		return false
	}
	n := strings.IndexAny(l.text[first:], "[]{}'\",\n")
	if n < 0 || l.text[first+n] != ']' {
		return false
	}
	l.at = first + n + 1
	return true
}

// until steps behind the next place of end.
func (l *literal) until(end string) bool {
	n := strings.Index(l.text[l.at:], end)
	l.at += n + len(end)
	return n >= 0
}

// arguments steps over the arguments of a call, in which only brackets and
// quotes count.
func (l *literal) arguments() bool {
	for depth := 0; l.at < len(l.text); {
		switch l.text[l.at] {
		case '\'', '"', '`':
			if _, ok := l.str(); !ok {
				return false
			}
			continue
		case '(':
			depth++
		case ')':
			depth--
		}
		if l.at++; depth == 0 {
			return true
		}
	}
	return false
}

// number reads a number, or a date that begins like one. Those that JSON does not
// have become null.
func (l *literal) number() bool {
	text := l.word(isNumberByte)
	text = strings.TrimRight(strings.TrimPrefix(text, "+"), "nL") // a BigInt; a long
	if end, err := Value(text); err == nil && end == len(text) && text[len(text)-1]-'0' <= 9 {
		return l.put(text)
	}
	return l.put("null")
}

// word returns the bytes that come next and that belong to a word.
func (l *literal) word(belongs func(byte) bool) string {
	from := l.at
	for l.at < len(l.text) && belongs(l.text[l.at]) {
		l.at++
	}
	return l.text[from:l.at]
}

func isWordByte(b byte) bool {
	return b-'0' <= 9 || b|0x20-'a' <= 'z'-'a' || b == '_' || b == '$' || b >= 0x80
}

func isKeyByte(b byte) bool { return isWordByte(b) || b == '-' || b == '.' }

func isNameByte(b byte) bool { return isWordByte(b) || b == '.' }

func isNumberByte(b byte) bool { return isWordByte(b) || strings.IndexByte("+-.:", b) >= 0 }
