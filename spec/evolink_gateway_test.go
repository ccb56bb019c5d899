package spec_test

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/response"
)

// These tests compare the EvoLink table with the facts that the error code page does not contain.

// evolinkFacts returns the rows of a section of testdata/evolink/facts.txtar.
func evolinkFacts(t *testing.T, section string) [][]string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/evolink/facts.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for _, file := range archive.Files {
		if file.Name != section {
			continue
		}
		for line := range strings.Lines(string(file.Data)) {
			if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
				continue
			}
			cells := strings.Split(line, "|")
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			rows = append(rows, cells)
		}
	}
	if len(rows) == 0 {
		t.Fatalf("no facts about %s", section)
	}
	return rows
}

func (e exported) code(t *testing.T, wire string) exportedCode {
	t.Helper()
	i := slices.IndexFunc(e.Codes, func(c exportedCode) bool { return c.Code == wire })
	if i < 0 {
		t.Fatalf("no code %s", wire)
	}
	return e.Codes[i]
}

// mentions reports whether the texts for people match all regular expressions in words.
func (c exportedCode) mentions(words string) error {
	text := strings.Join(slices.Concat([]string{c.Description, c.Details, c.Retry.Advice}, c.Fixes, c.Avoid), " ")
	for _, word := range strings.Fields(words) {
		if !regexp.MustCompile(word).MatchString(text) {
			return fmt.Errorf("%s: no text matches %q: %s", c.Code, word, text)
		}
	}
	return nil
}

func TestEvolinkTypes(t *testing.T) {
	e := evolink(t)
	statuses := make(map[string]string)
	for _, row := range evolinkFacts(t, "types") {
		name, status, decision, words := row[0], row[1], row[2], row[3]
		c := e.code(t, name)
		if got := c.Retry.decision(); strconv.Itoa(c.HTTP) != status || got != decision || c.Charged != "" {
			t.Errorf("%s: http %d, decision %s, charged %s", name, c.HTTP, got, c.Charged)
		}
		if err := c.mentions(words); err != nil {
			t.Error(err)
		}
		statuses[status] = name
	}
	if !reflect.DeepEqual(e.Response.HTTP, statuses) {
		t.Errorf("response.http is %v, want %v", e.Response.HTTP, statuses)
	}
}

func TestEvolinkGatewayCodes(t *testing.T) {
	e := evolink(t)
	known := make(map[string]bool)
	for _, row := range evolinkFacts(t, "types") {
		known[row[0]] = true
	}
	refused := 0
	for _, row := range evolinkFacts(t, "codes") {
		wire, status, decision, before, words := row[0], row[1], row[2], row[3], row[4]
		known[wire] = true
		c := e.code(t, wire)
		if got := c.Retry.decision(); got != decision {
			t.Errorf("%s: the decision is %s, want %s", wire, got, decision)
		}
		if status != "" && strconv.Itoa(c.HTTP) != status || status == "" && c.HTTP != 0 {
			t.Errorf("%s: http is %d, want %q", wire, c.HTTP, status)
		}
		want := ""
		if before == "yes" {
			want = "no"
			refused++
		}
		if c.Charged != want {
			t.Errorf("%s: charged is %s, want %s", wire, c.Charged, want)
		}
		if err := c.mentions(words); err != nil {
			t.Error(err)
		}
	}
	if refused != 26 {
		t.Errorf("%d codes of refusals before dispatch, want 26", refused)
	}
	for _, c := range e.Codes[len(onPage(t, e)):] {
		if !known[c.Code] {
			t.Errorf("no source for %s", c.Code)
		}
		if c.URL != spec.NoURL {
			t.Errorf("%s has the URL %q, but no documentation", c.Code, c.URL)
		}
	}
	for _, c := range onPage(t, e) {
		if c.URL == spec.NoURL || c.Charged != "" {
			t.Errorf("%s: URL %q, charged %s", c.Code, c.URL, c.Charged)
		}
	}
}

func TestEvolinkOtherNames(t *testing.T) {
	c := evolinkClassifier(t)
	for _, row := range evolinkFacts(t, "other names") {
		if d := c.Classify(row[0], ""); d.Code == nil || d.Code.Wire != row[1] {
			t.Errorf("Classify(%s) is %+v, want %s", row[0], d, row[1])
		}
	}
}

func TestEvolinkFields(t *testing.T) {
	table, _, err := spec.Load("builtin:evolink")
	if err != nil {
		t.Fatal(err)
	}
	declared := make(map[string]string)
	for _, f := range slices.Concat(table.Response.Fields, table.Response.Headers) {
		declared[f.Path] = f.Type.String()
		if f.Role != spec.RoleNone {
			declared[f.Path] = f.Role.String()
		}
	}
	for _, row := range evolinkFacts(t, "fields") {
		if declared[row[0]] != row[1] {
			t.Errorf("%s is declared as %q, want %s", row[0], declared[row[0]], row[1])
		}
		delete(declared, row[0])
	}
	for path := range declared {
		t.Errorf("no source for the field %s", path)
	}
}

