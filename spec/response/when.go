// Conditions.

package response

import (
	"slices"
	"strings"
)

// dropFields drops fields whose conditions do not hold, and returns the first code whose do, or -1.
func (s *facts) dropFields() int {
	for i := range s.format.fields {
		drop := !s.hold(s.format.fields[i].when)
		drop = drop || s.format.fields[i].role == roleStatus && !s.succeeded() //errspec:if task
		if !drop {
			continue
		}
		for j := range s.list {
			if s.list[j].field == i {
				s.list[j].text = ""
			}
		}
	}
	for _, sel := range s.format.codes {
		if s.hold(sel.when) {
			return sel.code
		}
	}
	return -1
}

// hold reports whether all conditions hold. A missing value fulfills none, and an
// object or array where a value should be may be damage.
func (s *facts) hold(when []condition) bool {
	for _, c := range when {
		ok := false
		if c.field == 0 {
			ok = slices.ContainsFunc(c.values, s.isStatus)
		}
		for i := range s.list {
			if s.list[i].field == c.field && c.field > 0 {
				s.doubtful = s.doubtful || strings.HasPrefix(s.list[i].text, "{") || strings.HasPrefix(s.list[i].text, "[")
				ok = ok || slices.Contains(c.values, s.text(i))
			}
		}
		if !ok {
			return false
		}
	}
	return true
}
