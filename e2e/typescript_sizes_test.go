package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

// sizes are the most bytes, minified, of a program that uses a part of a module: for the
// 13 codes of EvoLink's documentation, and for each further code.
var sizes = []struct {
	name, program string
	few, each     int
}{
	{"nothing", "import %q;", 0, 0},
	{"Code", "export { Code } from %q;", 1_000, 40},
	{"classify", "export { classify } from %q;", 8_000, 60},
	{"nextPauseMs", "export { nextPauseMs } from %q;", 15_000, 66},
	{"decodeError", "export { decodeError } from %q;", 26_500, 66},
	{"all", "export * from %q;", 54_000, 390},
}

// Bundlers omit what a program does not use of a module.
func TestTypeScriptSizes(t *testing.T) {
	few, all := filepath.Join(t.TempDir(), "few.ts"), filepath.Join(t.TempDir(), "all.ts")
	table := filepath.Join(t.TempDir(), "few.yaml")
	writeFile(t, table, documentedCodes(t))
	errspec(t, "generate", "--table", table, "--typescript", few)
	errspec(t, "generate", "--table", "builtin:evolink", "--typescript", all)
	further := countCodes(t, all) - countCodes(t, few)
	if further < 20 {
		t.Fatalf("%d further codes", further)
	}
	for _, s := range sizes {
		small := len(bundled(t, fmt.Sprintf(s.program, few), api.FormatESModule, true))
		large := len(bundled(t, fmt.Sprintf(s.program, all), api.FormatESModule, true))
		each := (large - small) / further
		t.Logf("%s: %d bytes, %d for each further code, %d in all", s.name, small, each, large)
		if small > s.few || each > s.each {
			t.Errorf("%s: %d bytes and %d for each further code, want at most %d and %d", s.name, small, each, s.few, s.each)
		}
	}
}

// documentedCodes returns EvoLink's table without the codes that its documentation does
// not list, and all that refers to them.
func documentedCodes(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("../spec/evolink.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for _, part := range []string{
		`include: .*\n`, `  http:\n(    \d+: .*\n)+`, `  conflict: .*\n`, `  examples:\n(    .*\n)+`, `idempotency:\n(  .*\n)+`,
	} {
		found := regexp.MustCompile(`(?m)^` + part).FindString(text)
		if found == "" {
			t.Fatalf("spec/evolink.yaml has no %s", part)
		}
		text = strings.Replace(text, found, "", 1)
	}
	return text
}

var memberOfCode = regexp.MustCompile(`(?m)^  \w+: "`)

func countCodes(t *testing.T, file string) int {
	t.Helper()
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, codes, _ := strings.Cut(string(source), "export const Code = {\n")
	codes, _, _ = strings.Cut(codes, "\n}")
	return len(memberOfCode.FindAllString(codes, -1))
}
