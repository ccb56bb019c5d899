// Package revision reads files as they are in a revision of a git repository,
// with the git command and without a clone.
package revision

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// ErrNoFile says that a revision does not have a file.
var ErrNoFile = errors.New("the revision does not have the file")

// An Error says why git could not tell what a revision holds.
type Error struct {
	Rev  string
	Err  string // what git said
	Help string // the command that mends it, "" if there is none
}

// Error returns the revision and what git said of it.
func (e *Error) Error() string { return fmt.Sprintf("cannot read revision %q: %s", e.Rev, e.Err) }

// A File is one file of a revision.
type File struct {
	Name string // REV:PATH, the path being relative to the root of the repository
	Text string
	Dir  fs.FS // what else the revision has in the folder of the file
}

// Read reads a file as it is in a revision. The path is one of this machine; if
// inRoot is set, it is relative to the root of the repository that holds the
// current folder. The error is [ErrNoFile], or an *[Error].
func Read(ctx context.Context, rev, file string, inRoot bool) (*File, error) {
	dir := "."
	if !inRoot {
		dir = filepath.Dir(file)
	}
	g := git{ctx: ctx, dir: dir, rev: rev}
	if strings.HasPrefix(rev, "-") || rev == "" {
		return nil, g.fail("it is not the name of a revision")
	}
	commit, err := g.run("rev-parse", "--verify", "--quiet", "--end-of-options", rev+"^{commit}")
	if err != nil {
		return nil, g.unknown(err)
	}
	g.commit = strings.TrimSpace(commit)
	within := path.Clean(filepath.ToSlash(file))
	if !inRoot {
		prefix, err := g.run("rev-parse", "--show-prefix")
		if err != nil {
			return nil, g.fail(err.Error())
		}
		within = path.Join(strings.TrimSpace(prefix), filepath.Base(file))
	}
	kind, err := g.run("cat-file", "-t", g.commit+":"+within)
	if err != nil || strings.TrimSpace(kind) != "blob" {
		return nil, fmt.Errorf("%s:%s: %w", rev, within, ErrNoFile)
	}
	text, err := g.run("cat-file", "blob", g.commit+":"+within)
	if err != nil {
		return nil, g.fail(err.Error())
	}
	return &File{Name: rev + ":" + within, Text: text, Dir: &tree{git: g, root: path.Dir(within)}}, nil
}

// git runs the command in a folder.
type git struct {
	ctx    context.Context
	dir    string
	rev    string // as the user wrote it
	commit string
}

// run returns what git prints, or an error with what it said.
func (g git) run(args ...string) (string, error) {
	cmd := exec.CommandContext(g.ctx, "git", args...)
	cmd.Dir = g.dir
	cmd.Env = append(cmd.Environ(), "GIT_OPTIONAL_LOCKS=0", "LC_ALL=C", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1")
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	err := cmd.Run()
	if err == nil {
		return out.String(), nil
	}
	if text := strings.TrimSpace(said.String()); text != "" {
		first, _, _ := strings.Cut(text, "\n")
		return "", errors.New(first)
	}
	return "", err
}

func (g git) fail(what string) *Error { return &Error{Rev: g.rev, Err: what} }

// unknown says why a revision cannot be resolved, and on a shallow clone how to
// fetch it.
func (g git) unknown(cause error) *Error {
	inside, err := g.run("rev-parse", "--is-inside-work-tree")
	if err != nil || strings.TrimSpace(inside) != "true" {
		var missing *exec.Error
		if errors.As(err, &missing) || errors.As(cause, &missing) {
			return g.fail("git is not installed")
		}
		return g.fail("this folder is in no git repository")
	}
	failure := g.fail("git knows no such revision")
	if shallow, err := g.run("rev-parse", "--is-shallow-repository"); err == nil && strings.TrimSpace(shallow) == "true" {
		failure.Err = "git knows no such revision, and this is a shallow clone"
		failure.Help = g.fetch()
	}
	return failure
}

var (
	commitName = regexp.MustCompile(`^[0-9a-f]{40}$`)
	tagName    = regexp.MustCompile(`^(.*/)?v?[0-9]+(\.[0-9]+)+[^~^]*$`)
	plainName  = regexp.MustCompile(`^[A-Za-z0-9._/-]+$`)
)

// fetch returns the command that gets the revision into a shallow clone.
func (g git) fetch() string {
	rev := g.rev
	branch, remote := strings.CutPrefix(rev, "origin/")
	switch {
	case !plainName.MatchString(rev):
		return "git fetch --unshallow" // HEAD~3 and its like
	case commitName.MatchString(rev):
		return "git fetch --depth=1 origin " + rev
	case remote:
		return "git fetch --depth=1 origin " + branch + ":refs/remotes/origin/" + branch
	case tagName.MatchString(rev):
		return "git fetch --depth=1 origin tag " + rev
	}
	return "git fetch --depth=1 origin " + rev + ":" + rev
}
