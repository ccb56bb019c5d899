package config

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/errspec/errspec/spec"
)

// Find returns the path of the nearest errspec.yaml in dir or its parents, up to
// the directory that contains .git. It returns "" if there is none. It ignores only
// directories of that name: for a broken link or a named pipe, reading the file
// reports the error. If Find skipped it, a check would use other tables.
func Find(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for {
		file := filepath.Join(dir, FileName)
		target, err := os.Stat(file)
		isFolder := err == nil && target.IsDir()
		if _, err := os.Lstat(file); err == nil && !isFolder {
			return file, nil
		} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
		parent := filepath.Dir(dir)
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil || parent == dir {
			return "", nil
		}
		dir = parent
	}
}

// Repository returns the directory of the repository of a configuration. This is
// the nearest directory that contains .git, from that of the file upward. If there
// is none, it is the directory of the file.
func Repository(file string) string {
	dir, err := filepath.Abs(filepath.Dir(file))
	if err != nil {
		return filepath.Dir(file)
	}
	for root := dir; ; root = filepath.Dir(root) {
		if _, err := os.Lstat(filepath.Join(root, ".git")); err == nil {
			return root
		}
		if filepath.Dir(root) == root {
			return dir
		}
	}
}

// resolvePaths joins the relative paths of the configuration to dir.
func (c *Config) resolvePaths(dir string) {
	join := func(p string) string {
		if filepath.IsAbs(p) {
			return p
		}
		return filepath.Join(dir, filepath.FromSlash(p))
	}
	joinFile := func(file string) string {
		if strings.HasSuffix(file, "/") { // keep the slash, so that the path is refused as a directory
			return join(file) + "/"
		}
		return join(file)
	}
	for i := range c.Tables {
		entry := &c.Tables[i]
		if spec.IsFile(entry.Table) {
			entry.Table = join(entry.Table)
		}
		if entry.Go != nil {
			entry.Go.Dir = join(entry.Go.Dir)
		}
		if entry.Python != nil {
			entry.Python.Dir = join(entry.Python.Dir)
		}
		if entry.Markdown != nil {
			entry.Markdown.File = joinFile(entry.Markdown.File)
		}
		for _, file := range entry.files() {
			if file != nil {
				file.File = joinFile(file.File)
			}
		}
		for j, file := range entry.Inject {
			entry.Inject[j] = joinFile(file)
		}
	}
	for i := range c.Tables {
		c.Tables[i].siblings = c.Tables
	}
}

// sameFile reports whether two paths lead to the same file.
func sameFile(a, b string) bool { return RealPath(a) == RealPath(b) }

// RealPath returns a path without symbolic links, for comparison.
func RealPath(file string) string {
	if abs, err := filepath.Abs(file); err == nil {
		file = abs
	}
	if resolved, err := filepath.EvalSymlinks(file); err == nil {
		file = resolved
	}
	return pathKey(file)
}

// pathKey returns a path for comparison. It folds case, because file systems may do so.
func pathKey(target string) string { return strings.ToLower(path.Clean(filepath.ToSlash(target))) }
