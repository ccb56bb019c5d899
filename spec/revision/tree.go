package revision

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
)

// maxLinks bounds how many symbolic links are followed on the way to a file, as
// Linux does.
const maxLinks = 40

// A place is a file or directory of a revision, as git ls-tree lists it.
type place struct {
	name       string
	kind       kind
	hash       string
	path       string // from the root of the superproject, links followed
	repository string // where git runs to read it
}

// kind is what git has by a name.
type kind uint8

const (
	isFile kind = iota
	isDir
	isLink
	isSubmodule
)

// A tree is the files of a revision. Directories are listed when they are first
// looked into.
type tree struct {
	ctx  context.Context
	rev  *Revision
	root *place

	mu     sync.Mutex
	listed map[string][]*place // by repository and hash
}

func newTree(ctx context.Context, rev *Revision) *tree {
	root := &place{name: ".", kind: isDir, hash: rev.commit, path: ".", repository: rev.dir}
	return &tree{ctx: ctx, rev: rev, root: root, listed: make(map[string][]*place)}
}

// find returns what is at a path. Links on the way to it are followed within the
// revision; its own only if follow is set. Failures that are none of the path are
// kept by the revision.
func (t *tree) find(name string, follow bool) (*place, error) {
	at := []*place{t.root} // from the root to where we are
	rest := strings.Split(name, "/")
	for links := 0; len(rest) > 0; {
		part := rest[0]
		rest = rest[1:]
		switch part {
		case "", ".":
			continue
		case "..":
			if len(at) == 1 {
				return nil, t.fail("%s leads out of the repository by a symbolic link", name)
			}
			at = at[:len(at)-1]
			continue
		}
		next, err := t.child(at[len(at)-1], part)
		if err != nil {
			return nil, err
		}
		if next.kind != isLink || len(rest) == 0 && !follow {
			at = append(at, next)
			continue
		}
		target, err := t.content(next, at[len(at)-1])
		if err != nil {
			return nil, err
		}
		if links++; links > maxLinks {
			return nil, t.fail("%s: too many levels of symbolic links", name)
		}
		if path.IsAbs(string(target)) || filepath.IsAbs(string(target)) {
			return nil, t.fail("%s is a symbolic link to %q, outside of the repository", next.path, target)
		}
		rest = append(strings.Split(filepath.ToSlash(string(target)), "/"), rest...)
	}
	return at[len(at)-1], nil
}

// child returns what a directory contains by a name.
func (t *tree) child(dir *place, name string) (*place, error) {
	entries, err := t.list(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.name == name {
			return e, nil
		}
	}
	return nil, fs.ErrNotExist
}

// list returns what a directory, or a submodule, contains, sorted by git.
func (t *tree) list(dir *place) ([]*place, error) {
	switch dir.kind {
	case isFile, isLink:
		return nil, fs.ErrNotExist
	case isSubmodule:
		if _, err := os.Lstat(filepath.Join(dir.repository, ".git")); err != nil {
			return nil, t.failWith(fmt.Sprintf("%s is a submodule that is not checked out", dir.path), command("git submodule update --init ", dir.path))
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	key := dir.repository + "\n" + dir.hash
	if entries, ok := t.listed[key]; ok {
		return entries, nil
	}
	out, err := git(t.ctx, dir.repository, "ls-tree", "-z", "--full-tree", dir.hash)
	if err != nil {
		if dir.kind == isSubmodule {
			return nil, t.failWith(fmt.Sprintf("%s is a submodule whose clone lacks the commit %s", dir.path, dir.hash),
				command("git -C ", dir.path, " fetch origin "+dir.hash))
		}
		return nil, t.missing(err, dir, nil)
	}
	var entries []*place
	for line := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		facts, name, _ := strings.Cut(line, "\t")
		if fields := strings.Fields(facts); len(fields) == 3 { // mode, type, hash
			entries = append(entries, t.placeOf(dir, name, fields[0], fields[2]))
		}
	}
	t.listed[key] = entries
	return entries, nil
}

func (t *tree) placeOf(dir *place, name, mode, hash string) *place {
	p := &place{name: name, hash: hash, path: path.Join(dir.path, name), repository: dir.repository}
	switch mode {
	case "040000":
		p.kind = isDir
	case "120000":
		p.kind = isLink
	case "160000":
		p.kind, p.repository = isSubmodule, t.rev.File(p.path)
	}
	return p
}

// content returns the text of a file, or the target of a link, in a directory.
func (t *tree) content(file, dir *place) ([]byte, error) {
	text, err := git(t.ctx, file.repository, "cat-file", "blob", file.hash)
	if err != nil {
		return nil, t.missing(err, file, dir)
	}
	return text, nil
}

// missing returns the failure to read an object in a directory. In a partial clone
// it says how to fetch the object.
func (t *tree) missing(err error, p, dir *place) error {
	directory := ""
	if dir != nil {
		directory = dir.hash
	}
	if help := fetchObjects(t.ctx, p.repository, p.hash, directory); help != "" {
		return t.failWith(fmt.Sprintf("the clone lacks %s", p.path), help)
	}
	return t.fail("%s: %w", p.path, err)
}

func (t *tree) fail(format string, args ...any) error {
	return t.rev.fail(t.ctx, fmt.Errorf(format, args...))
}

func (t *tree) failWith(message, help string) error {
	return t.rev.fail(t.ctx, &Error{Message: message, Help: help})
}

// command returns help to run a command with a path, and "" if the path is one that
// a shell could take for more.
func command(before, path string, after ...string) string {
	if !plainPath.MatchString(path) {
		return ""
	}
	return "run " + before + path + strings.Join(after, "")
}
