package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/names"
)

// A lookup is one way to name an entry, the surest first.
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

// httpStatus returns an HTTP status without the word before it.
func httpStatus(name string) string {
	if word, rest, ok := strings.Cut(name, " "); ok && strings.EqualFold(word, "http") {
		return rest
	}
	return name
}

// find returns the entries that a name means: those of the surest lookup in which
// it means any.
func find(all []names.Entry, name string) []names.Entry {
	if name == "" {
		return nil
	}
	for _, means := range lookups {
		var found []names.Entry
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
func namesOf(all []names.Entry) []string {
	var called []string
	for _, e := range all {
		called = append(called, e.Value(), e.Const)
		called = append(called, e.Former...)
		if e.Subtype == nil {
			called = append(called, e.OtherValues()...)
			called = append(called, e.Code.Stem())
		} else {
			called = append(called, e.Subtype.Name)
		}
	}
	return called
}
