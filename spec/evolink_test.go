package spec_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/export"
	"github.com/errspec/errspec/spec/validate"
)

// These tests compare the facts of the EvoLink page with the export, because that is the form
// that other programs read. The facts that the page does not contain are in
// evolink_gateway_test.go.

type exported struct {
	Errspec  int
	Name     string
	Title    string
	Wire     string
	DocsURL  string `json:"docs_url"`
	Unlisted string
	Response struct {
		Examples []struct{ Body string }
		HTTP     map[string]string
		Fields   json.RawMessage
	}
	Polling struct{ URL, Auth, Interval string }
	Backoff struct {
		Attempts     int
		Initial, Cap string
		Multiplier   float64
	}
	Classes []struct{ Name, Title, Fault string }
	Codes   []exportedCode
}

type exportedCode struct {
	Code, Title, Class, Description, Details string
	Retry                                    exportedRetry
	HTTP                                     int
	GRPC, Charged, URL                       string
	Prefixes, Aliases                        []string
	Subtypes                                 []struct {
		Name, Title, Description string
		Examples                 []string
		Fallback                 bool
		Retry                    exportedRetry
	}
	Causes                 []json.RawMessage
	Avoid, Fixes, Examples []string
}

type exportedRetry struct {
	Action              string
	Automatic, Throttle bool
	Wait                *struct{ Min, Max string }
	Advice, Hint        string
}

func evolink(t *testing.T) exported {
	t.Helper()
	table, findings, err := spec.Load("builtin:evolink")
	if err != nil || len(findings) > 0 {
		t.Fatalf("builtin:evolink: %v, findings %v", err, findings)
	}
	if findings := validate.Run(table); len(findings) > 0 {
		t.Fatalf("builtin:evolink: %v", findings)
	}
	var e exported
	if err := json.Unmarshal([]byte(encode(t, table, export.Options{})), &e); err != nil {
		t.Fatal(err)
	}
	return e
}

func TestEvolinkHead(t *testing.T) {
	e := evolink(t)
	check := func(key string, got, want any) {
		t.Helper()
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s is %v, want %v", key, got, want)
		}
	}
	check("errspec", e.Errspec, 1)
	check("name", e.Name, "evolink")
	check("wire", e.Wire, "string")
	check("docs_url", e.DocsURL, "https://docs.evolink.ai/en/api-manual/task-management/error-codes")
	check("unlisted", e.Unlisted, "unknown_error")
	check("polling", e.Polling, struct{ URL, Auth, Interval string }{"https://api.evolink.ai/v1/tasks/{id}", "bearer", "3s"})
	check("attempts", e.Backoff.Attempts, 3)
	check("initial", e.Backoff.Initial, "5s")
	check("multiplier", e.Backoff.Multiplier, 2.0)
	check("cap", e.Backoff.Cap, "10m0s")
	check("classes", e.Classes[:2], []struct{ Name, Title, Fault string }{
		{"client", "Client Errors (Fixable by User)", "client"},
		{"server", "Server Errors (Retry Later)", "server"},
	})
}

func TestEvolinkResponse(t *testing.T) {
	r := evolink(t).Response
	const example = `{
  "id": "task-unified-1772618027-cmeisy8h",
  "object": "image.generation.task",
  "status": "failed",
  "model": "gemini-3.1-flash-image-preview",
  "progress": 0,
  "error": {
    "code": "content_policy_violation",
    "message": "Content policy violation.\nYour request was blocked by safety filters..."
  }
}`
	if len(r.Examples) == 0 || r.Examples[0].Body != example {
		t.Errorf("examples are\n%v", r.Examples)
	}
	// The fields are in documentation order, which a map would lose.
	var fields [][2]string
	d := json.NewDecoder(strings.NewReader(string(r.Fields)))
	if _, err := d.Token(); err != nil {
		t.Fatal(err)
	}
	for d.More() {
		path, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		var f struct {
			Role, Type, Description string
			Running, Completed      []string
			Failed                  []string
		}
		if err := d.Decode(&f); err != nil {
			t.Fatal(err)
		}
		fields = append(fields, [2]string{path.(string), f.Role + f.Type})
		switch path {
		case "status":
			if !reflect.DeepEqual(f.Completed, []string{"completed"}) || !reflect.DeepEqual(f.Failed, []string{"failed", "cancelled"}) ||
				!reflect.DeepEqual(f.Running, []string{"pending", "processing"}) {
				t.Errorf("status: running %v, completed %v, failed %v", f.Running, f.Completed, f.Failed)
			}
		case "error.code":
			if f.Description != "Error code identifier. See the full list below" {
				t.Errorf("error.code: %q", f.Description)
			}
		case "error.message":
			if f.Description != "User-friendly error description with troubleshooting tips" {
				t.Errorf("error.message: %q", f.Description)
			}
		}
	}
	// Of several fields with the same role, the first usable one counts.
	var roles [][2]string
	for _, f := range fields {
		if slices.Contains([]string{"id", "status", "code", "message", "request_id"}, f[1]) {
			roles = append(roles, f)
		}
	}
	want := [][2]string{{"id", "id"}, {"status", "status"}, {"error.code", "code"}, {"error.type", "code"}, {"error.message", "message"},
		{"error.request_id", "request_id"}, {"request_id", "request_id"}, {"code", "code"}, {"msg", "message"}, {"message", "message"},
		{"error", "message"}, {"error_description", "message"}}
	if !reflect.DeepEqual(roles, want) {
		t.Errorf("fields with roles are %v, want %v", roles, want)
	}
}

