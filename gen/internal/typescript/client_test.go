package typescript

import (
	"os/exec"
	"testing"
)

// The parts of the run time that have no vectors are tested in TypeScript.
func TestClient(t *testing.T) {
	out, err := exec.Command(node(t), "--no-warnings", "--test", "testdata/client.ts").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}
