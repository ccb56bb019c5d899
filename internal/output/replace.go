package output

import (
	"bytes"
	"context"
	"path/filepath"
)

// Replace puts new content in the place of what a file holds, in one step. The
// file is a person's own and has no mark; it must still hold old, so that nothing
// is lost that was written meanwhile. Permission bits and symbolic links stay.
// Failures are of type *[Error].
func Replace(ctx context.Context, path string, old, data []byte) error {
	return replace(ctx, osDisk{}, path, old, data)
}

func replace(ctx context.Context, d disk, path string, old, data []byte) error {
	real, err := resolveFile(d, path)
	if err != nil {
		return err
	}
	held, err := lockDirs(ctx, lockRoots(), []string{filepath.Dir(real)})
	if err != nil {
		return err
	}
	defer held.unlock()
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
	st, err := held.stage(ctx, d, []*job{j})
	if err != nil {
		return err
	}
	_, err = st.commit(nil)
	return err
}
