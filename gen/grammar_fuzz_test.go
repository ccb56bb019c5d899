package gen

import (
	"flag"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/internal/longtest"
	"github.com/errspec/errspec/spec/canonical"
	"github.com/errspec/errspec/spec/diag"
)

var (
	tableCount = flag.Int("tables", 0, "number of tables in TestTables (default: a few)")
	tableTime  = flag.Duration("tables.for", 0, "duration of TestTables (default: no limit)")
	tableSeed  = flag.Uint64("tables.seed", 1, "seed of the first table of TestTables")
)

// checkText returns the findings about the text of a table.
func checkText(text string) diag.List {
	table, findings := Parse("table.yaml", text, nil)
	if table != nil {
		findings = append(findings, Lint(table, nil)...)
	}
	return findings
}

// checkTable checks properties of tables that the grammar generates. Formatting a
// table twice gives the same result as once, and changes only locations of
// findings. A table without errors can be rendered, and gofmt does not change the
// resulting Go. outputs is nil if the table has errors.
func checkTable(t testing.TB, text string) (outputs files) {
	t.Helper()
	findings := checkText(text)
	formatted, refused := canonical.Format("table.yaml", text)
	for _, d := range refused {
		if d.Rule == canonical.RuleFormat {
			t.Errorf("Format: %s", d)
		}
	}
	if len(refused) == 0 {
		if again, _ := canonical.Format("table.yaml", formatted); again != formatted {
			t.Errorf("formatted once:\n%s\nformatted twice:\n%s", formatted, again)
		}
		if before, after := foundIn(findings), foundIn(checkText(formatted)); !slices.Equal(before, after) {
			gone := slices.DeleteFunc(slices.Clone(before), func(s string) bool { return slices.Contains(after, s) })
			added := slices.DeleteFunc(slices.Clone(after), func(s string) bool { return slices.Contains(before, s) })
			t.Errorf("formatted:\n%s\n%d findings became %d; removed:\n%q\nadded:\n%q", formatted, len(before), len(after), gone, added)
		}
	}
	if slices.ContainsFunc(findings, func(d diag.Diagnostic) bool { return d.Severity == diag.Error && d.Rule != "bad-ignore" }) {
		return nil
	}
	name := filepath.Join(t.TempDir(), "table.yaml")
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	rendered, found, err := Render(config.Entry{Table: name, Go: &config.Go{Dir: "go"}, Markdown: &config.Markdown{File: "page.md", Pages: true}, HTML: &config.File{File: "page.html"}})
	if err != nil || found.HasErrors() {
		t.Errorf("a table without errors has no outputs: %v\n%s", err, printed(found))
		return nil
	}
	outputs = rendered.outputs()
	checkPackage(t, outputs, "table.yaml")
	checkTypes(t, outputs)
	return outputs
}

// foundIn returns findings without their locations, sorted.
func foundIn(findings diag.List) []string {
	var all []string
	for _, d := range findings {
		all = append(all, fmt.Sprintf("%s: %s: %s: %s", d.Severity, d.Rule, d.Subject, d.Message))
	}
	slices.Sort(all)
	return all
}

var (
	standard   = sync.OnceValue(importer.Default) // runs the go command for each package
	standardMu sync.Mutex
)

// checkTypes checks that the generated package compiles.
func checkTypes(t testing.TB, outputs files) {
	t.Helper()
	fset := token.NewFileSet()
	var sources []*ast.File
	for name, text := range outputs {
		if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			f, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution)
			if err != nil {
				t.Errorf("the output is not valid Go: %v", err)
				return
			}
			sources = append(sources, f)
		}
	}
	standardMu.Lock()
	defer standardMu.Unlock()
	config := types.Config{Importer: standard(), Error: func(err error) { t.Errorf("the output does not compile: %v", err) }}
	_, _ = config.Check("p", fset, sources, nil)
}

