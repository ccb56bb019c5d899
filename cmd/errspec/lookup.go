package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen"
	"github.com/errspec/errspec/spec"
)

// A manner is one way to name an entry, the surest first.
type manner func(e gen.Entry, name string) bool

var manners = []manner{
	func(e gen.Entry, name string) bool { return e.Value() == name },
	func(e gen.Entry, name string) bool { return slices.Contains(e.OtherValues(), name) },
	func(e gen.Entry, name string) bool { return e.Ident == name || slices.Contains(e.Former, name) },
	func(e gen.Entry, name string) bool {
		return e.Subtype == nil && e.Table.Wire == spec.WireInteger && e.Code.Stem() == name
	},
	func(e gen.Entry, name string) bool {
		return e.Subtype == nil && slices.Contains(e.Statuses(), httpStatus(name))
	},
	func(e gen.Entry, name string) bool {
		return e.Subtype == nil && e.Code.HTTP != 0 && strconv.Itoa(e.Code.HTTP) == httpStatus(name)
	},
	func(e gen.Entry, name string) bool { return e.Subtype != nil && e.Subtype.Name == name },
	func(e gen.Entry, name string) bool {
		return strings.EqualFold(e.Value(), name) || strings.EqualFold(e.Ident, name)
	},
	func(e gen.Entry, name string) bool { return e.Subtype == nil && strings.EqualFold(e.Code.Title, name) },
	func(e gen.Entry, name string) bool {
		return e.Subtype != nil && strings.EqualFold(e.Subtype.Title, name)
	},
	func(e gen.Entry, name string) bool { return e.Subtype == nil && strings.HasPrefix(e.Value(), name) },
	func(e gen.Entry, name string) bool {
		return e.Subtype != nil && (strings.HasPrefix(e.Value(), name) || strings.HasPrefix(e.Subtype.Name, name))
	},
	func(e gen.Entry, name string) bool { return strings.HasPrefix(e.Ident, name) },
}

// httpStatus returns an HTTP status without the word before it.
func httpStatus(name string) string {
	if word, rest, ok := strings.Cut(name, " "); ok && strings.EqualFold(word, "http") {
		return rest
	}
	return name
}

// find returns the entries that a name means: those of the surest manner in which
// it means any.
func find(all []gen.Entry, name string) []gen.Entry {
	if name == "" {
		return nil
	}
	for _, means := range manners {
		var found []gen.Entry
		for _, e := range all {
			if means(e, name) {
				found = append(found, e)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// namesOf returns everything that an entry may be called, for suggestions.
func namesOf(all []gen.Entry) []string {
	var names []string
	for _, e := range all {
		names = append(names, e.Value(), e.Ident)
		names = append(names, e.Former...)
		if e.Subtype == nil {
			names = append(names, e.OtherValues()...)
			names = append(names, e.Code.Stem())
		} else {
			names = append(names, e.Subtype.Name)
		}
	}
	return names
}
