package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
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

// The samples on the page run with the fake API and every kind of fault. They never pay
// twice, and do not give up early.

// A language contains the settings for running a sample.
type language struct {
	name          string // name on the page
	file, before  string // file of the sample, and the text before it
	command, pack string
	driver        string // program that runs the sample
	flag, client  string // of the generated client that the sample imports, if it imports one
}

var (
	python     = language{"python", "sample.py", "", "python3", "python3", "driver.py", "", ""}
	javascript = language{
		"javascript", "sample.mjs", "const { performance, Date, setTimeout, fetch } = globalThis.virtual;\n",
		"node", "nodejs", "driver.mjs", "", "",
	}
)

func TestSampleInPython(t *testing.T)     { testSample(t, python) }
func TestSampleInJavaScript(t *testing.T) { testSample(t, javascript) }

func testSample(t *testing.T, in language) {
	runs := allRuns()
	apis, timeouts := make([]*fakeapi.API, len(runs)), make([]float64, len(runs))
	mux := http.NewServeMux()
	for i, r := range runs {
		apis[i], timeouts[i] = &fakeapi.API{Submissions: r.Submissions}, r.Timeout
		prefix := "/" + strconv.Itoa(i)
		mux.Handle(prefix+"/", http.StripPrefix(prefix, checked{t, apis[i]}))
	}
	outcomes := in.run(t, "builtin:evolink", mux, task{"https://api.evolink.ai", "key", timeouts})
	resubmitted, ended := 0, make(map[string]int)
	for i, o := range outcomes {
		for _, fault := range o.faults(runs[i], apis[i]) {
			t.Errorf("%s: %s", runs[i].Name, fault)
		}
		if o.Error == "PollError" && !strings.Contains(o.Text, "stopped polling task "+o.TaskID) {
			t.Errorf("%s: the error is %q", runs[i].Name, o.Text)
		}
		if o.Error == "" && !bytes.Contains(o.Task, []byte("completed")) {
			t.Errorf("%s: returned %s", runs[i].Name, o.Task)
		}
		resubmitted += len(apis[i].Posted()) - 1
		ended[o.Error]++
	}
	t.Logf("%d submissions repeated; ended %v", resubmitted, ended)
	if resubmitted < 50 || len(ended) < 4 || ended["PollError"] < 20 {
		t.Error("the runs have too few faults")
	}
}

// A task contains the input of a driver.
type task struct {
	site, key string // of the service
	timeouts  []float64
}

// run runs the sample of a table. Its requests to the site reach the handler under /N,
// with the number N of the run.
func (l language) run(t *testing.T, table string, service http.Handler, do task) []outcome {
	t.Helper()
	if l.command == pinnedNode {
		l.command = npmFile(t, pinnedNode)
	}
	if _, err := exec.LookPath(l.command); err != nil {
		t.Skipf("%s is not installed; on Debian: apt-get install %s", l.command, l.pack)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Date"] = nil // clients that read it measure dates from there
		service.ServeHTTP(w, r)
	}))
	defer server.Close()
	given, err := json.Marshal(map[string]any{"site": do.site, "base": server.URL, "key": do.key, "timeouts": do.timeouts})
	if err != nil {
		t.Fatal(err)
	}
	args := append([]string{filepath.Join("testdata", "samples", l.driver)}, l.write(t, t.TempDir(), table)...)
	cmd := exec.CommandContext(t.Context(), l.command, args...)
	cmd.Env = append(os.Environ(), "TZ=Asia/Tokyo") // dates in headers are in GMT in every time zone
	cmd.Stdin = bytes.NewReader(given)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.Bytes())
	}
	var outcomes []outcome
	if err := json.Unmarshal(out, &outcomes); err != nil || len(outcomes) != len(do.timeouts) {
		t.Fatalf("%d outcomes of %d runs: %v", len(outcomes), len(do.timeouts), err)
	}
	return outcomes
}

// fullTable uses features that the EvoLink table does not: no key, integer codes that
// equal HTTP statuses, nested fields, and the ID in a query.
const fullTable = "../gen/internal/sample/testdata/full.yaml"