// evolinkCodes combines the two overview tables, the headings of the details and the two lists
// at the end of the page. The decision is the action, the settings that are true and the wait.
var evolinkCodes = []struct {
	code, title, class, description, advice, hint string
	decision                                      string
	subtypes, causes, avoid, fixes, examples      int
}{
	{"content_policy_violation", "Content Policy Violation", "client", "Content violates safety policies", "Fix content, then retry", "Modify content", "fix", 7, 0, 4, 0, 0},
	{"invalid_parameters", "Invalid Parameters", "client", "Invalid request parameters", "Fix params, then retry", "Fix parameters", "fix", 5, 0, 0, 4, 0},
	{"image_processing_error", "Image Processing Failed", "client", "Image processing failed", "Use different image", "Use different image", "fix", 1, 4, 0, 4, 0},
	{"image_dimension_mismatch", "Image Dimension Mismatch", "client", "Image dimensions don’t match request", "Resize image, then retry", "Resize image", "fix", 0, 0, 0, 2, 2},
	{"request_cancelled", "Request Cancelled", "client", "Request was cancelled", "Resubmit", "Resubmit", "resubmit", 0, 0, 0, 1, 0},
	{"generation_failed_no_content", "Generation Failed", "server", "Model failed to generate output", "Try different prompt", "Try different prompt", "retry automatic", 0, 4, 0, 4, 0},
	{"service_error", "Service Error", "server", "Internal service error", "Auto-recovers, retry later", "Wait, then retry", "wait automatic 30s-1m0s", 0, 4, 0, 3, 0},
	{"generation_timeout", "Generation Timeout", "server", "Task processing timed out", "Retry later", "Wait, then retry", "wait automatic", 0, 3, 0, 3, 0},
	{"resource_exhausted", "Resource Exhausted", "server", "Upstream resources temporarily depleted", "Auto-recovers, retry later", "Auto-recovers", "wait automatic 1m0s-5m0s", 0, 0, 0, 2, 0},
	{"quota_exceeded", "Quota / Rate Limit Exceeded", "server", "Rate limit or quota exceeded", "Reduce frequency, retry later", "Reduce frequency, then retry", "wait automatic throttle", 0, 3, 0, 3, 0},
	{"service_unavailable", "Service Unavailable", "server", "Service temporarily unavailable", "Auto-recovers, retry later", "Auto-recovers, retry later", "wait", 0, 0, 0, 2, 0},
	{"resource_not_found", "Resource Not Found", "server", "Task ID invalid or expired", "Check task ID", "Check task ID", "check", 0, 0, 0, 3, 0},
	{"unknown_error", "Unknown Error", "server", "Unclassified error", "Contact support", "Contact support", "support", 0, 0, 0, 2, 0},
}

func (r exportedRetry) decision() string {
	s := r.Action
	if r.Automatic {
		s += " automatic"
	}
	if r.Throttle {
		s += " throttle"
	}
	if r.Wait != nil {
		s += " " + r.Wait.Min + "-" + r.Wait.Max
	}
	return s
}

