package revision

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"
)

// Files returns all files of the revision, with paths relative to the root of the
// repository. Symbolic links are followed within the revision. Submodules are read from
// their checkouts.
func (r *Revision) Files() fs.FS { return r.files }

// Deleted returns the paths of the files of the revision that have one of the names or
// extensions and that no longer exist in the work tree. It does not return files of
// submodules.
func (r *Revision) Deleted(names ...string) ([]string, error) {
	t := r.files
	out, err := git(t.ctx, r.dir, "ls-tree", "-r", "-z", "--full-tree", "--name-only", r.commit)
	if err != nil {
		return nil, t.missing(err, t.root, t.root)
	}
	var deleted []string
	for name := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		if !slices.Contains(names, path.Base(name)) && !slices.Contains(names, path.Ext(name)) {
			continue
		}
		if _, err := os.Lstat(r.File(name)); errors.Is(err, fs.ErrNotExist) {
			deleted = append(deleted, name)
		}
	}
	return deleted, nil
}

// at returns the entry at a path for a file operation, which its errors name. It follows
// links.
func (t *tree) at(op, name string) (*entry, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	found, err := t.find(name, true)
	if err != nil {
		return nil, &fs.PathError{Op: op, Path: name, Err: err}
	}
	return found, nil
}

// Stat implements [fs.StatFS].
func (t *tree) Stat(name string) (fs.FileInfo, error) {
	found, err := t.at("stat", name)
	if err != nil {
		return nil, err
	}
	return info{path.Base(name), found.kind}, nil
}

// ReadFile implements [fs.ReadFileFS].
func (t *tree) ReadFile(name string) ([]byte, error) {
	found, err := t.at("read", name)
	if err != nil {
		return nil, err
	}
	if found.kind != isFile {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrInvalid}
	}
	dir, err := t.find(path.Dir(found.path), false)
	if err != nil {
		dir = nil
	}
	text, err := t.content(found, dir)
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: err}
	}
	return text, nil
}

// ReadDir implements [fs.ReadDirFS].
func (t *tree) ReadDir(name string) ([]fs.DirEntry, error) {
	found, err := t.at("readdir", name)
	if err != nil {
		return nil, err
	}
	listed, err := t.list(found)
	if err != nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: err}
	}
	entries := make([]fs.DirEntry, len(listed))
	for i, p := range listed {
		entries[i] = fs.FileInfoToDirEntry(info{p.name, p.kind})
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// Open implements [fs.FS].
func (t *tree) Open(name string) (fs.File, error) {
	found, err := t.at("open", name)
	if err != nil {
		return nil, err
	}
	if found.kind != isFile {
		return &file{Reader: strings.NewReader(""), info: info{path.Base(name), found.kind}}, nil
	}
	data, err := t.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return &file{Reader: bytes.NewReader(data), info: info{path.Base(name), found.kind}}, nil
}

// A file is an open file.
type file struct {
	io.Reader
	info info
}

func (f *file) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *file) Close() error               { return nil }

// info implements [fs.FileInfo].
type info struct {
	name string
	kind kind
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return 0 }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return i.Mode().IsDir() }
func (i info) Sys() any           { return nil }

func (i info) Mode() fs.FileMode {
	switch i.kind {
	case isDir, isSubmodule:
		return fs.ModeDir | 0o755
	case isLink:
		return fs.ModeSymlink | 0o777
	}
	return 0o644
}
