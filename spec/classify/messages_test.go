package classify_test

import (
	"slices"
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
)

// The vectors contain the message of each code and subtype, with values.
func TestCasesContainMessages(t *testing.T) {
	table := &spec.Table{Codes: []spec.Code{{
		Wire:    "busy",
		Message: "come back later",
		Subtypes: []spec.Subtype{
			{Name: "queue", Message: "{n} people, {n} seats", Match: []string{"<num:n> people"}},
			{Name: "hall"},
		},
	}}}
	want := []string{"come back later", "7 people, 7 seats", "2.5 people, 2.5 seats"}
	if got := classify.Messages(&table.Codes[0]); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, message := range want {
		if !slices.Contains(classify.Cases(table), classify.Case{Wire: "busy", Message: message}) {
			t.Errorf("no case for %q", message)
		}
	}
}
