package gen

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/internal/longtest"
	"github.com/errspec/errspec/internal/pythontest"
)

// sentFacts are the facts of a response that every client must read.
type sentFacts struct {
	Code         string            `json:"code"`
	Subtype      string            `json:"subtype"`
	Automatic    bool              `json:"automatic"`
	Message      string            `json:"message"`
	Values       map[string]string `json:"values"`
	Param        string            `json:"param"`
	RequestID    string            `json:"request_id"`
	RetryAfterMS float64           `json:"retry_after_ms"`
}

// Packages in Go, modules in JavaScript and packages in Python read what the service's half sends,
// with random values of each constructor: the same code, subtype, values, parameter and delay.
// TypeScript modules are the same as those in JavaScript, with types.
func TestSentDifferential(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	for name, table := range sendingTables(t) {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			writePython(t, config.Entry{Table: table, Python: &config.Python{Dir: filepath.Join(dir, "py_"+name)}, JavaScript: &config.File{File: filepath.Join(dir, name+".mjs")}})
			responses := randomResponses(t, table, dir, longtest.Choose(400, 40_000))
			var want []sentFacts
			for line := range bytes.Lines(responses) {
				var r struct{ Want sentFacts }
				if err := json.Unmarshal(line, &r); err != nil {
					t.Fatal(err)
				}
				want = append(want, r.Want)
			}
			t.Run("JavaScript", func(t *testing.T) {
				compareFacts(t, responses, want, exec.Command(findNode(t), "testdata/sent/read.mjs", filepath.Join(dir, name+".mjs")))
			})
			t.Run("Python", func(t *testing.T) {
				compareFacts(t, responses, want, pythontest.One(t).Command(dir, "testdata/sent/read.py", "py_"+name))
			})
		})
	}
}

// sendingTables returns a table with send: own and one with send: problem, by name.
func sendingTables(t *testing.T) map[string]string {
	t.Helper()
	own := t.TempDir()
	readGolden(t, filepath.Join(goldenDir, "sent-own.txtar")).input.writeTo(t, own)
	problem, err := filepath.Abs("testdata/sent/problem.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{"own": filepath.Join(own, "table.yaml"), "problem": problem}
}

// randomResponses returns responses of the service's half of a table with their facts, one on each
// line. It fails if the Go package reads other facts.
func randomResponses(t *testing.T, table, dir string, count int) []byte {
	t.Helper()
	module := render(t, config.Entry{Table: table, Go: &config.Go{Dir: "service", Package: "service", Server: true}})
	module["go.mod"] = "module sending\n\ngo 1.22\n"
	module["main.go"] = readText(t, "testdata/sent/main.go")
	module["constructors.go"] = constructorCalls(t, module["service/server.go"])
	module.writeTo(t, dir)
	send := exec.Command("go", "run", "-trimpath", ".", fmt.Sprint(count), "1")
	send.Dir = dir
	send.Env = append(os.Environ(), "GOWORK=off", "GOTOOLCHAIN=local")
	out, err := send.Output()
	if err != nil {
		var exit *exec.ExitError
		errors.As(err, &exit)
		t.Fatalf("%v\n%.4000s", err, exit.Stderr)
	}
	return out
}

// constructorCalls returns a file that calls each constructor with random values.
func constructorCalls(t *testing.T, server string) string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "server.go", server, 0)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("package main\n\nimport (\n\t\"math/rand\"\n\n\t. \"sending/service\"\n)\n\nfunc init() {\n\tconstructors = append(constructors,\n")
	values := 0
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || !strings.HasPrefix(f.Name.Name, "New") {
			continue
		}
		var arguments []string
		for _, param := range f.Type.Params.List {
			value := map[string]string{"string": "word(rnd)", "float64": "number(rnd)"}[param.Type.(*ast.Ident).Name]
			for range param.Names {
				values++
				arguments = append(arguments, value)
			}
		}
		fmt.Fprintf(&b, "\t\tfunc(rnd *rand.Rand) *Failure { return %s(%s) },\n", f.Name, strings.Join(arguments, ", "))
	}
	if values == 0 {
		t.Fatalf("no constructor has a parameter:\n%s", server)
	}
	return b.String() + "\t)\n}\n"
}

// compareFacts runs a command that reads responses from standard input and prints their facts.
func compareFacts(t *testing.T, responses []byte, want []sentFacts, read *exec.Cmd) {
	t.Helper()
	read.Stdin = bytes.NewReader(responses)
	var stderr strings.Builder
	read.Stderr = &stderr
	out, err := read.Output()
	if err != nil {
		t.Fatalf("%v\n%.4000s", err, &stderr)
	}
	n := 0
	for line := range bytes.Lines(out) {
		var got sentFacts
		if err := json.Unmarshal(line, &got); err != nil || n == len(want) {
			t.Fatalf("%s: %v", line, err)
		}
		if math.Abs(got.RetryAfterMS-want[n].RetryAfterMS) <= 1e-9*want[n].RetryAfterMS {
			got.RetryAfterMS = want[n].RetryAfterMS
		}
		if !reflect.DeepEqual(got, want[n]) {
			t.Errorf("response %d: read %+q, want %+q", n+1, fmt.Sprint(got), fmt.Sprint(want[n]))
		}
		n++
	}
	if n != len(want) {
		t.Errorf("%d of %d responses were read", n, len(want))
	}
	t.Logf("%d responses", n)
}
