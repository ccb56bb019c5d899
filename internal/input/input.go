// Package input opens the files that errspec reads. No other package does. For any
// path in a table, a configuration or a command line, opening does not wait for a
// writer, reading is limited, and links do not lead out of a directory.
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

// MaxSize is the maximum size of a file or a stream that is read into memory. A
// table of 20,000 codes with all keys has about 20 MB.
const MaxSize = 64 << 20

// errTooLarge reports a file or stream of more than MaxSize bytes.
var errTooLarge = fmt.Errorf("larger than %d MiB, the limit", MaxSize>>20)

// A KindError reports a file of an unsuitable kind.
type KindError struct {
	want string
	Mode fs.FileMode // mode of the file
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

// Regular opens a regular file. It immediately refuses all other files: opening a
// named pipe would wait for a writer, and opening a device can have effects. The
// file may be replaced between the check and the open, so the open does not wait
// either.
func Regular(name string) (*os.File, error) {
	if err := checkRegular(os.Stat(name)); err != nil {
		return nil, pathError("open", name, err)
	}
	return openRegular(name)
}

// openRegular opens a file that was just found to be regular.
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

// Stream opens a file that is read from start to end as content arrives. It may be
// a named pipe or a terminal, and the open waits for a writer. Stream refuses
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

// patience is the maximum time to wait for the next bytes of a file, if its file
// system supports deadlines.
const patience = time.Second

// prompt is a file whose reads do not wait for a writer. Some files have the mode
// of a regular file but are endless streams, such as /proc/kmsg.
type prompt struct{ *os.File }

func (p prompt) Read(b []byte) (int, error) {
	_ = p.SetReadDeadline(time.Now().Add(patience)) // real files refuse deadlines, but reading them does not wait
	n, err := p.File.Read(b)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		err = &KindError{"a regular file", fs.ModeIrregular}
	}
	return n, err
}

// ReadAll returns the rest of a stream of at most [MaxSize] bytes.
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

// pathError returns an error about a file, with the operation and the cause.
func pathError(op, name string, err error) error {
	var cause *fs.PathError
	if errors.As(err, &cause) {
		err = cause.Err
	}
	return &fs.PathError{Op: op, Path: name, Err: err}
}

// Dir returns the file system of a directory tree, like [os.DirFS]. It opens files
// with [Regular] and reads them with [ReadFile].
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

// Inside reports whether a file is in the tree at a directory after following
// symbolic links. It returns false if that is unknown.
func Inside(dir, file string) bool {
	root, err := realPath(dir)
	if err != nil {
		return false
	}
	real, err := realPath(file)
	if err != nil {
		return false
	}
	rel, err := filepath.Rel(root, real)
	return err == nil && filepath.IsLocal(rel)
}

func realPath(name string) (string, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(abs)
}
