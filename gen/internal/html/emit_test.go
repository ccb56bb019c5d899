package html

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"flag"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/internal/output"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/validate"
)

var update = flag.Bool("update", false, "rewrite the golden page in testdata")

// pageOf returns the page of a table in text form.
func pageOf(t *testing.T, table string) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), "table.yaml")
	if err := os.WriteFile(file, []byte(table), 0o644); err != nil {
		t.Fatal(err)
	}
	loaded, findings, err := spec.Load(file)
	if err != nil || findings.HasErrors() {
		t.Fatal(err, findings)
	}
	findings = append(findings, validate.Run(loaded)...)
	p, found := plan.New(loaded, plan.Options{Source: "table.yaml"})
	if findings = append(findings, found...); findings.HasErrors() {
		t.Fatal(findings)
	}
	page, err := Emit(p)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func fullTable(t *testing.T) string {
	t.Helper()
	table, err := os.ReadFile("testdata/full.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(table)
}

var (
	styles     = regexp.MustCompile(`(?s)<style>(.*?)</style>`)
	javascript = regexp.MustCompile(`(?s)<script>(.*?)</script>`)
	programs   = regexp.MustCompile(`(?s)<pre>.*?</pre>`)
	hashes     = regexp.MustCompile(`'sha256-[^']*'`)
)

func TestEmit(t *testing.T) {
	page := pageOf(t, fullTable(t))
	if source, ok := output.MarkedBy(page, output.HTML); !ok || source != "table.yaml" {
		t.Errorf("no valid mark: %q", source)
	}
	// Style sheet and script are separate files.
	got := styles.ReplaceAllString(javascript.ReplaceAllString(string(page), "<script></script>"), "<style></style>")
	got = regexp.MustCompile(`&#39;sha256-.*?&#39;`).ReplaceAllString(got, "&#39;sha256-…&#39;")
	if bytes.Contains(page, []byte("\r")) || !strings.HasSuffix(got, "</html>\n") || strings.Contains(programs.ReplaceAllString(got, "<pre>"), "\n\n") {
		t.Error("carriage returns, blank lines, or no line end at the end")
	}
	const golden = "testdata/full.html"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("differs from %s (go test -update rewrites it); the page is now\n%s", golden, got)
	}
}

// An internal code must not appear, even if the table refers to it.
func TestEmitOmitsInternalCodes(t *testing.T) {
	page := strings.ToLower(string(pageOf(t, fullTable(t))))
	for _, word := range []string{"secret", "hush", "410"} {
		if strings.Contains(page, word) {
			t.Errorf("the page contains %q", word)
		}
	}
}

// The policy must contain the hashes of the exact style sheet and script.
func TestPolicyMatchesStyleAndScript(t *testing.T) {
	page := string(pageOf(t, fullTable(t)))
	_, rest, _ := strings.Cut(page, `http-equiv="Content-Security-Policy" content="`)
	attribute, _, ok := strings.Cut(rest, `"`)
	if !ok {
		t.Fatal("no policy")
	}
	csp := html.UnescapeString(attribute)
	if !strings.HasPrefix(csp, "default-src 'none';") || strings.Contains(csp, "unsafe") || strings.Contains(csp, "http") {
		t.Errorf("policy %s", csp)
	}
	named := hashes.FindAllString(csp, -1)
	if len(named) != 2 {
		t.Fatalf("hashes %q", named)
	}
	for i, element := range []*regexp.Regexp{styles, javascript} {
		found := element.FindAllStringSubmatch(page, -1)
		if len(found) != 1 {
			t.Fatalf("%d elements like %v", len(found), element)
		}
		sum := sha256.Sum256([]byte(found[0][1]))
		if want := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; named[i] != want {
			t.Errorf("policy has %s, the element %s", named[i], want)
		}
	}
}

// The page must not load anything: URLs must be links, anchors on the page, or
// data.
func TestPageLoadsNothing(t *testing.T) {
	page := string(pageOf(t, fullTable(t)))
	fetching := regexp.MustCompile(`(?i)<link[^>]*href="(?:[^d]|d[^a])|\ssrc=|srcset|@import|url\("?[^"d)]|<(?:iframe|object|embed|base|img|video|audio)\b|fetch\(|XMLHttpRequest|sendBeacon|WebSocket|import\(`)
	// Sample programs are text.
	if found := fetching.FindAllString(programs.ReplaceAllString(page, ""), -1); found != nil {
		t.Errorf("the page may fetch: %q", found)
	}
}

// Each row of the table of delays must list its codes and subtypes, each once.
func TestDelayRowsListCodes(t *testing.T) {
	var b strings.Builder
	b.WriteString("errspec: 1\nname: t\ntitle: T\ncodes:\n")
	for i := range mostAfter + 2 {
		fmt.Fprintf(&b, "  - {code: c%d, title: C, description: D, retry: {action: retry, automatic: true}}\n", i)
	}
	b.WriteString(`  - {code: own, title: O, description: D, retry: {action: wait, automatic: true, wait: {min: 1m, max: 1m}},
     subtypes: [{name: long, title: L, match: [a b], retry: {wait: {min: 2m, max: 2m}}}, {name: same, title: S, match: [c d]}]}
  - {code: by_hand, title: O, description: D, retry: {action: wait, wait: {min: 1m, max: 1m}}}
`)
	page := pageOf(t, b.String())
	rows := regexp.MustCompile(`(?s)<tr><td>(<a class=w.*?)\n`).FindAllStringSubmatch(string(page), -1)
	var got []string
	for _, row := range rows {
		got = append(got, regexp.MustCompile(`<a class=w href=#[a-z0-9_-]+><code>([^<]*)</code></a>|<td>`).ReplaceAllString(row[1], " $1"))
	}
	first := ""
	for i := range mostAfter {
		first += fmt.Sprintf(" c%d", i)
	}
	want := []string{first + "and 2 more 5s 10s", " own 1m 2m", " own/long 2m 4m"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("rows are\n%q, want\n%q", got, want)
	}
}

func TestEmitSmallestTable(t *testing.T) {
	page := string(pageOf(t, "errspec: 1\nname: t\ntitle: T\ncodes:\n  - {code: a, title: A, description: D}\n"))
	for _, absent := range []string{"uiFormat", "uiClass\"", "subtype", "<h4>", `class="auto`} {
		if body := page[strings.Index(page, "<body"):strings.Index(page, "<script type")]; strings.Contains(body, absent) {
			t.Errorf("the page of the smallest table contains %s", absent)
		}
	}
	for _, present := range []string{`<article class="unknown" id=a>`, "No code on this page allows"} {
		if !strings.Contains(page, present) {
			t.Errorf("the page does not contain %s", present)
		}
	}
	// A page without public codes must have no search.
	page = string(pageOf(t, "errspec: 1\nname: t\ntitle: T\ncodes:\n  - {code: a, title: A, description: D, internal: true}\n"))
	for _, absent := range []string{"<article", "uiData\"", "<svg", "uiSearch\""} {
		if body := page[strings.Index(page, "<body"):]; strings.Contains(body, absent) {
			t.Errorf("a page without codes contains %s", absent)
		}
	}
}
