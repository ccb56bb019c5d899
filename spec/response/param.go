// The parameter that an error is about.

package response

import "strings"

// joined returns the value of a fact, the elements of an array joined by dots.
func (s *facts) joined(i int) string {
	if i < 0 || s.list[i].text[0] != '[' || s.format.fields[s.list[i].field].header != "" {
		return s.text(i)
	}
	var parts []string
	a := facts{body: s.list[i].text}
	for at := a.next(1); a.body[at] != ']'; {
		end := a.skip(at)
		if c := a.body[at]; c != '{' && c != '[' {
			parts = append(parts, unquote(a.body[at:end]))
		}
		at = a.next(end)
	}
	return strings.Join(parts, ".")
}
