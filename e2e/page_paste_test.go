package e2e

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/errspec/errspec/internal/unsuretext"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/advice"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/extract"
	"github.com/errspec/errspec/spec/logstream"
	"github.com/errspec/errspec/spec/validate"
)

// An answer is the result of the page for a pasted text.
type answer struct {
	Code      string // "" if it contains none
	Known     bool
	Subtype   string
	Action    string
	Automatic bool
	Throttle  bool
	Wait      [2]time.Duration
	Values    map[string]string
	Task      string
	Charged   string // "" if it is not known
	Sentence  string // sentence about retries
	Lost      bool
	None      bool
}

// readAnswers pastes texts one after the other, and reads the visible results.
const readAnswers = `(texts => {
	const input = document.getElementById("uiPaste"), out = document.getElementById("uiResult");
	const pairs = selector => [...out.querySelectorAll(selector + " dt")].map(dt => [dt.textContent, dt.nextElementSibling.textContent]);
	return texts.map(text => {
		input.value = text;
		input.dispatchEvent(new Event("input"));
		const heading = out.querySelector("h3"), link = heading?.querySelector("a");
		const found = Object.fromEntries(pairs(".extracted"));
		const marks = out.classList;
		return {
			Code: (link ?? heading?.querySelector("code"))?.textContent ?? "",
			Known: !!link,
			Subtype: out.querySelector(".subtype code")?.textContent ?? "",
			Action: ["unknown", "fix", "retry", "wait", "resubmit", "check", "support", "never"].find(a => marks.contains(a)) ?? "",
			Automatic: marks.contains("auto"),
			Throttle: marks.contains("throttle"),
			Wait: out.dataset.wait?.split(" ").map(Number) ?? [0, 0],
			Values: Object.fromEntries(pairs(".values")),
			Task: found.Task ?? "",
			Charged: found.Charged ?? "",
			Sentence: out.querySelector(".v b")?.textContent ?? "",
			Lost: heading?.textContent === "Outcome unknown",
			None: out.hidden || heading.textContent === "No error found",
		};
	});
})(%s)`

func paste(p *tab, texts ...string) []answer {
	p.t.Helper()
	return eval[[]answer](p, readAnswers, texts)
}

// goldenTables returns the tables of the golden cases of the generator, which use every
// key, and that of EvoLink.
func goldenTables(t *testing.T) map[string]string {
	t.Helper()
	tables := map[string]string{"evolink": "../spec/evolink.yaml"}
	cases, err := filepath.Glob("../gen/testdata/golden/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range cases {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(name, "refused") {
			continue
		}
		dir := t.TempDir()
		for _, f := range archive.Files {
			if filepath.Ext(f.Name) != ".yaml" {
				continue
			}
			path := filepath.Join(dir, f.Name)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		tables[name] = filepath.Join(dir, "table.yaml")
	}
	return tables
}

func load(t *testing.T, file string) (*spec.Table, *extract.Extractor) {
	t.Helper()
	table, findings, err := spec.Load(file)
	if err != nil || findings.HasErrors() {
		t.Fatal(err, findings)
	}
	validate.Run(table)
	x, err := extract.New(table)
	if err != nil {
		t.Fatal(err)
	}
	return table, x
}

// The decisions of the page about the vectors of every table are those of the generated
// package.
func TestPageReplaysVectors(t *testing.T) {
	decided := 0
	for name, file := range goldenTables(t) {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if out, err := exec.Command(command, "generate", "--table", file, "--go", dir+"/pkg", "--package", "p", "--html", dir+"/page.html").CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			data, err := os.ReadFile(dir + "/pkg/testdata/vectors.json")
			if err != nil {
				t.Fatal(err)
			}
			vectors, err := classify.ReadVectors(data)
			if err != nil {
				t.Fatal(err)
			}
			table, _ := load(t, file)
			var texts []string
			var want []answer
			for _, v := range vectors.Cases {
				text, ok := response(t, table, v)
				if !ok {
					continue
				}
				texts, want = append(texts, text), append(want, answerOf(t, table, v))
			}
			for i, got := range paste(open(t, dir+"/page.html"), texts...) {
				if d := cmp.Diff(want[i], got); d != "" {
					t.Errorf("%s: the page differs (-want +got):\n%s", texts[i], d)
				}
			}
			decided += len(want)
		})
	}
	if decided < 250 && browser() != nil {
		t.Errorf("only %d vectors", decided)
	}
}

