package spec

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
)

// messageValue is a named value of a message. Other braces are literal.
var messageValue = lazyregexp.New(`\{[a-z][a-z0-9_]*\}`)

// ValuesOfMessage returns the names of the values in a message, each once, in order of their first
// occurrence.
func ValuesOfMessage(message string) []string {
	var all []string
	for _, at := range messageValue.FindAllStringIndex(message, -1) {
		if name := message[at[0]+1 : at[1]-1]; !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}

// FillMessage returns a message in which value(name) replaces each {name}.
func FillMessage(message string, value func(name string) string) string {
	return messageValue.ReplaceAllStringFunc(message, func(name string) string { return value(strings.Trim(name, "{}")) })
}
