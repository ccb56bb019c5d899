package response

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The gallery holds tables of services that respond in different ways, and responses of theirs
// with their meaning.
const gallery = "../testdata/gallery"

// ReadTable returns the description of a table of the gallery. The external tests set it.
var ReadTable func(t testing.TB, name string) Description

// readTable returns the description of a table of the gallery, which the caller may change.
func readTable(t testing.TB, name string) Description {
	t.Helper()
	return ReadTable(t, name)
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

// given is the meaning of a response. An empty text is none.
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

// read returns the meaning of the response.
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

var update = flag.Bool("update", false, "rewrite the expected meanings of the gallery's responses")

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

// Misread returns the number of a table's responses that reader does not read as expected.
func Misread(t testing.TB, table string, reader *Reader) int {
	t.Helper()
	n := 0
	for _, r := range readResponses(t, table) {
		if r.read(reader) != r.Gives {
			n++
		}
	}
	return n
}