// response returns a vector as a response of the service. It returns false for internal
// codes, which the page does not contain.
func response(t *testing.T, table *spec.Table, v classify.Vector) (string, bool) {
	t.Helper()
	if c, ok := table.Code(v.Verdict.Code.String()); ok && c.Internal {
		return "", false
	}
	object := map[string]any{}
	put := func(role spec.Role, otherwise string, value any) {
		path := otherwise
		if f, ok := table.Response.Field(role); ok {
			path = f.Path
		}
		at := object
		keys := strings.Split(path, ".")
		for i, key := range keys {
			key, isArray := strings.CutSuffix(key, "[]")
			if i == len(keys)-1 {
				if at[key] = value; isArray {
					at[key] = []any{value}
				}
				return
			}
			inner, ok := at[key].(map[string]any)
			if array, isInArray := at[key].([]any); isInArray {
				inner, ok = array[0].(map[string]any)
			}
			if !ok {
				inner = map[string]any{}
				if at[key] = inner; isArray {
					at[key] = []any{inner}
				}
			}
			at = inner
		}
	}
	put(spec.RoleCode, "error.code", v.Code)
	put(spec.RoleMessage, "error.message", v.Message)
	put(spec.RoleID, "id", "task-1")
	if f, ok := table.Response.Field(spec.RoleStatus); ok {
		put(spec.RoleStatus, "", f.Failed[0])
	}
	data, err := json.Marshal(object)
	if err != nil {
		t.Fatal(err)
	}
	return string(data), true
}

func answerOf(t *testing.T, table *spec.Table, v classify.Vector) answer {
	t.Helper()
	d := v.Verdict
	a := answer{
		Code: d.Code.String(), Known: d.Known, Subtype: d.Subtype, Action: d.Action, Automatic: d.Automatic, Throttle: d.Throttle,
		Values: map[string]string{}, Task: "task-1", Charged: d.Charged,
	}
	for name, text := range v.Values {
		if text != "" {
			a.Values[name] = text
		}
	}
	if _, ok := table.Response.Field(spec.RoleID); !ok && table.Response != nil {
		a.Task = ""
	}
	for i, wait := range []string{d.Wait.Min, d.Wait.Max} {
		if wait == "" {
			continue
		}
		length, err := time.ParseDuration(wait)
		if err != nil {
			t.Fatal(err)
		}
		a.Wait[i] = length
	}
	a.Automatic = a.Automatic && !headersDecide(table)
	a.Sentence = sentenceOf(table, a)
	return a
}

// headersDecide reports whether a header could forbid a retry. Pasted bodies are then never automatic.
func headersDecide(table *spec.Table) bool {
	return table.Response != nil && slices.ContainsFunc(table.Response.Headers, func(f spec.Field) bool {
		return f.Role == spec.RoleCode || f.Role == spec.RoleSubtype || f.Role == spec.RoleRetryable
	})
}

// sentenceOf returns the sentence of the page about retries: that of all outputs, with
// the wait before the second attempt for an automatic retry.
func sentenceOf(table *spec.Table, a answer) string {
	low, high := a.Wait[0], a.Wait[1]
	if b := table.Backoff; a.Automatic && b.Attempts > 1 {
		if high == 0 {
			low, high = b.Initial, b.Initial
		}
		low, high = min(low, b.Cap), min(high, b.Cap)
	}
	return advice.Retry(a.Action, a.Automatic, advice.Wait(low, high))
}

