// These tests kill processes at random times, and run several at once.

package output

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// childEnv contains "variants rounds directory" for a process that writes the
// variants in turn. With 0 rounds it does not stop.
const childEnv = "ERRSPEC_OUTPUT_TEST_CHILD"

// noRaceSleep keeps the race detector from sleeping for a second before the process
// ends.
const noRaceSleep = "GORACE=atexit_sleep_ms=0"

func child() int {
	args := strings.SplitN(os.Getenv(childEnv), " ", 3)
	rounds, err := strconv.Atoi(args[1])
	if err != nil {
		panic(err)
	}
	fmt.Println("ready")
	bufio.NewReader(os.Stdin).ReadString('\n') // wait for the start signal
	for i := 0; i < rounds || rounds == 0; i++ {
		for _, variant := range args[0] {
			if _, err := Write(context.Background(), variantSet(args[2], variant)); err != nil {
				fmt.Fprintln(os.Stderr, err)
				return 1
			}
		}
	}
	return 0
}

// variantSet returns one of several sets for the same directories. Each has files
// that are orphans in the others, and lists its directories in a different order.
func variantSet(root string, variant rune) Set {
	var s Set
	for _, dir := range []string{"gen", "docs", "data"} {
		for i := range 4 {
			body := strings.Repeat(fmt.Sprintf("variant %c\n", variant), 400*(i%3))
			name := fmt.Sprintf("%s/f%d%s", dir, i, map[string]string{"gen": ".go", "docs": ".md", "data": ".json"}[dir])
			s.Files = append(s.Files, file(root, name, string(variant)+body))
		}
	}
	s.Files = append(s.Files, file(root, fmt.Sprintf("gen/only_%c.go", variant), "x"))
	s.Owned = []Owned{{filepath.Join(root, "gen"), table, []Kind{Go}}}
	if variant%2 == 0 {
		slices.Reverse(s.Files)
	}
	return s
}

func variantTree(root string, variant rune) map[string]string {
	want := map[string]string{"gen/": "", "docs/": "", "data/": ""}
	for _, f := range variantSet(root, variant).Files {
		rel, _ := filepath.Rel(root, f.Path)
		want[filepath.ToSlash(rel)] = string(f.Data)
	}
	return want
}

// start returns a child that is ready, and a function that starts its writes.
func start(t *testing.T, variants string, rounds int, root string) (cmd *exec.Cmd, run func()) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd = exec.Command(exe)
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%s %d %s", childEnv, variants, rounds, root),
		noRaceSleep)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "ready\n" {
		t.Fatalf("child printed %q, %v", line, err)
	}
	return cmd, func() { in.Close() }
}

func TestKilledProcess(t *testing.T) {
	root := t.TempDir()
	a, b := variantTree(root, 'A'), variantTree(root, 'B')
	mustWrite(t, variantSet(root, 'A'))
	mixed, temps := 0, 0
	for round := range 20 {
		cmd, shoot := start(t, "BA", 0, root)
		shoot()
		time.Sleep(time.Duration(rand.IntN(40_000)) * time.Microsecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		cmd.Wait()
		asA, asB := 0, 0
		got := tree(t, root)
		for rel, data := range got {
			switch {
			case strings.HasSuffix(rel, "/"):
			case isTemp(rel):
				temps++
			case data == a[rel]:
				asA++
			case data == b[rel]:
				asB++
			default:
				t.Errorf("round %d: %s is neither A nor B: %.60q", round, rel, data)
			}
		}
		for rel := range a {
			if _, ok := got[rel]; !ok && b[rel] != "" {
				t.Errorf("round %d: %s is missing", round, rel)
			}
		}
		if asA > 0 && asB > 0 {
			mixed++
		}
		mustWrite(t, variantSet(root, 'A'))
		sameTree(t, tree(t, root), a)
	}
	t.Logf("of 20 kills, %d were between renames; %d temporary files were left and removed", mixed, temps)
}

// After concurrent runs, all files must be from one of them.
func TestConcurrentProcesses(t *testing.T) {
	root := t.TempDir()
	wins := make(map[rune]int)
	for round := range 12 {
		var cmds []*exec.Cmd
		var shots []func()
		for _, variant := range "ABCD" {
			cmd, shoot := start(t, string(variant), 2, root)
			cmds, shots = append(cmds, cmd), append(shots, shoot)
		}
		for _, shoot := range shots {
			shoot()
		}
		for i, cmd := range cmds {
			if err := cmd.Wait(); err != nil {
				t.Errorf("round %d, writer %d: %v", round, i, err)
			}
		}
		got := tree(t, root)
		winner := []rune(got["data/f0.json"])
		for _, variant := range "ABCD" {
			if got["gen/f0.go"] == variantTree(root, variant)["gen/f0.go"] {
				winner = []rune{variant}
			}
		}
		sameTree(t, got, variantTree(root, winner[0]))
		wins[winner[0]]++
		if t.Failed() {
			return
		}
	}
	t.Logf("winners: %v", wins)
}
