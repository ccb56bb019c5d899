package gen

import (
	"strings"
	"testing"

	"github.com/errspec/errspec/spec/compat"
)

// Clients of the old table read what the service sends by the new one.
func TestCompareSent(t *testing.T) {
	const base = `errspec: 1
name: shop
title: Shop errors
response:
  send: own
  headers:
    x-request-id: {role: request_id}
  fields:
    error.code: {role: code}
    error.message: {role: message}
    error.field: {role: param}
    error.wait: {role: retry_after}
codes:
  - code: bad_input
    title: Bad input
    description: The input is bad.
    http: 400
    message: the input is bad
    subtypes:
      - {name: size, title: Size, when: {http: 413}, message: "over {n} MB", match: ["over <num:n> MB"]}
      - {name: region, title: Region, when: {http: 451}}
  - code: busy
    title: Busy
    description: The shop is busy.
    http: 503
    retry: {action: wait, wait: {min: 5s, max: 10s}}
`
	for _, test := range []struct{ from, to, want string }{
		{"", "", ""},
		{"error.code: {", "problem.code: {role: code}\n    error.code: {", "bad_input, clients read code none, not bad_input"},
		{"error.message: {", "error.text: {role: message}\n    error.message: {", `bad_input, clients read message none, not "the input is bad"`},
		{"error.field: {", "error.source: {role: param}\n    error.field: {", `bad_input, clients read parameter none, not "name"`},
		{"x-request-id: {", "x-trace: {role: request_id}\n    x-request-id: {", `bad_input, clients read request ID none, not "req-7"`},
		{"{http: 451}", "{http: 403}", "bad_input/region, clients read subtype none, not region"},
		{`"over {n} MB", match: ["over <num:n> MB"]`, `"{n} MB is too much", match: ["over <num:n> MB", "<num:n> MB is too much"]`, ""}, // the status selects it
		{"error.wait: {role: retry_after}", "error.delay: {role: retry_after}\n    error.wait: {role: retry_after}", ""},                // the header Retry-After has it
		{"  - code: busy", "  - {code: full, title: Full, description: The shop is full., http: 507}\n  - code: busy", ""},              // a new code
		{"http: 503", "http: 502", ""}, // reported as http-changed
	} {
		if !strings.Contains(base, test.from) {
			t.Fatal(test.from)
		}
		old, new := parsed(t, "old.yaml", base), parsed(t, "new.yaml", strings.Replace(base, test.from, test.to, 1))
		var got []string
		for _, c := range compared(t, old, new) {
			if c.Kind == compat.SentMisread {
				got = append(got, c.Text())
			}
		}
		all := strings.Join(got, "\n")
		if test.want == "" && all != "" || test.want != "" && !strings.Contains(all, "from the response with "+test.want) {
			t.Errorf("%s instead of %s:\n%s\nwant %s", test.to, test.from, all, test.want)
		}
	}
}
