package gen

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/internal/longtest"
	"github.com/errspec/errspec/internal/pythontest"
)

var pythonCases = flag.Int("python", 1, "rounds of random cases that compare Python with Go")

// Python packages decide about changed responses and random messages as Go does.
func TestPythonDifferential(t *testing.T) {
	python := pythontest.One(t)
	replay, err := filepath.Abs("internal/python/testdata/replay.py")
	if err != nil {
		t.Fatal(err)
	}
	tables, err := filepath.Glob("../spec/testdata/gallery/*.yaml")
	if err != nil || len(tables) == 0 {
		t.Fatal("no gallery", err)
	}
	messages, responses := 0, 0
	for i, file := range append([]string{"internal/golang/testdata/standin.yaml", "../spec/evolink.yaml"}, tables...) {
		if i%longtest.Choose(16, 1) > 0 {
			continue
		}
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			pkg := "py_" + name
			writePython(t, config.Entry{Table: file, Python: &config.Python{Dir: filepath.Join(dir, pkg)}})
			s := readService(t, file, responsesOf(t, file))
			cmd := python.Command(dir, replay, pkg, "-")
			rounds, err := cmd.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			cmd.Stdout, cmd.Stderr = &out, &out
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			before := messages + responses
			for range *pythonCases {
				cases := s.differentialCases(t, 1, isAnyBody)
				messages, responses = messages+cases.messages, responses+cases.responses
				if _, err := rounds.Write(append(cases.data, '\n')); err != nil {
					break // the process has failed
				}
			}
			if err := errors.Join(rounds.Close(), cmd.Wait()); err != nil {
				t.Errorf("%v\n%.8000s", err, &out)
			}
			if want := fmt.Sprintf("%d cases, 0 differences\n", messages+responses-before); out.String() != want {
				t.Errorf("got %.8000s, want %s", &out, want)
			}
		})
	}
	t.Logf("%d messages and %d responses", messages, responses)
}
