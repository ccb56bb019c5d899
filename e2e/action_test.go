package e2e

import (
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// A table with a finding, without findings, and with a breaking change; and the
// configuration of each.
const (
	actionTable    = "errspec: 1\nname: shop\ntitle: Shop errors\ncodes:\n  - code: busy\n    title: Busy\n    description: The shop is busy.\n    retry:\n      action: wait\n      advice: Retry later\n    fixes:\n      - Retry later.\n"
	misspelled     = "errspec: 1\nname: shop\ntitle: Shop errors\ncodes:\n  - code: busy\n    tittle: Busy\n    description: The shop is busy.\n"
	actionSettings = "version: 1\ntables:\n  - table: errors.yaml\n    markdown: {file: errors.md}\n    lint: {no-class: off}\n"
)

// TestAction runs the script of action.yml in repositories, as if this work tree had
// been released and checked out as the action.
func TestAction(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	box := newSandbox(t)
	good := map[string]string{"shop/errors.yaml": actionTable, "shop/errspec.yaml": actionSettings}
	bad := map[string]string{"shop/errors.yaml": misspelled, "shop/errspec.yaml": actionSettings}
	renamed := maps.Clone(good)
	renamed["shop/errors.yaml"] = strings.ReplaceAll(actionTable, "busy\n", "full\n")
	module := map[string]string{"errors.yaml": misspelled, "errspec.yaml": actionSettings}
	tool := filepath.Dir(box.toolModule(t))
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(tool, name))
		check(t, err)
		module[name] = string(data)
	}
	inShop := map[string]string{"WORKING_DIRECTORY": "shop"}
	for _, c := range []struct {
		name        string
		base, files map[string]string // of a first commit and of the checkout
		inputs      map[string]string
		status      int
		want        []string // patterns of annotations, at the start of lines
	}{
		{"no findings", nil, good, inShop, 0, nil},
		{"a finding", nil, bad, inShop, 1, []string{`::error file=shop/errors\.yaml,line=8,.*unknown key`}},
		{"a breaking change", good, renamed, map[string]string{"WORKING_DIRECTORY": "shop", "AGAINST": "main~1"}, 1,
			[]string{`::error file=shop/errors\.yaml,.*code-removed`}},
		{"an unknown revision", nil, good, map[string]string{"WORKING_DIRECTORY": "shop", "AGAINST": "origin/main"}, 2, nil},
		{"arguments", good, renamed, map[string]string{"WORKING_DIRECTORY": "shop", "AGAINST": "main~1", "ARGS": "--allow\nmajor  --fail-on error"}, 0,
			[]string{`::\w+ file=shop/errors\.yaml,.*code-removed`}},
		{"arguments are not expanded", nil, good, map[string]string{"WORKING_DIRECTORY": "shop", "ARGS": "--fail-on $(touch${IFS}touched)*"}, 2, nil},
		{"a table in the arguments", nil, bad, map[string]string{"ARGS": "shop/errors.yaml"}, 1, []string{`::error file=shop/errors\.yaml,line=8,`}},
		{"no table", nil, good, nil, 2, []string{`::error title=errspec::there is no errspec\.yaml in .*; set working-directory`}},
		{"no such directory", nil, good, map[string]string{"WORKING_DIRECTORY": "stop"}, 2, []string{`::error title=errspec::working-directory does not exist: stop`}},
		{"a release", nil, bad, map[string]string{"WORKING_DIRECTORY": "shop", "VERSION": release}, 1, []string{`::error file=shop/errors\.yaml,line=8,`}},
		{"an unknown release", nil, good, map[string]string{"WORKING_DIRECTORY": "shop", "VERSION": "v0.1.99"}, 2,
			[]string{`::error title=errspec::cannot install errspec v0\.1\.99`}},
		{"no release", nil, good, map[string]string{"WORKING_DIRECTORY": "shop", "VERSION": "latest"}, 2, []string{`::error title=errspec::version must be a release`}},
		{"the tool of a module", nil, module, nil, 1,
			[]string{`::error file=errors\.yaml,line=8,`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRepository(t, c.base)
			r.git(t, "rm", "-rq", "--ignore-unmatch", ".")
			for name, text := range c.files {
				r.write(t, name, text)
			}
			r.generate(t)
			r.commit(t)
			status, log := r.action(t, box, c.inputs)
			if status != c.status {
				t.Errorf("exit status %d, want %d", status, c.status)
			}
			if annotations := regexp.MustCompile(`(?m)^::`).FindAllString(log, -1); len(c.want) == 0 && len(annotations) > 0 {
				t.Errorf("%d annotations, want none", len(annotations))
			}
			for _, want := range c.want {
				if !regexp.MustCompile("(?m)^" + want).MatchString(log) {
					t.Errorf("there is no annotation %s", want)
				}
			}
			if t.Failed() {
				t.Log(log)
			}
			if changes := r.git(t, "status", "--porcelain"); changes != "" {
				t.Errorf("the action changed files:\n%s", changes)
			}
		})
	}
}

