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

// maxLinks is the maximum number of symbolic links on a path, as on Linux.
const maxLinks = 40

// An entry is a file or directory of a revision, from the output of git ls-tree.
type entry struct {
	name       string
	kind       kind
	hash       string
	path       string // from the root of the superproject, links followed
	repository string // the directory in which git runs to read it
}

// kind is the kind of an entry.
type kind uint8

const (
	isFile kind = iota
	isDir
	isLink
	isSubmodule
)

// A tree contains the files of a revision. Directories are listed on first use.
type tree struct {
	ctx  context.Context
	rev  *Revision
	root *entry

	mu     sync.Mutex
	listed map[string][]*entry // by repository and hash
}

func newTree(ctx context.Context, rev *Revision) *tree {
	root := &entry{name: ".", kind: isDir, hash: rev.commit, path: ".", repository: rev.dir}
	return &tree{ctx: ctx, rev: rev, root: root, listed: make(map[string][]*entry)}
}

// find returns the entry at a path. It follows links on the path within the revision, and a
// link at its end if follow is true. The revision records failures other than a path that
// does not exist.
func (t *tree) find(name string, follow bool) (*entry, error) {
	at := []*entry{t.root} // from the root to the current entry
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

// child returns the entry of a directory with a name.
func (t *tree) child(dir *entry, name string) (*entry, error) {
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

// list returns the entries of a directory or submodule, in the order of git.
func (t *tree) list(dir *entry) ([]*entry, error) {
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
	var entries []*entry
	for line := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		facts, name, _ := strings.Cut(line, "\t")
		if fields := strings.Fields(facts); len(fields) == 3 { // mode, type, hash
			entries = append(entries, t.entryOf(dir, name, fields[0], fields[2]))
		}
	}
	t.listed[key] = entries
	return entries, nil
}

func (t *tree) entryOf(dir *entry, name, mode, hash string) *entry {
	p := &entry{name: name, hash: hash, path: path.Join(dir.path, name), repository: dir.repository}
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
func (t *tree) content(file, dir *entry) ([]byte, error) {
	text, err := git(t.ctx, file.repository, "cat-file", "blob", file.hash)
	if err != nil {
		return nil, t.missing(err, file, dir)
	}
	return text, nil
}

// missing returns the error for an object of a directory that could not be read. In a partial
// clone, its help is the command that fetches the object.
func (t *tree) missing(err error, p, dir *entry) error {
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

// command returns help to run a command with a path. It returns "" if a shell could
// interpret the path.
func command(before, path string, after ...string) string {
	if !plainPath.MatchString(path) {
		return ""
	}
	return "run " + before + path + strings.Join(after, "")
}
