// Package revision reads files as they were at a revision, by the git command. It
// never fetches, clones or changes anything.
package revision

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
)

// An Error says what git could not do.
type Error struct {
	Revision string
	Message  string // of git, one line
	Help     string // a command that mends it, or ""
}

func (e *Error) Error() string { return fmt.Sprintf("revision %s: %s", e.Revision, e.Message) }

// A Revision is a commit of the repository that a folder belongs to.
type Revision struct {
	name, commit string
	dir          string
}

// Resolve finds the commit that a name means to the repository of a folder.
func Resolve(ctx context.Context, dir, name string) (*Revision, error) {
	out, err := run(ctx, dir, "rev-list", "--max-count=1", "--end-of-options", name, "--")
	commit := strings.TrimSpace(string(out))
	if err == nil && commit == "" {
		err = errors.New("it names no commit")
	}
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, &Error{Revision: name, Message: err.Error(), Help: fetchCommand(ctx, dir, name)}
	}
	return &Revision{name: name, commit: commit, dir: dir}, nil
}

// ReadFile returns what a file, which need not be there any more, held at the
// revision; found is false if there was none. The folder it lies in must exist.
func (r *Revision) ReadFile(ctx context.Context, file string) (data []byte, found bool, err error) {
	dir, base := filepath.Split(file)
	if dir == "" {
		dir = "."
	}
	return r.blob(ctx, dir, base)
}

// blob returns what a file held, by its path as git ls-tree takes it with the
// option; found is false if there was none.
func (r *Revision) blob(ctx context.Context, dir, name string, option ...string) (data []byte, found bool, err error) {
	// Of what is not there, git show says so in words that differ from version to
	// version; ls-tree prints nothing.
	args := append([]string{"ls-tree", "-z"}, option...)
	listed, err := run(ctx, dir, append(args, r.commit, "--", name)...)
	if err != nil {
		return nil, false, r.failure(ctx, err)
	}
	entry, listedName, _ := strings.Cut(strings.TrimSuffix(string(listed), "\x00"), "\t")
	fields := strings.Fields(entry) // mode, type, hash
	if listedName != name || len(fields) < 3 || fields[1] != "blob" {
		return nil, false, nil
	}
	data, err = run(ctx, dir, "cat-file", "blob", fields[2])
	if err != nil {
		return nil, false, r.failure(ctx, err)
	}
	return data, true, nil
}

// failure says what git could not do at the revision, or that it was interrupted.
func (r *Revision) failure(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return &Error{Revision: r.name, Message: err.Error()}
}

// run runs git in a folder. The error is what git says, on one line.
func run(ctx context.Context, dir string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "LC_ALL=C", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "GIT_LITERAL_PATHSPECS=1")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err == nil {
		return out, nil
	}
	if said := strings.Join(strings.Fields(stderr.String()), " "); said != "" {
		return nil, errors.New(strings.TrimPrefix(said, "fatal: "))
	}
	return nil, err
}

var (
	fullHash  = lazyregexp.New(`^([0-9a-f]{40}|[0-9a-f]{64})$`)
	partHash  = lazyregexp.New(`^[0-9a-f]{4,39}$`)
	version   = lazyregexp.New(`^(v|[a-z/]+/v)?[0-9]+(\.[0-9]+)+`)
	reference = lazyregexp.New(`^[A-Za-z0-9_][A-Za-z0-9_./-]*$`)
)

// fetchCommand returns the command that brings a revision into a clone that was
// made without its history, as CI services make them; "" if the clone is whole.
func fetchCommand(ctx context.Context, dir, name string) string {
	shallow, err := run(ctx, dir, "rev-parse", "--is-shallow-repository")
	if err != nil || strings.TrimSpace(string(shallow)) != "true" {
		return ""
	}
	remotes, err := run(ctx, dir, "remote")
	all := strings.Fields(string(remotes))
	if err != nil || len(all) == 0 {
		return ""
	}
	remote := all[0]
	for _, r := range all {
		if r == "origin" {
			remote = r
		}
	}
	const why = "the clone is shallow; run "
	for _, r := range all {
		if branch, ok := strings.CutPrefix(name, r+"/"); ok && reference.MatchString(branch) {
			return why + fmt.Sprintf("git fetch --depth=1 %s +refs/heads/%s:refs/remotes/%s/%s", r, branch, r, branch)
		}
	}
	switch {
	case fullHash.MatchString(name):
		return why + fmt.Sprintf("git fetch --depth=1 %s %s", remote, name)
	case partHash.MatchString(name), !reference.MatchString(name), name == "HEAD":
		return why + fmt.Sprintf("git fetch --unshallow %s", remote)
	case version.MatchString(name):
		return why + fmt.Sprintf("git fetch --depth=1 %s refs/tags/%s:refs/tags/%s", remote, name, name)
	}
	return why + fmt.Sprintf("git fetch --depth=1 %s %s:refs/heads/%s", remote, name, name)
}
