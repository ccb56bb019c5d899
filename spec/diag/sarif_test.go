package diag

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"testing"
)

// readSARIF prints findings as SARIF and parses the output.
func readSARIF(t *testing.T, p Printer, findings List) sarifRun {
	t.Helper()
	p.Format = FormatSARIF
	var b bytes.Buffer
	var log sarifLog
	if err := p.Print(&b, findings); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b.Bytes(), &log); err != nil || len(log.Runs) != 1 {
		t.Fatal(err, b.String())
	}
	return log.Runs[0]
}

// GitHub rejects a document with a URI scheme other than file.
func TestSARIFSchemes(t *testing.T) {
	for name, want := range map[string]string{
		"builtin:evolink":                   "builtin%3Aevolink",
		"mod:example.com/x@v1.0.0/a b.yaml": "mod%3Aexample.com/x@v1.0.0/a%20b.yaml",
		"HEAD:api/errors.yaml":              "HEAD%3Aapi/errors.yaml",
		"https://example.com/x":             "https%3A//example.com/x",
	} {
		f := &File{Name: name, Text: "abc", Elsewhere: true}
		ours := &File{Name: "ours.yaml", Text: "abc"}
		run := readSARIF(t, Printer{}, List{
			{Rule: "r", Message: "m", Help: "h", Location: at(ours, 1, 1, 2), Related: []Related{{at(f, 1, 1, 2), "there"}, {at(ours, 1, 2, 3), "here"}}},
			{Rule: "s", Message: "n", Location: at(f, 1, 1, 2), Fix: Replace(at(f, 1, 1, 2), "x")},
		})
		first, second := run.Results[0], run.Results[1]
		if first.RuleID == "s" {
			first, second = second, first
		}
		if len(first.RelatedLocations) != 1 || first.RelatedLocations[0].PhysicalLocation.ArtifactLocation.URI != "ours.yaml" || first.Message.Text != "m\nh\n"+name+":1:1: there" {
			t.Errorf("%s: %+v", name, first)
		}
		got := second.Locations[0].PhysicalLocation.ArtifactLocation.URI
		u, err := url.Parse(got)
		if err != nil || got != want || u.Scheme != "" || u.Path != name || second.Fixes[0].ArtifactChanges[0].ArtifactLocation.URI != want {
			t.Errorf("%s: the URI is %s, %v", name, got, err)
		}
	}
}

// SARIF describes each rule of the findings once.
func TestSARIFRules(t *testing.T) {
	f := &File{Name: "a.yaml", Text: "abc"}
	rules := []Rule{{ID: "one", Purpose: "First."}, {ID: "two", Purpose: "Second."}, {ID: "three", Purpose: "Third."}}
	run := readSARIF(t, Printer{Rules: rules}, List{
		{Rule: "three", Message: "a", Location: at(f, 1, 1, 2)}, {Rule: "one", Message: "b", Location: at(f, 1, 2, 3)},
		{Rule: "three", Message: "c", Location: at(f, 1, 3, 4)}, {Rule: "unheard", Message: "d", Location: at(f, 1, 3, 4)},
	})
	var described []string
	for _, r := range run.Tool.Driver.Rules {
		described = append(described, r.ID+": "+r.ShortDescription.Text)
	}
	if !slices.Equal(described, []string{"three: Third.", "one: First.", "unheard: unheard"}) {
		t.Errorf("described rules: %q", described)
	}
	for _, r := range run.Results {
		if run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID {
			t.Errorf("%s has the index %d", r.RuleID, r.RuleIndex)
		}
	}
	if run := readSARIF(t, Printer{Rules: rules}, nil); run.Tool.Driver.Rules == nil || len(run.Tool.Driver.Rules) != 0 {
		t.Errorf("without findings, rules: %v", run.Tool.Driver.Rules)
	}
}

// GitHub and SARIF use Printer.Path for local files. The other formats do not use it.
func TestPaths(t *testing.T) {
	f, elsewhere := &File{Name: "a.yaml", Text: "abc"}, &File{Name: "HEAD:a.yaml", Text: "abc", Elsewhere: true}
	p := Printer{Path: func(name string) string { return "svc/" + name }}
	list := List{{Rule: "r", Message: "m", Location: at(f, 1, 1, 2), Fix: Replace(at(f, 1, 1, 2), "x"), Related: []Related{{at(f, 1, 2, 3), "here"}, {at(elsewhere, 1, 2, 3), "there"}}}}
	result := readSARIF(t, p, list).Results[0]
	for _, uri := range []string{
		result.Locations[0].PhysicalLocation.ArtifactLocation.URI, result.RelatedLocations[0].PhysicalLocation.ArtifactLocation.URI,
		result.Fixes[0].ArtifactChanges[0].ArtifactLocation.URI,
	} {
		if uri != "svc/a.yaml" {
			t.Errorf("the URI is %s", uri)
		}
	}
	var b bytes.Buffer
	p.Format = FormatGitHub
	if err := p.Print(&b, list); err != nil {
		t.Fatal(err)
	}
	if _, properties, message := parseCommand(t, b.String()); properties["file"] != "svc/a.yaml" || message != "m\nsvc/a.yaml:1:2: here\nHEAD:a.yaml:1:2: there" {
		t.Errorf("%v, %q", properties, message)
	}
	for _, format := range []Format{FormatText, FormatLine, FormatJSON} {
		b.Reset()
		p.Format = format
		if err := p.Print(&b, list); err != nil || bytes.Contains(b.Bytes(), []byte("svc/")) {
			t.Errorf("%s: %s, %v", format, b.Bytes(), err)
		}
	}
}

func TestSARIFAbsolute(t *testing.T) {
	f := &File{Name: "/tmp/a b.yaml", Text: "abc"}
	run := readSARIF(t, Printer{}, List{{Rule: "r", Message: "m", Location: at(f, 1, 1, 2)}})
	if uri := run.Results[0].Locations[0].PhysicalLocation.ArtifactLocation.URI; uri != "file:///tmp/a%20b.yaml" {
		t.Errorf("the URI is %s", uri)
	}
}
