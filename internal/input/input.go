// Package input opens the files that errspec reads. It is the only package that
// does: whatever a table, a configuration or a command line names, no open waits
// for a writer, no read is without a limit, and no link is taken for a file of the
// folder that it lies in.
package input

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// MaxSize is the size up to which a file or a stream is read whole. A table of
// 20,000 codes with everything filled in has about 20 MB.
const MaxSize = 64 << 20

// errTooLarge reports a file or stream of more than MaxSize bytes.
var errTooLarge = fmt.Errorf("larger than %d MiB, the limit", MaxSize>>20)

// A KindError reports a file that is not of the kind that is needed.
type KindError struct {
	want string
	Mode fs.FileMode // of the file
}

func (e *KindError) Error() string { return "expected " + e.want + ", got " + kindOf(e.Mode) }

func kindOf(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "a directory"
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	}
	return "a special file"
}

// Regular opens a regular file. It refuses everything else at once: opening a
// named pipe would wait for a writer, and opening a device can have effects.
// Between the two looks at the file another one can take its place; the open does
// not wait for that one either.
func Regular(name string) (*os.File, error) {
	if err := checkRegular(os.Stat(name)); err != nil {
		return nil, pathError("open", name, err)
	}
	return openRegular(name)
}

// openRegular opens a file that was regular a moment ago.
func openRegular(name string) (*os.File, error) {
	f, err := openNow(name)
	if err != nil {
		return nil, err
	}
	if err := checkRegular(f.Stat()); err != nil {
		f.Close()
		return nil, pathError("open", name, err)
	}
	return f, nil
}

func checkRegular(info fs.FileInfo, err error) error {
	if err == nil && !info.Mode().IsRegular() {
		return &KindError{"a regular file", info.Mode()}
	}
	return err
}

// Stream opens a file that is read from its start to its end as the content comes:
// also a named pipe or a terminal, for whose writer the open waits. It refuses
// directories, sockets and disks.
func Stream(name string) (*os.File, error) {
	switch info, err := os.Stat(name); {
	case err != nil:
		return nil, pathError("open", name, err)
	case info.Mode().IsRegular():
		return Regular(name)
	case info.Mode()&(fs.ModeNamedPipe|fs.ModeCharDevice) == 0:
		return nil, pathError("open", name, &KindError{"a file or a stream", info.Mode()})
	}
	return os.Open(name)
}

// ReadFile returns the content of a regular file of at most [MaxSize] bytes.
func ReadFile(name string) ([]byte, error) {
	f, err := Regular(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := ReadAll(prompt{f})
	if err != nil {
		return nil, pathError("read", name, err)
	}
	return data, nil
}

// patience is how long the next bytes of a file are waited for, if its file system can
// tell that there are none yet.
const patience = time.Second

// prompt is a file whose reads do not wait for a writer. Some files that claim to be
// regular, such as /proc/kmsg, are streams that never end.
type prompt struct{ *os.File }

func (p prompt) Read(b []byte) (int, error) {
	_ = p.SetReadDeadline(time.Now().Add(patience)) // refused by real files, whose reads do not wait
	n, err := p.File.Read(b)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		err = &KindError{"a regular file", fs.ModeIrregular}
	}
	return n, err
}

// ReadAll returns what is left of a stream, if that is at most [MaxSize] bytes.
func ReadAll(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > MaxSize:
		return nil, errTooLarge
	}
	return data, nil
}

// pathError says what could not be done with a file, and why.
func pathError(op, name string, err error) error {
	var cause *fs.PathError
	if errors.As(err, &cause) {
		err = cause.Err
	}
	return &fs.PathError{Op: op, Path: name, Err: err}
}

// Dir returns the file system of the tree at a directory, as [os.DirFS] does, whose
// files are opened by [Regular] and read by [ReadFile].
func Dir(dir string) fs.FS { return tree{os.DirFS(dir), dir} }

type tree struct {
	fs.FS
	dir string
}

// Open implements [fs.FS].
func (t tree) Open(name string) (fs.File, error) {
	info, err := t.Stat(name)
	if err != nil || info.IsDir() {
		return t.FS.Open(name)
	}
	full, err := t.join("open", name)
	if err != nil {
		return nil, err
	}
	return Regular(full)
}

// ReadFile implements [fs.ReadFileFS].
func (t tree) ReadFile(name string) ([]byte, error) {
	full, err := t.join("read", name)
	if err != nil {
		return nil, err
	}
	return ReadFile(full)
}

// Stat implements [fs.StatFS].
func (t tree) Stat(name string) (fs.FileInfo, error) { return fs.Stat(t.FS, name) }

// ReadDir implements [fs.ReadDirFS].
func (t tree) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(t.FS, name) }

func (t tree) join(op, name string) (string, error) {
	local, err := filepath.Localize(name)
	if err != nil {
		return "", pathError(op, name, err)
	}
	return filepath.Join(t.dir, local), nil
}

// Inside reports whether a file is in the tree at a directory once symbolic links
// are followed. It returns false if that cannot be found out.
func Inside(dir, file string) bool {
	root, err := realPath(dir)
	if err != nil {
		return false
	}
	real, err := realPath(file)
	if err != nil {
		return false
	}
	below, err := filepath.Rel(root, real)
	return err == nil && filepath.IsLocal(below)
}

func realPath(name string) (string, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(abs)
}
