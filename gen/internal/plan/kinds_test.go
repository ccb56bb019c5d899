package plan

import (
	"slices"
	"testing"
)

const levels = `errspec: 1
name: shop
title: Shop
response:
  http: {429: rate_limit}
  fields:
    id: {role: id}
    status: {role: status, completed: [completed], failed: [failed]}
    error.code: {role: code}
    error.message: {role: message}
  examples:
    - {name: refused, http: 404, body: '{"error":{"code":"no_task"}}', gives: {code: no_task}}
    - {name: failed task, body: '{"id":"1","status":"failed","error":{"code":"flagged"}}', gives: {code: flagged}}
    - {name: too many, http: 429, body: '{"error":{"message":"m"}}', gives: {code: rate_limit}}
    - {name: secret, http: 400, body: '{"error":{"code":"hidden"}}', gives: {code: hidden}}
    - {name: running, body: '{"id":"1","status":"running"}', gives: {outcome: running}}
classes:
  - {name: model, title: Model}
  - {name: gateway, title: Gateway}
  - {name: sign_in, title: Sign-in}
  - {name: mixed, title: Mixed}
codes:
  - {code: flagged, title: Flagged, class: mixed, description: d, http: 400}
  - {code: slow, title: Slow, class: model, description: d}
  - {code: no_task, title: No task, class: gateway, description: d, http: 404}
  - {code: rate_limit, title: Rate limit, class: gateway, description: d}
  - {code: no_token, title: No token, class: sign_in, description: d}
  - {code: hidden, title: Hidden, class: gateway, description: d, internal: true}
`

// Examples are grouped by what they mean, and those of internal codes are not shown.
func TestKinds(t *testing.T) {
	var leads []string
	for _, k := range planOf(t, levels).Response.Kinds {
		for _, e := range k.Examples {
			leads = append(leads, e.Lead)
		}
	}
	want := []string{
		"Example of a failed task:",
		`Example of a refused request, "refused", with HTTP status 404:`,
		`Example of a refused request, "too many", with HTTP status 429:`,
		"Example of a running task:",
	}
	if !slices.Equal(leads, want) {
		t.Errorf("got %q\nwant %q", leads, want)
	}
}

// A class is one of refused requests if an HTTP status shows it, and no example of a failed
// task has one of its codes. Other classes are like the one before.
func TestLevels(t *testing.T) {
	p := planOf(t, levels)
	for i, want := range []bool{false, true, true, false} {
		if c := p.Classes[i]; c.Refused != want || p.Level(c) == "" {
			t.Errorf("%s: refused: %v, level %q", c.Name, c.Refused, p.Level(c))
		}
	}
	p.Levels = false
	if got := p.Level(p.Classes[1]); got != "" {
		t.Errorf("a table with one level has %q", got)
	}
}
