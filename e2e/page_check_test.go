package e2e

import (
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"
)

// axe-core reports no violation in any state of the page.
func TestPageAccessibility(t *testing.T) {
	source, err := os.ReadFile(npmFile(t, "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	file := htmlOf(t, "builtin:evolink")
	full := htmlOf(t, "../gen/internal/html/testdata/full.yaml")
	const pasted = "evolink: invalid_parameters: file size exceeds 10MB (task t-1)"
	for name, try := range map[string]struct {
		file  string
		setup []step
		paste string
	}{
		"light":     {file, nil, ""},
		"dark":      {file, []step{dark()}, pasted},
		"pasted":    {file, nil, pasted},
		"phone":     {file, []step{size(390, 844)}, pasted},
		"full":      {full, nil, "shop: busy: m"},
		"full dark": {full, []step{dark()}, "shop: stopped polling task t-1: EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			// Elements that axe adds for measuring are not part of the page.
			p := open(t, try.file, append(try.setup, devtools(cdppage.Enable, cdppage.EnableParams{}),
				devtools(cdppage.SetBypassCSP, cdppage.SetBypassCSPParams{Enabled: true}))...)
			if try.paste != "" {
				paste(p, try.paste)
				eval[any](p, `document.querySelectorAll("#uiResult details").forEach(d => { d.open = true; }), null`)
			}
			p.run(chromedp.Evaluate[chromedp.Void](string(source)))
			found := eval[[]string](p, `axe.run(document, {resultTypes: ["violations"]}).then(r =>
				r.violations.map(v => v.id + ": " + v.help + v.nodes.slice(0, 3).map(n => "\n\t" + n.html + "\n\t" + n.failureSummary).join("")))`)
			for _, violation := range found {
				t.Error(violation)
			}
		})
	}
}

// The page is valid HTML.
func TestPageIsValid(t *testing.T) {
	command := npmFile(t, ".bin/html-validate")
	config, err := filepath.Abs("npm/htmlvalidate.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, ref := range []string{"builtin:evolink", "../gen/internal/html/testdata/full.yaml"} {
		if out, err := exec.Command(command, "--config", config, htmlOf(t, ref)).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", ref, err, out)
		}
	}
}

// Hostile texts of a table stay text: elements and attributes are those of the same
// table with harmless words.
func TestPageHostileText(t *testing.T) {
	parts := append(slices.Clone(hostileParts), "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "\" onclick=\"alert(1)", "' autofocus onfocus='alert(1)",
		"</style>", "</textarea>", "</title>", "</article>", "{{.}}", "javascript:alert(1)", "<base href=//x>")
	words := &texts{markup: markups()[0], next: harmless}
	plain := parsed(t, webPage(t, table(words)))
	for seed := range int64(12) {
		r := rand.New(rand.NewSource(seed))
		bad := &texts{markup: markups()[0], next: func(int) string { return hostileOf(r, parts) }}
		page := webPage(t, table(bad))
		got := parsed(t, page)
		if i := firstDifference(got, plain); i >= 0 {
			t.Fatalf("seed %d: element %d differs:\n got %q\nwant %q", seed, i, around(got, i), around(plain, i))
		}
		shownText := dense(eval[string](open(t, page), `document.body.textContent`))
		for _, text := range bad.given {
			if !strings.Contains(shownText, dense(text)) {
				t.Errorf("seed %d: the page does not show %q", seed, text)
			}
		}
	}
}

func dense(s string) string { return strings.Join(strings.Fields(s), "") }

func hostileOf(r *rand.Rand, parts []string) string {
	for {
		var b strings.Builder
		for range 1 + r.Intn(6) {
			b.WriteString(parts[r.Intn(len(parts))])
		}
		s := strings.TrimSpace(b.String())
		if s != "" && strings.Count(s, "`") < 2 && !regexp.MustCompile("\\[[^][`]+\\]\\(https?://").MatchString(s) {
			return s
		}
	}
}

func webPage(t *testing.T, table object) string {
	t.Helper()
	return htmlOf(t, tableFile(t, table))
}

