// The values of fields.

package response

import "strings"

// succeeded reports whether the HTTP status is one of 200 to 299.
func (s *facts) succeeded() bool { return s.status/100 == 2 }

// value returns the text, number or boolean of a fact, "" for the fact -1.
func (s *facts) value(i int) string {
	if i < 0 {
		return ""
	}
	return s.textOf(&s.list[i])
}

// textOf returns the text, number or boolean of a fact.
func (s *facts) textOf(f *fact) string {
	if f.text != "" && f.text[0] == '"' && s.format.fields[f.field].header == "" {
		return unquote(f.text)
	}
	return f.text
}

// raw returns a field as it is written, "" if there is none.
func (s *facts) raw(field int) string {
	for i := range s.list {
		if int(s.list[i].field) == field && s.list[i].text != "" {
			return s.list[i].text
		}
	}
	return ""
}

// has reports whether a fact has the role and belongs to the same element as the fact near, if
// that is not -1.
func (s *facts) has(i int, r role, near int) bool {
	f := &s.list[i]
	if f.text == "" || s.format.fields[f.field].role != r {
		return false
	}
	//errspec:if arrays
	if near >= 0 && !s.together(i, near) {
		return false
	}
	//errspec:end
	return true
}

// first returns the first fact of the first field that has the role, -1 for none.
func (s *facts) first(r role, near int) int {
	best := -1
	for i := range s.list {
		if s.has(i, r, near) && (best < 0 || s.list[i].field < s.list[best].field) {
			best = i
		}
	}
	return best
}

//errspec:if param

// joined returns the value of a fact, the elements of an array joined by dots.
func (s *facts) joined(i int) string {
	if i < 0 || s.list[i].text[0] != '[' || s.format.fields[s.list[i].field].header != "" {
		return s.value(i)
	}
	var parts []string
	array := facts{text: s.list[i].text}
	at, more := array.open(1, ']')
	for more {
		end := array.read(at, nil)
		switch part := array.text[at:end]; part[0] {
		case '{', '[':
		case '"':
			parts = append(parts, unquote(part))
		default:
			parts = append(parts, part)
		}
		at, more = array.next(end, ']')
	}
	return strings.Join(parts, ".")
}

//errspec:end

//errspec:if when

// drop drops fields whose conditions do not hold.
func (s *facts) drop() {
	for i := range s.format.fields {
		if when := s.format.fields[i].when; len(when) > 0 && !s.hold(when) {
			for j := range s.list {
				if int(s.list[j].field) == i {
					s.list[j].text = ""
				}
			}
		}
	}
}

// hold reports whether all conditions hold. What is missing holds nothing.
func (s *facts) hold(when []condition) bool {
	for i := range when {
		if !s.holds(&when[i]) {
			return false
		}
	}
	return true
}

func (s *facts) holds(c *condition) bool {
	for _, value := range c.values {
		if c.field == 0 {
			if s.isStatus(value) {
				return true
			}
			continue
		}
		for i := range s.list {
			f := &s.list[i]
			if int(f.field) == c.field && f.text != "" && s.textOf(f) == value && (s.succeeded() || s.format.fields[c.field].role != roleStatus) {
				return true
			}
		}
	}
	return false
}

// conditional returns the first code whose conditions hold, -1 for none.
func (s *facts) conditional() int {
	for _, c := range s.format.codes {
		if s.hold(c.when) {
			return c.code
		}
	}
	return -1
}

//errspec:end
