package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errspec/errspec/e2e/internal/fileproxy"
)

// A repository is a git repository that exists until the test ends.
type repository struct{ dir string }

// newRepository creates a repository with one commit of the files.
func newRepository(t *testing.T, files map[string]string) repository {
	t.Helper()
	r := initRepository(t)
	for name, text := range files {
		r.write(t, name, text)
	}
	r.commit(t)
	return r
}

// cloneWorkTree creates a repository with one commit of the files of the work tree that
// git tracks or would add.
func cloneWorkTree(t *testing.T) repository {
	t.Helper()
	r := initRepository(t)
	names, err := fileproxy.Tracked("..")
	check(t, err)
	for _, name := range names {
		from := filepath.Join("..", filepath.FromSlash(name))
		info, err := os.Lstat(from)
		check(t, err)
		data, err := os.ReadFile(from)
		check(t, err)
		to := filepath.Join(r.dir, filepath.FromSlash(name))
		check(t, os.MkdirAll(filepath.Dir(to), 0o777))
		check(t, os.WriteFile(to, data, info.Mode().Perm()))
	}
	r.commit(t)
	return r
}

func initRepository(t *testing.T) repository {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("needs git")
	}
	r := repository{dir: t.TempDir()}
	r.git(t, "init", "-q", "-b", "main")
	return r
}

func (r repository) write(t *testing.T, name, text string) {
	t.Helper()
	name = filepath.Join(r.dir, filepath.FromSlash(name))
	check(t, os.MkdirAll(filepath.Dir(name), 0o777))
	check(t, os.WriteFile(name, []byte(text), 0o666))
}

// edit replaces a text, which must be in the file, in all places.
func (r repository) edit(t *testing.T, name, from, to string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(r.dir, filepath.FromSlash(name)))
	check(t, err)
	if !strings.Contains(string(data), from) {
		t.Fatalf("%s does not contain %q", name, from)
	}
	r.write(t, name, strings.ReplaceAll(string(data), from, to))
}

// commit commits all files.
func (r repository) commit(t *testing.T) {
	t.Helper()
	r.git(t, "add", "--all")
	r.git(t, "commit", "-q", "--allow-empty", "-m", "a commit")
}

// git runs git, which must succeed, and returns its output without the last line end.
func (r repository) git(t *testing.T, args ...string) string {
	t.Helper()
	out, err := r.command("git", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("git %q: %v\n%s", args, err, out)
	}
	return strings.TrimSuffix(string(out), "\n")
}

// command returns a command that runs in the repository, with no configuration of git
// and no variables of CI.
func (r repository) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = r.dir
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "GIT_") && !strings.HasPrefix(v, "GITHUB_") && !strings.HasPrefix(v, "GOWORK=") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com")
	return cmd
}