func TestSampleOfOtherTable(t *testing.T) {
	// A failed task, a refusal, a code under a former name, and success.
	answers := []struct {
		method string
		status int
		body   string
	}{
		{"POST", 200, `{"data": {"job": {"id": "a/b&c d"}}}`},
		{"GET", 200, `{"data": {"job": {"id": "a/b&c d", "state": "lost"}}, "fault": {"number": 429}}`},
		{"POST", 429, `{"fault": {"number": 429}}`},
		{"POST", 400, `{"fault": {"number": "-3"}}`},
		{"POST", 200, `{"data": {"job": {"id": 77}}}`},
		{"GET", 200, `{"data": {"job": {"state": "ready"}}}`},
	}
	for _, in := range []language{python, javascript, pythonClient, javascriptClient, typescriptClient} {
		t.Run(in.name+in.flag, func(t *testing.T) {
			want := []bounds{{10, 60}, {15, 60}, {22.5, 60}}
			if in.client != "" { // without subtypes, which only messages select
				want = []bounds{{2, 2}, {3, 3}, {4.5, 4.5}}
			}
			var requests []string
			service := func(w http.ResponseWriter, r *http.Request) {
				if strings.HasPrefix(r.URL.Path, "/1/") { // a code of the table that equals the status
					w.WriteHeader(http.StatusNotFound)
					_, _ = io.WriteString(w, `{"fault": {"number": 404}}`)
					return
				}
				requests = append(requests, fmt.Sprint(r.Method, " ", r.URL.Query()["id"], r.Header["Authorization"]))
				if len(requests) > len(answers) || answers[len(requests)-1].method != r.Method {
					w.WriteHeader(http.StatusTeapot)
					return
				}
				a := answers[len(requests)-1]
				w.WriteHeader(a.status)
				_, _ = io.WriteString(w, a.body) // missing requests are reported below
			}
			outcomes := in.run(t, fullTable, http.HandlerFunc(service), task{"https://api.e.test", "", []float64{3600, 3600}})
			if o := outcomes[1]; o.Error != "TaskError" || o.Code != "404" {
				t.Errorf("a refusal with code 404 is %q %q", o.Error, o.Code)
			}
			o := outcomes[0]
			if o.Error != "" || !bytes.Contains(o.Task, []byte(`"ready"`)) {
				t.Errorf("ended with %q %q %q %s", o.Error, o.Code, o.Text, o.Task)
			}
			const all = "POST [] []|GET [a/b&c d] []|POST [] []|POST [] []|POST [] []|GET [77] []"
			if got := strings.Join(requests, "|"); got != all {
				t.Errorf("sent %s, want %s", got, all)
			}
			var paused []float64
			for _, e := range o.Events {
				if e.Kind == "pause" {
					paused = append(paused, e.Seconds)
				}
			}
			for i, b := range want {
				if len(paused) != len(want) || !b.contain(paused[i]) {
					t.Fatalf("pauses of %v s, want %v", paused, want)
				}
			}
		})
	}
}

// The sample in Go is compiled with the package of its table, and runs with virtual
// time. errspec vet reports no finding in it.
func TestSampleInGo(t *testing.T) {
	dir := t.TempDir()
	generated, err := filepath.Abs("../generated")
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "go.mod"), "module example.com/yours\n\ngo 1.25.0\n\n"+
		"require github.com/errspec/errspec/generated v0.0.0\n\nreplace github.com/errspec/errspec/generated => "+generated+"\n")
	errspec(t, "generate", "--table", "builtin:evolink", "--go", filepath.Join(dir, "evolink"))
	writeFile(t, filepath.Join(dir, "sample", "client.go"), sampleOf(t, "builtin:evolink", "go"))
	for _, file := range []string{"schedule_test.go", "run_test.go", "outcome_test.go", "testdata/samples/client_test.go"} {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Replace(string(source), "\npackage e2e\n", "\npackage client\n", 1)
		writeFile(t, filepath.Join(dir, "sample", filepath.Base(file)), text)
	}
	// The package of this table is named client, like that of the sample.
	errspec(t, "generate", "--table", fullTable, "--go", filepath.Join(dir, "client"))
	writeFile(t, filepath.Join(dir, "full", "client.go"), sampleOf(t, fullTable, "go"))
	for _, args := range [][]string{{"vet", "./..."}, {"vet", "-vettool=" + command, "./..."}, {"test", "-count=1", "./sample"}} {
		cmd := exec.CommandContext(t.Context(), "go", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("go %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
}

// sampleOf returns the sample on the page of a table. The arguments are those of other
// outputs.
func sampleOf(t *testing.T, table, language string, outputs ...string) string {
	t.Helper()
	_, rest, found := strings.Cut(string(pageOf(t, table, outputs...)), "\n```"+language+"\n")
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
