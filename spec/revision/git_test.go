package revision

import (
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// starters maps the files of the module that start other programs to these programs.
var starters = map[string][]string{
	"spec/revision/git.go": {`"git"`},
	"spec/module.go":       {`"go"`},
	"cmd/errspec/vet.go":   {`"go"`},
}

// testTools starts interpreters for tests. CI checks that the command does not contain it.
const testTools = "internal/pythontest"

// Only git.go may start git, since it turns off commands that a repository configures.
func TestOneFileStartsGit(t *testing.T) {
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, name)
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			_, statErr := os.Stat(filepath.Join(name, "go.mod"))
			if rel != "." && statErr == nil || rel == testTools || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && rel != "." {
				return filepath.SkipDir // other modules, and test data
			}
			return nil
		}
		if strings.HasSuffix(rel, ".go") && !strings.HasSuffix(rel, "_test.go") {
			checkStarts(t, name, rel)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// checkStarts reports programs that a file must not start.
func checkStarts(t *testing.T, name, rel string) {
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	allowed, starter := starters[rel]
	for _, imported := range file.Imports {
		if path, _ := strconv.Unquote(imported.Path.Value); path == "os/exec" && !starter {
			t.Errorf("%s imports os/exec", rel)
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		selector, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		switch selector.Sel.Name {
		case "StartProcess", "ForkExec", "Exec":
			if pkg, ok := selector.X.(*ast.Ident); ok && (pkg.Name == "os" || pkg.Name == "syscall" || pkg.Name == "unix") {
				t.Errorf("%s starts a program by %s.%s", rel, pkg.Name, selector.Sel.Name)
			}
		case "Command", "CommandContext":
			if pkg, ok := selector.X.(*ast.Ident); !ok || pkg.Name != "exec" {
				break
			}
			program := call.Args[0]
			if selector.Sel.Name == "CommandContext" {
				program = call.Args[1]
			}
			literal, ok := program.(*ast.BasicLit)
			if !ok || !slices.Contains(allowed, literal.Value) {
				t.Errorf("%s starts a program other than %v", rel, allowed)
			}
		}
		return true
	})
}

// sh runs git without the restrictions of errspec, and returns its output.
func sh(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_ALLOW_PROTOCOL=file")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o777); err != nil {
		t.Fatal(err)
	}
}

// repository creates a repository with two files and a commit, and returns its directory.
func repository(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("needs git")
	}
	dir := t.TempDir()
	sh(t, dir, "init", "-q")
	write(t, filepath.Join(dir, "a.yaml"), "first\n")
	write(t, filepath.Join(dir, "sub", "b.yaml"), "second\n")
	sh(t, dir, "add", "-A")
	sh(t, dir, "commit", "-qm", "one")
	return dir
}

func at(t *testing.T, dir, name string) (*Revision, error) {
	t.Helper()
	repository, err := Find(context.Background(), dir)
	if err != nil {
		return nil, err
	}
	return repository.At(context.Background(), name)
}

func mustAt(t *testing.T, dir, name string) *Revision {
	t.Helper()
	rev, err := at(t, dir, name)
	if err != nil {
		t.Fatal(err)
	}
	return rev
}

// Variables of the environment that name a repository, as in hooks, are ignored.
func TestEnvironmentIsIgnored(t *testing.T) {
	dir, other := repository(t), repository(t)
	write(t, filepath.Join(other, "a.yaml"), "other\n")
	sh(t, other, "commit", "-qam", "two")
	for _, name := range strings.Fields(sh(t, dir, "rev-parse", "--local-env-vars")) {
		t.Setenv(name, filepath.Join(other, ".git"))
	}
	for _, name := range []string{"GIT_GLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_TRACE", "GIT_NAMESPACE"} {
		t.Setenv(name, "1")
	}
	text, err := fs.ReadFile(mustAt(t, dir, "HEAD").Files(), "a.yaml")
	if err != nil || string(text) != "first\n" {
		t.Errorf("read %q, %v", text, err)
	}
	if _, err := at(t, dir, "nosuch"); err == nil || err.Error() != "revision nosuch: bad revision 'nosuch'" {
		t.Errorf("the error is %v", err)
	}
}

