package e2e

import (
	"errors"
	"os/exec"
	"strings"
	"testing"
)

// A change of the table that is breaking, and one that is not: service_error is retried
// after a wait.
const (
	usualWait  = "wait: {min: 30s, max: 1m}"
	shortWait  = "wait: {min: 10s, max: 1m}"
	longerWait = "wait: {min: 40s, max: 1m}"
)

// TestRelease runs .ci/release in a repository that contains the work tree as v0.1.0.
// Each step starts with that commit and its tags.
func TestRelease(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	r := cloneWorkTree(t)
	r.write(t, "CHANGELOG.md", "# Changelog\n\n## 0.1.0\n\n- The first release.\n")
	r.commit(t)
	r.release(t, "v0.1.0", "")
	for _, tag := range []string{"v0.1.0", "generated/v0.1.0"} {
		if r.git(t, "rev-parse", tag+"^{commit}") != r.git(t, "rev-parse", "HEAD") || r.git(t, "cat-file", "-t", tag) != "tag" {
			t.Errorf("%s is not an annotated tag of the commit", tag)
		}
	}
	first := r.git(t, "rev-parse", "HEAD")

	for _, c := range []struct {
		name, version string
		change        func(t *testing.T)
		want          string // in the message; nothing if the version is released
	}{
		{"not a version", "0.1.1", nil, "usage: "},
		{"an incomplete version", "v1", nil, "usage: "},
		{"a changed file", "v0.1.1", func(t *testing.T) { r.edit(t, "README.md", "errspec", "Errspec") }, " M README.md"},
		{"a new file", "v0.1.1", func(t *testing.T) { r.write(t, "new", "") }, "?? new"},
		{"a released version", "v0.1.0", nil, "the tag v0.1.0 exists"},
		{"a version of generated", "v0.1.1", func(t *testing.T) { r.git(t, "tag", "generated/v0.1.1") }, "the tag generated/v0.1.1 exists"},
		{"a lower version", "v0.0.9", nil, "v0.0.9 is lower than v0.1.0"},
		{"a lower version, of one digit more", "v0.0.10", nil, "v0.0.10 is lower than v0.1.0"},
		{"a pre-release of a released version", "v0.1.0-rc.1", nil, "v0.1.0-rc.1 is lower than v0.1.0"},
		{"no changes in the changelog", "v0.1.1", nil, "describe v0.1.1 in CHANGELOG.md"},
		{"an empty section", "v0.1.1", func(t *testing.T) { r.changelog(t, "## 0.1.1") }, "describe v0.1.1 in CHANGELOG.md"},
		{"a section of a longer version", "v0.1.1", func(t *testing.T) { r.changelog(t, "## 0.1.10\n\n- More.") }, "describe v0.1.1 in CHANGELOG.md"},
		{"unreleased changes", "v0.1.1", func(t *testing.T) { r.changelog(t, "## Unreleased\n\n- More.\n\n## 0.1.1\n\n- All.") }, "changes under Unreleased"},
		{"another module in generated", "v0.1.1", func(t *testing.T) {
			r.changelog(t, "## 0.1.1\n\n- All.")
			r.edit(t, "generated/go.mod", "errspec/generated", "errspec/output")
			r.commit(t)
		}, "./generated/go.mod must have the line: module github.com/errspec/errspec/generated"},
		{"a requirement of generated", "v0.1.1", func(t *testing.T) {
			r.changelog(t, "## 0.1.1\n\n- All.")
			r.edit(t, "generated/go.mod", "go 1.22\n", "go 1.22\n\nrequire gopkg.in/yaml.v3 v3.0.1\n")
			r.commit(t)
		}, "generated/go.mod must have no requirements, got:\n  require gopkg.in/yaml.v3"},
		{"a major version without its suffix", "v2.0.0", func(t *testing.T) { r.changelog(t, "## 2.0.0\n\n- All.") }, "module github.com/errspec/errspec/v2"},
		{"stale outputs", "v0.1.1", func(t *testing.T) {
			r.changelog(t, "## 0.1.1\n\n- All.")
			r.edit(t, "spec/evolink.yaml", usualWait, longerWait)
			r.commit(t)
		}, " M generated/evolink/"},
		{"an unformatted table", "v0.1.1", func(t *testing.T) {
			r.changelog(t, "## 0.1.1\n\n- All.")
			r.edit(t, "spec/evolink.yaml", usualWait, "wait: { min: 30s, max: 1m }")
			r.commit(t)
		}, "errspec check --against v0.1.0 --allow minor failed"},
		{"a breaking change in a patch", "v0.1.1", func(t *testing.T) { r.table(t, "0.1.1", shortWait) }, "--against v0.1.0 --allow minor failed"},
		{"a breaking change in a minor version", "v0.2.0", func(t *testing.T) { r.table(t, "0.2.0", shortWait) }, ""},
		{"another change in a patch", "v0.1.1", func(t *testing.T) { r.table(t, "0.1.1", longerWait) }, ""},
		{"from v1: another change in a patch", "v1.0.1", func(t *testing.T) {
			r.git(t, "tag", "v1.0.0")
			r.table(t, "1.0.1", longerWait)
		}, "--against v1.0.0 --allow none failed"},
		{"from v1: a breaking change in a minor version", "v1.1.0", func(t *testing.T) {
			r.git(t, "tag", "v1.0.0")
			r.table(t, "1.1.0", shortWait)
		}, "--against v1.0.0 --allow minor failed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r.git(t, "reset", "-q", "--hard", first)
			r.git(t, "clean", "-fdq")
			for _, tag := range strings.Fields(r.git(t, "tag", "--list")) {
				if !strings.HasSuffix(tag, "v0.1.0") {
					r.git(t, "tag", "-d", tag)
				}
			}
			if c.change != nil {
				c.change(t)
			}
			r.release(t, c.version, c.want)
		})
	}
}

// release runs .ci/release. If want is not empty, it must fail with that text and must
// not create a tag.
func (r repository) release(t *testing.T, version, want string) {
	t.Helper()
	before := r.git(t, "tag", "--list")
	out, err := r.command("bash", ".ci/release", version).CombinedOutput()
	exit := (*exec.ExitError)(nil)
	switch {
	case want == "" && err != nil:
		t.Fatalf("%v\n%s", err, out)
	case want == "":
		return
	case !errors.As(err, &exit) || !strings.Contains(string(out), want):
		t.Errorf("%v, want a failure with %q:\n%s", err, want, out)
	}
	if after := r.git(t, "tag", "--list"); after != before {
		t.Errorf("tags after a failure: %q, want %q", after, before)
	}
}

// changelog writes sections above the one of the first release, and commits them.
func (r repository) changelog(t *testing.T, sections string) {
	t.Helper()
	r.edit(t, "CHANGELOG.md", "\n## 0.1.0", "\n"+sections+"\n\n## 0.1.0")
	r.commit(t)
}

// table commits a version in which the wait of a code has changed.
func (r repository) table(t *testing.T, version, wait string) {
	t.Helper()
	r.changelog(t, "## "+version+"\n\n- Another wait.")
	r.edit(t, "spec/evolink.yaml", usualWait, wait)
	cmd := r.command("go", "generate", "./...")
	cmd.Env = append(cmd.Env, "GOFLAGS=-trimpath")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	r.commit(t)
}
