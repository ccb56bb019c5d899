package main

import (
	"testing"

	"github.com/errspec/errspec/spec/diag"
)

func TestSupportsSequences(t *testing.T) {
	for _, c := range []struct {
		system, name, value string
		want                bool
	}{
		{"linux", "", "", true},
		{"windows", "", "", false},
		{"windows", "WT_SESSION", "8b9a", true},
		{"windows", "TERM", "xterm", true},
		{"windows", "ConEmuANSI", "ON", true},
		{"windows", "ConEmuANSI", "OFF", false},
	} {
		getenv := func(name string) string {
			if name == c.name {
				return c.value
			}
			return ""
		}
		if got := supportsSequences(c.system, getenv); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestAutomaticFormat(t *testing.T) {
	for value, want := range map[string]diag.Format{"": diag.FormatText, "false": diag.FormatText, "true": diag.FormatGitHub} {
		t.Setenv("GITHUB_ACTIONS", value)
		if got, err := formatOf("auto"); err != nil || got != want {
			t.Errorf("GITHUB_ACTIONS=%s: %s, %v", value, got, err)
		}
		if got, err := formatOf("line"); err != nil || got != diag.FormatLine {
			t.Errorf("GITHUB_ACTIONS=%s: line became %s, %v", value, got, err)
		}
	}
}
