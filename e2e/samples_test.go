package e2e

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/errspec/errspec/generated/examples/fakeapi"
)

// The samples on the page are run against the fake API, in which everything goes
// wrong that can. They never pay twice, and do not give up where they need not.

func TestSampleInPython(t *testing.T) {
	testSample(t, "python", "sample.py", "", "python3", "python3", "driver.py")
}

func TestSampleInJavaScript(t *testing.T) {
	const platform = "const { performance, Date, setTimeout, fetch } = globalThis.virtual;\n"
	testSample(t, "javascript", "sample.mjs", platform, "node", "nodejs", "driver.mjs")
}

// testSample runs a driver, which puts the sample through all runs.
func testSample(t *testing.T, language, file, before, command, pack, driver string) {
	if _, err := exec.LookPath(command); err != nil {
		t.Skipf("%s is not installed; on Debian: apt-get install %s", command, pack)
	}
	runs := allRuns()
	apis, timeouts := make([]*fakeapi.API, len(runs)), make([]float64, len(runs))
	mux := http.NewServeMux()
	for i, r := range runs {
		apis[i], timeouts[i] = &fakeapi.API{Submissions: r.Submissions}, r.Timeout
		prefix := "/" + strconv.Itoa(i)
		mux.Handle(prefix+"/", http.StripPrefix(prefix, checked{t, apis[i]}))
	}
	server := httptest.NewServer(mux)
	defer server.Close()
	given, err := json.Marshal(map[string]any{"base": server.URL, "timeouts": timeouts})
	if err != nil {
		t.Fatal(err)
	}
	sample := filepath.Join(t.TempDir(), file)
	writeFile(t, sample, before+sampleOf(t, "builtin:evolink", language))
	cmd := exec.CommandContext(t.Context(), command, filepath.Join("testdata", "samples", driver), sample)
	cmd.Env = append(os.Environ(), "TZ=Asia/Tokyo") // dates in headers are in GMT wherever the client is
	cmd.Stdin = bytes.NewReader(given)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.Bytes())
	}
	var outcomes []outcome
	if err := json.Unmarshal(out, &outcomes); err != nil || len(outcomes) != len(runs) {
		t.Fatalf("%d outcomes of %d runs: %v", len(outcomes), len(runs), err)
	}
	checkOutcomes(t, runs, apis, outcomes)
}

func checkOutcomes(t *testing.T, runs []run, apis []*fakeapi.API, outcomes []outcome) {
	resubmitted, ended := 0, make(map[string]int)
	for i, o := range outcomes {
		for _, fault := range o.faults(runs[i], apis[i]) {
			t.Errorf("%s: %s", runs[i].Name, fault)
		}
		if o.Error == "LostSight" && !strings.HasPrefix(o.Text, "lost sight of task "+o.TaskID) {
			t.Errorf("%s: the error is %q", runs[i].Name, o.Text)
		}
		resubmitted += len(apis[i].Posted()) - 1
		ended[o.Error]++
	}
	t.Logf("%d submissions repeated; ended %v", resubmitted, ended)
	if resubmitted < 50 || len(ended) < 4 || ended["LostSight"] < 20 {
		t.Error("the runs are too tame")
	}
}

// The sample in Go is compiled with a package generated from its table, and goes
// through the same runs where time is virtual.
func TestSampleInGo(t *testing.T) {
	dir := t.TempDir()
	generated, err := filepath.Abs("../generated")
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "go.mod"), "module example.com/yours\n\ngo 1.25.0\n\n"+
		"require github.com/errspec/errspec/generated v0.0.0\n\nreplace github.com/errspec/errspec/generated => "+generated+"\n")
	errspec(t, "generate", "--spec", "builtin:evolink", "--go", filepath.Join(dir, "evolink"))
	writeFile(t, filepath.Join(dir, "sample", "client.go"), sampleOf(t, "builtin:evolink", "go"))
	for _, file := range []string{"schedule_test.go", "run_test.go", "testdata/samples/client_test.go"} {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Replace(string(source), "\npackage e2e\n", "\npackage client\n", 1)
		writeFile(t, filepath.Join(dir, "sample", filepath.Base(file)), text)
	}
	// Of this one the package is called client too.
	const full = "../gen/internal/sample/testdata/full.yaml"
	errspec(t, "generate", "--spec", full, "--go", filepath.Join(dir, "client"))
	writeFile(t, filepath.Join(dir, "full", "client.go"), sampleOf(t, full, "go"))
	for _, args := range [][]string{{"vet", "./..."}, {"test", "-count=1", "./sample"}} {
		cmd := exec.CommandContext(t.Context(), "go", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("go %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
}

// sampleOf returns the sample on the page of a table.
func sampleOf(t *testing.T, table, language string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.md")
	errspec(t, "generate", "--spec", table, "--markdown", file)
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(page), "\n```"+language+"\n")
	code, _, ends := strings.Cut(rest, "\n```\n")
	if !found || !ends {
		t.Fatalf("no sample in %s on the page of %s", language, table)
	}
	return code + "\n"
}

func writeFile(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
