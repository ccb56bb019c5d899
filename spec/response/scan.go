// Finding the fields of a response.

package response

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// maxBody is the length of the longest body that is read.
const maxBody = 16 << 20

// maxValues is how many values of a header are read. They may be looked at for each element of an
// array.
const maxValues = 100

// scan finds the fields of a response. All that reads the body relies on it being valid JSON.
func (s *facts) scan(body []byte) {
	s.list = make([]fact, 0, 16)
	for i, f := range s.format.fields {
		if f.header != "" {
			values := headerValues(s.header, f.header)
			s.doubtful = s.doubtful || len(values) > maxValues
			for _, value := range values[:min(len(values), maxValues)] {
				s.add(i, strings.TrimSpace(value))
			}
		}
	}
	switch {
	case s.status == 204 || s.status == 205: // there is no body
	case len(body) <= maxBody && json.Valid(body):
		s.body, s.valid = string(body), true
		s.root()
	default: // the text of a proxy, or a damaged object
		start := bytes.TrimSpace(body)
		s.doubtful = s.doubtful || bytes.ContainsAny(start[:min(len(start), 64)], "{[")
	}
}

// headerValues returns the values of a header. The case of its name is ignored.
func headerValues(header map[string][]string, name string) []string {
	spelling := ""
	for key := range header {
		if len(key) == len(name) && strings.EqualFold(key, name) && (spelling == "" || key < spelling) {
			spelling = key
		}
	}
	return header[spelling]
}

// root reads the body. Of an array it reads the first object, or, if the response succeeded, the
// first one that is an error: the others are results.
func (s *facts) root() {
	headers, at := len(s.list), s.next(0)
	if s.body[at] == '{' {
		s.object(at, s.format.body)
	}
	if s.body[at] != '[' {
		return
	}
	for at = s.next(at + 1); s.body[at] != ']'; at = s.next(s.skip(at)) {
		if s.body[at] != '{' {
			s.doubtful = s.doubtful || !s.succeeded()
			continue
		}
		s.list = s.list[:headers]
		s.object(at, s.format.body)
		s.dropFields() //errspec:if when
		if !s.succeeded() || s.refused(s.first(roleCode, -1) >= 0) {
			s.doubtful = s.doubtful || s.succeeded()
			return
		}
	}
	s.list = s.list[:headers]
}

// refused reports whether a response is an error although its HTTP status is one of success, given
// whether it has a code. A message does not make it one.
func (s *facts) refused(code bool) bool {
	//errspec:if success
	for i := range s.list {
		if s.is(i, roleSuccess) {
			if !slices.Contains(s.format.fields[s.list[i].field].ok, s.text(i)) {
				return true
			}
			code = false
		}
	}
	//errspec:end
	//errspec:if failure
	for i := range s.list {
		if s.is(i, roleFailure) && isFailure(s.text(i)) {
			return true
		}
	}
	//errspec:end
	return code
}

//errspec:if failure

// isFailure reports whether the value of a failure field means one.
func isFailure(text string) bool { return text != "false" && text != "0" }

//errspec:end

// object reads the members of an object that are fields or lead to some. Of several with the same
// key the last one counts.
func (s *facts) object(at int, below []node) {
	var room [16][2]int
	members := append(room[:0], make([][2]int, len(below))...)
	for at = s.next(at + 1); s.body[at] != '}'; at = s.next(at) {
		end := s.skip(at)
		key, from := unquote(s.body[at:end]), s.next(end)
		at = s.skip(from)
		if i := slices.IndexFunc(below, func(n node) bool { return n.key == key }); i >= 0 {
			members[i] = [2]int{from, at}
		}
	}
	quiet := false //errspec:if ok
	for i, m := range members {
		if m[1] == 0 {
			continue
		}
		//errspec:if ok
		f := &s.format.fields[below[i].field]
		if quiet && f.role == roleMessage && s.body[m[0]] != '{' {
			continue
		}
		quiet = quiet || s.succeeded() && f.isOK(s.body[m[0]:m[1]])
		//errspec:end
		s.value(m[0], m[1], &below[i])
	}
}

//errspec:if ok

// isOK reports whether a code means that there is no error. A message next to it means the same.
func (f *field) isOK(text string) bool {
	return f.role == roleCode && slices.Contains(f.ok, strings.Trim(text, `"`))
}

//errspec:end

// value reads a value that is a field or leads to some.
func (s *facts) value(at, end int, n *node) {
	text, r := s.body[at:end], s.format.fields[n.field].role
	object, array := text[0] == '{', text[0] == '['
	switch {
	case text == "null":
	case n.field > 0 && r == roleNone:
		s.add(n.field, text)
	case text == `""`:
	case strings.Trim(text, "{}[] \t\r\n") == "":
		leaf := n.below == nil && r != roleFailure && r != roleParam
		leaf = leaf && n.each == nil //errspec:if arrays
		s.doubtful = s.doubtful || leaf
	case n.field > 0 && (!object && !array || r == roleFailure || r == roleParam && array):
		s.add(n.field, text)
		s.doubtful = s.doubtful || r == roleFailure && isFailure(text) && !object && n.below != nil //errspec:if failure
	default:
		looked := object && n.below != nil
		looked = looked || array && n.each != nil //errspec:if arrays
		s.doubtful = s.doubtful || !looked
	}
	if object {
		s.object(at, n.below)
	}
	//errspec:if arrays
	if array && n.each != nil {
		s.array(at, n.each)
	}
	//errspec:end
}

//errspec:if arrays

// array reads the elements of an array.
func (s *facts) array(at int, each *node) {
	s.level++
	s.at[s.level-1] = 0
	for at = s.next(at + 1); s.body[at] != ']'; at = s.next(at) {
		end := s.skip(at)
		s.value(at, end, each)
		s.at[s.level-1]++
		at = end
	}
	s.level--
}

//errspec:end

// add adds a field.
func (s *facts) add(field int, text string) {
	ok := text == ""
	ok = ok || s.format.fields[field].isOK(text) //errspec:if ok
	if !ok {
		s.list = append(s.list, fact{text: text, field: field})
		s.list[len(s.list)-1].at = s.at //errspec:if arrays
	}
}

// skip returns the end of a value.
func (s *facts) skip(at int) int {
	for depth := 0; ; at++ {
		switch s.body[at] {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case '"':
			for at++; s.body[at] != '"'; at++ {
				if s.body[at] == '\\' {
					at++
				}
			}
		default:
			for depth == 0 && at+1 < len(s.body) && strings.IndexByte(",]} \t\r\n", s.body[at+1]) < 0 {
				at++
			}
		}
		if depth == 0 {
			return at + 1
		}
	}
}

// next returns the place of the next key, value or closing bracket.
func (s *facts) next(at int) int {
	for strings.IndexByte(" \t\r\n,:", s.body[at]) >= 0 {
		at++
	}
	return at
}
