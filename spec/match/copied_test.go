package match

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// copies returns the tables for which TestCopied generates packages, and the files that each needs.
func copies() []copyCase {
	const always = "find.go filter.go sorted.go text.go"
	r := rand.New(rand.NewPCG(10, 11))
	return []copyCase{
		{"empty", nil, always},
		{"text", evolinkEntries()[:8], always},
		{"numbers", phrasesOf("credits: <num> of <num>", "<num> credits"), always},
		{"values", evolinkEntries(), always + " search.go value.go"},
		{"searched", phrasesOf("<num> of <num> credits"), always + " search.go"},
		{"gapped", phrasesOf("model <any> is gone"), always + " search.go gapped.go"},
		{"ambiguous", phrasesOf("dial <num>.<num>"), always + " ambiguous.go"},
		{"ambiguousvalues", phrasesOf("dial <num:a>.<num:b>"), always + " search.go ambiguous.go value.go"},
		{"everything", append(benchPhrases(r, 300), phrasesOf("x", "dial <num:a>.<num:b>", "<num> of <num> credits")...),
			always + " search.go gapped.go ambiguous.go value.go"},
		{"shared", sharedPhrases(r, 300, sharedShapes...), always + " search.go gapped.go ambiguous.go value.go"},
	}
}

type copyCase struct {
	name    string
	entries []Entry
	files   string
}

// TestCopied generates packages of copied files and static tables, in a module with the oldest
// supported version of Go, and compares their results with this package. They must not need
// initialization.
func TestCopied(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "go.mod"), "module copied\n\ngo 1.22\n")
	var names []string
	for _, c := range copies() {
		c.write(t, filepath.Join(dir, c.name))
		names = append(names, c.name)
	}
	goCommand(t, dir, "vet", "./...")
	goCommand(t, dir, "test", "./...")
	symbols := symbolsOf(t, dir, names)
	for _, c := range copies() {
		switch {
		case !strings.Contains(symbols, " copied/"+c.name+".table"):
			t.Errorf("%s: the program does not contain the table", c.name)
		case strings.Contains(symbols, " copied/"+c.name+".init"):
			t.Errorf("%s: the package needs initialization", c.name)
		}
	}
}

// symbolsOf returns the symbols of a program with the tables of the packages.
func symbolsOf(t *testing.T, dir string, packages []string) string {
	t.Helper()
	var imports, uses strings.Builder
	for _, p := range packages {
		fmt.Fprintf(&imports, "import %s \"copied/%s\"\n", p, p)
		fmt.Fprintf(&uses, "\tprintln(%s.Table())\n", p)
	}
	if err := os.Mkdir(filepath.Join(dir, "program"), 0o777); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "program", "main.go"), "package main\n\n"+imports.String()+"\nfunc main() {\n"+uses.String()+"}\n")
	goCommand(t, dir, "build", "-o", "program.exe", "./program")
	return goCommand(t, dir, "tool", "nm", "program.exe")
}

// write writes the package to dir, with a test of its results.
func (c copyCase) write(t *testing.T, dir string) {
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	set := mustCompile(t, c.entries)
	table := set.Table()
	files := Sources(table)
	if got := strings.Join(files, " "); got != c.files {
		t.Errorf("%s: Sources: %s, want %s", c.name, got, c.files)
	}
	for _, name := range files {
		writeFile(t, filepath.Join(dir, name), packageClause.ReplaceAllString(string(Source(name)), "package copied"))
	}
	writeFile(t, filepath.Join(dir, "table.go"), tableSource(table))
	writeFile(t, filepath.Join(dir, "copied_test.go"), copiedTest)
	writeFile(t, filepath.Join(dir, "vectors.json"), vectors(t, set, c.entries))
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// goCommand runs a go command and returns its standard output.
func goCommand(t *testing.T, dir string, arg ...string) string {
	t.Helper()
	cmd := exec.Command("go", arg...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-trimpath", "GOTOOLCHAIN=local")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go %s: %v\n%s%s", strings.Join(arg, " "), err, out, stderr.String())
	}
	return string(out)
}

var packageClause = regexp.MustCompile(`(?m)^package match$`)

// tableSource returns a table as Go source, much as the generator emits it.
func tableSource(t Table) string {
	var b strings.Builder
	b.WriteString("package copied\n\nfunc Table() *phraseSet { return &table }\n\nvar table = phraseSet{\n\tphrases: []phrase{\n")
	for _, p := range t.Phrases {
		text := fmt.Sprintf("%q", p.Text)
		text = strings.NewReplacer(`\x01`, `" + num + "`, `\x02`, `" + gap + "`).Replace(text)
		fmt.Fprintf(&b, "\t\t{text: %s, names: %q, owner: %d", text, p.Names, p.Owner)
		if p.Search != "" {
			fmt.Fprintf(&b, ", search: %s", p.Search)
		}
		b.WriteString("},\n")
	}
	b.WriteString("\t},\n\tfilters: []filter{\n")
	for _, f := range t.Filters {
		fmt.Fprintf(&b, "\t\t{width: %d, stride: %d, multiplier: %#x, shift: %d,\n", f.Width, f.Stride, f.Multiplier, f.Shift)
		fmt.Fprintf(&b, "\t\t\tbitmap: %#v,\n\t\t\theads: %#v,\n\t\t\twindows: []window{", f.Bitmap, f.Heads)
		for _, w := range f.Windows {
			fmt.Fprintf(&b, "{%d, %d}, ", w.Phrase, w.At)
		}
		fmt.Fprintf(&b, "}, sorted: %t},\n", f.Sorted)
	}
	b.WriteString("\t},\n}\n")
	return b.String()
}

// A vector is a message and the expected result.
type vector struct {
	Message []byte
	Owner   int               // of the phrase, or -1 if none occurs
	Values  map[string][]byte // of the named placeholders of the phrase
}

func vectors(t *testing.T, set *Set, entries []Entry) string {
	vs := []vector{{Owner: -1}}
	g := generator{rand.New(rand.NewPCG(12, 13))}
	for range 300 {
		message := benchMessage(g.Rand, entries)
		if len(entries) > 0 {
			message += g.message(entries)
		}
		v := vector{Message: []byte(message), Owner: -1, Values: map[string][]byte{}}
		if i, ok := set.Find(message); ok {
			v.Owner = entries[i].Owner
			for _, name := range entries[i].Phrase.Names() {
				value, _ := set.Value(i, message, name)
				v.Values[name] = []byte(value)
			}
		}
		vs = append(vs, v)
	}
	out, err := json.Marshal(vs)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// copiedTest calls the method value through an interface, because not every package has it.
const copiedTest = `package copied

import (
	"encoding/json"
	"os"
	"testing"
)

func TestVectors(t *testing.T) {
	data, err := os.ReadFile("vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Message []byte
		Owner   int
		Values  map[string][]byte
	}
	if err := json.Unmarshal(data, &vectors); err != nil {
		t.Fatal(err)
	}
	for _, v := range vectors {
		i := table.find(string(v.Message))
		if i < 0 {
			if v.Owner >= 0 {
				t.Errorf("%q: no phrase, want %d", v.Message, v.Owner)
			}
			continue
		}
		p := &table.phrases[i]
		if p.owner != v.Owner {
			t.Errorf("%q: %d, want %d", v.Message, p.owner, v.Owner)
		}
		for name, want := range v.Values {
			got, ok := any(p).(interface{ value(message, name string) (string, bool) }).value(string(v.Message), name)
			if !ok || got != string(want) {
				t.Errorf("%q: %s is %q, want %q", v.Message, name, got, want)
			}
		}
	}
}
`
