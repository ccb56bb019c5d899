// Package revision reads the files of a git revision by the git command. It never fetches,
// clones or changes anything, and does not run commands that a repository configures.
package revision

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
)

// An Error describes the failure of an operation of git.
type Error struct {
	Revision string // "" if the error is not about a revision
	Message  string // one line
	Help     string // the fix, or ""
}

func (e *Error) Error() string {
	if e.Revision == "" {
		return e.Message
	}
	return fmt.Sprintf("revision %s: %s", e.Revision, e.Message)
}

// A Repository is the git repository of a directory in a work tree.
type Repository struct {
	dir  string // the directory in which git runs
	root string // of the work tree
}

// Find returns the repository that contains a directory.
func Find(ctx context.Context, dir string) (*Repository, error) {
	out, err := git(ctx, dir, "rev-parse", "--show-toplevel")
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, refusal(err)
	}
	return &Repository{dir: dir, root: filepath.FromSlash(strings.TrimSuffix(string(out), "\n"))}, nil
}

// refusal returns the error for a directory that is not in a repository, or in one that git
// refuses to read.
func refusal(err error) *Error {
	message, help := err.Error(), ""
	if problem, command, found := strings.Cut(message, " To add an exception for this directory, call: "); found {
		message, help = problem, "if you trust its owner, run "+command
	}
	switch {
	case strings.Contains(message, "safe.bareRepository"):
		help = "run errspec outside that directory, in a work tree"
	case strings.Contains(message, "must be run in a work tree"):
		help = "run errspec in a work tree"
	}
	return &Error{Message: message, Help: help}
}

// Path returns the path of a file relative to the root of the repository, with slashes. The
// file need not exist, but its directory must. Path returns false if the file is outside the
// repository.
func (r *Repository) Path(file string) (string, bool) {
	absolute, err := filepath.Abs(file)
	root, rootErr := os.Stat(r.root)
	if err != nil || rootErr != nil {
		return "", false
	}
	// The root and the file may have paths without a common prefix if either contains links.
	// Links inside the root are followed in the revision.
	for dir := filepath.Dir(absolute); ; dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && os.SameFile(info, root) {
			within, err := filepath.Rel(dir, absolute)
			return filepath.ToSlash(within), err == nil
		}
		if dir == filepath.Dir(dir) {
			return "", false
		}
	}
}

// File returns the path in the file system of a path in the repository.
func (r *Repository) File(within string) string {
	return filepath.Join(r.root, filepath.FromSlash(within))
}

// A Revision is a commit of a repository.
type Revision struct {
	*Repository
	name, commit string
	files        *tree

	mu     sync.Mutex
	failed error // the first one
}

// notOneRevision is the error of git for a name that means no commit, or several.
const notOneRevision = "Needed a single revision"

// At returns the revision with a name. A range of commits is an error.
func (r *Repository) At(ctx context.Context, name string) (*Revision, error) {
	out, err := git(ctx, r.dir, "rev-parse", "--verify", "--end-of-options", name+"^{commit}")
	commit := strings.TrimSpace(string(out))
	isOne := fullHash.MatchString(commit) // false for ^main: all commits but those of main
	if err != nil || !isOne {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		message := notOneRevision
		if err != nil {
			message = err.Error()
		}
		if message == notOneRevision {
			message = fmt.Sprintf("bad revision '%s'", name)
		}
		return nil, &Error{Revision: name, Message: message, Help: r.fetchRevision(ctx, name)}
	}
	rev := &Revision{Repository: r, name: name, commit: commit}
	rev.files = newTree(ctx, rev)
	return rev, nil
}

// Name returns the name of a file of the revision: REV:PATH.
func (r *Revision) Name(within string) string { return r.name + ":" + within }

// Failure returns the first error that occurred while files were read: one of git, or of a
// link or submodule that could not be followed. It returns nil if there was none. Content
// read after the error may be incomplete.
func (r *Revision) Failure() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.failed
}

// fail records the first failure as an error about the revision.
func (r *Revision) fail(ctx context.Context, err error) error {
	var failure *Error
	switch {
	case ctx.Err() != nil:
		err = ctx.Err()
	case errors.As(err, &failure):
		failure.Revision = r.name
	default:
		err = &Error{Revision: r.name, Message: err.Error()}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.failed == nil {
		r.failed = err
	}
	return err
}

// Find returns the path of a file in the revision. It returns false if there is no such
// file. On a file system that ignores case, the path in the revision may differ in case.
func (r *Revision) Find(within string) (string, bool, error) {
	if _, err := r.files.find(within, true); err == nil {
		return within, true, nil
	}
	if err := r.Failure(); err != nil {
		return "", false, err
	}
	parts := strings.Split(path.Clean(within), "/")
	at := "."
	for _, part := range parts {
		entries, err := r.files.ReadDir(at)
		if err != nil {
			return "", false, r.Failure()
		}
		found := ""
		for _, e := range entries {
			if e.Name() == part || found == "" && strings.EqualFold(e.Name(), part) && r.same(path.Join(at, e.Name()), path.Join(at, part)) {
				found = e.Name()
			}
			if e.Name() == part {
				break
			}
		}
		if found == "" {
			return "", false, nil
		}
		at = path.Join(at, found)
	}
	if at == within { // a broken link
		return "", false, r.Failure()
	}
	return at, true, r.Failure()
}

// same reports whether two paths that differ in case are the same file of the work tree, or
// the work tree no longer has the old one.
func (r *Revision) same(old, new string) bool {
	was, err := os.Stat(r.File(old))
	if err != nil {
		return errors.Is(err, os.ErrNotExist)
	}
	is, err := os.Stat(r.File(new))
	return err == nil && os.SameFile(was, is)
}
