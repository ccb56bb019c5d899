// The code of a response.

package response

import (
	"slices"
	"strings"
)

// A choice is a code that a response names.
type choice struct {
	field  int32  // of the code, 0 if there is none
	fact   int    // index of the field's fact
	wire   string // the code as sent
	code   int    // its index, -1 if the table does not list it
	prefix bool   // whether it only begins as the table says
}

// better returns the choice whose field comes first.
func (c choice) better(other choice) choice {
	if c.field == 0 || other.field != 0 && other.field < c.field {
		return other
	}
	return c
}

// alternatives are what several fields name.
type alternatives struct {
	first  choice
	listed choice // the first one that the table lists
	status choice // one that is listed, but says no more than the HTTP status
}

// choice returns the first alternative. One that repeats the HTTP status gives way to a later one
// that the table lists.
func (a *alternatives) choice() choice {
	switch {
	case a.status.better(a.first) == a.first:
		return a.first
	case a.listed.field != 0:
		return a.listed
	}
	return a.status
}

// standIn returns the code that lends its action and advice to a choice that is not listed.
func (a *alternatives) standIn(c choice) int {
	switch {
	case c.code >= 0:
	case a.listed.field != 0:
		return a.listed.code
	case a.status.field != 0:
		return a.status.code
	}
	return -1
}

// addChoice adds what a fact names. A code that repeats the HTTP status and is not listed is none.
func (s *facts) addChoice(a *alternatives, t responseTable, i int) {
	f := &s.list[i]
	if f.text == "" || s.format.fields[f.field].role != roleCode {
		return
	}
	c := choice{field: f.field, fact: i, wire: s.code(f), code: -1}
	if c.wire == "" {
		return
	}
	c.code, c.prefix = t.listed(c.wire)
	if s.isStatus(c.wire) {
		if c.code >= 0 {
			a.status = a.status.better(c)
		}
		return
	}
	a.first = a.first.better(c)
	if c.code >= 0 {
		a.listed = a.listed.better(c)
	}
}

// code returns the code that a fact names, "" if it means that there is no error.
func (s *facts) code(f *fact) string {
	field := &s.format.fields[f.field]
	wire := s.textOf(f)
	//errspec:if cut
	if field.before != "" {
		wire, _, _ = strings.Cut(wire, field.before)
	}
	if _, after, ok := strings.Cut(wire, field.after); ok && field.after != "" {
		wire = after
	}
	//errspec:end
	//errspec:if ok
	if slices.Contains(field.ok, wire) {
		return ""
	}
	//errspec:end
	return wire
}

// isStatus reports whether a text is the HTTP status.
func (s *facts) isStatus(text string) bool {
	return len(text) == 3 && '1' <= text[0] && text[0] <= '9' &&
		(int(text[0]-'0')*10+int(text[1])-'0')*10+int(text[2])-'0' == s.status
}

// sent returns the code that the response names, with its alternatives in a.
func (s *facts) sent(t responseTable, a *alternatives, r *reading) choice {
	for i := range s.list {
		s.addChoice(a, t, i)
	}
	c := a.choice()
	//errspec:if arrays
	if array := s.format.fields[c.field].arrays[0]; array != 0 {
		c, r.manual = s.ofElements(t, array)
		*a = alternatives{}
		for i := range s.list {
			if s.together(i, c.fact) {
				s.addChoice(a, t, i)
			}
		}
	}
	//errspec:end
	return c
}

//errspec:if arrays

// ofElements returns the code that the elements of an array name: the first one that is listed, or
// else the first. Clients must not retry automatically unless they may after all the errors there.
func (s *facts) ofElements(t responseTable, array uint8) (best choice, manual bool) {
	var a alternatives
	codes, last := 0, -1            // how many elements name one, and the last fact of one
	element := int32(-1)            // the outermost element
	named, described := true, false // whether it has a code and a message
	settle := func() {
		c := a.choice()
		if c.field == 0 {
			return
		}
		named = true
		codes++
		manual = manual || c.code < 0 || !t.repeatable(c.code)
		if best.field == 0 || best.code < 0 && c.code >= 0 {
			best = c
		}
		a, last = alternatives{}, -1
	}
	nameless := false
	for i := range s.list {
		f := &s.list[i]
		field := &s.format.fields[f.field]
		if f.text == "" || field.arrays[0] != array {
			continue
		}
		if f.at[0] != element || last >= 0 && field.role == roleCode && !s.together(last, i) {
			settle()
		}
		if f.at[0] != element {
			nameless = nameless || described && !named
			element, named, described = f.at[0], false, false
		}
		described = described || field.role == roleMessage || field.role == roleFailure
		if field.role == roleCode {
			s.addChoice(&a, t, i)
			last = i
		}
	}
	settle()
	return best, nameless || described && !named || codes > 1 && manual
}

// together reports whether two facts are of the same elements of the arrays that both are in.
func (s *facts) together(i, j int) bool {
	a, b := &s.list[i], &s.list[j]
	for level, array := range s.format.fields[a.field].arrays {
		if array == 0 || array != s.format.fields[b.field].arrays[level] {
			return true
		}
		if a.at[level] != b.at[level] {
			return false
		}
	}
	return true
}

//errspec:end
