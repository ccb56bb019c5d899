// Package fileproxy publishes modules in a directory that is used as a GOPROXY, so that
// unreleased modules can be downloaded like released ones.
package fileproxy

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"
	"golang.org/x/mod/zip"
)

// Dir is a directory with the layout of the module proxy protocol of the go command.
type Dir string

// URL returns the value of GOPROXY for the directory.
func (d Dir) URL() string {
	slashed := filepath.ToSlash(string(d))
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // a Windows volume
	}
	return "file://" + slashed
}

// PublishWorkTree publishes the module in the directory sub of the git work tree at root,
// as if the whole work tree were committed and tagged. It skips ignored files and
// nested modules. A module without a license gets the license of the repository.
func (d Dir) PublishWorkTree(root, sub, version string) error {
	dir := filepath.Join(root, sub)
	names, err := Tracked(dir)
	if err != nil {
		return err
	}
	files := filesOf(dir, names)
	if !slices.Contains(names, "LICENSE") {
		files = append(files, file{name: "LICENSE", from: filepath.Join(root, "LICENSE")})
	}
	return d.publish(dir, version, files)
}

// Publish publishes the module in dir with all of its files.
func (d Dir) Publish(dir, version string) error {
	var names []string
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err = filepath.Rel(dir, name)
		names = append(names, filepath.ToSlash(name))
		return err
	})
	if err != nil {
		return err
	}
	return d.publish(dir, version, filesOf(dir, names))
}

// Tracked returns the files in the directory tree that git tracks or would add, with
// slashes and relative to dir.
func Tracked(dir string) ([]string, error) {
	cmd := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			return nil, fmt.Errorf("git ls-files in %s: %w: %s", dir, err, exit.Stderr)
		}
		return nil, err
	}
	var names []string
	for name := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		if _, err := os.Lstat(filepath.Join(dir, name)); !errors.Is(err, fs.ErrNotExist) {
			names = append(names, name)
		}
	}
	return names, nil
}

// publish writes the three files of a version, and the list of versions.
func (d Dir) publish(dir, version string, files []zip.File) error {
	mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		return err
	}
	id := module.Version{Path: modfile.ModulePath(mod), Version: version}
	escaped, err := module.EscapePath(id.Path)
	if err != nil {
		return err
	}
	var archive bytes.Buffer
	if err := zip.Create(&archive, id, files); err != nil {
		return err
	}
	info, err := json.Marshal(map[string]string{"Version": version, "Time": "2026-01-01T00:00:00Z"})
	if err != nil {
		return err
	}
	in := filepath.Join(string(d), filepath.FromSlash(escaped), "@v")
	if err := os.MkdirAll(in, 0o777); err != nil {
		return err
	}
	for ending, data := range map[string][]byte{".info": info, ".mod": mod, ".zip": archive.Bytes()} {
		if err := os.WriteFile(filepath.Join(in, version+ending), data, 0o666); err != nil {
			return err
		}
	}
	return writeVersions(in)
}

// writeVersions writes the list of versions in a directory, and the latest one.
func writeVersions(in string) error {
	found, err := filepath.Glob(filepath.Join(in, "*.info"))
	if err != nil {
		return err
	}
	var versions []string
	for _, name := range found {
		versions = append(versions, strings.TrimSuffix(filepath.Base(name), ".info"))
	}
	semver.Sort(versions)
	list := strings.Join(versions, "\n") + "\n"
	if err := os.WriteFile(filepath.Join(in, "list"), []byte(list), 0o666); err != nil {
		return err
	}
	latest, err := os.ReadFile(filepath.Join(in, versions[len(versions)-1]+".info"))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(in, "..", "@latest"), latest, 0o666)
}

// file is a file of a module, with its name in the module and its path on disk.
type file struct{ name, from string }

func (f file) Path() string                 { return f.name }
func (f file) Lstat() (fs.FileInfo, error)  { return os.Lstat(f.from) }
func (f file) Open() (io.ReadCloser, error) { return os.Open(f.from) }

func filesOf(dir string, names []string) []zip.File {
	var files []zip.File
	for _, name := range names {
		files = append(files, file{name: path.Clean(name), from: filepath.Join(dir, filepath.FromSlash(name))})
	}
	return files
}
