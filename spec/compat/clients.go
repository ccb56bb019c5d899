package compat

import (
	"cmp"

	"github.com/errspec/errspec/spec/diag"
)

// A ClientName is an exported name of a generated client in another language than Go.
type ClientName struct {
	Language string // "Python"
	Name     string // "Code.SERVICE_ERROR"
	Go       string // the same name in a Go package: "CodeServiceError"
	Of       string // its entry: a wire value, "code/subtype", "field PATH"; "" for the table
	At       diag.Location
}

// WithClientNames returns changes with the names of clients that were removed. One that is
// also removed in Go belongs to the change of the Go name. Names of removed entries are
// reported with the entry. at is the location of the new table.
func WithClientNames(changes []Change, old, new []ClientName, at diag.Location) []Change {
	kept, locations := make(map[[2]string]bool), make(map[string]diag.Location)
	for _, n := range new {
		kept[[2]string{n.Language, n.Name}] = true
		locations[n.Of] = n.At
	}
	gone, reported := make(map[string]bool), make(map[string]int)
	for i, c := range changes {
		switch c.Kind {
		case CodeRemoved, SubtypeRemoved, SubtypeMoved:
			gone[c.Subject] = true
		case NameRemoved:
			reported[c.Subject] = i
		}
	}
	for _, n := range old {
		if kept[[2]string{n.Language, n.Name}] || gone[n.Of] || gone[owner(n.Of)] {
			continue
		}
		if i, found := reported[n.Go]; found {
			changes[i].Clients = append(changes[i].Clients, n)
			continue
		}
		is, found := locations[n.Of]
		if !found {
			is = at
		}
		reported[n.Go] = len(changes)
		changes = append(changes, Change{Kind: NameRemoved, Subject: n.Name, Language: n.Language, Part: n.Of, Was: n.Name, Old: n.At, New: is})
	}
	return changes
}

// language returns the language of the name that was removed.
func (c Change) language() string { return cmp.Or(c.Language, "Go") }

// eachOther calls words and value with the names in other languages that are removed with
// the subject: ", and with it Code.Busy in TypeScript and Code.BUSY in Python".
func (c Change) eachOther(words func(string), value func(name, value string)) {
	for i, n := range c.Clients {
		switch {
		case i == 0:
			words(", and with it ")
		case i == len(c.Clients)-1:
			words(" and ")
		default:
			words(", ")
		}
		value("name", n.Name)
		words(" in " + n.Language)
	}
}
