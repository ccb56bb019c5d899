package gen

import (
	"fmt"
	"go/format"
	"path"
	"strings"
	"testing"

	"github.com/errspec/errspec/internal/longtest"
)

// A package with more than a dozen phrases contains filters instead of a list. It
// must compile, replay its vectors, and run no code at initialization.
func TestManyPhrases(t *testing.T) {
	t.Parallel()
	var table strings.Builder
	table.WriteString("errspec: 1\nname: many\ntitle: Many\ncodes:\n")
	for c := range 30 {
		fmt.Fprintf(&table, "  - code: code_%d\n    title: T\n    description: D\n    match: [the whole of code %c is down]\n    subtypes:\n", c, 'a'+c%26)
		for s := range 6 {
			word := strings.Repeat(string(rune('a'+s)), 2+c%5) + string(rune('a'+c%26))
			fmt.Fprintf(&table, "      - name: s%d\n        title: S\n        examples: [limit %s of 10 MB exceeded]\n        match: [\"limit %s of <num:limit> MB\"]\n", s, word, word)
		}
	}
	rendered := renderText(t, table.String())
	m := newModule(t)
	if rendered["go/match_filter.go"] == "" || rendered["go/match_list.go"] != "" {
		t.Fatalf("the files are %v", rendered.names())
	}
	m.writeGo("many", rendered)
	m.run("vet", "./...")
	m.run("test", "./...")
	checkNoInit(m, []string{modulePath + "/many"})
}

// The codes of a large table are divided into several files, which must be
// formatted as by gofmt. The package must compile, replay its vectors, and run no
// code at initialization.
func TestThousandsOfCodes(t *testing.T) {
	longtest.Only(t, "generates and compiles 20,000 codes")
	t.Parallel()
	m := newModule(t)
	const codes = 20_000
	var table strings.Builder
	table.WriteString("errspec: 1\nname: large\ntitle: Large\nunlisted: code_1\nclasses: [{name: some, title: Some}]\ncodes:\n")
	for c := range codes {
		fmt.Fprintf(&table, "  - {code: code_%d, title: Title of %d, class: some, description: It went wrong, fixes: [Fix it]", c, c)
		switch {
		case c%8 == 0:
			fmt.Fprintf(&table, ", subtypes: [{name: s, title: S, examples: [the limit %s%d is reached]}]", []string{"", "of "}[c/8%2], c)
		case c%101 == 0:
			fmt.Fprintf(&table, ", aliases: [other_%d], renamed_from: [former_%d]", c, c)
		}
		table.WriteString("}\n")
	}
	sources := packageOf(t, table.String(), "large")
	for _, name := range []string{"large/codes_020.go", "large/info_001.go", "large/subtypes_003.go", "large/lookups.go"} {
		if sources[name] == "" {
			t.Errorf("%s is missing", name)
		}
	}
	if sources["large/codes_021.go"] != "" {
		t.Error("the codes take more than 20 files")
	}
	checkLarge(t, m, sources, "large")
}

// A code may have thousands of subtypes, and phrases may contain placeholders.
func TestThousandsOfPhrases(t *testing.T) {
	longtest.Only(t, "generates and compiles 5,000 phrases")
	t.Parallel()
	m := newModule(t)
	var table strings.Builder
	table.WriteString("errspec: 1\nname: phrases\ntitle: Phrases\ncodes:\n")
	n := 0
	for _, subtypes := range []int{3000, 1500, 500, 1} {
		fmt.Fprintf(&table, "  - code: with_%d\n    title: T\n    description: D\n    match: [all of %d are gone]\n    subtypes:\n", subtypes, subtypes)
		for s := range subtypes {
			n++
			word := fmt.Sprintf("%c%c%d", 'a'+n%26, 'a'+n/26%26, n)
			phrase := []string{
				"the %s is over its limit", "no %s of <num:limit> left", "%s <any:what> is not there", "<any> has lost its %s", "<num>.<num> %s",
			}[n%5]
			example := strings.NewReplacer("<num:limit>", "10", "<any:what>", "that one", "<any>", "it", "<num>", "2").Replace(phrase)
			fmt.Fprintf(&table, "      - {name: s%d, title: S, examples: [%q], match: [%q]}\n", s, fmt.Sprintf(example, word), fmt.Sprintf(phrase, word))
		}
	}
	checkLarge(t, m, packageOf(t, table.String(), "phrases"), "phrases")
}

// packageOf renders a table and returns the files of its Go package in a directory.
func packageOf(t *testing.T, table, dir string) files {
	t.Helper()
	sources := make(files)
	for name, text := range renderText(t, table) {
		if in, ok := strings.CutPrefix(name, "go/"); ok {
			sources[dir+"/"+in] = text
		}
	}
	return sources
}

func checkLarge(t *testing.T, m *module, sources files, dir string) {
	t.Helper()
	for name, text := range sources {
		if formatted, err := format.Source([]byte(text)); path.Ext(name) == ".go" && (err != nil || string(formatted) != text) {
			t.Errorf("gofmt would change %s: %v", name, err)
		}
	}
	m.write(sources)
	m.run("vet", "./...")
	m.run("test", "-vet=off", "./...")
	checkNoInit(m, []string{modulePath + "/" + dir})
}
