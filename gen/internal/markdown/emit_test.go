package markdown

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/internal/output"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/names"
)

var update = flag.Bool("update", false, "rewrite the golden pages in testdata")

func TestEmit(t *testing.T) {
	front := mapping(t, "title: '{title}'\nslug: errors/{code}\nsidebar: {position: '{position}', group: '{class}'}\ntags: ['{class}', '{table}']\n")
	for _, test := range []struct {
		plan    *plan.Plan
		options Options
	}{
		{fullPlan(), Options{File: "full.md"}},
		{leastPlan(), Options{File: "least.md"}},
		{fullPlan(), Options{File: "paged.md", Folder: "paged", FrontMatter: front}},
		{leastPlan(), Options{File: "index.md", Folder: "."}},
	} {
		t.Run(test.options.File, func(t *testing.T) {
			for _, f := range emit(t, test.plan, test.options) {
				checkForm(t, f.Data)
				golden(t, filepath.Join("testdata", filepath.FromSlash(f.Name)), f.Data)
			}
		})
	}
}

// emit returns the files of a reference.
func emit(t *testing.T, p *plan.Plan, o Options) []File {
	t.Helper()
	all, err := Emit(p, o)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// pageOf returns a reference that is one page.
func pageOf(t *testing.T, p *plan.Plan) []byte {
	t.Helper()
	return emit(t, p, Options{File: "page.md"})[0].Data
}

// golden compares a page with a file.
func golden(t *testing.T, file string, page []byte) {
	t.Helper()
	if *update {
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, page, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(page, want) {
		t.Errorf("differs from %s (go test -update rewrites it); the page is now\n%s", file, page)
	}
}

// mapping reads a mapping in YAML.
func mapping(t *testing.T, text string) *yaml.Node {
	t.Helper()
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(text), &document); err != nil {
		t.Fatal(err)
	}
	return document.Content[0]
}

// checkForm checks properties that all pages have.
func checkForm(t *testing.T, page []byte) {
	t.Helper()
	if source, ok := output.MarkedBy(page, output.Markdown); !ok || !strings.HasPrefix(string(page), "<!--") && !strings.HasPrefix(string(page), "---\n") {
		t.Errorf("no valid mark at the start: %q", source)
	}
	text := string(page)
	if strings.HasSuffix(text, "\n\n") || !strings.HasSuffix(text, "\n") || strings.Contains(text, "\r") {
		t.Error("the page does not end with one line feed, or has a carriage return")
	}
	if strings.Contains(text, "\n\n\n") {
		t.Error("two blank lines in a row")
	}
	for i, line := range strings.Split(text, "\n") {
		if strings.TrimRight(line, " \t") != line {
			t.Errorf("line %d ends in white space: %q", i+1, line)
		}
	}
}

// Internal codes must not appear on any page.
func TestEmitOmitsInternalCodes(t *testing.T) {
	var page string
	for _, o := range []Options{{File: "one.md"}, {File: "many.md", Folder: "many"}} {
		for _, f := range emit(t, fullPlan(), o) {
			page += f.Name + "\n" + string(f.Data)
		}
	}
	for _, word := range []string{"secret", "Secret"} {
		if i := strings.Index(page, word); i >= 0 {
			t.Errorf("the page shows an internal code: …%s…", page[max(0, i-60):i+20])
		}
	}
}

func TestEmitIsDeterministic(t *testing.T) {
	p := fullPlan()
	if !bytes.Equal(pageOf(t, p), pageOf(t, p)) {
		t.Error("two pages of one plan differ")
	}
}

// A source name that closes the comment must not become part of the page.
func TestEmitMark(t *testing.T) {
	p := leastPlan()
	p.Source = "a-->\n# b.yaml"
	first, rest, _ := strings.Cut(string(pageOf(t, p)), "\n")
	if strings.Count(first, "-->") != 1 || !strings.HasPrefix(rest, "\n# Least\n") {
		t.Errorf("the page starts with %q", first)
	}
}

func leastPlan() *plan.Plan {
	c := &plan.Code{
		Wire: "-5", Name: "lost", Title: "Lost", Description: "It is `lost`", Anchor: "5", Page: "5",
		Retry: plan.Retry{Sentence: "The table does not specify whether the same request may succeed."},
	}
	return &plan.Plan{
		Source: "least.yaml", Title: "Least", Wire: spec.WireInteger,
		Codes: []*plan.Code{c}, Unclassed: []*plan.Code{c}, Backoff: plan.Backoff{Attempts: 3},
	}
}

// fullPlan returns a plan with a value in every field that a page shows. It refers
// to an internal code wherever that is possible.
func fullPlan() *plan.Plan {
	secret := &plan.Code{
		Wire: "secret", Title: "Secret", Description: "Secret", Details: "Secret.", Anchor: "secret", Internal: true,
		Retry: plan.Retry{Action: spec.ActionRetry, Automatic: true, Advice: "Secret", Hint: "Secret", Sentence: "Secret."},
	}
	fix, busy, old := fixCode(), busyCode(), oldCode()
	old.Deprecated.ReplacedBy = busy
	fix.Deprecated = &plan.Deprecated{ReplacedBy: secret}

	client := &plan.Class{Name: "client", Title: "Client errors", Description: "Your `request` is at fault", Anchor: "class-client", Codes: []*plan.Code{fix, secret}}
	hidden := &plan.Class{Name: "hidden", Title: "Secret class", Anchor: "class-hidden", Codes: []*plan.Code{secret}}
	server := &plan.Class{Name: "server", Title: "Server errors #", Anchor: "class-server", Codes: []*plan.Code{busy}}
	fix.Class, busy.Class, secret.Class = client, server, client
	return &plan.Plan{
		Source:      "full.yaml",
		Table:       "full",
		Title:       "Errors of the full API",
		Description: "What goes wrong.\n\nAnd [why](https://example.org/why).",
		Classes:     []*plan.Class{client, hidden, server},
		Codes:       []*plan.Code{fix, busy, old, secret},
		Unclassed:   []*plan.Code{old, secret},
		Unlisted:    old,
		Response:    fullResponse(busy, secret),
		Polling:     &plan.Polling{URL: "https://example.org/tasks/{id}", Bearer: true, Interval: 3 * time.Second},
		Idempotency: &plan.Idempotency{Header: "Idempotency-Key", For: time.Hour, OptIn: true, Pending: []*plan.Code{old}, Conflict: []*plan.Code{secret}},
		Backoff:     plan.Backoff{Attempts: 3, Initial: 5 * time.Second, Multiplier: 2, Cap: time.Minute},
	}
}

func fixCode() *plan.Code {
	c := &plan.Code{
		Wire: "bad_size", Title: "Bad size", Description: "Size | shape is bad", Anchor: "bad_size", Page: "bad-size",
		Details: "The first paragraph\nof two.\n\n1. is no list.",
		Retry:   plan.Retry{Action: spec.ActionFix, Advice: "Fix `size`!", Hint: "Fix size", Sentence: "Change the request before sending it again."},
		Causes:  []plan.Cause{{Title: "Too big", Text: "Over 10 MB.\n\nOr so."}, {Text: "Too small"}},
		Avoid:   []string{"Measure first.", "- then cut\n\nonce"},
		Fixes:   []string{"Resize."},
		Examples: []string{
			"size `7` is <bad>",
			"first line\n\n  third line",
		},
		HTTP: 400, GRPC: "INVALID_ARGUMENT", Since: "1.2", Aliases: []string{"badsize", "bad-size"},
		Former: []names.Former{{Value: "wrong_size"}}, URL: "https://example.org/docs?a=(b)#bad_size",
	}
	c.Subtypes = []*plan.Subtype{
		{Code: c, Value: "bad_size/width", Title: "Width", Description: "Too wide", Examples: []string{"width `a|b`", "line 1\nline 2"}, Retry: c.Retry, Anchor: "bad_size-width"},
		{Code: c, Value: "bad_size/height", Title: "Height", Retry: plan.Retry{Action: spec.ActionNever, Sentence: "The same request will never succeed."}, Anchor: "bad_size-height"},
	}
	return c
}

func busyCode() *plan.Code {
	c := &plan.Code{
		Wire: "busy", Title: "Busy", Description: "Too much to do", Anchor: "busy", Page: "busy",
		Retry: plan.Retry{Action: spec.ActionWait, Automatic: true, Throttle: true, Advice: "Wait", Hint: "Wait a little", Sentence: "Clients may retry the same request automatically after a delay."},
	}
	slow, never := c.Retry, c.Retry
	slow.WaitMin, slow.WaitMax = 20*time.Second, 40*time.Second
	slow.Sentence = "Clients may retry the same request automatically after 20s to 40s."
	never.Automatic = false
	never.Sentence = "The same request may succeed later, but clients must not retry it automatically."
	c.Subtypes = []*plan.Subtype{
		{Code: c, Value: "busy/slow", Title: "Slow", Retry: slow, Anchor: "busy-slow"},
		{Code: c, Value: "busy/spent", Title: "Spent", Retry: never, Anchor: "busy-spent"},
	}
	return c
}

func oldCode() *plan.Code {
	return &plan.Code{
		Wire: "old", Title: "~Old~", Description: "Not used any more", Anchor: "old", Page: "old",
		Deprecated: &plan.Deprecated{Since: "1.4", Reason: "Nobody needs it"},
		Retry:      plan.Retry{Action: spec.ActionSupport, Advice: "Contact us", Hint: "Contact us", Sentence: "Contact the service's support; clients must not retry the same request automatically."},
	}
}

func fullResponse(busy, secret *plan.Code) *plan.Response {
	r := &plan.Response{
		Kinds: []plan.Kind{{Examples: []plan.Example{{Lead: "Example of a failed task:", Body: "{\n  \"error\": {\"code\": \"busy\"}\n}\n"}}}},
		Fields: []plan.Field{
			{Path: "state", Role: spec.RoleStatus, Description: "How it stands", Completed: []string{"done", "ok"}, Failed: []string{"failed"}},
			{Path: "progress", Type: spec.TypeInteger},
			{Path: "error.code", Role: spec.RoleCode, Description: "One of those below"},
		},
		HTTP: []plan.HTTPCode{{Status: 404, Code: secret}, {Status: 429, Code: busy}, {Status: 503, Code: busy}},
	}
	r.Status, r.Code = &r.Fields[0], &r.Fields[2]
	return r
}
