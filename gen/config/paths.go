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

// Find returns the path of the nearest errspec.yaml in dir and above, but
// not above a folder that holds .git. It is "" if there is none. Anything
// else of that name than a directory is returned: a link to nothing or a named pipe is then an error
// of reading it. If it were skipped, a check of the tables that it lists would check others.
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

// Repository returns the directory of the repository that a configuration is in: the
// nearest one, from that of the file upward, that holds .git, or else that of the file.
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
		if strings.HasSuffix(file, "/") { // a folder stays one, and is refused
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
		if entry.Markdown != nil {
			entry.Markdown.File = joinFile(entry.Markdown.File)
		}
		if entry.HTML != nil {
			entry.HTML.File = joinFile(entry.HTML.File)
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
	return placeName(file)
}

// placeName returns a path for comparison; file systems may fold case.
func placeName(target string) string { return strings.ToLower(path.Clean(filepath.ToSlash(target))) }
