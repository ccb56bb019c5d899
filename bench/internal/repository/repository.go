// Package repository finds the repository and copies its files, so that programs can
// change the copies.
package repository

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Root returns the root of the repository. The program must run in its directory bench.
func Root() (string, error) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Path}}\t{{.Dir}}").Output()
	path, dir, _ := strings.Cut(strings.TrimSpace(string(out)), "\t")
	if err != nil || path != "github.com/errspec/errspec/bench" {
		return "", errors.New("run this in the directory bench of the repository, with GOWORK=off")
	}
	return filepath.Dir(dir), nil
}

// Copy copies the files of the repository that git tracks or does not ignore, in the
// directories of paths; in all of them if there are none.
func Copy(root, dir string, paths ...string) error {
	args := append([]string{"ls-files", "-z", "--cached", "--others", "--exclude-standard", "--"}, paths...)
	cmd := exec.Command("git", args...)
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("git ls-files: %w", err)
	}
	for name := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		data, err := os.ReadFile(filepath.Join(root, name))
		if errors.Is(err, os.ErrNotExist) {
			continue // deleted but not committed
		}
		if err == nil {
			err = os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o777)
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), data, 0o666)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