// No command runs when a repository is read that names commands in its configuration,
// attributes and hooks.
func TestHostileRepositoryRunsNothing(t *testing.T) {
	dir := repository(t)
	ran := filepath.Join(t.TempDir(), "ran")
	command := filepath.Join(t.TempDir(), "command")
	write(t, command, "#!/bin/sh\necho \"$0 $*\" >> '"+ran+"'\nexit 1\n")
	write(t, filepath.Join(dir, ".gitattributes"), "* filter=evil diff=evil merge=evil\n")
	sh(t, dir, "add", "-A")
	sh(t, dir, "commit", "-qm", "attributes")
	for _, setting := range []string{
		"core.fsmonitor", "core.sshCommand", "core.askPass", "core.editor", "core.pager", "core.gitProxy",
		"core.alternateRefsCommand", "credential.helper", "diff.external", "diff.evil.textconv", "diff.evil.command",
		"filter.evil.smudge", "filter.evil.clean", "filter.evil.process", "gpg.program", "sequence.editor",
		"pager.ls-tree", "pager.cat-file", "pager.rev-parse", "pager.config", "uploadpack.packObjectsHook", "remote.evil.uploadpack",
		"alias.ls-tree", "alias.cat-file", "alias.rev-parse",
	} {
		sh(t, dir, "config", setting, command)
	}
	blob := sh(t, dir, "rev-parse", "HEAD:a.yaml")
	for _, hook := range []string{"post-index-change", "reference-transaction", "pre-auto-gc", "post-checkout"} {
		write(t, filepath.Join(dir, ".git", "hooks", hook), "#!/bin/sh\nexec '"+command+"' hook\n")
	}
	_ = os.Remove(ran)
	remove(t, filepath.Join(dir, ".git", "objects", blob[:2], blob[2:]))
	for key, value := range map[string]string{"extensions.partialClone": "evil", "remote.evil.url": ".", "remote.evil.promisor": "true", "core.repositoryFormatVersion": "1"} {
		sh(t, dir, "config", key, value)
	}
	_ = os.Remove(ran)
	for _, url := range []string{".", "ext::" + command, "ssh://example.invalid/x", "https://example.invalid/x"} {
		sh(t, dir, "config", "remote.evil.url", url)
		_ = os.Remove(ran)
		rev := mustAt(t, dir, "HEAD")
		_, err := fs.ReadFile(rev.Files(), "a.yaml")
		var failure *Error
		if !errors.As(err, &failure) || failure.Help != "the clone is partial; run git fetch evil "+blob {
			t.Errorf("%s: the error is %#v", url, err)
		}
		if text, err := fs.ReadFile(rev.Files(), "sub/b.yaml"); err != nil || string(text) != "second\n" {
			t.Errorf("%s: read %q, %v", url, text, err)
		}
		if _, err := rev.Deleted(".yaml"); err != nil {
			t.Error(err)
		}
		_, _ = at(t, dir, "HEAD~5")
		if commands, err := os.ReadFile(ran); err == nil {
			t.Errorf("%s: commands of the repository were run:\n%s", url, commands)
		}
	}
}

func remove(t *testing.T, name string) {
	t.Helper()
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
}

// A bare repository in a work tree is not read.
func TestBareRepositoryInWorkTree(t *testing.T) {
	dir := repository(t)
	sh(t, dir, "clone", "-q", "--bare", ".", "bare")
	_, err := Find(context.Background(), filepath.Join(dir, "bare"))
	var failure *Error
	if !errors.As(err, &failure) || failure.Help != "run errspec outside that directory, in a work tree" {
		t.Errorf("the error is %v", err)
	}
}

// Replacements of objects are ignored.
func TestReplacedObjects(t *testing.T) {
	dir := repository(t)
	blob := sh(t, dir, "rev-parse", "HEAD:a.yaml")
	sh(t, dir, "replace", blob, sh(t, dir, "rev-parse", "HEAD:sub/b.yaml"))
	if text, err := fs.ReadFile(mustAt(t, dir, "HEAD").Files(), "a.yaml"); err != nil || string(text) != "first\n" {
		t.Errorf("read %q, %v", text, err)
	}
}

// A repository of another user is an error whose help is the command that git prints.
func TestForeignOwner(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("needs root, to give a repository away")
	}
	dir := repository(t)
	if err := filepath.WalkDir(dir, func(name string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(name, 12345, 12345)
	}); err != nil {
		t.Fatal(err)
	}
	_, err := Find(context.Background(), dir)
	var failure *Error
	if !errors.As(err, &failure) || !strings.Contains(failure.Help, "git config --global --add safe.directory") || strings.Contains(failure.Message, "exception") {
		t.Errorf("the error is %#v", err)
	}
}

// A range of commits, or a name that excludes commits, is an error: otherwise its newest
// commit would be compared.
func TestRanges(t *testing.T) {
	dir := repository(t)
	sh(t, dir, "tag", "v1")
	for _, name := range []string{"v1..HEAD", "v1...HEAD", "^v1", "HEAD^@", "--all", "", "HEAD:a.yaml", "HEAD^{tree}"} {
		if rev, err := at(t, dir, name); err == nil {
			t.Errorf("%q is %s", name, rev.commit)
		}
	}
	for _, name := range []string{"v1", "main", "HEAD", "@", "v1^{commit}", "v1^{}", sh(t, dir, "rev-parse", "HEAD")[:8]} {
		if _, err := at(t, dir, name); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
}
