package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/names"
)

// A lookup reports whether an entry has the given name. The slice lookups contains the
// most reliable lookup first.
type lookup func(e names.Entry, name string) bool

var lookups = []lookup{
	func(e names.Entry, name string) bool { return e.Value() == name },
	func(e names.Entry, name string) bool { return slices.Contains(e.OtherValues(), name) },
	func(e names.Entry, name string) bool { return e.Const == name || slices.Contains(e.Former, name) },
	func(e names.Entry, name string) bool {
		return e.Subtype == nil && e.Table.Wire == spec.WireInteger && e.Code.Stem() == name
	},
	func(e names.Entry, name string) bool {
		return e.Subtype == nil && slices.Contains(e.Statuses(), httpStatus(name))
	},
	func(e names.Entry, name string) bool {
		return e.Subtype == nil && e.Code.HTTP != 0 && strconv.Itoa(e.Code.HTTP) == httpStatus(name)
	},
	func(e names.Entry, name string) bool { return e.Subtype != nil && e.Subtype.Name == name },
	func(e names.Entry, name string) bool {
		return strings.EqualFold(e.Value(), name) || strings.EqualFold(e.Const, name)
	},
	func(e names.Entry, name string) bool {
		return e.Subtype == nil && strings.EqualFold(e.Code.Title, name)
	},
	func(e names.Entry, name string) bool {
		return e.Subtype != nil && strings.EqualFold(e.Subtype.Title, name)
	},
	func(e names.Entry, name string) bool { return e.Subtype == nil && strings.HasPrefix(e.Value(), name) },
	func(e names.Entry, name string) bool {
		return e.Subtype != nil && (strings.HasPrefix(e.Value(), name) || strings.HasPrefix(e.Subtype.Name, name))
	},
	func(e names.Entry, name string) bool { return strings.HasPrefix(e.Const, name) },
}

// httpStatus returns a name without the prefix "HTTP ".
func httpStatus(name string) string {
	if word, rest, ok := strings.Cut(name, " "); ok && strings.EqualFold(word, "http") {
		return rest
	}
	return name
}

// find returns the entries with the given name, according to the most reliable lookup
// that finds any.
func find(all []names.Entry, name string) []names.Entry {
	if name == "" {
		return nil
	}
	for _, matches := range lookups {
		var found []names.Entry
		for _, e := range all {
			if matches(e, name) {
				found = append(found, e)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// namesOf returns all names of the entries, for suggestions.
func namesOf(all []names.Entry) []string {
	var found []string
	for _, e := range all {
		found = append(found, e.Value(), e.Const)
		found = append(found, e.Former...)
		if e.Subtype == nil {
			found = append(found, e.OtherValues()...)
			found = append(found, e.Code.Stem())
		} else {
			found = append(found, e.Subtype.Name)
		}
	}
	return found
}
