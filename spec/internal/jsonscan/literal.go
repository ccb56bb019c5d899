package jsonscan

import "strings"

// Literal reads the object at the start of text, in the notation of Python, JavaScript or Ruby. It
// returns the object as JSON, and its end in text:
//
//	{'error': {'code': 'busy', 'message': "it's busy", 'param': None}}
//	{ error: { code: 'busy', message: 'it\'s busy', cause: [Object] } }
//	{"error"=>{"code"=>"busy", "message"=>nil}}
//
// Strings may have any quotes and the prefixes of Python. Tuples and sets become arrays. Keys need no
// quotes. Values that JSON cannot represent, such as undefined, [Function: f] or Decimal('1'), become
// null. It returns false if the text does not start with such an object. The result is valid JSON,
// and at most six times as long.
func Literal(text string) (json string, end int, ok bool) {
	if !strings.HasPrefix(text, "{") {
		return "", 0, false
	}
	l := literal{text: text, out: make([]byte, 0, min(len(text), 1<<10))}
	if !l.value(0) || l.out[0] != '{' { // a set is not an object
		return "", 0, false
	}
	return string(l.out), l.at, true
}

// A literal is the state of [Literal]. Its methods return false if the text is invalid.
type literal struct {
	text string
	at   int
	out  []byte
}

// peek returns the next byte, or 0 at the end.
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

// skip skips white space and then s. It returns false if s does not follow.
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

// value reads a value that is nested in depth brackets.
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

// object reads the members of an object, or the elements of a Python set, from after the opening
// bracket.
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

// more skips JavaScript's mark for omitted parts, such as "... 3 more items".
func (l *literal) more() {
	if l.skip("...") {
		for l.at < len(l.text) && strings.IndexByte(",]})", l.text[l.at]) < 0 {
			l.at++
		}
	}
}

// key reads a key and the separator after it.
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

// name reads a word: a literal such as None, or the name of a class with its value.
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

// named reads the text after a name such as Headers or [Object: null prototype]: the members of the
// object, or nothing.
func (l *literal) named(depth int) bool {
	at := l.at
	l.space()
	if b := l.peek(); b == '{' || b == '[' {
		return l.value(depth + 1)
	}
	l.at = at
	return l.put("null")
}

// opaque skips a name in brackets, such as [Object] or [Circular *1].
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

// until skips the text up to and including the next end.
func (l *literal) until(end string) bool {
	n := strings.Index(l.text[l.at:], end)
	l.at += n + len(end)
	return n >= 0
}

// arguments skips the arguments of a call. It interprets only brackets and quotes.
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

// number reads a number, or a date that starts like one. Numbers that JSON cannot represent become
// null.
func (l *literal) number() bool {
	text := l.word(isNumberByte)
	text = strings.TrimRight(strings.TrimPrefix(text, "+"), "nL") // a BigInt; a long
	if end, err := Value(text); err == nil && end == len(text) && text[len(text)-1]-'0' <= 9 {
		return l.put(text)
	}
	return l.put("null")
}

// word returns the next bytes that belong to a word.
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
