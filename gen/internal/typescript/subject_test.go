package typescript

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/response"
)

// A subject is a table with the cases that the run time replays.
type subject struct {
	Name      string         `json:"name"`
	Codes     []settings     `json:"codes"`
	Subtypes  []settings     `json:"subtypes"`
	First     []int          `json:"first"`
	Wires     [][2]any       `json:"wires"`
	Integers  bool           `json:"integers"`
	Fallbacks [][2]int       `json:"fallbacks"`
	Names     []string       `json:"names"`
	Table     Table          `json:"table"`
	Messages  []messageCase  `json:"messages"`
	Responses []responseCase `json:"responses"`
	loaded    *spec.Table
	reader    *response.Reader
	bodies    []spec.Example
	classify  *classify.Classifier
}

type settings struct {
	Automatic bool     `json:"automatic"`
	Charged   string   `json:"charged"`
	Wait      waitCase `json:"wait"`
}

type waitCase struct {
	Min float64 `json:"minMs"`
	Max float64 `json:"maxMs"`
}

type messageCase struct {
	Wire    string         `json:"wire"`
	Message string         `json:"message"`
	Want    map[string]any `json:"want"`
}

type responseCase struct {
	Call    string              `json:"call"`
	Status  int                 `json:"status"`
	Headers map[string][]string `json:"headers"`
	Body    string              `json:"body"`
	Want    map[string]any      `json:"want"`
}

func milliseconds(d time.Duration) float64 { return float64(d) / 1e6 }

func settingsOf(c *spec.Code, r spec.Retry) settings {
	return settings{r.Automatic, c.Charged.String(), waitCase{milliseconds(r.Wait.Min), milliseconds(r.Wait.Max)}}
}

// subjects returns EvoLink, the gallery, and the golden tables.
func subjects(t *testing.T) []*subject {
	t.Helper()
	files, err := filepath.Glob("../../../spec/testdata/gallery/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no gallery", err)
	}
	dir := t.TempDir()
	for _, pattern := range []string{"../../testdata/golden/*.txtar", "../golang/testdata/variants/*.txtar"} {
		archives, err := filepath.Glob(pattern)
		if err != nil || len(archives) == 0 {
			t.Fatal("no golden tables", err)
		}
		for _, path := range archives {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			into := filepath.Join(dir, filepath.Base(filepath.Dir(path)), strings.TrimSuffix(filepath.Base(path), ".txtar"))
			for _, f := range archive.Files {
				if strings.Contains(f.Name, "/") || !strings.HasSuffix(f.Name, ".yaml") {
					continue
				}
				file := filepath.Join(into, f.Name)
				if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, f.Data, 0o666); err != nil {
					t.Fatal(err)
				}
				if f.Name == "table.yaml" {
					files = append(files, file)
				}
			}
		}
	}
	files = append(files, "../golang/testdata/standin.yaml")
	var all []*subject
	for _, file := range files {
		if s := newSubject(t, file); s != nil {
			all = append(all, s)
		}
	}
	return all
}

// newSubject returns nil if no package is generated from a table.
func newSubject(t *testing.T, file string) *subject {
	t.Helper()
	table, _, err := spec.Load(file)
	if err != nil {
		t.Fatal(err)
	}
	if table == nil {
		return nil
	}
	p, findings := plan.New(table, plan.Options{Source: "table.yaml"})
	if p == nil || findings.HasErrors() {
		return nil
	}
	c, err := classify.New(table)
	if err != nil {
		return nil
	}
	s := &subject{Name: file, Integers: p.Wire == spec.WireInteger, Table: TableOf(p, p.Codes), loaded: table, classify: c, bodies: classify.ResponseCases(table)}
	if p.HasResponse() {
		s.reader = p.Response.Reader
	}
	described := classify.Describe(table)
	for i, c := range table.Codes {
		s.Codes = append(s.Codes, settingsOf(&c, c.Retry))
		s.First = append(s.First, len(s.Subtypes))
		for _, wire := range append([]string{c.Wire}, described.Codes[i].Aliases...) {
			s.Wires = append(s.Wires, [2]any{wire, i})
		}
		for _, sub := range c.Subtypes {
			if sub.Fallback {
				s.Fallbacks = append(s.Fallbacks, [2]int{i, len(s.Subtypes)})
			}
			s.Names = append(s.Names, sub.Name)
			s.Subtypes = append(s.Subtypes, settingsOf(&c, sub.Retry))
		}
	}
	s.First = append(s.First, len(s.Subtypes))
	return s
}

// indexes returns the index of a code and that of a subtype among all subtypes, -1 for none.
func (s *subject) indexes(c *spec.Code, sub *spec.Subtype) [2]int {
	found := [2]int{-1, -1}
	for i := range s.loaded.Codes {
		code := &s.loaded.Codes[i]
		if code != c {
			continue
		}
		found[0] = i
		for j := range code.Subtypes {
			if &code.Subtypes[j] == sub {
				found[1] = s.First[i] + j
			}
		}
	}
	return found
}

func (s *subject) message(wire, message string) {
	d, values := s.classify.ClassifyValues(wire, message)
	at := s.indexes(d.Code, d.Subtype)
	named := make(map[string]string)
	for _, v := range values {
		named[v.Name] = v.Text
	}
	code, sub, _ := s.classify.Match(message)
	s.Messages = append(s.Messages, messageCase{wire, message, map[string]any{
		"code": at[0], "subtype": at[1], "automatic": at[0] >= 0 && d.Retry.Automatic, "values": named, "match": s.indexes(code, sub),
	}})
}

// response adds a response. Delays count from its date, so that they do not depend on
// the time of the test.
func (s *subject) response(call response.Call, status int, headers map[string][]string, body string) {
	if s.reader == nil {
		return
	}
	headers = maps.Clone(headers)
	if headers == nil {
		headers = make(map[string][]string)
	}
	isDate := func(name string) bool { return strings.EqualFold(name, "Date") }
	if !slices.ContainsFunc(slices.Collect(maps.Keys(headers)), isDate) {
		headers["Date"] = []string{"Sun, 06 Nov 1994 08:49:37 GMT"}
	}
	got := s.reader.Read(call, status, headers, []byte(body))
	name := map[response.Call]string{response.PlainCall: "plain", response.TaskCall: "task"}[call]
	s.Responses = append(s.Responses, responseCase{name, status, headers, body, map[string]any{
		"outcome": got.Outcome.String(), "wire": got.Wire, "code": got.Index, "standIn": got.StandIn, "subtype": got.Subtype, "strictest": got.Strictest,
		"message": got.Message, "param": got.Param, "retryAfterMs": milliseconds(got.RetryAfter), "task": got.Task, "requestId": got.RequestID, "automatic": got.Automatic,
	}})
}
