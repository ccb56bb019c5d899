package gen

import (
	"flag"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/internal/longtest"
)

var typescriptCases = flag.Int("typescript", 1, "multiply the random cases that compare JavaScript with Go")

// casesAtOnce limits the cases that are in memory.
const casesAtOnce = 20

// JavaScript modules decide about changed responses and random messages as Go does.
// TypeScript modules are the same with types.
func TestTypeScriptDifferential(t *testing.T) {
	node := findNode(t)
	replay, err := filepath.Abs("../e2e/testdata/typescript/replay.mjs")
	if err != nil {
		t.Fatal(err)
	}
	messages, responses := 0, 0
	tables := differentialTables(t)
	for i, name := range slices.Sorted(maps.Keys(tables)) {
		file := tables[name]
		if i%longtest.Choose(8, 1) > 0 {
			continue
		}
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			module, vectors := filepath.Join(dir, name+".mjs"), filepath.Join(dir, "cases.json")
			rendered, findings, err := Render(config.Entry{Table: file, JavaScript: &config.File{File: module}})
			if err != nil || findings.HasErrors() {
				t.Fatalf("%v\n%s", err, printed(findings))
			}
			if _, err := Write(t.Context(), rendered); err != nil {
				t.Fatal(err)
			}
			s := readService(t, file, responsesOf(t, file))
			for left := *typescriptCases; left > 0; left -= casesAtOnce {
				cases := s.differentialCases(t, min(left, casesAtOnce), isTextBody)
				if err := os.WriteFile(vectors, cases.data, 0o666); err != nil {
					t.Fatal(err)
				}
				out, err := exec.Command(node, replay, module, vectors).CombinedOutput()
				if err != nil {
					t.Fatalf("%v\n%.8000s", err, out)
				}
				if n := replayed(t, string(out), "messages"); n != cases.messages {
					t.Errorf("%d messages were replayed, want %d", n, cases.messages)
				}
				if n := replayed(t, string(out), "responses"); n != cases.responses {
					t.Errorf("%d responses were replayed, want %d", n, cases.responses)
				}
				messages, responses = messages+cases.messages, responses+cases.responses
			}
		})
	}
	t.Logf("%d messages and %d responses", messages, responses)
}

// replayed returns the number of cases of a kind in the output of replay.mjs.
func replayed(t *testing.T, out, kind string) int {
	t.Helper()
	found := regexp.MustCompile(`(\d+) ` + kind).FindStringSubmatch(out)
	if found == nil {
		t.Fatalf("no number of %s in %q", kind, out)
	}
	n, _ := strconv.Atoi(found[1])
	return n
}

// differentialTables returns EvoLink, the gallery and the golden tables by name.
func differentialTables(t *testing.T) map[string]string {
	t.Helper()
	tables := map[string]string{"evolink": "../spec/evolink.yaml", "standin": "internal/golang/testdata/standin.yaml"}
	gallery, err := filepath.Glob("../spec/testdata/gallery/*.yaml")
	if err != nil || len(gallery) == 0 {
		t.Fatal("no gallery", err)
	}
	for _, file := range gallery {
		tables[strings.TrimSuffix(filepath.Base(file), ".yaml")] = file
	}
	for _, dir := range []string{goldenDir, "internal/golang/testdata/variants"} {
		archives, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
		if err != nil || len(archives) == 0 {
			t.Fatal("no tables", err)
		}
		for _, path := range archives {
			c := readGolden(t, path)
			if strings.HasPrefix(c.name, "refused") || c.name == "package" { // not a name for a package
				continue
			}
			out := t.TempDir()
			c.input.writeTo(t, out)
			tables[filepath.Base(dir)+"_"+strings.ReplaceAll(c.name, "-", "_")] = filepath.Join(out, "table.yaml")
		}
	}
	return tables
}

// findNode returns the path of a Node that runs modules.
func findNode(t *testing.T) string {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed; JavaScript modules are not tested")
	}
	out, err := exec.Command(node, "--version").Output()
	if err != nil {
		t.Fatal(err)
	}
	major, _, _ := strings.Cut(strings.TrimPrefix(string(out), "v"), ".")
	if n, _ := strconv.Atoi(major); n < 20 {
		t.Skipf("%s is older than Node 20; JavaScript modules are not tested", out)
	}
	return node
}
