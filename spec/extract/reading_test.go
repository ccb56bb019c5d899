package extract_test

import (
	"strings"
	"testing"

	"github.com/errspec/errspec/spec/extract"
)

// pay is a table whose responses say more about retries than the text of an error.
const pay = `errspec: 1
name: pay
title: Pay
response:
  http: {429: rate_limit}
  headers:
    request-id: {role: request_id}
    should-retry: {role: retryable}
  fields:
    error.code: {role: code}
    error.reason: {role: subtype}
    error.message: {role: message}
codes:
  - code: rate_limit
    title: Rate limit
    description: Too many requests.
    retry: {action: wait, automatic: true, wait: {min: 1s, max: 2s}}
    subtypes:
      - {name: daily, title: Daily, retry: {automatic: false}}
      - {name: slow, title: Slow, retry: {wait: {min: 1m, max: 2m}}}
  - {code: declined, title: Declined, description: The card was declined., retry: {action: fix}}
`

// plain is a table whose responses have keys that records of responses have too.
const plain = `errspec: 1
name: plain
title: Plain
response:
  fields:
    status: {type: integer}
    data.reason: {role: code}
    headers: {type: any}
    message: {role: message}
codes:
  - {code: busy, title: Busy, description: Busy., retry: {action: wait, automatic: true}}
`

// Records of responses have many forms; all mean the same.
func TestRecords(t *testing.T) {
	const body = `{\"error\":{\"code\":\"rate_limit\"}}`
	const encoded = `eyJlcnJvciI6eyJjb2RlIjoicmF0ZV9saW1pdCJ9fQ==`
	x := extractorOf(t, pay)
	for record, want := range map[string]bool{
		`{"status":429,"headers":{},"body":"` + body + `"}`:                                                                      true,
		`{"http":429,"headers":{},"body":{"error":{"code":"rate_limit"}}}`:                                                       true,
		`{"level":"error","err":"refused","status_code":"429","header":{"Request-Id":["r"]},"response_body":"` + body + `"}`:     true,
		`{"statusCode":429,"headers":{},"body":"` + encoded + `","isBase64Encoded":true}`:                                        true,
		`{"status":429,"headers":[{"name":"request-id","value":"r"}],"content":{"size":1,"mimeType":"a","text":"` + body + `"}}`: true,
		`{"status":429,"headers":[["request-id","r"]],"content":{"encoding":"base64","text":"` + encoded + `"}}`:                 true,
		`{"status":429,"headers":"request-id: r\r\n","data":{"error":{"code":"rate_limit"}}}`:                                    true,
		`{"status":429,"headers":{},"body":null}`:                                                                                true,
		`{"message":"failed","response":{"status":429,"headers":{},"data":{}}}`:                                                  true,
		`{"http":{"response":{"status_code":429,"headers":{},"body":{"content":"` + body + `","bytes":9}}},"log":{}}`:            true,

		// Automatic retries are withheld if the headers are unknown or forbid them, or if the
		// text beside the response leaves the outcome unknown.
		`{"status":429,"body":"` + body + `"}`:                                                     false,
		`{"status":429,"headers":{"Should-Retry":"false"},"body":"` + body + `"}`:                  false,
		`{"status":429,"headers":{"should-retry":["false"]},"body":"` + body + `"}`:                false,
		`{"status":429,"headers":[{"name":"Should-Retry","value":"false"}],"body":"` + body + `"}`: false,
		`{"status":429,"headers":[["Should-Retry","false"]],"body":"` + body + `"}`:                false,
		`{"status":429,"headers":"Should-Retry: false","body":"` + body + `"}`:                     false,
		`{"status":429,"headers":{},"body":"` + body + `","err":"unexpected EOF"}`:                 false,
		`{"status":429,"headers":{},"body":{"error":{"code":"rate_limit","reason":"daily"}}}`:      false,
		`{"status":429,"headers":{},"body":{"error":{"code":"rate_limit","reason":"new"}}}`:        false,
		`{"level":"error","prompt":{"status":429,"headers":{},"body":"` + body + `"}}`:             false,
		`{"error":{"code":"rate_limit"}}`:                                                          false,
	} {
		f := read(x, record)
		if d := x.Decide(f); d.Code != "rate_limit" || d.Retry.Automatic != want {
			t.Errorf("%s: code %q, automatic: %v", record, d.Code, d.Retry.Automatic)
		}
	}
	for _, record := range []string{
		`{"status":200,"headers":{},"body":{}}`, `{"status":204,"headers":{}}`, `{"level":"info","status":429,"headers":{}}`, `{"status":429,"data":{}}`,
		`{"status":1429,"headers":{},"body":{}}`, `{"status":"failed","headers":{},"body":{}}`,
	} {
		if f := read(x, record); f.Failure() {
			t.Errorf("%s: found %+v", record, f)
		}
	}
}

