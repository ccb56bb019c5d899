package e2e

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/internal/pythontest"
)

// named is the end of a line before a block with the contents of a file.
var named = regexp.MustCompile("`([\\w./-]+)`[^`]*:$")

// A page that is an instruction from its start to its end is run in one workplace: files are
// written, commands print what the page shows, and at the end, all Go code compiles without findings.
func TestDocumentedWalks(t *testing.T) {
	pages := make(map[string][]block)
	for _, b := range blocks(t) {
		pages[b.file] = append(pages[b.file], b)
	}
	for file, blocks := range pages {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			walk(t, blocks)
		})
	}
}

// walk runs the blocks of a page in a module that can use generated/evolink.
func walk(t *testing.T, blocks []block) {
	generated, err := filepath.Abs("../generated")
	check(t, err)
	s := newWorkplace(t)
	s.write("go.mod", "module example.com/app\n\ngo 1.25\n\nreplace github.com/errspec/errspec/generated => "+generated+"\n")
	compile := "true"
	for _, b := range blocks {
		file := named.FindStringSubmatch(b.before)
		switch {
		case b.language == "console":
			s.console(b)
		case b.language == "sh" && file == nil:
			s.mustRun(b.text)
		case file == nil:
			t.Errorf("%s: nothing runs this block: the line before it names no file", b)
		default:
			s.write(file[1], b.text)
			switch b.language {
			case "go":
				compile = "go mod tidy && go vet ./... && errspec vet ./..."
			case "python":
				s.program("python3", `exec "`+pythontest.One(t).Path+`" "$@"`)
			}
		}
	}
	s.mustRun(compile)
}

// console runs the commands of a block, which start with "$ ". Each must print what follows
// it. It may have the exit status 1 if the block shows its output.
func (s *workplace) console(b block) {
	s.t.Helper()
	for _, part := range strings.Split("\n"+b.text, "\n$ ")[1:] {
		line, want, _ := strings.Cut(strings.TrimSuffix(part, "\n"), "\n")
		got, err := s.run(line)
		if err != nil && (want == "" || err.(*exec.ExitError).ExitCode() != 1) || strings.TrimSuffix(got, "\n") != want {
			s.t.Errorf("%s: %s: %v\n%s\nwant\n%s", b.file, line, err, got, want)
		}
	}
}

// The scripts of documented workflows must succeed. One that opens an issue does so because
// the page that it fetches has another code.
func TestDocumentedWorkflows(t *testing.T) {
	found := 0
	for _, b := range blocks(t) {
		for _, script := range workflowScripts(t, b) {
			if notRun[script] != "" {
				continue
			}
			found++
			script = strings.ReplaceAll(script, "${{ github.base_ref || 'main' }}", "main")
			s := workplaceFor(t, script)
			if !strings.Contains(script, "gh issue create") {
				s.mustRun(script)
				continue
			}
			s.write("docs/errors.md", strings.ReplaceAll(sampleModule["docs/errors.md"], "`busy`", "`full`"))
			s.mustRun(script + "\ngrep 'drift-code' created.txt\n")
		}
	}
	if found < 2 {
		t.Errorf("ran only %d scripts", found)
	}
}

// workflowScripts returns the scripts of the steps of a workflow.
func workflowScripts(t *testing.T, b block) []string {
	t.Helper()
	var workflow struct {
		Jobs map[string]struct {
			Steps []struct{ Uses, Run string }
		}
	}
	check(t, yaml.Unmarshal([]byte(b.text), &workflow))
	var scripts []string
	for _, job := range workflow.Jobs {
		for _, step := range job.Steps {
			if (step.Uses == "") == (step.Run == "") {
				t.Errorf("%s: a step has either uses: or run:", b)
			}
			if step.Run != "" {
				scripts = append(scripts, step.Run)
			}
		}
	}
	return scripts
}

// The usage lines and lists of docs/commands.md must be those of the help.
func TestDocumentedHelp(t *testing.T) {
	blocks(t)
	for _, section := range strings.Split(documents(t)["docs/commands.md"], "\n## errspec ")[1:] {
		name, _, _ := strings.Cut(section, "\n")
		help := strings.ReplaceAll(string(errspec(t, append(strings.Fields(name), "--help")...)), "\n  ", "\n")
		for _, m := range fenced.FindAllStringSubmatch(section, -1) {
			if m[1] == "text" && !strings.Contains(help, strings.TrimSpace(m[2])) {
				t.Errorf("the help of %s does not have\n%s", name, m[2])
			}
		}
	}
}

// Of the commands in docs/rules.md after a change of a table, those of the first block must
// fail, and those of the second one must not.
func TestDocumentedStaleOutput(t *testing.T) {
	for i, b := range blocks(t) {
		s := workplaceFor(t, "")
		s.write("errors.yaml", strings.Replace(sampleModule["errors.yaml"], "shop is busy", "shop is full", 1))
		out, err := s.run(b.text)
		if (err != nil) != (i == 0) {
			t.Errorf("%s: %v\n%s", b, err, out)
		}
	}
}
