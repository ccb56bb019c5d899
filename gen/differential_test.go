package gen

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/errspec/errspec/internal/longtest"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/export"
	"github.com/errspec/errspec/spec/response"
)

// A changedResponse is a response that need not be text, and its meaning.
type changedResponse struct {
	classify.ResponseVector
	Header map[string][]string `json:"header"`
	Data   []byte              `json:"data"`
}

func isAnyBody([]byte) bool { return true }

// isTextBody reports whether a body is text, which JavaScript is given instead of bytes.
func isTextBody(body []byte) bool {
	return utf8.Valid(body) && !bytes.HasPrefix(body, []byte("\ufeff"))
}

// randomCases are random cases of a table in the format of its vectors.
type randomCases struct {
	messages, responses int
	data                []byte // a JSON object
}

// differentialCases returns random cases of a table, times as many as usual. isBody
// reports whether a language can be given a body.
func (s *service) differentialCases(t *testing.T, times int, isBody func([]byte) bool) randomCases {
	t.Helper()
	var responses []changedResponse
	for _, r := range s.responses {
		for range mutationsOf * times {
			m := s.mutate(r)
			if !isBody(m.Body) {
				continue
			}
			got := s.read(&m)
			v := changedResponse{s.classifier.ReadingVector(got, string(m.Body)), m.Header, m.Body}
			v.Name, v.Call, v.Status, v.Body = m.Name, m.Call, m.Status, string(m.Body)
			if m.Body == nil {
				v.Data = []byte{}
			}
			s.asTask(got, &v)
			if _, err := json.Marshal(v); err == nil { // not for integers such as 01
				responses = append(responses, v)
			}
		}
	}
	var messages []classify.Vector
	texts := textsOf(s.table)
	for range longtest.Choose(250, 1000) * times {
		code := anyOf(s.rnd, s.table.Codes).Wire
		messages = append(messages, s.classifier.Vector(code, randomMessage(s.rnd, texts)))
	}
	data, err := json.Marshal(map[string]any{"revision": export.Revision(s.table), "cases": messages, "responses": responses})
	if err != nil {
		t.Fatal(err)
	}
	return randomCases{len(messages), len(responses), data}
}

// asTask adapts the meaning of a response to what a Task has: the status of one field may
// be a completed one of another field.
func (s *service) asTask(got response.Reading, v *changedResponse) {
	for _, f := range s.table.Response.Fields {
		if got.Outcome == response.Running && slices.Contains(f.Completed, got.Status) {
			v.Outcome = "ok"
		}
	}
}

// responsesOf returns the responses that the gallery has for a table, or those of its
// examples and vectors.
func responsesOf(t *testing.T, file string) []byte {
	t.Helper()
	if data, err := os.ReadFile(strings.TrimSuffix(file, ".yaml") + ".json"); err == nil {
		return data
	}
	table, findings, err := spec.Load(file)
	if err != nil || findings.HasErrors() {
		t.Fatalf("%v\n%s", err, printed(findings))
	}
	vectors, err := classify.VectorsOf(table)
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]any
	for _, v := range vectors.Responses {
		all = append(all, map[string]any{"name": v.Name, "call": v.Call, "http": v.Status, "headers": v.Headers, "body": v.Body})
	}
	data, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// textsOf returns the examples and phrases of a table.
func textsOf(table *spec.Table) []string {
	var all []string
	for _, c := range table.Codes {
		all = append(append(all, c.Examples...), c.Match...)
		for _, s := range c.Subtypes {
			all = append(append(all, s.Examples...), s.Match...)
		}
	}
	return append(all, "an error")
}

// randomMessage returns parts of texts with odd characters between and inside them.
func randomMessage(rnd *rand.Rand, texts []string) string {
	odd := []string{
		" ", "  ", "\t\n", "\u00a0", "\u0085", "\ufeff", "\x1c", "\u212a", "\u017f", "é", "٣", "😀", "_", ".", "1.5", "10", "7.",
		"x", "", "", "", "<num>", "\\", "\"", "\x00", "12.3.4",
	}
	var b strings.Builder
	for range 1 + rnd.IntN(3) {
		text := anyOf(rnd, texts)
		for strings.Contains(text, "<") && strings.Contains(text, ">") {
			from, to := strings.Index(text, "<"), strings.Index(text, ">")
			if to < from {
				break
			}
			text = text[:from] + anyOf(rnd, odd[:len(odd)-6]) + text[to+1:]
		}
		if rnd.IntN(3) == 0 {
			text = strings.ToUpper(text)
		}
		if at := rnd.IntN(len(text) + 1); rnd.IntN(2) == 0 {
			text = strings.ToValidUTF8(text[:at], "") + anyOf(rnd, odd) + strings.ToValidUTF8(text[at:], "")
		}
		if rnd.IntN(3) == 0 {
			text = strings.ReplaceAll(text, " ", fmt.Sprint(anyOf(rnd, odd[:7])))
		}
		b.WriteString(text + anyOf(rnd, odd))
	}
	return b.String()
}
