package e2e

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/internal/longtest"
)

// A hook of .pre-commit-hooks.yaml.
type hook struct {
	ID            string
	Name          string
	Description   string
	Entry         string
	Language      string
	Files         string
	PassFilenames *bool `yaml:"pass_filenames"`
}

func hooks(t *testing.T) []hook {
	t.Helper()
	f, err := os.Open("../.pre-commit-hooks.yaml")
	check(t, err)
	defer f.Close()
	var all []hook
	decoder := yaml.NewDecoder(f)
	decoder.KnownFields(true)
	check(t, decoder.Decode(&all))
	return all
}

// What each hook does with a table that is valid but unformatted, whose output is
// missing: the exit status and the files that it changes.
var hookResults = map[string]struct {
	status  int
	changes string
}{
	"errspec-check":    {1, ""},
	"errspec-fmt":      {0, " M errors.yaml"},
	"errspec-generate": {0, "?? errors.md"},
}

var hookFiles = map[string]string{
	"errors.yaml":  strings.Replace(actionTable, "title: Busy", "title:   Busy", 1),
	"errspec.yaml": actionSettings,
}

// The commands of hooks.
func TestHooks(t *testing.T) {
	bin := t.TempDir()
	check(t, os.Symlink(command, filepath.Join(bin, "errspec")))
	all := hooks(t)
	if len(all) != len(hookResults) {
		t.Errorf("%d hooks, want %d", len(all), len(hookResults))
	}
	for _, h := range all {
		t.Run(h.ID, func(t *testing.T) {
			want, ok := hookResults[h.ID]
			if !ok || h.Language != "golang" || h.Files == "" || h.PassFilenames == nil || *h.PassFilenames {
				t.Fatalf("unexpected hook: %+v", h)
			}
			r := newRepository(t, hookFiles)
			cmd := r.command("sh", "-c", h.Entry)
			cmd.Env = append(cmd.Env, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
			out, err := cmd.CombinedOutput()
			exit := (*exec.ExitError)(nil)
			if err != nil && !errors.As(err, &exit) {
				t.Fatal(err)
			}
			if got := cmd.ProcessState.ExitCode(); got != want.status {
				t.Errorf("exit status %d, want %d\n%s", got, want.status, out)
			}
			if changes := r.git(t, "status", "--porcelain"); changes != want.changes {
				t.Errorf("the hook changed\n%s\nwant\n%s", changes, want.changes)
			}
		})
	}
}

// pre-commit builds errspec from a repository with the work tree and runs its hooks. The
// first run changes files, and the second passes.
func TestPreCommit(t *testing.T) {
	longtest.Only(t, "builds errspec from a clone")
	if _, err := exec.LookPath("pre-commit"); err != nil {
		t.Skip("needs pre-commit")
	}
	errspecRepository := cloneWorkTree(t)
	config := "repos:\n  - repo: " + errspecRepository.dir + "\n    rev: " + errspecRepository.git(t, "rev-parse", "HEAD") + "\n    hooks:\n"
	for _, h := range []string{"errspec-fmt", "errspec-generate", "errspec-check"} {
		config += "      - id: " + h + "\n"
	}
	r := newRepository(t, hookFiles)
	r.generate(t)
	r.edit(t, "errors.yaml", "title: Busy", "title:   Full")
	r.write(t, ".pre-commit-config.yaml", config)
	r.commit(t)
	settings := goSettings(t, "GOMODCACHE", "GOCACHE")
	home := t.TempDir()
	run := func() (string, error) {
		cmd := r.command("pre-commit", "run", "--all-files", "--verbose")
		cmd.Env = append(cmd.Env, "PRE_COMMIT_HOME="+home, "GOMODCACHE="+settings["GOMODCACHE"], "GOCACHE="+settings["GOCACHE"], "GOFLAGS=-trimpath -modcacherw")
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	out, err := run()
	if err == nil || strings.Count(out, "files were modified by this hook") != 2 {
		t.Fatalf("%v, want a failure by two hooks that change files\n%s", err, out)
	}
	r.commit(t)
	if out, err := run(); err != nil || strings.Count(out, "Passed") != 3 {
		t.Errorf("%v, want success\n%s", err, out)
	}
}

// The workflow and the hooks in docs/install.md have names that exist.
func TestDocumentedIntegrations(t *testing.T) {
	var ids []string
	for _, h := range hooks(t) {
		ids = append(ids, h.ID)
	}
	action, err := os.ReadFile("../action.yml")
	check(t, err)
	found := 0
	for _, b := range blocks(t) {
		var settings struct {
			Repos []struct {
				Rev   string
				Hooks []hook
			}
			Jobs map[string]struct {
				Steps []struct {
					Uses string
					With map[string]string
				}
			}
		}
		check(t, yaml.Unmarshal([]byte(b.text), &settings))
		for _, repo := range settings.Repos {
			if repo.Rev != release {
				t.Errorf("the hooks are of %s, want %s", repo.Rev, release)
			}
			for _, h := range repo.Hooks {
				found++
				if !slices.Contains(ids, h.ID) {
					t.Errorf("there is no hook %s", h.ID)
				}
			}
		}
		for _, job := range settings.Jobs {
			for _, step := range job.Steps {
				if !strings.HasPrefix(step.Uses, "errspec/errspec@") {
					continue
				}
				for name := range step.With {
					found++
					if !strings.Contains(string(action), "\n  "+name+":\n") {
						t.Errorf("the action has no input %s", name)
					}
				}
			}
		}
	}
	if found < 4 {
		t.Errorf("found only %d hooks and inputs", found)
	}
}