// Keys that the table's responses have themselves do not make a record.
func TestRecordKeysOfTheTable(t *testing.T) {
	x := extractorOf(t, plain)
	if f := read(x, `{"status":200,"headers":{},"data":{"reason":"busy"}}`); f.Code != "busy" || f.Reading.HTTP != 0 {
		t.Errorf("found %+v", f)
	}
	if f := read(x, `{"status":503,"headers":{},"body":{"data":{"reason":"busy"}}}`); f.Code != "busy" || f.Reading.HTTP != 503 {
		t.Errorf("found %+v", f)
	}
}

// A transcript ends bodies where their JSON ends, and text around it can only make a
// decision stricter.
func TestTranscripts(t *testing.T) {
	x := extractorOf(t, pay)
	const body = "{\"error\":\n {\"code\":\"rate_limit\"}}"
	for text, want := range map[string]string{
		"HTTP/2 429\r\n\r\n" + body: "rate_limit",
		"HTTP/1.0 429\n\n":          "rate_limit",
		"HTTP/1.1 402 Payment Required\nA: b\n\n{\"error\":{\"code\":\"declined\"}}\n$ ": "declined, stricter",
		"< HTTP/2 429 \n< request-id: r\n< \n{ [34 bytes data]\n" + body:                 "rate_limit",
		"HTTP/2 429\n\n" + body + "\ncurl: (18) transfer closed":                         "rate_limit, stricter",
		"HTTP/2 429\nshould-retry: false\n\n" + body:                                     "rate_limit, stricter",
		"HTTP/2 429\n\n{\"error\":{\"code\":\"rate_limit\"":                              "rate_limit, stricter",
		"HTTP/2 429\n\n" + body + "HTTP/2 402\n\n":                                       "rate_limit, stricter",
		"HTTP/2 302\nLocation: x\n\n":                                                    "",
		"HTTP/1.1 100 Continue\n\nHTTP/2 200\n\n{}":                                      "ok",
	} {
		all, _ := x.Transcript(text)
		if len(all.Responses) != 1 {
			t.Errorf("%q: %d responses", text, len(all.Responses))
			continue
		}
		f := all.Responses[0].Match
		d, got := x.Decide(f), f.Code
		if !f.Failure() {
			got = f.Reading.Outcome.String()
		} else if f.Code != "" && !d.Retry.Automatic {
			got += ", stricter"
		}
		if want == "" && f.Code == "" {
			continue
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{"HTTP/1.1 429 Too Many Requests", "HTTP/1.1 429\nretrying in 5 s", "see HTTP/1.1 429\n\n", "HTTP/1.1 100 Continue\n\n", "HTTP/2 4290\n\n"} {
		if all, ok := x.Transcript(text); ok {
			t.Errorf("%q: %+v", text, all)
		}
	}
}

// The text of an error does not show what forbids a retry, but names the subtype.
func TestErrorTextOfResponses(t *testing.T) {
	x := extractorOf(t, pay)
	for text, want := range map[string]string{
		"pay: rate_limit: m":       "rate_limit",
		"pay: rate_limit/slow: m":  "rate_limit/slow",
		"pay: rate_limit/slow":     "rate_limit/slow",
		"pay: rate_limit/other: m": "",
	} {
		d := x.Decide(x.Line(text))
		got := d.SubtypeName()
		if got == "" && d.Entry != nil {
			got = d.Code
		}
		if got != want || d.Retry.Automatic {
			t.Errorf("%s: got %q, automatic: %v", text, got, d.Retry.Automatic)
		}
		if strings.Contains(want, "slow") && d.Retry.Wait.Min.String() != "1m0s" {
			t.Errorf("%s: wait %v", text, d.Retry.Wait)
		}
	}
	// A code that its message alone may have given is not automatic.
	shop := extractorOf(t, shop)
	for text, want := range map[string]bool{
		"shop: busy: slow down (task t)":              true,
		"shop: busy: busy (task t)":                   false,
		"shop: busy: come back later please (task t)": false,
	} {
		if d := shop.Decide(shop.Line(text)); d.Retry.Automatic != want {
			t.Errorf("%s: automatic: %v", text, d.Retry.Automatic)
		}
	}
}

// A body whose code repeats an HTTP status is read as the response with that status.
func TestBodyNamesItsStatus(t *testing.T) {
	const table = `errspec: 1
name: g
title: G
response:
  fields:
    error.code: {role: code}
    error.status: {role: code}
    error.message: {role: message}
    status: {type: integer}
    detail: {role: message}
codes:
  - {code: EXHAUSTED, title: E, description: E., retry: {action: wait, automatic: true}}
  - {code: other, title: O, description: O., match: [no credit]}
`
	x := extractorOf(t, table)
	for body, want := range map[string]extract.Source{
		`{"error":{"code":429,"status":"EXHAUSTED"}}`:                   extract.Response,
		`{"status":403,"detail":"There is no credit"}`:                  extract.Phrase,
		`{"status":403,"detail":"There is no credit","else":"a value"}`: extract.Phrase, // as a line of text
	} {
		f := read(x, body)
		if f.Source != want || f.Failure() && x.Decide(f).Entry == nil {
			t.Errorf("%s: %+v", body, f)
		}
	}
}