// parsed returns the elements of a page with their attributes, parsed according to the
// HTML standard. Values of attributes that contain text of the table are not compared.
func parsed(t *testing.T, file string) []string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	root, err := html.Parse(f)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for n := range root.Descendants() {
		switch n.Type {
		case html.CommentNode:
			all = append(all, "<!--"+n.Data+"-->")
		case html.ElementNode:
			tag := n.Data
			for _, a := range n.Attr {
				tag += fmt.Sprintf(" %s=%q", a.Key, a.Val)
			}
			all = append(all, tag)
		}
	}
	return all
}

// The page, and that of a table with 2,000 codes, must be small.
func TestPageSize(t *testing.T) {
	// Each code contains a whole sentence about retries, and the script contains those
	// that no code has. Of the first limit, 15 kB are for the formats of other
	// languages, the overview and the rules of polling, and 62 kB for the 66 codes that
	// the error code page of EvoLink does not list.
	for ref, most := range map[string]int64{"builtin:evolink": 184_000, manyCodes(t): 1_520_000} {
		info, err := os.Stat(htmlOf(t, ref))
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d bytes", filepath.Base(ref), info.Size())
		if info.Size() > most {
			t.Errorf("%s: %d bytes, more than %d", ref, info.Size(), most)
		}
	}
}

// manyCodes writes a table of 2,000 codes with all recommended keys.
func manyCodes(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("errspec: 1\nname: many\ntitle: Many codes\nclasses:\n  - {name: client, title: Client}\n  - {name: server, title: Server}\ncodes:\n")
	things := strings.Fields("account address invoice ledger order payment session warehouse certificate credential")
	faults := strings.Fields("ambiguous blocked conflict declined duplicate expired incomplete malformed pending rejected")
	retries := []string{"action: fix, advice: Fix the request", "action: wait, automatic: true, wait: {min: 30s, max: 1m}, advice: Retry after a minute", "action: support, advice: Contact support"}
	for i := range 2000 {
		words := fmt.Sprintf("%s %s %d", things[i%10], faults[i/10%10], i)
		fmt.Fprintf(&b, "  - code: %s\n    title: The %s\n    class: %s\n    description: The request failed because of %[2]s\n"+
			"    details: The service looked at the request, found %[2]s, and stopped before anything was changed.\n    retry: {%[4]s}\n"+
			"    causes: [Another request came first, The %[2]s was set long ago]\n    fixes: [Look at the %[2]s in the request, Ask the support team]\n",
			strings.ReplaceAll(words, " ", "_"), words, []string{"client", "server"}[i%2], retries[i%3])
		if i%8 == 0 {
			fmt.Fprintf(&b, "    subtypes:\n      - {name: limit, title: Limit exceeded, description: The limit of the plan is used up, examples: [%s limit of 10 reached]}\n", words)
		}
	}
	file := filepath.Join(t.TempDir(), "many.yaml")
	if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// BenchmarkPageKeystroke measures the time of the script for a key in the search, the
// time until the page has its new layout, and the time for explaining a pasted error.
// The page has 2,000 codes.
func BenchmarkPageKeystroke(b *testing.B) {
	p := open(b, htmlOf(b, manyCodes(b)))
	const measure = `(() => {
		const input = document.getElementById(%s), script = [], layout = [];
		for (const text of %s) {
			input.value = text;
			const start = performance.now();
			input.dispatchEvent(new Event("input"));
			script.push(performance.now() - start);
			document.body.offsetHeight;
			layout.push(performance.now() - start);
		}
		return [Math.max(...script), Math.max(...layout)];
	})()`
	typed := []string{"l", "le", "led", "ledg", "ledger", "ledger e", "ledger expired", "ledger", "", "zzz", ""}
	for b.Loop() {
		times := eval[[]float64](p, measure, "uiSearch", typed)
		b.ReportMetric(times[0], "script-ms/key")
		b.ReportMetric(times[1], "layout-ms/key")
		times = eval[[]float64](p, measure, "uiPaste", []string{`{"error":{"code":"order_blocked_14","message":"m"}}`, "something: order blocked 16 limit of 7 reached, sorry"})
		b.ReportMetric(times[0], "script-ms/paste")
	}
	b.ReportMetric(eval[float64](p, `performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd`), "ms-to-start")
}
