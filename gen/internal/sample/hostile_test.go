package sample

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/plan"
)

// hostile lists texts that would be harmful if they were not escaped, and some that
// would be equal if they were escaped incorrectly.
var hostile = []string{
	"a\nimport os", "*/ x", `"""`, "'''", "`", "${x}", "{x}", "{{x}}", "{%x", "{#", "%s", "\u2028", "\u2029", "\\", `\"`, `\n`, `\u0041`, "\\\n", "#", "//", "/*",
	"</script><script>", "<!--", "-->", "]]>", "\x00", "\a\t\r", "\u202e", "\ufeff", "\u200d", "é", "e\u0301", "名", "😀", "\U000e0001", "\U0010ffff", "\ufffd", "{\U000e0001",
	"__proto__", "constructor", "toString", "None", "null", "0", "", " ", "$&", "{id}",
}

// hostilePlan returns a plan with these texts in all parts that samples use.
func hostilePlan(t *testing.T) *plan.Plan {
	p := planOf(t, "testdata/full.yaml")
	all := strings.Join(hostile, " ")
	p.Polling.URL = "https://e.test/{id}/" + all
	p.Package = "名"
	p.Response.Status.Completed = hostile
	p.Response.Status.Failed = []string{all}
	for _, f := range []*plan.Field{p.Response.ID, p.Response.Status, p.Response.Code} {
		f.Path = all
	}
	p.Codes[0].Wire, p.Codes[0].Aliases = all, hostile
	return p
}

// lists are the parts of a table that a sample contains.
type lists struct {
	URL       string
	Completed []string
	Failed    []string
	HTTP      [][]any // status, code
	Like      []string
	Automatic [][]any // code, shortest and longest pause
}

func listsOf(f *facts) lists {
	l := lists{f.TaskURL, f.Completed, f.Failed, nil, f.StatusLike, nil}
	for _, h := range f.HTTP {
		l.HTTP = append(l.HTTP, []any{float64(h.Status), h.Code.Wire})
	}
	for _, a := range f.Automatic {
		l.Automatic = append(l.Automatic, []any{a.Wire, a.Pause.Min.Seconds(), a.Pause.Max.Seconds()})
	}
	return l
}

// The Go sample contains all texts of a table as string literals.
func TestHostileGo(t *testing.T) {
	p := hostilePlan(t)
	code := All(p)[0].Code
	formatted, err := format.Source([]byte(code))
	if err != nil || string(formatted) != code {
		t.Fatalf("%v; not formatted:\n%s", err, code)
	}
	file, err := parser.ParseFile(token.NewFileSet(), "client.go", code, 0)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.BasicLit); ok && s.Kind == token.STRING {
			text, err := strconv.Unquote(s.Value)
			if err != nil {
				t.Error(err)
			}
			texts = append(texts, text)
		}
		return true
	})
	tame := strings.ReplaceAll(All(planOf(t, "testdata/full.yaml"))[0].Code, "1.5s", "")
	if len(texts) != strings.Count(tame, `"`)/2 {
		t.Errorf("%d texts, want as many as in the sample of another table: %q", len(texts), texts)
	}
	for _, want := range []string{p.Polling.URL, "example.com/yours/名"} {
		if !strings.Contains(strings.Join(texts, "\n"), want) {
			t.Errorf("%q is not in %q", want, texts)
		}
	}
}

// When they run, the samples in other languages have the lists of the table.
func TestHostileLists(t *testing.T) {
	for _, test := range []struct{ key, command, pack, file, print string }{
		{"python", "python3", "python3", "sample.py", `
print(json.dumps({
    "URL": TASK_URL, "Completed": COMPLETED, "Failed": FAILED, "HTTP": list(STATUS_CODES.items()),
    "Like": STATUS_LIKE, "Automatic": [[code, *pause] for code, pause in AUTOMATIC.items()],
}))
`},
		{"javascript", "node", "nodejs", "sample.mjs", `
console.log(JSON.stringify({
  URL: TASK_URL, Completed: COMPLETED, Failed: FAILED, HTTP: [...STATUS_CODES],
  Like: STATUS_LIKE, Automatic: [...AUTOMATIC].map(([code, pause]) => [code, ...pause]),
}));
`},
	} {
		t.Run(test.key, func(t *testing.T) {
			if _, err := exec.LookPath(test.command); err != nil {
				t.Skipf("%s is not installed (on Debian: apt-get install %s)", test.command, test.pack)
			}
			p := hostilePlan(t)
			file := filepath.Join(t.TempDir(), test.file)
			if err := os.WriteFile(file, []byte(sampleIn(t, p, test.key)+test.print), 0o644); err != nil {
				t.Fatal(err)
			}
			out, err := exec.Command(test.command, file).CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			var got lists
			if err := json.Unmarshal(out, &got); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			if want := listsOf(newFacts(p)); !reflect.DeepEqual(got, want) {
				t.Errorf("got\n%q\nwant\n%q", fmt.Sprint(got), fmt.Sprint(want))
			}
		})
	}
}

func sampleIn(t *testing.T, p *plan.Plan, key string) string {
	t.Helper()
	for _, s := range All(p) {
		if s.Key == key {
			return s.Code
		}
	}
	t.Fatalf("no sample in %s", key)
	return ""
}

// Samples contain nothing that has a meaning in HTML or a template engine.
func TestHostileToOthers(t *testing.T) {
	p := hostilePlan(t)
	samples := All(p)
	all := strings.Join(hostile, " ")
	p.Clients = plan.Clients{TypeScript: all + ".ts", JavaScript: all + ".js", Python: all}
	samples = append(samples, All(p)...)
	p.Clients.Python = "codes"
	samples = append(samples, All(p)...)
	for _, s := range samples {
		for _, opening := range []string{"</", "<!--", "{{", "{%", "{#", "\u2028", "\u202e", "\x00"} {
			if strings.Contains(s.Code, opening) {
				t.Errorf("%q is in the sample in %s", opening, s.Language)
			}
		}
	}
}

// The programs that import a client contain the URL and the name of the module as they are.
func TestHostileClients(t *testing.T) {
	p := hostilePlan(t)
	p.Clients = plan.Clients{JavaScript: strings.Join(hostile, " ") + ".js", Python: "codes"}
	for _, test := range []struct{ key, command, pack, file, print string }{
		{"python", "python3", "python3", "sample.py", `
import json
print(json.dumps([TASK_URL]))
`},
		{"javascript", "node", "nodejs", "sample.mjs", `
console.log(JSON.stringify([TASK_URL, MODULE]));
`},
	} {
		if _, err := exec.LookPath(test.command); err != nil {
			t.Logf("%s is not installed (on Debian: apt-get install %s)", test.command, test.pack)
			continue
		}
		want := []string{p.Polling.URL}
		code := strings.Replace(sampleIn(t, p, test.key), "\nfrom codes import Attempts, Task, decode_task, wait_for_task\n", "\nTask = None\n", 1)
		if before, rest, found := strings.Cut(code, "} from "); found {
			before = before[:strings.LastIndex(before, "import {")]
			code = before + "const MODULE = " + rest
			want = append(want, "./"+p.Clients.JavaScript)
		}
		file := filepath.Join(t.TempDir(), test.file)
		if err := os.WriteFile(file, []byte(code+test.print), 0o644); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(test.command, file).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		var got []string
		if err := json.Unmarshal(out, &got); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v: got\n%q\nwant\n%q", test.key, err, got, want)
		}
	}
}
