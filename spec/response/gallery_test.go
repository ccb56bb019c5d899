package response

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/match"
)

// The gallery holds tables of services that respond in different ways, and responses of theirs
// with what these mean.
const gallery = "../testdata/gallery"

// galleryTable is as much of a table as reading responses takes.
type galleryTable struct {
	Wire     string
	Response struct {
		Fields, Headers yaml.Node
		HTTP            yaml.Node
	}
	Classes []struct {
		Name  string
		Retry galleryRetry
	}
	Codes []struct {
		Code                 string
		Class                string
		Aliases, RenamedFrom []string
		Prefixes, Match      []string
		When                 yaml.Node
		Retry                galleryRetry
		Title, Description   string
		Subtypes             []struct {
			Name            string
			Values          []string
			When            yaml.Node
			Match, Examples []string
			Fallback        bool
			Retry           galleryRetry
		}
	}
}

type galleryRetry struct {
	Automatic *bool
	Wait      struct{ Min time.Duration }
}

type galleryField struct {
	Role, Type, Unit, Match    string
	OK                         []string
	Cut                        struct{ After, Before string }
	When                       yaml.Node
	Completed, Failed, Running []string
}

// readTable returns the description that a table gives, with the keys in without left out.
func readTable(t testing.TB, name string, without ...string) Description {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var in galleryTable
	if err := yaml.Unmarshal(data, &in); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	d := Description{Integer: in.Wire == "integer"}
	d.Fields = readFields(t, &in.Response.Fields)
	d.Headers = readFields(t, &in.Response.Headers)
	for _, e := range pairs(&in.Response.HTTP) {
		var status int
		if err := e[0].Decode(&status); err != nil {
			t.Fatal(err)
		}
		d.HTTP = append(d.HTTP, HTTPCode{status, e[1].Value})
	}
	classes := map[string]galleryRetry{}
	for _, c := range in.Classes {
		classes[c.Name] = c.Retry
	}
	for _, c := range in.Codes {
		retry := classes[c.Class].merge(c.Retry)
		code := Code{
			Wire: c.Code, Aliases: append(c.Aliases, c.RenamedFrom...), Prefixes: c.Prefixes, Match: c.Match,
			When: readConditions(&c.When), Automatic: retry.automatic(), Wait: retry.Wait.Min,
		}
		for _, s := range c.Subtypes {
			own := retry.merge(s.Retry)
			phrases := s.Match
			if phrases == nil {
				for _, example := range s.Examples {
					phrases = append(phrases, match.Derive(example))
				}
			}
			code.Subtypes = append(code.Subtypes, Subtype{
				Name: s.Name, Values: s.Values, When: readConditions(&s.When), Match: phrases, Fallback: s.Fallback,
				Automatic: own.automatic(), Wait: own.Wait.Min,
			})
		}
		d.Codes = append(d.Codes, code)
	}
	return d
}

func (r galleryRetry) automatic() bool { return r.Automatic != nil && *r.Automatic }

// merge returns the retry settings of what is under r.
func (r galleryRetry) merge(own galleryRetry) galleryRetry {
	if own.Automatic == nil {
		own.Automatic = r.Automatic
	}
	if own.Wait.Min == 0 {
		own.Wait = r.Wait
	}
	return own
}

func pairs(n *yaml.Node) [][2]*yaml.Node {
	var out [][2]*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		out = append(out, [2]*yaml.Node{n.Content[i], n.Content[i+1]})
	}
	return out
}

func readFields(t testing.TB, n *yaml.Node) []Field {
	var fields []Field
	for _, e := range pairs(n) {
		var f galleryField
		if err := e[1].Decode(&f); err != nil {
			t.Fatal(err)
		}
		fields = append(fields, Field{
			Path: e[0].Value, Role: Role(f.Role), Unit: f.Unit, Match: f.Match, OK: f.OK, CutAfter: f.Cut.After, CutBefore: f.Cut.Before,
			When: readConditions(&f.When), Completed: f.Completed, Failed: f.Failed, Running: f.Running,
		})
	}
	return fields
}

