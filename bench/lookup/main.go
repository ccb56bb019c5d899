// Lookup measures the time that a generated package takes to find a code, compared with
// a map.
//
// For each size, it generates the package of a synthetic table. It then builds and runs
// a program that looks up the same keys in the package and in a map[string]int, taking
// turns. The keys are new copies in random order in each round: with a few fixed keys,
// branch prediction makes every method look fast.
//
//	GOWORK=off go run ./lookup                     # 260, 2,000 and 20,000 codes
//	GOWORK=off go run ./lookup -codes 13,500
package main

import (
	_ "embed"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/errspec/errspec/bench/internal/tables"
)

//go:embed testdata/contest.go.txt
var contest string

func main() {
	sizes := flag.String("codes", "260,2000,20000", "numbers of codes, comma-separated")
	rounds := flag.Int("n", 61, "number of rounds")
	flag.Parse()
	fmt.Println("| codes | map, hit ns | errspec | ratio | map, miss ns | errspec | ratio | start-up work of the package |")
	fmt.Println("|--:|--:|--:|--:|--:|--:|--:|---|")
	for size := range strings.SplitSeq(*sizes, ",") {
		n, err := strconv.Atoi(size)
		if err == nil && (n < 1 || n > tables.Max) {
			err = fmt.Errorf("-codes: invalid value %d: expected 1 to %d", n, tables.Max)
		}
		if err == nil {
			err = run(n, *rounds)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "lookup:", err)
			os.Exit(1)
		}
	}
}

// run measures one size and prints its row.
func run(size, rounds int) error {
	dir, err := os.MkdirTemp("", "errspec-lookup-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	t := tables.Synthetic(size, false)
	for name, text := range map[string]string{
		"go.mod":     "module example.com/contest\n\ngo 1.22\n",
		"table.yaml": t.YAML,
		"main.go":    contest,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			return err
		}
	}
	program := filepath.Join(dir, "contest")
	for _, step := range [][]string{
		{"go", "-C", "..", "build", "-o", filepath.Join(dir, "errspec"), "./cmd/errspec"}, // a separate module
		{filepath.Join(dir, "errspec"), "generate", "--table", filepath.Join(dir, "table.yaml"), "--go", filepath.Join(dir, "codes"), "--package", "codes"},
		{"go", "-C", dir, "build", "-o", program, "."},
	} {
		if out, err := exec.Command(step[0], step[1:]...).CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", strings.Join(step, " "), err, out)
		}
	}
	cmd := exec.Command(program, strconv.Itoa(rounds))
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	var trace strings.Builder
	cmd.Stderr = &trace
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("%w\n%s", err, trace.String())
	}
	work := "none"
	for line := range strings.Lines(trace.String()) {
		if strings.HasPrefix(line, "init example.com/contest/codes ") {
			work = strings.TrimSpace(line)
		}
	}
	fmt.Printf("| %d | %s | %s |\n", size, strings.TrimSpace(string(out)), work)
	return nil
}
