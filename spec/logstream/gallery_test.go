package logstream

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/errspec/errspec/internal/gallery"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/extract"
	"github.com/errspec/errspec/spec/response"
)

// The responses of the gallery have the decision of the generated package in every form
// that classify and explain read: records, an archive, and the output of curl -i.
func TestGallery(t *testing.T) {
	for _, s := range gallery.Load(t, "../testdata/gallery") {
		t.Run(s.Name, func(t *testing.T) {
			x, err := extract.New(s.Table)
			if err != nil {
				t.Fatal(err)
			}
			want := galleryDecisions(t, &s)
			for form, text := range map[string]string{"records": recordsOf(t, &s), "array": arrayOf(t, &s), "archive": archiveOf(t, &s), "curl": curlOf(&s)} {
				o := run(Job{Extractor: x}, strings.NewReader(text))
				if o.err != nil || len(o.bad) > 0 || o.stats.Records != int64(len(s.Responses)) {
					t.Errorf("%s: %v %v, %d records of %d", form, o.err, o.bad, o.stats.Records, len(s.Responses))
				}
				if got := decisionsIn(t, o.out); !reflect.DeepEqual(got, want) {
					t.Errorf("%s:\ngot  %v\nwant %v", form, got, want)
				}
			}
			for i := range s.Responses {
				if f, count := Best(x, s.Responses[i].Curl()); f.Reading == nil || f.Failure() != (count == 1) {
					t.Errorf("%s: explain reads %+v, %d errors", s.Responses[i].Name, f, count)
				} else if f.Failure() {
					got := decisionsIn(t, string(first(appendDecision([]byte(`{"file":""`), x.Decide(f)))))
					want := decisionsIn(t, run(Job{Extractor: x}, strings.NewReader(s.Responses[i].Curl())).out)
					if !reflect.DeepEqual(got, want) {
						t.Errorf("%s: explain: %v, classify: %v", s.Responses[i].Name, got, want)
					}
				}
			}
		})
	}
}

func first(line []byte, _ int) []byte { return line }

// A decided error is the part of a line of JSON that the test compares.
type decided struct {
	Code      string
	Known     bool
	Subtype   string
	Class     string
	Action    string
	Automatic bool
	Wait      struct{ Min, Max string }
	Task      string
}

// galleryDecisions returns the decisions of the generated package, of all responses that
// are errors.
func galleryDecisions(t *testing.T, s *gallery.Service) (all []decided) {
	t.Helper()
	classifier, err := classify.New(s.Table)
	if err != nil {
		t.Fatal(err)
	}
	reader, err := classify.NewReader(s.Table)
	if err != nil {
		t.Fatal(err)
	}
	for i := range s.Responses {
		r := &s.Responses[i]
		got := reader.Read(response.TaskCall, r.HTTP, r.Header(), []byte(r.Body()))
		if got.Outcome != response.Error && got.Outcome != response.Failed {
			continue
		}
		d := classifier.Reading(got)
		one := decided{Code: got.Code, Known: d.Code != nil, Action: d.Retry.Action.String(), Automatic: d.Retry.Automatic, Task: got.Task}
		switch {
		case d.Code != nil:
			one.Class = d.Code.Class
		case d.StandIn != nil:
			one.Class = d.StandIn.Class
		}
		if d.Subtype != nil {
			one.Subtype = d.Code.Wire + "/" + d.Subtype.Name
		}
		if w := d.Retry.Wait; !w.IsZero() {
			one.Wait.Min, one.Wait.Max = w.Min.String(), w.Max.String()
		}
		all = append(all, one)
	}
	return all
}

func decisionsIn(t *testing.T, out string) (all []decided) {
	t.Helper()
	for line := range strings.Lines(out) {
		var d struct {
			decided
			Code any
		}
		if err := json.Unmarshal([]byte(line), &d); err != nil {
			t.Fatal(err)
		}
		one := d.decided
		one.Code = strings.Trim(marshal(t, d.Code), `"`)
		all = append(all, one)
	}
	return all
}

func marshal(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func recordOf(r *gallery.Response) map[string]any {
	headers := r.Headers
	if headers == nil {
		headers = map[string]string{}
	}
	return map[string]any{"status": r.HTTP, "headers": headers, "body": r.Body()}
}

func recordsOf(t *testing.T, s *gallery.Service) string {
	var b strings.Builder
	for i := range s.Responses {
		b.WriteString(marshal(t, recordOf(&s.Responses[i])) + "\n")
	}
	return b.String()
}

func arrayOf(t *testing.T, s *gallery.Service) string {
	var all []any
	for i := range s.Responses {
		all = append(all, recordOf(&s.Responses[i]))
	}
	return marshal(t, all)
}

func archiveOf(t *testing.T, s *gallery.Service) string {
	var entries []any
	for i := range s.Responses {
		r := &s.Responses[i]
		headers := []any{}
		for name, value := range r.Headers {
			headers = append(headers, map[string]string{"name": name, "value": value})
		}
		entries = append(entries, map[string]any{
			"request":  map[string]any{"method": "POST", "url": "https://example.com/"},
			"response": map[string]any{"status": r.HTTP, "headers": headers, "content": map[string]any{"size": 1, "mimeType": "application/json", "text": r.Body()}},
		})
	}
	return marshal(t, map[string]any{"log": map[string]any{"version": "1.2", "creator": map[string]string{"name": "x"}, "entries": entries}})
}

func curlOf(s *gallery.Service) string {
	var b strings.Builder
	for i := range s.Responses {
		b.WriteString(s.Responses[i].Curl() + "\n")
	}
	return b.String()
}
