// Package revision reads files as they were at a revision, by the git command. It
// never fetches, clones or changes anything, and runs no command that a repository
// names.
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

// An Error says what git could not do.
type Error struct {
	Revision string // "" if no revision is concerned
	Message  string // one line
	Help     string // what to do about it, or ""
}

func (e *Error) Error() string {
	if e.Revision == "" {
		return e.Message
	}
	return fmt.Sprintf("revision %s: %s", e.Revision, e.Message)
}

// A Repository is the one that a directory of a work tree belongs to.
type Repository struct {
	dir  string // where git runs
	root string // of the work tree
}

// Find returns the repository of a directory.
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

// refusal returns the error of a directory that git takes for no repository, or not
// for one that it may read.
func refusal(err error) *Error {
	message, help := err.Error(), ""
	if what, owned, found := strings.Cut(message, " To add an exception for this directory, call: "); found {
		message, help = what, "if you trust its owner, run "+owned
	}
	switch {
	case strings.Contains(message, "safe.bareRepository"):
		help = "run errspec outside of that directory, in a work tree"
	case strings.Contains(message, "must be run in a work tree"):
		help = "run errspec in a work tree"
	}
	return &Error{Message: message, Help: help}
}

// Path returns the path of a file of this machine, which need not exist, relative to
// the root of the repository and with slashes. It returns false if the file is
// outside of the repository. Its directory must exist.
func (r *Repository) Path(file string) (string, bool) {
	absolute, err := filepath.Abs(file)
	root, rootErr := os.Stat(r.root)
	if err != nil || rootErr != nil {
		return "", false
	}
	// The root may be known by another path than the one that leads to the file, if
	// either contains links. Links below it are followed in the revision.
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

// File returns the path on this machine of a path in the repository.
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

// notOneRevision is how git refuses what names no commit, or several.
const notOneRevision = "Needed a single revision"

// At returns the commit that a name means. A range of commits is none.
func (r *Repository) At(ctx context.Context, name string) (*Revision, error) {
	out, err := git(ctx, r.dir, "rev-parse", "--verify", "--end-of-options", name+"^{commit}")
	commit := strings.TrimSpace(string(out))
	isOne := fullHash.MatchString(commit) // not so for ^main: all commits but these
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

// Name returns what a file of the revision is called: REV:PATH.
func (r *Revision) Name(within string) string { return r.name + ":" + within }

// Failure returns the first error of git, or of a link or submodule that could not
// be followed, while files were read; nil if there was none. What was read after it
// may be incomplete.
func (r *Revision) Failure() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.failed
}

// fail keeps the first failure, as an error about the revision.
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

// Find returns the path at which the revision has a file, and false if it has none.
// On a file system that ignores case, a file of this machine may be known to git by
// another spelling.
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
		spelled := ""
		for _, e := range entries {
			if e.Name() == part || spelled == "" && strings.EqualFold(e.Name(), part) && r.same(path.Join(at, e.Name()), path.Join(at, part)) {
				spelled = e.Name()
			}
			if e.Name() == part {
				break
			}
		}
		if spelled == "" {
			return "", false, nil
		}
		at = path.Join(at, spelled)
	}
	if at == within { // a link that leads to nothing
		return "", false, r.Failure()
	}
	return at, true, r.Failure()
}

// same reports whether two spellings that differ in case are one file of the work
// tree, or the old one is gone from it.
func (r *Revision) same(old, new string) bool {
	was, err := os.Stat(r.File(old))
	if err != nil {
		return errors.Is(err, os.ErrNotExist)
	}
	is, err := os.Stat(r.File(new))
	return err == nil && os.SameFile(was, is)
}
