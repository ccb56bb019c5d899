// Finding the fields of a response.

package response

import (
	"strings"
	"time"
)

// What is read of a body. Bodies beyond it are not JSON.
const (
	maxBody  = 16 << 20
	maxDepth = 512 // of objects and arrays in each other
)

// A fact is a field that a response has, as it is written. Null and "" are no facts.
type fact struct {
	text  string // "" if it does not count
	field int32
	row   int32 // the element of an array that is the whole body

	//errspec:if arrays

	at [2]int32 // the elements of the arrays that the field is in
	//errspec:end
}

// facts are all that is read of one response.
type facts struct {
	format *format
	status int
	header map[string][]string
	now    time.Time
	list   []fact // those of headers first, then those of the body in its order
	above  int    // how many of them are of headers

	text    string // the body
	valid   bool   // whether it is JSON
	damaged bool   // whether a part of it that counts is not what it should be
	depth   int
	row     int32

	//errspec:if arrays

	at    [2]int32 // the elements around the place that is read
	level int      // how many of them there are
	//errspec:end
}

// scan reads a response. Of a key that an object has more than once, the last one counts, as it
// does for encoding/json.
func (s *facts) scan(body string) {
	for i := range s.format.fields {
		if name := s.format.fields[i].header; name != "" {
			for _, value := range headerValues(s.header, name) {
				s.add(i, strings.TrimSpace(value))
			}
		}
	}
	s.above = len(s.list)
	if s.status == 204 || s.status == 205 {
		return // there is no body
	}
	s.text = body
	if len(body) <= maxBody {
		s.valid = s.root()
	}
	if !s.valid { // a text of a proxy, or what is left of an object
		s.list = s.list[:s.above]
		start := strings.TrimLeft(body, "\ufeff \t\r\n")
		s.damaged = start != "" && (start[0] == '{' || start[0] == '[')
	}
}

// headerValues returns the values of a header, whatever the case of its name.
func headerValues(header map[string][]string, name string) []string {
	if values, ok := header[name]; ok {
		return values
	}
	spelling := ""
	for key := range header {
		if len(key) == len(name) && strings.EqualFold(key, name) && (spelling == "" || key < spelling) {
			spelling = key
		}
	}
	return header[spelling]
}

// add notes a field.
func (s *facts) add(field int, text string) {
	if text != "" {
		f := fact{text: text, field: int32(field), row: s.row}
		//errspec:if arrays
		f.at = s.at
		//errspec:end
		s.list = append(s.list, f)
	}
}

// root reads the body and reports whether it is JSON. If the body is an array, an error is read
// from its first object, and any other response from all of its elements.
func (s *facts) root() bool {
	at := s.space(0)
	if at == len(s.text) || s.text[at] != '[' {
		return s.space(s.read(at, &s.format.body)) == len(s.text)
	}
	found := false
	at, more := s.open(at+1, ']')
	for more {
		var n *node
		if at < len(s.text) && s.text[at] == '{' && (s.succeeded() || !found) {
			n, found = &s.format.body, true
			s.row++
		}
		at, more = s.next(s.read(at, n), ']')
	}
	return s.space(at) == len(s.text)
}

// read reads the value at text[at:], with the fields at and below n, which is nil if there are
// none. Like all that read, it returns where the value ends, or -1 if it is not JSON.
func (s *facts) read(at int, n *node) int {
	if at < 0 || at >= len(s.text) {
		return -1
	}
	end := -1
	switch c := s.text[at]; c {
	case '{', '[':
		if s.depth++; s.depth > maxDepth {
			return -1
		}
		if c == '{' {
			end = s.object(at+1, n)
		} else {
			end = s.array(at+1, n)
		}
		s.depth--
	case '"':
		end = stringEnd(s.text, at+1)
	case 't':
		end = wordEnd(s.text, at, "true")
	case 'f':
		end = wordEnd(s.text, at, "false")
	case 'n':
		end = wordEnd(s.text, at, "null")
	default:
		end = numberEnd(s.text, at)
	}
	if end >= 0 && n != nil {
		s.note(n, s.text[at:end])
	}
	return end
}