func TestEvolinkResponses(t *testing.T) {
	table, reader := evolinkReader(t)
	for _, row := range evolinkFacts(t, "responses") {
		name, body, outcome, code, automatic := row[0], row[2], row[3], row[4], row[5]
		call := response.TaskCall
		status, plain := strings.CutPrefix(row[1], "plain ")
		if plain {
			call = response.PlainCall
		}
		n, err := strconv.Atoi(status)
		if err != nil {
			t.Fatal(err)
		}
		got := reader.Read(call, n, nil, []byte(body))
		if got.Outcome.String() != outcome || got.Code != code || got.Automatic != (automatic == "yes") {
			t.Errorf("%s: %+v", name, got)
		}
		if code != "" && table.Codes[got.Index].Retry.Automatic != got.Automatic {
			t.Errorf("%s: automatic differs from that of %s", name, code)
		}
	}
}

func evolinkReader(t *testing.T) (*spec.Table, *response.Reader) {
	t.Helper()
	table, _, err := spec.Load("builtin:evolink")
	if err != nil {
		t.Fatal(err)
	}
	reader, err := classify.NewReader(table)
	if err != nil {
		t.Fatal(err)
	}
	return table, reader
}

// If sources contradict each other, the table has the stricter retry settings.
func TestEvolinkContradictions(t *testing.T) {
	e := evolink(t)
	rows := evolinkFacts(t, "contradictions")
	for i, row := range rows {
		if number, _, _ := strings.Cut(row[0], " "); number != strconv.Itoa(i+1) {
			t.Errorf("contradiction %d is %q", i+1, row[0])
		}
		if row[1] == "-" {
			continue
		}
		if got := e.code(t, row[1]).Retry.decision(); got != row[2] {
			t.Errorf("%s: %s is %s, want %s", row[0], row[1], got, row[2])
		}
	}
}

// A fact that is said not to be in the table is not in it.
func TestEvolinkAbsent(t *testing.T) {
	table, _, err := spec.Load("builtin:evolink")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range evolinkFacts(t, "not in the table") {
		if len(row) != 2 || row[1] == "" {
			t.Errorf("%s: no reason", row[0])
		}
		if _, ok := table.Code(row[0]); ok || slices.ContainsFunc(table.Response.Fields, func(f spec.Field) bool { return f.Path == row[0] }) {
			t.Errorf("%s is in the table", row[0])
		}
	}
}

// The codes of the page that clients may retry automatically, and four others.
func TestEvolinkAutomatic(t *testing.T) {
	var got []string
	for _, c := range evolink(t).Codes[len(evolinkCodes):] {
		if c.Retry.Automatic {
			got = append(got, c.Code)
		}
	}
	slices.Sort(got)
	want := []string{"agent_session_unavailable", "mcp_connection_create_failed", "rate_limit_error", "upload_token_rate_limited"}
	if !slices.Equal(got, want) {
		t.Errorf("automatic are %q, want %q", got, want)
	}
}

// A galleryResponse is a response in testdata/gallery.
type galleryResponse struct {
	Name    string
	Call    string
	HTTP    int
	Headers map[string]string
	Body    json.RawMessage
	Gives   struct {
		Outcome, Code, Subtype, Message, Task, Param string
		RequestID                                    string  `json:"request_id"`
		RetryAfter                                   float64 `json:"retry_after"`
		Known, Automatic                             bool
	}
}

// The gallery contains a smaller table of EvoLink. The responses next to it have the same meaning
// in the whole table, except that it lists more codes and subtypes.
func TestEvolinkGallery(t *testing.T) {
	data, err := os.ReadFile("testdata/gallery/evolink.json")
	if err != nil {
		t.Fatal(err)
	}
	var responses []galleryResponse
	if err := json.Unmarshal(data, &responses); err != nil {
		t.Fatal(err)
	}
	table, reader := evolinkReader(t)
	for _, r := range responses {
		want := r.Gives
		switch r.Name {
		case "failed task":
			want.Subtype = "general_policy"
		case "failed task, unlisted code":
			want.Known = true
		}
		body, text := []byte(r.Body), ""
		if json.Unmarshal(r.Body, &text) == nil {
			body = []byte(text)
		}
		header := make(map[string][]string)
		for name, value := range r.Headers {
			header[name] = []string{value}
		}
		call := response.TaskCall
		if r.Call == "plain" {
			call = response.PlainCall
		}
		read := reader.Read(call, r.HTTP, header, body)
		got := want
		got.Outcome, got.Code, got.Known, got.Automatic, got.Message = read.Outcome.String(), read.Code, read.Known, read.Automatic, read.Message
		got.Task, got.Param, got.RequestID, got.RetryAfter, got.Subtype = read.Task, read.Param, read.RequestID, read.RetryAfter.Seconds(), ""
		if read.Subtype >= 0 {
			got.Subtype = table.Codes[read.Index].Subtypes[read.Subtype].Name
		}
		if got != want {
			t.Errorf("%s: got %+v\nwant %+v", r.Name, got, want)
		}
	}
}
