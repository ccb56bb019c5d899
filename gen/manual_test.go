package gen

import (
	"path/filepath"
	"strings"
	"testing"
)

// withoutExample are keys without an example in the reference, and why.
var withoutExample = map[string]string{
	"`sum`": "only a table in a module has a checksum, and the examples need no network",
}

// Each key of both formats must have an example in docs/examples.
func TestManualExamples(t *testing.T) {
	files, err := manual(filepath.Join(root, "docs"), nil)
	if err != nil {
		t.Fatal(err)
	}
	keys := 0
	for _, f := range files {
		page := filepath.Base(f.Path)
		if !strings.HasSuffix(page, "-reference.md") {
			continue
		}
		section := ""
		for line := range strings.Lines(string(f.Data)) {
			cells := strings.Split(line, " | ")
			switch {
			case strings.HasPrefix(line, "## "):
				section = strings.TrimSpace(line)
			case !strings.HasPrefix(line, "| `"): // a key with a section, or no key
			case section == "## `tables[].lint`": // rules, which have pages of their own
			default:
				keys++
				key := strings.TrimSpace(strings.TrimPrefix(cells[0], "| "))
				if example := strings.TrimSpace(cells[3]); (example == "") != (withoutExample[key] != "") {
					t.Errorf("%s: %s: %s has the example %q", page, section, key, example)
				}
			}
		}
	}
	if keys < 80 {
		t.Errorf("only %d keys", keys)
	}
}

// The manual must list each rule.
func TestManualRules(t *testing.T) {
	files, err := manual(filepath.Join(root, "docs"), nil)
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	for _, f := range files {
		if filepath.Base(f.Path) == "rules.md" {
			text = string(f.Data)
		}
	}
	for _, r := range Rules() {
		_, section, found := strings.Cut(text, "\n### "+r.ID+"\n")
		section, _, _ = strings.Cut(section, "\n### ")
		if !found || !strings.Contains(section, "```") {
			t.Errorf("%s has no section with an example", r.ID)
		}
	}
}
