package revision

import (
	"context"
	"io"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"
)

// A tree is the folder of a revision that a table lies in: what it includes, or
// extends, is read from there. Nothing is asked of git before the first use.
type tree struct {
	ctx    context.Context
	dir    string // where git runs
	commit string
	root   string // relative to the root of the repository

	once  sync.Once
	names []string // of all files below, sorted
	err   error
}

// list returns the names of all files.
func (t *tree) list() ([]string, error) {
	t.once.Do(func() {
		args := []string{"ls-tree", "--full-tree", "-r", "-z", "--name-only", t.commit}
		prefix := ""
		if t.root != "." {
			prefix = t.root + "/"
			args = append(args, "--", prefix)
		}
		out, err := run(t.ctx, t.dir, args...)
		if err != nil {
			t.err = err
			return
		}
		for _, name := range strings.FieldsFunc(string(out), func(r rune) bool { return r == 0 }) {
			t.names = append(t.names, strings.TrimPrefix(name, prefix))
		}
		slices.Sort(t.names)
	})
	return t.names, t.err
}

// isDir reports whether a name is that of a folder.
func (t *tree) isDir(name string) bool {
	i := sort.SearchStrings(t.names, name+"/")
	return name == "." || i < len(t.names) && strings.HasPrefix(t.names[i], name+"/")
}

// stat returns what is there by a name.
func (t *tree) stat(op, name string) (info, error) {
	names, err := t.list()
	if !fs.ValidPath(name) {
		err = fs.ErrInvalid
	}
	if err == nil {
		if _, found := slices.BinarySearch(names, name); found {
			return info{name: path.Base(name)}, nil
		}
		if t.isDir(name) {
			return info{name: path.Base(name), dir: true}, nil
		}
		err = fs.ErrNotExist
	}
	return info{}, &fs.PathError{Op: op, Path: name, Err: err}
}

// Stat is that of [fs.StatFS].
func (t *tree) Stat(name string) (fs.FileInfo, error) {
	found, err := t.stat("stat", name)
	if err != nil {
		return nil, err
	}
	return found, nil
}

// ReadFile is that of [fs.ReadFileFS].
func (t *tree) ReadFile(name string) ([]byte, error) {
	found, err := t.stat("read", name)
	if err == nil && found.dir {
		err = &fs.PathError{Op: "read", Path: name, Err: fs.ErrInvalid}
	}
	if err != nil {
		return nil, err
	}
	text, err := run(t.ctx, t.dir, "cat-file", "blob", t.commit+":"+path.Join(t.root, name))
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: err}
	}
	return text, nil
}

// ReadDir is that of [fs.ReadDirFS].
func (t *tree) ReadDir(name string) ([]fs.DirEntry, error) {
	found, err := t.stat("readdir", name)
	if err == nil && !found.dir {
		err = &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrInvalid}
	}
	if err != nil {
		return nil, err
	}
	prefix := name + "/"
	if name == "." {
		prefix = ""
	}
	var entries []fs.DirEntry
	last := ""
	for _, file := range t.names {
		below, ok := strings.CutPrefix(file, prefix)
		if !ok {
			continue
		}
		first, _, deeper := strings.Cut(below, "/")
		if first != last {
			last = first
			entries = append(entries, fs.FileInfoToDirEntry(info{name: first, dir: deeper}))
		}
	}
	return entries, nil
}

// Open is that of [fs.FS].
func (t *tree) Open(name string) (fs.File, error) {
	found, err := t.stat("open", name)
	if err != nil {
		return nil, err
	}
	if found.dir {
		return &file{Reader: strings.NewReader(""), info: found}, nil
	}
	data, err := t.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return &file{Reader: strings.NewReader(string(data)), info: found}, nil
}

// A file is one that is open.
type file struct {
	io.Reader
	info info
}

func (f *file) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *file) Close() error               { return nil }

// info says of a file what git does.
type info struct {
	name string
	dir  bool
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return 0 }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return i.dir }
func (i info) Sys() any           { return nil }

func (i info) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | 0o755
	}
	return 0o644
}
