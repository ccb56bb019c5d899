package explain_test

import (
	"encoding/json"
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/explain"
	"github.com/errspec/errspec/spec/extract"
	"github.com/errspec/errspec/spec/names"
)

// decoded returns the only explanation of a document.
func decoded(t *testing.T, x explain.Explanation) map[string]any {
	t.Helper()
	var document struct {
		Explanations []map[string]any
	}
	if err := json.Unmarshal(explain.Document(1, x), &document); err != nil || len(document.Explanations) != 1 {
		t.Fatalf("%v: %v", err, document)
	}
	return document.Explanations[0]
}

func want(t *testing.T, got map[string]any, members map[string]any) {
	t.Helper()
	for key, value := range members {
		if got[key] != value {
			t.Errorf("%s is %v, want %v", key, got[key], value)
		}
	}
}

const numbers = `errspec: 1
name: shop
title: Shop errors
wire: integer
response:
  fields:
    id: {role: id}
    state: {role: status, completed: [done], failed: [failed]}
    code: {role: code}
    message: {role: message}
classes:
  - {name: server, title: Server errors, fault: server}
codes:
  - code: 503
    name: busy
    title: Busy
    class: server
    description: The shop is busy.
    charged: yes
    retry: {action: wait}
    subtypes:
      - {name: queue, title: Queue, match: ["<num:people> people"], retry: {action: never}}
`

// Explanations of a code, of its subtype and of an error have the same keys. Codes of a
// table of integers are numbers, also those that the table does not list.
func TestExplainIntegers(t *testing.T) {
	table, findings := spec.Parse("t.yaml", numbers, nil)
	if findings.HasErrors() {
		t.Fatal(findings)
	}
	entries, _ := names.Entries(table)
	want(t, decoded(t, explain.Entry(entries[0])), map[string]any{
		"kind": "code", "code": 503.0, "known": true, "subtype": nil, "title": "Busy", "charged": "yes", "values": nil,
		"x-errspec-acts": "service", "x-errspec-next-step": "The same request may succeed later, but clients must not retry it automatically.",
	})
	subtype := map[string]any{
		"code": 503.0, "known": true, "subtype": "503/queue", "title": "Queue", "description": nil, "action": "never", "charged": "yes",
		"x-errspec-acts": "client", "x-errspec-next-step": "The same request will never succeed.",
	}
	want(t, decoded(t, explain.Entry(entries[1])), subtype)

	x, err := extract.New(table)
	if err != nil {
		t.Fatal(err)
	}
	read := func(body string) map[string]any {
		t.Helper()
		f, _, err := x.Object(body)
		if err != nil {
			t.Fatal(err)
		}
		return decoded(t, explain.Error(table, entries, x.Decide(f)))
	}
	got := read(`{"id":"t-1","state":"failed","code":503,"message":"42 people"}`)
	want(t, got, subtype)
	want(t, got, map[string]any{"kind": "error", "message": "42 people", "task": "t-1"})
	if values, _ := got["values"].(map[string]any); values["people"] != "42" {
		t.Errorf("values are %v", values)
	}
	want(t, read(`{"id":"t-1","state":"failed","code":7}`), map[string]any{
		"code": 7.0, "known": false, "title": nil, "entry": nil, "url": nil, "charged": "unknown", "x-errspec-acts": "unknown", "automatic": false,
	})
	want(t, read(`{"id":"t-1","state":"failed","message":"m"}`), map[string]any{"code": nil, "known": false, "message": "m"})
}
