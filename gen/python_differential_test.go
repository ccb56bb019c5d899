package gen

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/internal/longtest"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/export"
	"github.com/errspec/errspec/spec/response"
)

var pythonCases = flag.Int("python", 1, "multiply the random cases that compare Python with Go")

// A pythonResponse is a response that need not be text, and its meaning.
type pythonResponse struct {
	classify.ResponseVector
	Header map[string][]string `json:"header"`
	Data   []byte              `json:"data"`
}

// Python packages decide about changed responses and random messages as Go does.
func TestPythonDifferential(t *testing.T) {
	python := findPython(t)
	replay, err := filepath.Abs("internal/python/testdata/replay.py")
	if err != nil {
		t.Fatal(err)
	}
	tables, err := filepath.Glob("../spec/testdata/gallery/*.yaml")
	if err != nil || len(tables) == 0 {
		t.Fatal("no gallery", err)
	}
	for i, file := range append([]string{"internal/golang/testdata/standin.yaml", "../spec/evolink.yaml"}, tables...) {
		if i%longtest.Choose(16, 1) > 1 {
			continue
		}
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			pkg := "py_" + name
			rendered, findings, err := Render(config.Entry{Table: file, Python: &config.Python{Dir: filepath.Join(dir, pkg)}})
			if err != nil || findings.HasErrors() {
				t.Fatalf("%v\n%s", err, printed(findings))
			}
			if _, err := Write(t.Context(), rendered); err != nil {
				t.Fatal(err)
			}
			cases := filepath.Join(dir, "cases.json")
			if err := os.WriteFile(cases, differentialCases(t, file), 0o666); err != nil {
				t.Fatal(err)
			}
			out, err := runPython(python, dir, replay, pkg, cases)
			if err != nil {
				t.Errorf("%v\n%.8000s", err, out)
			}
		})
	}
}

// differentialCases returns random cases of a table in the format of its vectors.
func differentialCases(t *testing.T, file string) []byte {
	t.Helper()
	s := readService(t, file, responsesOf(t, file))
	var responses []pythonResponse
	for _, r := range s.responses {
		for range mutationsOf * *pythonCases {
			m := s.mutate(r)
			got := s.read(&m)
			v := pythonResponse{s.classifier.ReadingVector(got, string(m.Body)), m.Header, m.Body}
			v.Name, v.Call, v.Status = m.Name, m.Call, m.Status
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
	for range longtest.Choose(250, 1000) * *pythonCases {
		code := anyOf(s.rnd, s.table.Codes).Wire
		messages = append(messages, s.classifier.Vector(code, randomMessage(s.rnd, texts)))
	}
	data, err := json.Marshal(map[string]any{"revision": export.Revision(s.table), "cases": messages, "responses": responses})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// asTask adapts the meaning of a response to what a Task has: the status of one field may
// be a completed one of another field.
func (s *service) asTask(got response.Reading, v *pythonResponse) {
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
