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

// sections returns the meanings in each section of the vocabulary. It is read on first use and not at
// program start.
var sections = sync.OnceValue(func() map[string][]meaning {
	all := make(map[string][]meaning)
	section := ""
	for row := range strings.Lines(vocabularyText) {
		if k, names, ok := strings.Cut(row, ":"); row[0] == '[' {
			section = strings.Trim(row, "[]\n")
		} else if ok && row[0] != '#' {
			m := meaning{key: k}
			for name := range strings.SplitSeq(names, ",") {
				m.names = append(m.names, draft.Key(name))
			}
			all[section] = append(all[section], m)
		}
	}
	return all
})

func vocabulary() []meaning { return sections()["columns"] }

// listed returns the names in a line of the section words.
func listed(line string) []string { return namesOf(line, sections()["words"]) }

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
		for len(in) > 1 && slices.Contains(listed("filler"), in[0]) {
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
	for _, all := range [][]meaning{sections()["labels"], vocabulary()} {
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
	return slices.ContainsFunc(listed("error"), func(word string) bool { return strings.Contains(s, word) })
}
