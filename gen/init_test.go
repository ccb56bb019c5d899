package gen

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// checkNoInit builds a program that imports the packages. It checks that they run
// no code at initialization.
func checkNoInit(m *module, packages []string) {
	m.t.Helper()
	var b strings.Builder
	b.WriteString("package main\n\nimport (\n")
	for _, p := range packages {
		fmt.Fprintf(&b, "\t_ %q\n", p)
	}
	b.WriteString(")\n\nfunc main() {}\n")
	m.write(files{"cmd/importer/main.go": b.String()})
	program := filepath.Join(m.dir, "importer.exe")
	m.run("build", "-o", program, "./cmd/importer")
	symbols, trace := m.run("tool", "nm", program), initTrace(m, program)
	for _, p := range packages {
		for _, symbol := range initSymbols(symbols, p) {
			m.t.Errorf("%s has the symbol %s", p, symbol)
		}
		if strings.Contains(trace, "init "+p+" ") {
			m.t.Errorf("%s runs code at initialization:\n%s", p, trace)
		}
	}
}

// initSymbols returns the symbols of a package's initialization that the linker
// kept.
func initSymbols(nm, pkg string) []string {
	return regexp.MustCompile(regexp.QuoteMeta(pkg)+`\.(map\.)?init\b.*`).FindAllString(nm, -1)
}

// initTrace returns the initialization trace of a program.
func initTrace(m *module, program string) string {
	m.t.Helper()
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "init runtime ") {
		m.t.Fatalf("%v: %s", err, out)
	}
	return string(out)
}
