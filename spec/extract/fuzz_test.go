package extract_test

import "testing"

// FuzzTranscript checks properties of every text with responses: they are in order, and an
// automatic decision has a listed code and no text after the body.
func FuzzTranscript(f *testing.F) {
	f.Add("HTTP/1.1 429 Too Many Requests\r\nA: b\r\n\r\n{\"error\":{\"code\":\"rate_limit\"}}")
	f.Add("< HTTP/2 429\n< a: b\n<\n* x\n{}\nHTTP/1.1 100 Continue\n\nHTTP/2 200\n\n{}")
	f.Add(`{"log":{"version":"1.2","entries":[{"response":{"status":429,"headers":[],"content":{"text":"{}"}}},1]}}`)
	f.Add(`{"status":429,"headers":[["a","b"]],"body":"{}"}`)
	x := extractorOf(f, pay)
	f.Fuzz(func(t *testing.T, text string) {
		all, _ := x.Transcript(text)
		last := -1
		for _, r := range all.Responses {
			if r.At <= last || r.At >= len(text) || r.Reading == nil {
				t.Errorf("%q: %+v", text, r)
			}
			last = r.At
			if d := x.Decide(r.Match); r.Failure() && d.Retry.Automatic && d.Entry == nil {
				t.Errorf("%q is automatic: %+v", text, d)
			}
			_ = r.Reading.Places()
		}
		if _, end, err := x.Object(text); err == nil {
			if entries, ok := x.Entries(text[:end]); ok {
				at := -1
				for offset := range entries {
					if offset <= at || offset >= end {
						t.Errorf("%q: entry at %d", text, offset)
					}
					at = offset
				}
			}
		}
	})
}