// A byteSource returns numbers from bytes, so that changes of a fuzzer are changes
// of a table. After the last byte it returns numbers from a generator.
type byteSource struct {
	data []byte
	rest rand.Source
}

func newByteSource(data []byte) *byteSource {
	h := fnv.New64a()
	h.Write(data)
	return &byteSource{data, rand.NewPCG(h.Sum64(), 1)}
}

func (s *byteSource) Uint64() uint64 {
	n := s.rest.Uint64()
	if len(s.data) == 0 {
		return n
	}
	b := s.data[0]
	s.data = s.data[1:]
	return uint64(b)<<56 | n>>8
}

// tablesOf returns the table that a source generates, and the repaired table.
func tablesOf(source rand.Source) (made, repaired string) {
	g := &grammar{r: rand.New(source)}
	t := g.table()
	made = g.yaml(t)
	return made, g.repair(t)
}

func FuzzTables(f *testing.F) {
	for seed := range 20 {
		f.Add([]byte{byte(seed)})
	}
	table, err := os.ReadFile(filepath.Join("testdata", "compat", "base.yaml"))
	if err != nil || checkTable(f, string(table)) == nil { // reads the standard library, which exceeds the time limit of an input
		f.Fatal("the table has errors: ", err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		made, repaired := tablesOf(newByteSource(data))
		for _, text := range []string{made, repaired} {
			checkTable(t, text)
			if t.Failed() {
				t.Fatalf("table:\n%s\n%q", text, text)
			}
		}
	})
}

// TestTables generates tables and checks them with [checkTable]. The packages of
// tables without errors must compile, pass go vet, and pass their generated tests.
// One run of the go command checks many packages.
func TestTables(t *testing.T) {
	t.Parallel()
	const batch = 25
	count := longtest.Choose(3, 12)
	if *tableCount > 0 {
		count = *tableCount
	}
	started := time.Now()
	made, generated, skipped := 0, 0, 0
	seed := *tableSeed
	for made < count || *tableTime > 0 && time.Since(started) < *tableTime {
		packages := make(map[string]files)
		texts := make(map[string]string)
		for range min(batch, max(count-made, batch*int(min(*tableTime, 1)), 1)) {
			first, text := tablesOf(rand.NewPCG(seed, 2))
			for i, text := range []string{first, text} {
				t.Run(fmt.Sprintf("seed=%d/%d", seed, i), func(t *testing.T) {
					outputs := checkTable(t, text)
					if t.Failed() {
						t.Logf("table:\n%s\n%q", text, text)
					}
					if name := fmt.Sprintf("p%d_%d", seed, i); outputs != nil && !t.Failed() {
						packages[name], texts[name] = outputs, text
					}
				})
			}
			seed++
			made++
		}
		generated += len(packages)
		if testing.Short() {
			skipped += len(packages)
			continue
		}
		checkPackages(t, packages, texts)
		if t.Failed() {
			break
		}
	}
	t.Logf("%d tables and as many repaired; %d packages, %d of them not compiled, in %s", made, generated, skipped, time.Since(started).Round(time.Second))
	if generated < made/2 {
		t.Errorf("only %d packages of %d tables", generated, made)
	}
}

// checkPackages compiles, vets and tests packages.
func checkPackages(t *testing.T, packages map[string]files, texts map[string]string) {
	t.Helper()
	m := newModule(t)
	for name, outputs := range packages {
		m.writeGo(name, outputs)
	}
	for _, args := range [][]string{{"build", "./..."}, {"vet", "./..."}, {"test", "-vet=off", "./..."}} {
		stdout, stderr, err := m.try(args...)
		if err == nil {
			continue
		}
		t.Errorf("go %s: %v\n%s%s", args[0], err, stdout, stderr)
		for name, text := range texts {
			if strings.Contains(stdout+stderr, modulePath+"/"+name) || strings.Contains(stdout+stderr, name+"/") {
				t.Logf("%s is\n%s\n%q", name, text, text)
			}
		}
		return
	}
}