// generate formats the tables and writes the outputs of those that are valid.
func (r repository) generate(t *testing.T) {
	t.Helper()
	for _, dir := range []string{".", "shop"} {
		for _, args := range [][]string{{"fmt", "-w"}, {"generate"}} {
			cmd := r.command(command, args...)
			cmd.Dir = filepath.Join(r.dir, dir)
			if _, err := os.Stat(filepath.Join(cmd.Dir, "errspec.yaml")); err == nil {
				_ = cmd.Run()
			}
		}
	}
}

// action runs the script as a runner does and returns its exit status and output.
func (r repository) action(t *testing.T, box sandbox, inputs map[string]string) (status int, log string) {
	t.Helper()
	script, err := filepath.Abs("../.github/action/run.sh")
	check(t, err)
	cmd := r.command("bash", script)
	cmd.Env = append(append(cmd.Env, box.env("nothing")...), "GITHUB_ACTIONS=true", "GITHUB_WORKSPACE="+r.dir)
	for name, value := range inputs {
		cmd.Env = append(cmd.Env, "INPUT_"+name+"="+value)
	}
	out, err := cmd.CombinedOutput()
	exit := (*exec.ExitError)(nil)
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// Each input of action.yml must be a variable that the script reads.
func TestActionInputs(t *testing.T) {
	var action struct {
		Inputs map[string]struct{ Description, Default string }
		Runs   struct {
			Using string
			Steps []struct {
				Run, Shell string
				Env        map[string]string
			}
		}
	}
	data, err := os.ReadFile("../action.yml")
	check(t, err)
	check(t, yaml.Unmarshal(data, &action))
	script, err := os.ReadFile("../.github/action/run.sh")
	check(t, err)
	if len(action.Runs.Steps) != 1 || !strings.HasSuffix(action.Runs.Steps[0].Run, `"$GITHUB_ACTION_PATH/.github/action/run.sh"`) {
		t.Fatalf("action.yml does not run the script: %+v", action.Runs)
	}
	want := map[string]string{}
	for name, input := range action.Inputs {
		want["INPUT_"+strings.ToUpper(strings.ReplaceAll(name, "-", "_"))] = "${{ inputs." + name + " }}"
		if input.Description == "" {
			t.Errorf("the input %s has no description", name)
		}
	}
	if got := action.Runs.Steps[0].Env; !maps.Equal(got, want) {
		t.Errorf("action.yml sets %v, want %v", got, want)
	}
	var read []string
	for _, match := range regexp.MustCompile(`\$\{?(INPUT_[A-Z_]+)`).FindAllStringSubmatch(string(script), -1) {
		read = append(read, match[1])
	}
	slices.Sort(read)
	if read = slices.Compact(read); !slices.Equal(read, slices.Sorted(maps.Keys(want))) {
		t.Errorf("the script reads %v, want %v", read, slices.Sorted(maps.Keys(want)))
	}
}
