package main

import (
	"os"
	"path/filepath"
)

// Paths for programs that read findings.

// rootedPath returns a function that makes paths relative to the directory in which
// GitHub resolves them: its workspace, if the workspace contains the current directory,
// otherwise the root of the git repository. It returns nil if there is neither.
func rootedPath(workspace string) func(string) string {
	here, err := filepath.Abs(".")
	if err != nil {
		return nil
	}
	root := ancestor(here, func(dir string) bool { return workspace != "" && sameFile(dir, workspace) })
	if root == "" {
		root = ancestor(here, func(dir string) bool {
			_, err := os.Lstat(filepath.Join(dir, ".git"))
			return err == nil
		})
	}
	if root == "" {
		return nil
	}
	return func(name string) string {
		file := filepath.FromSlash(name)
		if !filepath.IsAbs(file) {
			file = filepath.Join(here, file)
		}
		rooted, err := filepath.Rel(root, file)
		if err != nil || filepath.IsAbs(name) && !filepath.IsLocal(rooted) {
			return name
		}
		return filepath.ToSlash(rooted)
	}
}

// ancestor returns the nearest directory, dir or one of its parents, for which found
// returns true. It returns "" if there is none.
func ancestor(dir string, found func(string) bool) string {
	for {
		if found(dir) {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

func sameFile(a, b string) bool {
	is, err := os.Stat(a)
	other, otherErr := os.Stat(b)
	return err == nil && otherErr == nil && os.SameFile(is, other)
}
