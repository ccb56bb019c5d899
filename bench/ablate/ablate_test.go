package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every change of every rule still finds its text.
func TestRulesApply(t *testing.T) {
	for _, r := range append(settledRules, attemptRules...) {
		sources := make(map[string]string)
		for _, c := range r.changes {
			if sources[c.file] == "" {
				data, err := os.ReadFile(filepath.Join("..", "..", "generated", filepath.FromSlash(c.file)))
				if err != nil {
					t.Fatal(err)
				}
				sources[c.file] = string(data)
			}
			changed, err := c.apply(sources[c.file])
			if err != nil {
				t.Errorf("%s: %v", r.name, err)
				continue
			}
			if changed == sources[c.file] {
				t.Errorf("%s: %q does not change %s", r.name, c.new, c.file)
			}
			sources[c.file] = changed
		}
	}
}

func TestApply(t *testing.T) {
	c := change{"a.go", "if a {", "if b {"}
	if got, err := c.apply("x; if a { }"); got != "x; if b { }" || err != nil {
		t.Error(got, err)
	}
	for _, source := range []string{"", "if a { if a {"} {
		if _, err := c.apply(source); err == nil || !strings.Contains(err.Error(), "a.go") {
			t.Errorf("%q: %v", source, err)
		}
	}
}

func TestResult(t *testing.T) {
	all := figures{Keys: counts{All: 10, Submissions: 20}, NoKeys: counts{All: 5}}
	for want, f := range map[string]figures{
		"nothing changes": all,
		"pays twice":      {Keys: counts{All: 12, Twice: 1}, NoKeys: counts{All: 5}},
		"finishes 3 less": {Keys: counts{All: 8}, NoKeys: counts{All: 4}},
		"finishes 1 more": {Keys: counts{All: 10}, NoKeys: counts{All: 6}},
		"-5 submissions":  {Keys: counts{All: 10, Submissions: 15}, NoKeys: counts{All: 5}},
	} {
		if got := result(all, f); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// Without a key's new number, failed tasks end the work; the sources are restored.
func TestWithout(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the example twice")
	}
	var out strings.Builder
	if err := start(t.Context(), []string{"-n", "300", "-only", "only a failed task"}, &out); err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`(?m)^\| \(all rules\) \| 9\d\.\d % \| 0 \| .*\| 0 \|  \|\n\| only a failed task has a new key \| .* pays twice \|$`).MatchString(out.String()) {
		t.Error(out.String())
	}
}
