package extract_test

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/errspec/errspec/internal/gallery"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/extract"
	"github.com/errspec/errspec/spec/response"
)

// A galleryCase is a response of the gallery with its meaning in a generated package.
type galleryCase struct {
	*gallery.Response
	table    *spec.Table
	x        *extract.Extractor
	want     response.Reading
	decision classify.Decision
}

func (c *galleryCase) failed() bool {
	return c.want.Outcome == response.Error || c.want.Outcome == response.Failed
}

func eachGalleryCase(t *testing.T, f func(*testing.T, *galleryCase)) {
	n := 0
	for _, s := range gallery.Load(t, "../testdata/gallery") {
		x, err := extract.New(s.Table)
		if err != nil {
			t.Fatal(err)
		}
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
			c := &galleryCase{r, s.Table, x, got, classifier.Reading(got)}
			n++
			t.Run(s.Name+"/"+r.Name, func(t *testing.T) { f(t, c) })
		}
	}
	if n < 241 {
		t.Errorf("the gallery has %d responses", n)
	}
}

// check compares a match with the decision of the package.
func (c *galleryCase) check(t *testing.T, form string, f extract.Match) {
	t.Helper()
	if f.Failure() != c.failed() {
		t.Errorf("%s: found: %v (%+v), want %v", form, f.Failure(), f, c.want)
		return
	}
	if !c.failed() {
		return
	}
	d := c.x.Decide(f)
	if d.Code != c.want.Code || d.Message != c.want.Message || d.Task != c.want.Task {
		t.Errorf("%s: got %q %q %q\nwant %q %q %q", form, d.Code, d.Message, d.Task, c.want.Code, c.want.Message, c.want.Task)
	}
	if d.Entry != c.decision.Code || d.Subtype != c.decision.Subtype || d.StandIn != c.decision.StandIn || !reflect.DeepEqual(d.Retry, c.decision.Retry) {
		t.Errorf("%s: got %+v\nwant %+v", form, d, c.decision)
	}
	got, want := *f.Reading, c.want
	if !near(got.RetryAfter, want.RetryAfter) {
		t.Errorf("%s: delay %v, want %v", form, got.RetryAfter, want.RetryAfter)
	}
	if got.RetryAfter = want.RetryAfter; got.Reading != want {
		t.Errorf("%s: got %+v\nwant %+v", form, got.Reading, want)
	}
}

// near compares delays, which may count from the present.
func near(a, b time.Duration) bool { return a-b < time.Minute && b-a < time.Minute }

// A whole response has the decision of the package, in each form.
func TestGalleryResponses(t *testing.T) {
	eachGalleryCase(t, func(t *testing.T, c *galleryCase) {
		object := func(form string, v map[string]any) {
			t.Helper()
			data, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			f, _, syntax := c.x.Object(string(data))
			if syntax != nil {
				t.Fatal(syntax)
			}
			c.check(t, form, f)
		}
		if c.Headers == nil {
			c.Headers = map[string]string{}
		}
		object("record", map[string]any{"status": c.HTTP, "headers": c.Headers, "body": c.Body()})
		object("vector", map[string]any{"http": c.HTTP, "headers": c.Headers, "body": c.Raw, "call": c.Call})
		object("log record", map[string]any{"level": "error", "msg": "request", "statusCode": c.HTTP, "headers": c.Header(), "body": c.Body()})
		curl := c.Curl()
		for form, text := range map[string]string{
			"curl":      curl,
			"LF":        strings.ReplaceAll(curl, "\r\n", "\n"),
			"continued": "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 302 Found\r\nLocation: /x\r\n\r\n" + curl,
			"prompt":    "$ curl -i https://example.com\n" + curl + "\n",
		} {
			all, ok := c.x.Transcript(text)
			if !ok || len(all.Responses) != 1 {
				t.Errorf("%s: %d responses", form, len(all.Responses))
				continue
			}
			c.check(t, form, all.Responses[0].Match)
		}
	})
}

// Less than the whole response never has a looser decision: the body, and the texts of the
// package's error.
func TestGalleryTextIsNotLooser(t *testing.T) {
	eachGalleryCase(t, func(t *testing.T, c *galleryCase) {
		texts := map[string]string{"body": c.Body()}
		if c.failed() {
			text := c.errorText()
			texts["error"] = text
			texts["log line"] = "2026-03-01T10:00:00Z ERROR " + text
			texts["log record"] = `{"time":"x","level":"ERROR","err":` + strconv.Quote(text) + `}`
		}
		for form, text := range texts {
			f := read(c.x, text)
			if !f.Failure() {
				continue
			}
			d := c.x.Decide(f)
			if d.Retry.Automatic && (!c.failed() || !c.decision.Retry.Automatic) {
				t.Errorf("%s is automatic: %s\ngot %+v\nwant %+v", form, text, d, c.decision)
			}
			if loose := spec.Looser(c.decision.Retry, d.Retry); c.failed() && d.Retry.Automatic && len(loose) > 0 {
				t.Errorf("%s is looser: %s: %v\ngot %+v\nwant %+v", form, text, loose, d.Retry, c.decision.Retry)
			}
			if form == "error" && d.Code != c.want.Code && c.want.Code != strconv.Itoa(c.HTTP) {
				t.Errorf("%s: code %q, want %q", text, d.Code, c.want.Code)
			}
		}
	})
}

// errorText returns the text of the error of the package.
func (c *galleryCase) errorText() string {
	code := appError{code: c.want.Code, status: c.HTTP}.codeText()
	if c.table.Wire == spec.WireInteger && c.decision.Code != nil {
		code = c.decision.Code.Stem()
	}
	if c.decision.Subtype != nil {
		classifier, _ := classify.New(c.table)
		if d := classifier.Classify(c.want.Code, c.want.Message); d.Subtype != c.decision.Subtype {
			code += "/" + c.decision.Subtype.Name
		}
	}
	text := c.table.Name + ": " + code
	if message := oneLine(c.want.Message); message != "" {
		text += ": " + message
	}
	if id := oneLine(c.want.Task); id != "" {
		text += " (task " + id + ")"
	}
	return text
}
