package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var shellBlock = regexp.MustCompile("(?ms)^```sh\n(.*?)^```$")

// Every command with which README.md has people use errspec in their repositories is
// run by one of the scripts of TestConsumers.
func TestReadmeCommandsAreTested(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	check(t, err)
	_, section, _ := strings.Cut(string(readme), "\n### In your repository\n")
	section, _, _ = strings.Cut(section, "\n### ")
	found, err := filepath.Glob("testdata/consumers/*.txtar")
	check(t, err)
	scripts := ""
	for _, name := range found {
		data, err := os.ReadFile(name)
		check(t, err)
		scripts += "\n" + string(data)
	}
	commands := 0
	for _, block := range shellBlock.FindAllStringSubmatch(section, -1) {
		for line := range strings.Lines(block[1]) {
			line, _, _ = strings.Cut(strings.TrimSpace(line), " #")
			if line == "" {
				continue
			}
			commands++
			if !strings.Contains(scripts, "\nexec "+strings.ReplaceAll(line, "../errspec", "$CLONE")+"\n") {
				t.Errorf("no script runs %q", line)
			}
		}
	}
	if commands < 10 {
		t.Errorf("found %d commands only", commands)
	}
}