// The result for a pasted code is the same as the text at the code.
func TestPageConsistentAdvice(t *testing.T) {
	for _, ref := range []string{"builtin:evolink", "../gen/internal/html/testdata/full.yaml"} {
		p := open(t, htmlOf(t, ref))
		differ := eval[[]string](p, `[...document.querySelectorAll("article")].filter(article => {
			const input = document.getElementById("uiPaste");
			input.value = JSON.stringify({id: "t", task: "t", status: "failed", state: "failed", error: {code: article.querySelector("h3 > a").textContent}});
			input.dispatchEvent(new Event("input"));
			return document.querySelector("#uiResult .v").textContent.trim() !== article.querySelector(".v").textContent.trim();
		}).map(article => article.querySelector(".v").textContent + " / " + document.querySelector("#uiResult .v").textContent)`)
		if len(differ) > 0 {
			t.Errorf("%s: %q", ref, differ)
		}
	}
}

// The page finds the same errors in pasted texts as errspec explain. The texts are
// those of the tests of both, each for its own table and for that of EvoLink.
func TestPageMatchesExplain(t *testing.T) {
	var texts []string
	for _, pattern := range []string{"../spec/extract/*_test.go", "../spec/logstream/*_test.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			texts = append(texts, literals(t, file)...)
		}
	}
	tables := map[string]string{"evolink": "../spec/evolink.yaml"}
	for i, text := range texts {
		if strings.HasPrefix(text, "errspec: 1\n") {
			file := filepath.Join(t.TempDir(), "table.yaml")
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			if _, findings, err := spec.Load(file); err == nil && !findings.HasErrors() {
				tables[strconv.Itoa(i)] = file
			}
		}
	}
	if len(texts) < 300 || len(tables) < 3 {
		t.Fatalf("%d texts and %d tables", len(texts), len(tables))
	}
	for name, file := range tables {
		t.Run(name, func(t *testing.T) { explainAll(t, file, texts) })
	}
}

func explainAll(t *testing.T, file string, texts []string) {
	_, x := load(t, file)
	page := htmlOf(t, file)
	// Texts for the EvoLink table contain its codes.
	table, _ := load(t, file)
	rename := strings.NewReplacer("shop: ", table.Name+": ", "table=shop", "table="+table.Name, `"table":"shop"`, `"table":"`+table.Name+`"`,
		"busy", table.Codes[len(table.Codes)/2].Wire, "broken", table.Codes[0].Wire)
	for _, text := range slices.Clone(texts) {
		texts = append(texts, rename.Replace(text))
	}
	errors := 0
	for i, got := range paste(open(t, page), texts...) {
		f, _ := logstream.Best(x, texts[i])
		want := explained(table, x, f)
		if !want.None {
			errors++
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q\n(-want +got):\n%s", texts[i], d)
		}
	}
	if errors < 50 {
		t.Errorf("only %d of the texts contain an error", errors)
	}
}

// The page reads every response of the gallery, pasted as curl -i prints it and as a
// body alone, like errspec explain. The decision about a whole response is that of the
// generated package.
func TestPageReadsGallery(t *testing.T) {
	tables, err := filepath.Glob("../spec/testdata/gallery/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, file := range tables {
		data, err := os.ReadFile(strings.TrimSuffix(file, ".yaml") + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var responses []struct {
			HTTP    int
			Headers map[string]string
			Body    json.RawMessage
		}
		if err := json.Unmarshal(data, &responses); err != nil {
			t.Fatal(err)
		}
		var texts []string
		for _, r := range responses {
			body := string(r.Body)
			if text := ""; json.Unmarshal(r.Body, &text) == nil {
				body = text
			}
			head := "HTTP/1.1 " + strconv.Itoa(r.HTTP) + "\n"
			for _, name := range slices.Sorted(maps.Keys(r.Headers)) {
				head += name + ": " + r.Headers[name] + "\n"
			}
			texts = append(texts, head+"\n"+body)
			if strings.TrimSpace(body) != "" {
				texts = append(texts, body)
			}
		}
		count += len(responses)
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			table, x := load(t, file)
			for i, got := range paste(open(t, htmlOf(t, file)), texts...) {
				f, _ := logstream.Best(x, texts[i])
				if d := cmp.Diff(explained(table, x, f), got); d != "" {
					t.Errorf("%s\n(-want +got):\n%s", texts[i], d)
				}
			}
		})
	}
	if count < 200 {
		t.Errorf("only %d responses", count)
	}
}

