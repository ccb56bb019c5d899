//go:build unix

package main

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/errspec/errspec/spec/diag"
)

// hostileName contains commands of terminals and of runners of CI services.
const hostileName = "::warning::n\n::error file=README.md,line=1::pwned\r\x1b]0;title\x07\x1b[31m\u202e\u009b##[error]z##vso[task.x]"

// No format and neither stream passes names from tables, files or arguments to a terminal
// or a workflow without escaping them.
func TestHostileNames(t *testing.T) {
	for _, runner := range []string{"", "true"} {
		t.Setenv("GITHUB_ACTIONS", runner)
		t.Setenv("TF_BUILD", runner)
		t.Chdir(t.TempDir())
		t.Setenv("XDG_CACHE_HOME", t.TempDir())
		const head = "errspec: 1\nname: shop\ntitle: T\n"
		const codes = "codes:\n- {code: b,   title: B, description: d}\n"
		table, dir := hostileName+".yaml", hostileName+".d"
		write(t, table, head+codes)
		write(t, "broken"+table, "a: [")
		write(t, "table.yaml", head+"include: [\"in/*.yaml\"]\ncodes:\n  - {code: a, title: A, description: d}\n")
		write(t, "in/"+table, codes)
		write(t, dir+"/errspec.yaml", "version: 1\ntables: [{table: \"../table.yaml\", markdown: {file: a.md}, inject: [none.md]}]\n")
		write(t, dir+"/broken/errspec.yaml", "verison: 1\n")
		write(t, "log.txt", "[b] ::error::x \x1b[31m\u202e##[error]\n{\"error\": {\"code\": \"\\u001b[31m::error::\"},\n{broken "+hostileName)
		write(t, hostileName, "{broken\n")
		write(t, "edited.md", "<!-- errspec:begin "+strings.ReplaceAll(hostileName, "\n", " ")+" -->\n<!-- errspec:end -->\n")
		if out, err := exec.Command("git", "init", "-q").CombinedOutput(); err != nil {
			t.Skipf("%v: %s", err, out)
		}
		commands := [][]string{
			{hostileName}, {"--" + hostileName}, {"-" + hostileName}, {"help", hostileName}, {"help", "lint", hostileName}, {"help", "\u202e\u009b"},
			{"completion", hostileName}, {"completion", "bash", hostileName}, {"import", hostileName}, {"schema", hostileName},
			{"explain", hostileName}, {"explain", "b", "--table", table}, {"explain", "b", "--table", hostileName},
			{"export", hostileName}, {"export", "broken" + table}, {"import", "csv", table}, {"import", "csv", hostileName + "none"},
			{"import", "csv", "--map", hostileName, table}, {"import", "csv", "--map", hostileName + "=1", table},
			{"import", "csv", "--delimiter", hostileName, table}, {"import", "markdown", "--name", hostileName, table},
			{"import", "markdown", table, "-o", table}, {"init", "--name", hostileName},
			{"generate", hostileName}, {"generate", "--table", table, "--check", "--markdown", dir + "/d.md"},
			{"generate", "--table", table, "--markdown", table}, {"generate", "--table", table, "--package", hostileName},
			{"generate", "--table", table, "--go", hostileName, "--package", hostileName},
			{"generate", "--table", "table.yaml", "--inject", "edited.md"}, {"generate", "--table", table, "--inject", hostileName},
			{"breaking", table, "--against", hostileName}, {"breaking", table, "--against", "HEAD:" + hostileName},
			{"breaking", table, "--against", "table.yaml"}, {"breaking", "table.yaml", "--against", table, "--changelog", "text"},
			{"breaking", table, "--against", "x", "--allow", hostileName}, {"breaking", "--against", "x", "--changelog", hostileName},
			{"lint", table, "--new-from", hostileName}, {"lint", table, "--fail-on", hostileName}, {"check", table, "--against", hostileName},
			{"classify", "--table", table, "log.txt"}, {"classify", "--summary", "--table", "builtin:evolink", "log.txt"},
			{"classify", "--table", table, hostileName}, {"classify", "--table", table, hostileName + "none"}, {"classify", "--table", table, dir},
			{"vet", "./" + hostileName}, {"vet", "--", "-" + hostileName},
			{"fmt", "--check", table}, {"fmt", "-d", table}, {"fmt", "broken" + table}, {"fmt", hostileName + ".json"},
			{"fmt", "-w", "in/" + table, "x"}, {"lint", "mod:" + hostileName}, {"lint", "mod:" + hostileName + "@v1.0.0/a.yaml"},
			{"lint", "mod:example.com/a@v1.0.0/" + hostileName}, {"lint", "builtin:" + hostileName}, {"lint", hostileName + "/none.yaml"},
		}
		for _, format := range formatNames() {
			for _, file := range []string{table, "broken" + table, "table.yaml", hostileName + "none"} {
				for _, command := range []string{"lint", "check"} {
					commands = append(commands, []string{command, file, "--format", format})
				}
			}
			commands = append(commands, []string{"lint", table, "--format", format + hostileName})
		}
		for _, args := range commands {
			checkOutput(t, args)
		}
		checkOutput(t, []string{"generate", "--table", "table.yaml", "--markdown", "edited/e.md"})
		page, err := os.ReadFile("edited/e.md")
		if err != nil {
			t.Fatal(err)
		}
		write(t, "edited/e.md", string(page)+hostileName+"\n")
		checkOutput(t, []string{"generate", "--check", "--table", "table.yaml", "--markdown", "edited/e.md"})
		t.Chdir(dir)
		for _, args := range [][]string{{"lint"}, {"check"}, {"generate"}, {"generate", "--check"}, {"fmt", "--check"}, {"fmt", "-d"}} {
			checkOutput(t, args)
		}
		t.Chdir("broken")
		for _, args := range [][]string{{"lint"}, {"check", "--format", "json"}, {"lint", "../../table.yaml"}} {
			checkOutput(t, args)
		}
	}
}

// checkOutput runs a command and checks each line of its output.
func checkOutput(t *testing.T, args []string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	run(t.Context(), args, strings.NewReader(""), &stdout, &stderr)
	inActions := os.Getenv("GITHUB_ACTIONS") != ""
	for _, text := range []string{stdout.String(), stderr.String()} {
		plain := strings.NewReplacer("\n", "", "\t", "").Replace(text)
		if strings.ContainsFunc(plain, diag.IsHostile) || !utf8.ValidString(text) {
			t.Errorf("errspec %q prints %q", args, text)
		}
		for line := range strings.Lines(text) {
			isCommand := strings.HasPrefix(line, "::error file=") || strings.HasPrefix(line, "::warning file=") || strings.HasPrefix(line, "::notice file=")
			if inActions && !isCommand && diag.WithoutCommands(line) != line || strings.HasPrefix(line, "::error file=README.md") {
				t.Errorf("errspec %q prints %q", args, line)
			}
		}
	}
}
