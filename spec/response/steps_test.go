package response

import (
	"bytes"
	"encoding/json"
	"go/ast"
	goformat "go/format"
	goparser "go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLinear counts steps: calls of functions and turns of loops, in a copy of the reader that
// counts them. A body that is 20 times as long, or as deep, must take about 20 times the steps:
// 400 times would be quadratic.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	const times = 20
	reader := compileTable(t, everything())
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module counted\n\ngo 1.22\n")
	for _, name := range Sources(reader.Features()) {
		write(t, filepath.Join(dir, name), mainPackage(counted(t, name, repackage(t, name, reader.Features()))))
	}
	table, err := goformat.Source([]byte(copiedCase{reader: reader}.tableSource(map[string]bool{})))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "table.go"), mainPackage(string(table)))
	write(t, filepath.Join(dir, "main.go"), counter)
	var bodies []string
	for _, body := range longBodies() {
		for _, n := range []int{400, times * 400} {
			bodies = append(bodies, body.of(n))
		}
	}
	in, err := json.Marshal(bodies)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "bodies.json"), in, 0o666); err != nil {
		t.Fatal(err)
	}
	var steps [][2]int // of each body, as a response that succeeded and as one that did not
	if err := json.Unmarshal([]byte(goCommand(t, dir, "run", ".")), &steps); err != nil {
		t.Fatal(err)
	}
	for i, body := range longBodies() {
		for j, status := range []int{200, 429} {
			if short, long := steps[2*i][j], steps[2*i+1][j]; long > 3*times/2*short || short == 0 {
				t.Errorf("%s, HTTP %d: %d steps, %d of one %d times as long", body.name, status, short, long, times)
			}
		}
	}
}

type longBody struct {
	name              string
	start, unit, stop string
	close             string // repeated too, before stop
}

func (b longBody) of(n int) string {
	unit := strings.TrimSuffix(strings.Repeat(b.unit, n), ",")
	return b.start + unit + strings.Repeat(b.close, n) + b.stop
}

// longBodies are bodies that a reader might read again and again.
func longBodies() []longBody {
	return []longBody{
		{name: "elements", start: `{"errors":[`, unit: `{"code":"new","message":"m"},`, stop: `]}`},
		{name: "listed elements", start: `{"errors":[`, unit: `{"code":"limit","message":"m"},`, stop: `]}`},
		{name: "elements without a code", start: `{"errors":[`, unit: `{"message":"m"},`, stop: `]}`},
		{name: "ok elements", start: `{"status":"failed","errors":[`, unit: `{"code":"0","message":"m"},`, stop: `]}`},
		{name: "codes of status", start: `{"errors":[`, unit: `{"code":429},`, stop: `]}`},
		{name: "details", start: `{"errors":[{"code":"limit","details":[`, unit: `{"kind":"slow"},{"kind":"new"},`, stop: `]}]}`},
		{name: "errors with details", start: `{"errors":[`, unit: `{"code":"x","details":[{"kind":"slow"}]},`, stop: `]}`},
		{name: "scalars", start: `{"errors":[`, unit: `1,`, stop: `]}`},
		{name: "same key", start: `{"errors":[{"code":"a"},{"code":"b"}],`, unit: `"errors":[{"code":"a"}],`, stop: `}`},
		{name: "same code", start: `{"errors":[{`, unit: `"code":"limit","message":"m",`, stop: `}]}`},
		{name: "long first of the same key", start: `{"errors":[` + strings.Repeat(`{"code":"a"},`, 400) + `1],`, unit: `"errors":1,`, stop: `}`},
		{name: "other keys", start: `{`, unit: `"x":1,`, stop: `}`},
		{name: "escaped keys", start: `{`, unit: `"\u0065rror":"\u0065",`, stop: `}`},
		{name: "objects", start: `[`, unit: `{"id":"t"},`, stop: `]`},
		{name: "objects with errors", start: `[`, unit: `{"errors":[{"code":"new"}]},`, stop: `]`},
		{name: "parameters", start: `{"errors":[{"code":"bad","path":[`, unit: `"a",1,{},`, stop: `]}]}`},
		{name: "depth", start: `{"x":`, unit: `[`, close: `]`, stop: `}`},
		{name: "depth of errors", start: `{"errors":`, unit: `[`, close: `]`, stop: `}`},
		{name: "depth of the body", unit: `[`, close: `]`},
		{name: "depth of objects", start: `{"errors":[`, unit: `{"code":`, close: `}`, stop: `]}`},
		{name: "white space", start: `{`, unit: "\n \t", stop: `"id":"t"}`},
		{name: "text", start: `{"errors":[{"code":"limit","message":"`, unit: `is bad \" in 3 s `, stop: `"}]}`},
		{name: "code", start: `{"errors":[{"code":"`, unit: `#:`, stop: `"}]}`},
		{name: "number", start: `{"errors":[{"code":`, unit: `1`, stop: `}]}`},
	}
}

func mainPackage(source string) string {
	return strings.Replace(source, "package copied", "package main", 1)
}

// counted returns the source of a file with a count at the beginning of each function and loop.
func counted(t *testing.T, name, source string) string {
	fset := token.NewFileSet()
	file, err := goparser.ParseFile(fset, name, source, 0)
	if err != nil {
		t.Fatal(err)
	}
	count := func(b *ast.BlockStmt) {
		b.List = append([]ast.Stmt{&ast.ExprStmt{X: &ast.CallExpr{Fun: ast.NewIdent("step")}}}, b.List...)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			count(n.Body)
		case *ast.FuncLit:
			count(n.Body)
		case *ast.ForStmt:
			count(n.Body)
		case *ast.RangeStmt:
			count(n.Body)
		}
		return true
	})
	var b bytes.Buffer
	if err := goformat.Node(&b, fset, file); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const counter = `package main

import (
	"encoding/json"
	"os"
)

var steps int

// step counts. A program that is this slow, or does not end, is stopped.
func step() {
	if steps++; steps > 1e9 {
		panic("too many steps")
	}
}

func main() {
	data, err := os.ReadFile("bodies.json")
	if err != nil {
		panic(err)
	}
	var bodies []string
	if err := json.Unmarshal(data, &bodies); err != nil {
		panic(err)
	}
	var results [][2]int
	for _, body := range bodies {
		var result [2]int
		for i, status := range []int{200, 429} {
			steps = 0
			s := facts{format: &responseFormat, status: status, isTask: true}
			s.scan([]byte(body))
			s.decide(codeTable{})
			result[i] = steps
		}
		results = append(results, result)
	}
	json.NewEncoder(os.Stdout).Encode(results)
}
`