// Nothing is automatic on the page for a text that contains a code only in a message,
// or a report that polling stopped. The results are those of the command.
func TestPageTextIsNeverAutomatic(t *testing.T) {
	const file = "../spec/evolink.yaml"
	table, x := load(t, file)
	source := unsuretext.Source{Rand: rand.New(rand.NewPCG(1, 2)), Table: table.Name, Code: "service_error", Other: "invalid_parameters"}
	var texts []string
	for range 1500 {
		texts = append(texts, source.Text())
	}
	for i, got := range paste(open(t, htmlOf(t, file)), texts...) {
		f, _ := logstream.Best(x, texts[i])
		want := explained(table, x, f)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q\n(-want +got):\n%s", texts[i], d)
		}
		if got.Automatic || want.Automatic {
			t.Errorf("%q is automatic", texts[i])
		}
	}
}

// explained returns the result of the command for a match.
func explained(table *spec.Table, x *extract.Extractor, f extract.Match) answer {
	a := answer{Values: map[string]string{}, Task: f.Task, None: f.Source == extract.None, Lost: f.Source == extract.PollStopped}
	if !f.Failure() {
		if a.Lost {
			a.Action = "unknown"
		}
		return a
	}
	d := x.Decide(f)
	a.Code, a.Known, a.Subtype = d.Code, d.Entry != nil, d.SubtypeName()
	a.Action, a.Automatic, a.Throttle = d.Retry.Action.String(), d.Retry.Automatic, d.Retry.Throttle
	a.Wait = [2]time.Duration{d.Retry.Wait.Min, d.Retry.Wait.Max}
	if d.Charged != spec.ChargedUnknown {
		a.Charged = d.Charged.String()
	}
	for _, v := range d.Values {
		if v.Text != "" {
			a.Values[v.Name] = v.Text
		}
	}
	a.Sentence = sentenceOf(table, a)
	return a
}

// literals returns the string literals of a Go file, as a text field contains them.
func literals(t *testing.T, file string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	ast.Inspect(parsed, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			text, err := strconv.Unquote(lit.Value)
			if err == nil && utf8.ValidString(text) && strings.TrimSpace(text) != "" {
				texts = append(texts, strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text))
			}
		}
		return true
	})
	return texts
}

// The page says that a request is not charged only for a response that shows it, as errspec
// explain does.
func TestPageCharged(t *testing.T) {
	const body = `{"error":{"code":"insufficient_token_quota","message":"API key limit exceeded"}}`
	texts := map[string]string{
		"HTTP/1.1 402 Payment Required\nX-Request-Id: r-1\n\n" + body: "no",
		body:                                   "",
		"evolink: insufficient_token_quota: m": "",
		"HTTP/1.1 402 Payment Required\nX-Request-Id: r-1\n\n" + body + "\ni/o timeout": "",
	}
	_, x := load(t, "../spec/evolink.yaml")
	p := open(t, htmlOf(t, "builtin:evolink"))
	for text, want := range texts {
		if got := paste(p, text)[0]; got.Charged != want || !got.Known {
			t.Errorf("%q: charged is %q, want %q", text, got.Charged, want)
		}
		f, _ := logstream.Best(x, text)
		if got := x.Decide(f).Charged; (got == spec.ChargedNo) != (want == "no") {
			t.Errorf("%q: explain returns charged: %s", text, got)
		}
	}
}