// onPage returns the codes of the page, which are the first of the table.
func onPage(t *testing.T, e exported) []exportedCode {
	t.Helper()
	n := len(evolinkCodes)
	if len(e.Codes) < n {
		t.Fatalf("%d codes, want at least %d", len(e.Codes), n)
	}
	for _, c := range e.Codes[n:] {
		if c.Class == "client" || c.Class == "server" {
			t.Errorf("%s has class %s, which is one of the page", c.Code, c.Class)
		}
	}
	return e.Codes[:n]
}

func TestEvolinkCodes(t *testing.T) {
	codes := onPage(t, evolink(t))
	for i, want := range evolinkCodes {
		c := codes[i]
		if c.Code != want.code {
			t.Fatalf("code %d is %s, want %s", i, c.Code, want.code)
		}
		got := want
		got.title, got.class, got.description = c.Title, c.Class, c.Description
		got.advice, got.hint, got.decision = c.Retry.Advice, c.Retry.Hint, c.Retry.decision()
		got.subtypes, got.causes, got.avoid, got.fixes, got.examples = len(c.Subtypes), len(c.Causes), len(c.Avoid), len(c.Fixes), len(c.Examples)
		if got != want {
			t.Errorf("%s is\n%+v, want\n%+v", c.Code, got, want)
		}
		if c.HTTP != 0 || c.GRPC != "" {
			t.Errorf("%s: http %d, grpc %q; the page has neither", c.Code, c.HTTP, c.GRPC)
		}
		if c.Details == "" {
			t.Errorf("%s has no details", c.Code)
		}
	}
}

// evolinkSubtypes are the tables of subtypes: name, title, description, message.
var evolinkSubtypes = map[string][][4]string{
	"content_policy_violation": {
		{"photorealistic_people", "Photorealistic people", "Uploaded image contains real human faces", "photorealistic people detected"},
		{"celebrity_likeness", "Celebrity likeness", "Involves celebrities or public figures", "celebrity detected in image"},
		{"copyright_trademark", "Copyright/Trademark", "Involves brand logos, trademarks, or copyrighted IP", "third-party content violation"},
		{"adult_nsfw", "Adult/NSFW", "Contains nudity or sexually suggestive content", "nudity detected"},
		{"violence_self_harm", "Violence/Self-harm", "Contains violent, graphic, or self-harm content", "violence content blocked"},
		{"minor_protection", "Minor protection", "Involves sensitive content related to minors", "minor content not allowed"},
		{"general_policy", "General policy", "Other content policy violations", "content policy violation"},
	},
	"invalid_parameters": {
		{"prompt_too_long", "Prompt too long", "Prompt exceeds model’s maximum length", "Prompt is too long"},
		{"image_dimension", "Image dimension", "Image width/height or aspect ratio out of range", "image dimensions must be between 240 and 7680"},
		{"file_too_large", "File too large", "Uploaded file exceeds size limit", "file size exceeds 10MB"},
		{"unsupported_format", "Unsupported format", "Uploaded file format is not supported", "unsupported file type"},
		{"video_duration", "Video duration", "Video duration outside model’s supported range", "Video duration must be between 1-30 seconds"},
	},
}

// evolinkOwnSubtypes are the subtypes that the page does not contain.
var evolinkOwnSubtypes = map[string][][4]string{
	"image_processing_error": {
		{"url_not_accessible", "URL not accessible", "The service could not download an input file from its URL", "input media URL could not be fetched (not found)"},
	},
}

func TestEvolinkSubtypes(t *testing.T) {
	for _, c := range evolink(t).Codes {
		var got [][4]string
		for _, s := range c.Subtypes {
			if len(s.Examples) != 1 {
				t.Fatalf("%s/%s has the messages %q", c.Code, s.Name, s.Examples)
			}
			got = append(got, [4]string{s.Name, s.Title, s.Description, s.Examples[0]})
			if want := s.Name == "general_policy"; s.Fallback != want {
				t.Errorf("%s/%s: fallback %v", c.Code, s.Name, s.Fallback)
			}
			if s.Retry.decision() != c.Retry.decision() || s.Retry.Advice != c.Retry.Advice {
				t.Errorf("%s/%s has other retry settings than its code", c.Code, s.Name)
			}
		}
		if want := slices.Concat(evolinkSubtypes[c.Code], evolinkOwnSubtypes[c.Code]); !reflect.DeepEqual(got, want) {
			t.Errorf("%s has the subtypes\n%q, want\n%q", c.Code, got, want)
		}
	}
}
