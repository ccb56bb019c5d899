package output

import (
	"bytes"
	"context"
	"path/filepath"
)

// Replace atomically replaces the content of a file without a mark. If its content
// is no longer old, Replace returns an error, so that later changes are not lost.
// Permission bits and symbolic links are preserved. Errors are of type *[Error].
func Replace(ctx context.Context, path string, old, data []byte) error {
	return replace(ctx, osDisk{}, path, old, data)
}

func replace(ctx context.Context, d disk, path string, old, data []byte) error {
	real, err := resolveFile(d, path)
	if err != nil {
		return err
	}
	locks, err := lockDirs(ctx, lockRoots(), []string{filepath.Dir(real)})
	if err != nil {
		return err
	}
	defer locks.unlock()
	j := &job{File: File{Path: path, Data: data}, name: display(path), real: real, status: Changed}
	info, err := d.Lstat(real)
	if err != nil {
		return failed("read", j.name, err, nothingChanged)
	}
	if !info.Mode().IsRegular() {
		return refused(j.name, "not a regular file", "use a regular file")
	}
	j.perm = info.Mode().Perm()
	now, err := readAll(d, real)
	if err != nil {
		return failed("read", j.name, err, nothingChanged)
	}
	if !bytes.Equal(now, old) {
		return refused(j.name, "file changed after it was read", "run the command again")
	}
	st, err := locks.stage(ctx, d, []*job{j})
	if err != nil {
		return err
	}
	_, err = st.commit(nil)
	return err
}
