package extract_test

import "testing"

const numbers = `errspec: 1
name: kafka
title: Numbers
wire: integer
codes:
  - {code: -1, name: unknown_server_error, title: Unknown, description: Something happened., retry: {action: support}}
  - {code: 0, title: None, description: Nothing happened.}
  - {code: 6, name: not_leader, title: Not the leader, description: Ask another., aliases: [600], retry: {action: retry, automatic: true}}
  - {code: -1073741819, title: Access violation, description: A number of 32 bits.}
`

// Integer codes are found as numbers, and by the names in the text of an Error.
func TestIntegers(t *testing.T) {
	x := extractorOf(t, numbers)
	for line, want := range map[string]string{
		"kafka: not_leader: m (task t)":  "6",
		"kafka: not_leader":              "6",
		"kafka: 6: as it came":           "6",
		"kafka: 600: by another number":  "6",
		"kafka: 007: as it came":         "007",
		"kafka: unknown_server_error: m": "-1",
		"kafka: 0: m":                    "0",
		"kafka: minus_1073741819: m":     "-1073741819",
		"kafka: Code(77): m":             "77",
		"kafka: Code(-77)":               "-77",
		"kafka: Code(6)":                 "6",
		`{"err":{"table":"kafka","revision":"1","code":"Code(77)"}}`:                 "77",
		`{"err":{"table":"kafka","revision":"1","code":"not_leader","message":"m"}}`: "6",
		"[not_leader] m":   "6",
		"[-1] m":           "-1",
		"error_code=6 m":   "6",
		`{"code":6}`:       "6",
		`{"code":"0006"}`:  "6",
		"fine [7] here":    "",
		"read kafka: 6 ok": "6",
	} {
		f := read(x, line)
		got := x.Decide(f)
		if got.Code != want || f.Failure() != (want != "") {
			t.Errorf("%s: code %q, found: %v, want %q", line, got.Code, f.Source, want)
		}
		if listed := want == "6" || want == "-1" || want == "0" || want == "-1073741819"; (got.Entry != nil) != listed {
			t.Errorf("%s: %q is listed: %v", line, got.Code, got.Entry != nil)
		}
	}
}