// readConditions reads one value or a list of them for each name.
func readConditions(n *yaml.Node) []Condition {
	var out []Condition
	for _, e := range pairs(n) {
		c := Condition{Name: e[0].Value}
		for _, v := range append(e[1].Content, e[1]) {
			if v.Kind == yaml.ScalarNode {
				c.Values = append(c.Values, v.Value)
			}
		}
		out = append(out, c)
	}
	return out
}

// A galleryResponse is a response of the gallery.
type galleryResponse struct {
	Name    string            `json:"name"`
	Call    string            `json:"call,omitempty"`
	HTTP    int               `json:"http"`
	Headers map[string]string `json:"headers,omitempty"`
	Body    json.RawMessage   `json:"body"` // text that is not JSON, if it is a string
	Gives   given             `json:"gives"`
}

// given is what a response means. Of texts "" is none.
type given struct {
	Outcome    string  `json:"outcome"`
	Code       string  `json:"code,omitempty"`
	Known      bool    `json:"known,omitempty"`
	Subtype    string  `json:"subtype,omitempty"`
	Message    string  `json:"message,omitempty"`
	Task       string  `json:"task,omitempty"`
	Param      string  `json:"param,omitempty"`
	RequestID  string  `json:"request_id,omitempty"`
	RetryAfter float64 `json:"retry_after,omitempty"`
	Automatic  bool    `json:"automatic,omitempty"`
}

func (r *galleryResponse) body() []byte {
	var text string
	if json.Unmarshal(r.Body, &text) == nil {
		return []byte(text)
	}
	return r.Body
}

func (r *galleryResponse) header() map[string][]string {
	header := make(map[string][]string)
	for name, value := range r.Headers {
		header[name] = []string{value}
	}
	return header
}

func (r *galleryResponse) call() Call {
	if r.Call == "plain" {
		return PlainCall
	}
	return TaskCall
}

// read returns what the reader makes of the response.
func (r *galleryResponse) read(reader *Reader) given {
	got := reader.Read(r.call(), r.HTTP, r.header(), r.body())
	g := given{
		Outcome: got.Outcome.String(), Code: got.Code, Known: got.Known, Message: got.Message, Task: got.Task, Param: got.Param,
		RequestID: got.RequestID, RetryAfter: got.RetryAfter.Seconds(), Automatic: got.Automatic,
	}
	if got.Subtype >= 0 {
		g.Subtype = reader.table.codes[got.Index].Subtypes[got.Subtype].Name
	}
	return g
}

func compileTable(t testing.TB, d Description) *Reader {
	t.Helper()
	r, err := Compile(d)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var update = flag.Bool("update", false, "rewrite what the responses of the gallery give")

// TestGallery reads the responses of all services of the gallery.
func TestGallery(t *testing.T) {
	names, err := filepath.Glob(gallery + "/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal("no gallery", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".yaml"), func(t *testing.T) {
			reader := compileTable(t, readTable(t, name))
			responses := readResponses(t, name)
			for i := range responses {
				r := &responses[i]
				got := r.read(reader)
				if *update {
					r.Gives = got
				}
				if got != r.Gives {
					t.Errorf("%s: got %s\nwant %s", r.Name, show(got), show(r.Gives))
				}
			}
			if *update {
				writeResponses(t, name, responses)
			}
		})
	}
}

func readResponses(t testing.TB, table string) []galleryResponse {
	t.Helper()
	data, err := os.ReadFile(strings.TrimSuffix(table, ".yaml") + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var responses []galleryResponse
	if err := json.Unmarshal(data, &responses); err != nil {
		t.Fatal(err)
	}
	return responses
}

// writeResponses writes one response a line.
func writeResponses(t testing.TB, table string, responses []galleryResponse) {
	t.Helper()
	var b strings.Builder
	for i := range responses {
		b.WriteString([]string{"[\n  ", ",\n  "}[min(i, 1)] + show(&responses[i]))
	}
	if err := os.WriteFile(strings.TrimSuffix(table, ".yaml")+".json", []byte(b.String()+"\n]\n"), 0o666); err != nil {
		t.Fatal(err)
	}
}

func show(v any) string {
	var b strings.Builder
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	if err := out.Encode(v); err != nil {
		return err.Error()
	}
	return strings.TrimSpace(b.String())
}
