package output

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/robustio"

	"github.com/errspec/errspec/internal/input"
)

// disk has all operations of this package on the user's directories, so that tests
// can inject a fault into each of them.
type disk interface {
	Lstat(name string) (fs.FileInfo, error)
	EvalSymlinks(name string) (string, error)
	ReadDir(name string) ([]fs.DirEntry, error)
	Open(name string) (io.ReadCloser, error)
	Mkdir(name string) error
	Create(name string, perm fs.FileMode) (tempFile, error) // fails if name exists
	Rename(from, to string) error
	Remove(name string) error
}

type tempFile interface {
	io.WriteCloser
	Chmod(fs.FileMode) error
	Sync() error
}

// osDisk is the disk of the operating system. robustio retries a rename that a
// virus scanner or an indexer on Windows or macOS blocks.
type osDisk struct{}

func (osDisk) Lstat(name string) (fs.FileInfo, error)     { return os.Lstat(name) }
func (osDisk) EvalSymlinks(name string) (string, error)   { return filepath.EvalSymlinks(name) }
func (osDisk) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }
func (osDisk) Open(name string) (io.ReadCloser, error)    { return input.Regular(name) }
func (osDisk) Mkdir(name string) error                    { return os.Mkdir(name, 0o777) }
func (osDisk) Rename(from, to string) error               { return robustio.Rename(from, to) }
func (osDisk) Remove(name string) error                   { return os.Remove(name) }

func (osDisk) Create(name string, perm fs.FileMode) (tempFile, error) {
	return os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
}