// note adds the field at n. A value of another type than the field has is none, but what was meant
// remains unknown.
func (s *facts) note(n *node, text string) {
	object, array := text[0] == '{', text[0] == '['
	scalar := !object && !array
	r := s.format.fields[n.field].role
	switch {
	case text == "null":
	case n.field != 0 && r == roleNone:
		s.add(n.field, text)
	case text == `""`, !scalar && strings.Trim(text, "{}[] \t\r\n") == "":
	case n.field != 0 && (scalar || r == roleFailure || r == roleParam && array):
		s.add(n.field, text)
	case object && n.below != nil:
	case array && n.each != nil: //errspec:if arrays
	default:
		s.damaged = true
	}
}

// object reads the rest of an object.
func (s *facts) object(at int, n *node) int {
	var below []node
	if n != nil {
		below = n.below
	}
	var room [16][2]int
	added := room[:] // the facts that each node below n has added
	if len(below) > len(room) {
		added = make([][2]int, len(below))
	}
	at, more := s.open(at, '}')
	for more {
		key, from := s.key(at)
		i := len(below) - 1
		for i >= 0 && below[i].key != key {
			i--
		}
		if i < 0 {
			at, more = s.next(s.read(from, nil), '}')
			continue
		}
		for j := added[i][0]; j < added[i][1]; j++ {
			s.list[j].text = ""
		}
		added[i][0] = len(s.list)
		at, more = s.next(s.read(from, &below[i]), '}')
		added[i][1] = len(s.list)
	}
	//errspec:if ok
	if s.succeeded() {
		s.silence(below, added)
	}
	//errspec:end
	return at
}

//errspec:if ok

// silence drops the messages beside a code that means that there is no error.
func (s *facts) silence(below []node, added [][2]int) {
	has := func(i int, r role) *fact {
		if last := added[i][1] - 1; last >= added[i][0] {
			f := &s.list[last]
			if f.text != "" && int(f.field) == below[i].field && s.format.fields[f.field].role == r {
				return f
			}
		}
		return nil
	}
	for i := range below {
		if code := has(i, roleCode); code == nil || s.code(code) != "" {
			continue
		}
		for j := range below {
			if message := has(j, roleMessage); message != nil {
				message.text = ""
			}
		}
	}
}

//errspec:end

// array reads the rest of an array.
func (s *facts) array(at int, n *node) int {
	var each *node
	//errspec:if arrays
	if n != nil && n.each != nil {
		each = n.each
		s.at[s.level] = 0
		s.level++
	}
	//errspec:end
	at, more := s.open(at, ']')
	for more {
		at, more = s.next(s.read(at, each), ']')
		//errspec:if arrays
		if each != nil {
			s.at[s.level-1]++
		}
		//errspec:end
	}
	//errspec:if arrays
	if each != nil {
		s.level--
	}
	//errspec:end
	return at
}

// open returns where the first part of an object or array begins. It returns false if there is none.
func (s *facts) open(at int, end byte) (int, bool) {
	at = s.space(at)
	if at < len(s.text) && s.text[at] == end {
		return at + 1, false
	}
	return at, true
}

// next returns where the part after a comma begins. It returns false if there is none.
func (s *facts) next(at int, end byte) (int, bool) {
	at = s.space(at)
	if at >= 0 && at < len(s.text) {
		switch s.text[at] {
		case ',':
			return s.space(at + 1), true
		case end:
			return at + 1, false
		}
	}
	return -1, false
}

// key reads a key and returns it with the place of its value.
func (s *facts) key(at int) (key string, value int) {
	if at >= len(s.text) || s.text[at] != '"' {
		return "", -1
	}
	end := stringEnd(s.text, at+1)
	if value = s.space(end); value < 0 || value >= len(s.text) || s.text[value] != ':' {
		return "", -1
	}
	return unquote(s.text[at:end]), s.space(value + 1)
}

// space returns the end of white space.
func (s *facts) space(at int) int {
	for at >= 0 && at < len(s.text) && (s.text[at] == ' ' || s.text[at] == '\n' || s.text[at] == '\r' || s.text[at] == '\t') {
		at++
	}
	return at
}
