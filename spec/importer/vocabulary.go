package importer

import (
	_ "embed" // the vocabulary
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/errspec/errspec/spec/importer/draft"
)

// Keys that a column can have, as --map spells them.
const (
	keyCode        = "code"
	keyName        = "name"
	keyTitle       = "title"
	keyMessage     = "message"
	keyHTTP        = "http"
	keyGRPC        = "grpc"
	keyRetryable   = "retryable"
	keyAction      = "action"
	keyWait        = "wait"
	keyAdvice      = "advice"
	keyHint        = "hint"
	keyClass       = "class"
	keyDescription = "description"
	keyDetails     = "details"
	keyCauses      = "causes"
	keyAvoid       = "avoid"
	keyFixes       = "fixes"
	keyExamples    = "examples"
	keySince       = "since"
	keyDeprecated  = "deprecated"
	keyReplacedBy  = "replaced_by"
	keyAliases     = "aliases"
	keyInternal    = "internal"
	keySubtypes    = "subtypes"  // of labels only
	keyReference   = "reference" // of labels only: links to other pages
)

// A meaning is a key with names for it.
type meaning struct {
	key   string
	names []string
}

// vocabularyText lists names of keys: a line of a section for each.
//
//go:embed vocabulary.txt
var vocabularyText string

var (
	vocabulary    = section("columns")
	labels        = section("labels")
	roles         = section("roles")
	codeNames     = wordList("code")
	weakCodeNames = wordList("weak")
	subtypeNames  = wordList("subtype")
	errorNames    = wordList("error")
	fieldNames    = wordList("field")
	typeNames     = wordList("type")
	fillers       = wordList("filler")
)

// section returns a function that returns the meanings in a section of the vocabulary. It
// is read on first use and not at program start.
func section(name string) func() []meaning {
	return sync.OnceValue(func() []meaning {
		_, text, _ := strings.Cut(vocabularyText, "["+name+"]\n")
		var all []meaning
		for row := range strings.Lines(text) {
			if row[0] == '[' {
				break
			}
			if k, names, ok := strings.Cut(row, ":"); ok && row[0] != '#' {
				all = append(all, meaning{k, list(names)})
			}
		}
		return all
	})
}

// wordList returns a function that returns the words of a line.
func wordList(name string) func() []string {
	words := section("words")
	return sync.OnceValue(func() []string { return namesOf(name, words()) })
}

func list(names string) []string {
	all := strings.Split(names, ",")
	for i := range all {
		all[i] = draft.Key(all[i])
	}
	return all
}

// Keys returns the keys that a column can be assigned to.
func Keys() []string {
	keys := []string{keyCode}
	for _, v := range vocabulary() {
		if !slices.Contains(keys, v.key) {
			keys = append(keys, v.key)
		}
	}
	return keys
}

// namesOf returns the names of a key.
func namesOf(k string, in []meaning) []string {
	var all []string
	for _, m := range in {
		if m.key == k {
			all = append(all, m.names...)
		}
	}
	return all
}

// meanings returns the normalized names in a header or label: the whole, its parts if it
// has an addition in brackets, and its parts in Latin and other scripts.
func meanings(s string) []string {
	only := func(latin bool) string {
		return strings.Map(func(r rune) rune {
			if (r <= unicode.MaxLatin1) != latin {
				return ' '
			}
			return r
		}, s)
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("()/|\n,（）【】[]:：", r) })
	// In lower case there is no camel case: gRPC.
	var all []string
	for _, part := range append([]string{s, strings.ToLower(s), only(true), only(false)}, parts...) {
		in := draft.Words(part)
		for len(in) > 1 && slices.Contains(fillers(), in[0]) {
			in = in[1:]
		}
		if name := strings.Join(in, " "); name != "" {
			all = append(all, name)
		}
	}
	return all
}

// rank returns the position of the first name that s means, or -1.
func rank(s string, names []string) int {
	in := meanings(s)
	return slices.IndexFunc(names, func(name string) bool { return slices.Contains(in, name) })
}

func isOneOf(s string, names []string) bool { return rank(s, names) >= 0 }

// topicOf returns the key that a label names, or "".
func topicOf(label string) string {
	in := meanings(label)
	for _, all := range [][]meaning{labels(), vocabulary()} {
		for _, m := range all {
			if slices.ContainsFunc(in, func(name string) bool { return slices.Contains(m.names, name) }) {
				return m.key
			}
		}
	}
	return ""
}

// namesErrors reports whether a heading is about errors or codes.
func namesErrors(s string) bool {
	s = strings.ToLower(s)
	return slices.ContainsFunc(errorNames(), func(word string) bool { return strings.Contains(s, word) })
}
