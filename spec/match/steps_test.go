package match

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/format"
	goparser "go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/internal/longtest"
)

// TestLinear counts steps, which are function calls and loop iterations, in an instrumented copy of
// this package. For each phrase and each message designed to be slow for it, a message that is 20
// times as long must take about 20 times the steps; 400 times would be quadratic. The limit is twice
// that, because the hits of a filter in a repeated text depend on its stride. If phrases share most
// of their text, the steps for a message must not grow with the number of phrases.
func TestLinear(t *testing.T) {
	longtest.Only(t, "compiles a copy of the package that counts steps")
	const times = 20 // as in counter
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "go.mod"), "module counted\n\ngo 1.25.0\n")
	writeFile(t, filepath.Join(dir, "main.go"), counter)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	copied := Sources(everything)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if slices.Contains(copied, name) {
			text = counted(t, name, text)
		}
		writeFile(t, filepath.Join(dir, name), packageClause.ReplaceAllString(string(text), "package main"))
	}
	out := goCommand(t, dir, "run", ".")
	var results struct {
		Messages, Sets []struct {
			Phrase, Unit string
			Steps        [2]int
		}
	}
	if err := json.Unmarshal([]byte(out), &results); err != nil {
		t.Fatal(err)
	}
	if len(results.Messages) < 700 || len(results.Sets) < 20 {
		t.Errorf("only %d results", len(results.Messages)+len(results.Sets))
	}
	for _, r := range results.Messages {
		if r.Steps[1] > 2*times*r.Steps[0] {
			t.Errorf("%q in messages of %q: %d steps, and %d if %d times as long", r.Phrase, r.Unit, r.Steps[0], r.Steps[1], times)
		}
	}
	for _, r := range results.Sets {
		// With 16 times the phrases, the binary search takes four more steps.
		if r.Steps[1] > 3*r.Steps[0] {
			t.Errorf("%q in %q: %d steps with 500 phrases, %d with 8,000", r.Phrase, r.Unit, r.Steps[0], r.Steps[1])
		}
	}
}

// everything is a table that needs every copied file.
var everything = Table{Phrases: []TablePhrase{{Search: "gapped", Names: "x"}, {Search: "ambiguous"}}}

// counted returns the source of a file with a call of step at the start of each function and loop.
func counted(t *testing.T, name string, text []byte) []byte {
	fset := token.NewFileSet()
	file, err := goparser.ParseFile(fset, name, text, 0)
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
		case *ast.ForStmt:
			count(n.Body)
		case *ast.RangeStmt:
			count(n.Body)
		}
		return true
	})
	var b bytes.Buffer
	if err := format.Node(&b, fset, file); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// counter is the program that runs the instrumented copy.
const counter = `package main

import (
	"encoding/json"
	"os"
	"strings"
)

var steps int

// step counts a step. It stops a program that is too slow or does not end.
func step() {
	if steps++; steps > 1e9 {
		panic("too many steps")
	}
}

type result struct {
	Phrase, Unit string
	Steps        [2]int
}

func main() {
	var results []result
	for _, source := range []string{
		"a", "aaaaaaaaab", "a a a a b", "file size exceeds <num:n>MB", "<num:n> of <num:m> credits",
		"<num:n> credits", " x <num:n> y", "no <any:a> left", "a <any:a> <any:b> b", "<any:a>x y<any:b>",
		"aa<any:a>ab<any:b>b", "aaaaaaaaa<any:a>aaaaaaab", "a<any:a> <any:b><num:n> c", "a<any:a><num:n> <num:m> c",
		"<num:n>.<num:m>.", "x <num:n><num:m>5", "5555555555<num:n>x", "a<any>5<num:n>x", "<num:n><any:a>.", "a.<num:n> b.<num:m> c",
		"5.<num:n>x", "aaaaaaaa <num:n> aaaaaaaa <num:m> b", "........ <num:n>.", "-<num:n>-<num:m>-",
	} {
		p := MustParse(source)
		set, err := Compile([]Entry{{Phrase: p}, {Phrase: MustParse("other text")}})
		if err != nil {
			panic(err)
		}
		for _, unit := range units(p) {
			r := result{Phrase: source, Unit: unit}
			for i := range r.Steps {
				r.Steps[i] = count(set, p, message(unit, []int{300, 20 * 300}[i]))
			}
			results = append(results, r)
		}
	}
	json.NewEncoder(os.Stdout).Encode(map[string][]result{"Messages": results, "Sets": sets()})
}

// sets counts the steps for messages in sets of 500 and of 8,000 phrases that differ in a word, %s.
func sets() []result {
	var results []result
	for _, source := range []string{
		"the request to the upstream provider was rejected because of %s", "%s is why the provider rejected the request",
		"the limit of the provider is <num:n> %s", "<num:n> of <num:m> items were refused because of %s", "at <num:n>: %s.",
		"the model <any:model> is not available %s", "%s of the model <any:model> is not available", "the same for all of them",
	} {
		phrase := func(w string) Phrase { return MustParse(strings.TrimSpace(strings.ReplaceAll(source, "%s", w))) }
		var all [][]result // by set, then by message
		for _, n := range []int{500, 8000} {
			var entries []Entry
			for k := range n {
				entries = append(entries, Entry{Phrase: phrase(word(k))})
			}
			set, err := Compile(entries)
			if err != nil {
				panic(err)
			}
			var counts []result
			for _, w := range []string{word(0), word(n / 2), word(n - 1), "another", ""} {
				s := phrase(w).Sample()
				for _, text := range []string{s, strings.Repeat(s+"\n", 20), strings.ToUpper(s) + "x", "no " + strings.ReplaceAll(s, " ", "  ") + " at all"} {
					steps = 0
					set.Find(text)
					counts = append(counts, result{source, text, [2]int{steps}})
				}
			}
			all = append(all, counts)
		}
		for i, r := range all[0] {
			r.Steps[1] = all[1][i].Steps[0]
			results = append(results, r)
		}
	}
	return results
}

// word returns one of many words of four letters.
func word(n int) string {
	n = n*7919 + 1
	return string([]byte{'a' + byte(n%23), 'a' + byte(n/23%23), 'a' + byte(n/529%23), 'a' + byte(n/12167%23)})
}

// units returns texts to build messages from, which a matcher of p might read repeatedly.
func units(p Phrase) []string {
	units := []string{"a", " ", "5", ".", "5.", "\n", " 5", "a ", "aaaaaaa ", "\x00", " !"}
	s := p.Sample()
	for i := 1; i < len(s); i++ {
		units = append(units, s[:i], s[i:])
	}
	spaced := strings.ReplaceAll(s, " ", "  \n")
	return append(units, s, s+"x", "x"+s, strings.ToUpper(s)+"_", spaced+"_", "_"+spaced)
}

// message returns a message of repeated units, units with longer runs, and very long runs.
func message(unit string, n int) string {
	longer := strings.NewReplacer(" ", strings.Repeat(" ", 80), "7", strings.Repeat("7", 80)).Replace(unit)
	return strings.Repeat(unit, n) + strings.Repeat(longer, n/16) +
		unit + strings.Repeat(" ", 8*n) + unit + strings.Repeat("7", 8*n) + unit + strings.Repeat("7.", 4*n) +
		strings.Repeat(unit, n)
}

func count(set *Set, p Phrase, message string) int {
	steps = 0
	set.Find(message)
	p.Occurs(message)
	for _, name := range p.Names() {
		set.Value(0, message, name)
	}
	return steps
}
`
