// Paths are resolved before they are compared: two paths are the same file, or the
// same directory to lock, if they resolve to the same path.

package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// display returns a path as in results and errors.
func display(path string) string {
	return filepath.ToSlash(filepath.Clean(path))
}

// key returns a resolved path for comparison. It always folds case, so that a set
// that works on Linux also works on Windows and macOS.
func key(real string) string {
	return strings.ToLower(strings.ToUpper(real))
}

// resolveFile returns the absolute path, without symbolic links, of the file that a
// write to path replaces. The file need not exist.
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

// resolve resolves all elements of path except the last.
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

// resolveDir resolves a directory that need not exist. Missing elements at the end
// remain unchanged, because Mkdir will create them.
func resolveDir(d disk, abs string) (string, error) {
	real, err := d.EvalSymlinks(abs)
	if !errors.Is(err, fs.ErrNotExist) || filepath.Dir(abs) == abs {
		return real, err
	}
	switch info, err := d.Lstat(abs); {
	case err == nil && info.Mode()&fs.ModeSymlink != 0:
		return "", refusal("directory " + filepath.Base(abs) + " is a broken symbolic link")
	case err == nil: // another run has just created it
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
