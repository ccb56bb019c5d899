package drift

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/importer"
)

// accepted is the difference that errspec.yaml of this repository accepts.
var accepted = []Accepted{{Rule: RuleSubtype, Subject: "image_processing_error/url_not_accessible"}}

func evolink(t *testing.T) *spec.Table {
	t.Helper()
	table, findings, err := spec.Load("builtin:evolink")
	if err != nil || findings.HasErrors() {
		t.Fatal(err, findings)
	}
	return table
}

// page returns the page in testdata of package importer.
func page(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("../importer/testdata/docs/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// seed returns the text of EvoLink's page, which is not part of the repository.
func seed(t *testing.T) string {
	t.Helper()
	files, _ := filepath.Glob("../../../shared/seed/*.txt")
	if len(files) == 0 {
		t.Skip("the text of EvoLink's error code page is not next to the repository, in ../shared/seed")
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// differences returns the differences between a table and a source as "rule subject".
func differences(t *testing.T, table *spec.Table, name, text, format string) []string {
	t.Helper()
	source, findings := Read(&diag.File{Name: name, Text: text}, format, table, importer.Options{})
	if source == nil {
		t.Fatalf("no codes: %v", findings)
	}
	var all []string
	for _, d := range Compare(table, source, findings, Options{Accept: accepted}) {
		all = append(all, d.Rule+" "+d.Subject)
		if d.Severity != diag.Error || d.File == nil || d.Start.Line == 0 || d.Help == "" {
			t.Errorf("incomplete finding: %+v", d)
		}
	}
	return all
}

// An edit of a page, and the differences that it makes.
type edit struct {
	old, new string
	want     []string
}

// cellEdits returns an edit of every cell. border separates the cells of a row, and mark is
// around messages and codes.
func cellEdits(table *spec.Table, border, mark string) []edit {
	var edits []edit
	add := func(row []string, i int, subject string) {
		changed := slices.Clone(row)
		at := strings.Trim(changed[i], mark)
		changed[i] = strings.Replace(changed[i], at, "Changed: "+at, 1)
		edits = append(edits, edit{strings.Join(row, border), strings.Join(changed, border), []string{RuleCell + " " + subject}})
	}
	for i := range table.Codes {
		c := &table.Codes[i]
		if c.URL != "" {
			continue
		}
		row := []string{mark + c.Wire + mark, c.Description, c.Retry.Advice}
		add(row, 1, c.Wire+" description")
		add(row, 2, c.Wire+" advice")
		for j := range c.Subtypes {
			s := &c.Subtypes[j]
			if c.Wire+"/"+s.Name == accepted[0].Subject {
				continue
			}
			row := []string{s.Title, s.Description, mark + s.Examples[0] + mark}
			add(row, 1, c.Wire+"/"+s.Name+" description")
			add(row, 2, c.Wire+"/"+s.Name+" examples")
		}
	}
	return edits
}

func testEdits(t *testing.T, name, text, format string, edits []edit) {
	table := evolink(t)
	if got := differences(t, table, name, text, format); got != nil {
		t.Fatalf("the page without an edit: %q", got)
	}
	if len(edits) < 30 {
		t.Errorf("%d edits only", len(edits))
	}
	for _, e := range edits {
		if !strings.Contains(text, e.old) {
			t.Errorf("the page does not contain %q", e.old)
			continue
		}
		if got := differences(t, table, name, strings.Replace(text, e.old, e.new, 1), format); !slices.Equal(got, e.want) {
			t.Errorf("%q instead of %q: got %q, want %q", e.new, e.old, got, e.want)
		}
	}
}

// TestPageEdits changes a page in Markdown, one place at a time. Every change is found, and
// nothing else.
func TestPageEdits(t *testing.T) {
	edits := append(cellEdits(evolink(t), " | ", "`"),
		edit{"| `request_cancelled` |", "| `model_gone` | The model is gone | Use another one |\n| `request_cancelled` |", []string{RuleCode + " model_gone"}},
		edit{"| Video duration |", "| Audio | Audio is missing | `no audio track found` |\n| Video duration |", []string{RuleSubtype + " invalid_parameters/Audio"}},
		edit{"| Adult/NSFW | Contains nudity or sexually suggestive content | `nudity detected` |\n", "", []string{RuleSubtype + " content_policy_violation/adult_nsfw"}},
		edit{"**How to fix:**", "**How to fix:**\n\n- Read this first.", nil}, // prose
	)
	testEdits(t, "page.md", page(t, "evolink.md"), "markdown", edits)
}

// TestTextEdits changes the text of EvoLink's page.
func TestTextEdits(t *testing.T) {
	edits := append(cellEdits(evolink(t), "", ""),
		edit{"\nrequest_cancelledRequest", "\nmodel_goneThe model is goneUse another one\nrequest_cancelledRequest", []string{RuleCode + " model_gone"}},
		edit{"\nVideo durationVideo", "\nAudioAudio is missingNo audio track found\nVideo durationVideo", []string{RuleSubtype + " invalid_parameters/Audio"}},
		edit{"Adult/NSFWContains nudity or sexually suggestive contentnudity detected\n", "", []string{RuleSubtype + " content_policy_violation/adult_nsfw"}},
		edit{"\nService Error\n", "\nInternal Error\n", []string{RuleCell + " service_error title"}},
		edit{"service_error — Wait, then retry", "service_error — Wait", []string{RuleCell + " service_error hint"}},
		edit{"Retry later, preferably during off-peak hours", "Retry at night", nil}, // prose
	)
	testEdits(t, "page.txt", seed(t), "text", edits)
}

const shop = `errspec: 1
name: shop
title: Shop
codes:
  - code: too_fast
    title: Too fast
    description: Too many requests.
    http: 429
    retry: {action: wait, advice: Wait}
    fixes: [Wait a minute.]
  - code: not_here
    title: Not here
    description: Documented elsewhere.
    url: https://example.com/other
  - code: secret
    title: Secret
    description: Internal.
    internal: true
`

func TestCompare(t *testing.T) {
	table, findings := spec.Parse("shop.yaml", shop, nil)
	if findings.HasErrors() {
		t.Fatal(findings)
	}
	const header = "code,title,description,http,advice,how to fix\n"
	const row = "too_fast,Too fast,Too many requests.,429,Wait,Wait a minute.\n"
	for _, c := range []struct {
		name, csv string
		prose     bool
		accept    []Accepted
		want      []string
	}{
		{"equal", header + row, true, nil, nil},
		{"http", header + strings.Replace(row, "429", "420", 1), false, nil, []string{"drift-cell too_fast http"}},
		{"new code", header + row + "slow,Slow,Slow.,500,,\n", false, nil, []string{"drift-code slow"}},
		{"prose", header + strings.Replace(row, "Wait a minute", "Go", 1), false, nil, nil},
		{"prose on request", header + strings.Replace(row, "Wait a minute", "Go", 1), true, nil, []string{"drift-cell too_fast fixes"}},
		{"accepted", header + strings.Replace(row, "429", "420", 1), false, []Accepted{{Rule: RuleCell, Subject: "too_fast http"}}, nil},
		{"unused", header + row, false, []Accepted{{Rule: RuleCell, Subject: "too_fast http"}}, []string{"unused-accepted-drift too_fast http"}},
		{"lost row", header + row + "too_fast,Again\n", false, nil, []string{"import-unused too_fast | Again"}},
		{"lost row, accepted", header + row + "too_fast,Again\n", false, []Accepted{{Rule: "import-unused", Subject: "too_fast | Again"}}, nil},
	} {
		source, found := Read(&diag.File{Name: "codes.csv", Text: c.csv}, "csv", table, importer.Options{})
		if source == nil {
			t.Errorf("%s: %v", c.name, found)
			continue
		}
		var got []string
		for _, d := range Compare(table, source, found, Options{Prose: c.prose, Accept: c.accept}) {
			got = append(got, d.Rule+" "+d.Subject)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestFormatOf(t *testing.T) {
	for _, c := range [][3]string{{"a.csv", "", "csv"}, {"stdin", "{}", "openapi"}, {"stdin", "openapi: 3.0.0", "openapi"}, {"a.yaml", "", "openapi"}, {"a.txt", "", "text"}, {"stdin", "# Errors", "markdown"}} {
		if got := FormatOf(c[0], c[1]); got != c[2] {
			t.Errorf("%q, %q: %s", c[0], c[1], got)
		}
	}
}
