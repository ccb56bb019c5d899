// Where a path of the set leads: two paths are the same file, or the same
// directory to lock, exactly if they lead to the same place.

package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// display is how results and errors name a path.
func display(path string) string {
	return filepath.ToSlash(filepath.Clean(path))
}

// key makes resolved paths comparable. Case is folded everywhere and not only
// where the file system does, so that a set that works on Linux also works in
// the checkouts of people on Windows and macOS.
func key(real string) string {
	return strings.ToLower(strings.ToUpper(real))
}

// resolveFile returns the absolute path, free of symbolic links, of the file
// that a write to path has to replace. The file need not exist.
func resolveFile(d disk, path string) (string, error) {
	if path == "" || os.IsPathSeparator(path[len(path)-1]) {
		return "", refused(path, "path is a directory", "use a file name")
	}
	name := display(path)
	real, err := resolve(d, path)
	if err != nil {
		return "", failed("write", name, err, "check the directories of the path")
	}
	info, err := d.Lstat(real)
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		real, err = d.EvalSymlinks(real)
		if errors.Is(err, fs.ErrNotExist) {
			return "", refused(name, "broken symbolic link", "delete the link, or create the file it points to")
		}
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", failed("read", name, err, "check the directories and links of the path")
	}
	return real, nil
}

// resolve resolves all of path but its last element.
func resolve(d disk, path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	dir, err := resolveDir(d, filepath.Dir(abs))
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, filepath.Base(abs)), nil
}

// resolveDir resolves a directory that need not exist: what is missing at the
// end will be made by plain Mkdir, so it stands as it is.
func resolveDir(d disk, abs string) (string, error) {
	real, err := d.EvalSymlinks(abs)
	if !errors.Is(err, fs.ErrNotExist) || filepath.Dir(abs) == abs {
		return real, err
	}
	switch info, err := d.Lstat(abs); {
	case err == nil && info.Mode()&fs.ModeSymlink != 0:
		return "", refusal("directory " + filepath.Base(abs) + " is a broken symbolic link")
	case err == nil: // another run has made it just now
		return d.EvalSymlinks(abs)
	case !errors.Is(err, fs.ErrNotExist):
		return "", err
	}
	parent, err := resolveDir(d, filepath.Dir(abs))
	if err != nil {
		return "", err
	}
	return filepath.Join(parent, filepath.Base(abs)), nil
}
