// The code of a response.

package response

import "strconv"

//errspec:if cut
import "strings"

//errspec:end

// A choice is the code that a response, or an element of an array in it, names.
type choice struct {
	fact    int    // -1 without a code
	wire    string // the code as sent
	code    int    // its index, -1 if it is not listed
	prefix  bool   // whether the code is a family of codes that begin alike
	status  bool   // whether it only repeats the HTTP status
	standIn int    // the code of a later field if this one is not listed, or -1
}

// choose returns the first code that facts name, which are of one element. One that repeats the
// HTTP status counts only if it is listed and no later field has another one that is.
func (s *facts) choose(t responseTable, near, from, to int) choice {
	c := choice{fact: -1, code: -1, standIn: -1}
	for field := range s.format.fields {
		if s.format.fields[field].role != roleCode {
			continue
		}
		for i := from; i < to; i++ {
			if s.list[i].field != field || !s.together(i, near) {
				continue
			}
			wire := s.text(i)
			wire = s.format.fields[field].cut(wire) //errspec:if cut
			code, prefix := t.listed(wire)
			status := s.isStatus(wire)
			switch {
			case wire == "" || status && code < 0:
			case c.fact < 0, c.status && !status && code >= 0:
				c = choice{i, wire, code, prefix, status, -1}
			case c.code < 0 && c.standIn < 0:
				c.standIn = code
			case c.status && code < 0:
				s.doubtful = true // more than the status was sent
			}
		}
	}
	return c
}

// isStatus reports whether a text is the HTTP status.
func (s *facts) isStatus(text string) bool {
	return len(text) == 3 && text == strconv.Itoa(s.status)
}

//errspec:if arrays

// chooseElement returns a code of the first element of an array that has a listed one, or else of
// the first that has one. Clients must not retry automatically unless they may after all errors.
func (s *facts) chooseElement(t responseTable, array uint8) int {
	best, codes, repeatable := choice{fact: -1}, 0, true
	from, last := 0, -1 // the code that is read
	settle := func(to int) {
		if c := s.choose(t, last, from, to); c.fact >= 0 {
			codes++
			repeatable = repeatable && c.code >= 0 && t.repeatable(c.code)
			if best.fact < 0 || best.code < 0 && c.code >= 0 {
				best = c
			}
		}
		from = to
	}
	described, named := int32(-1), int32(-1) // the last elements with a message and with a code
	for i, f := range s.list {
		field := &s.format.fields[f.field]
		if f.text == "" || field.arrays[0] != array {
			continue
		}
		if described >= 0 && described != f.at[0] {
			s.doubtful = s.doubtful || described != named
			described = -1
		}
		switch field.role {
		case roleMessage, roleFailure:
			described = f.at[0]
		case roleCode:
			if last >= 0 && !s.together(last, i) {
				settle(i)
			}
			last, named = i, f.at[0]
		}
	}
	settle(len(s.list))
	s.doubtful = s.doubtful || described >= 0 && described != named || codes > 1 && !repeatable
	return best.fact
}

//errspec:end

//errspec:if cut

// cut returns the part of a code that counts.
func (f *field) cut(wire string) string {
	if f.before != "" {
		wire, _, _ = strings.Cut(wire, f.before)
	}
	if _, after, ok := strings.Cut(wire, f.after); ok && f.after != "" {
		return after
	}
	return wire
}

//errspec:end
