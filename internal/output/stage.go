// Writing has two steps: all new content is written to temporary files, which are
// then renamed. Common failures, such as a full disk or missing permissions, occur in
// the first step.

package output

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"
)

const (
	tempBefore = ".errspec-"
	tempAfter  = ".tmp"
	newPerm    = fs.FileMode(0o644)

	nothingChanged = "nothing was changed; fix the cause and run the command again"
)

// abandoned is the age after which a temporary file is removed even if other locks
// protect it. Staging takes seconds.
const abandoned = 24 * time.Hour

// sweep removes temporary files of killed runs. Runs that lock in the same
// directory cannot be using them. Files of runs that lock elsewhere are recognized
// by name, and kept for a day.
func (h *hold) sweep(ctx context.Context, d disk, dirs []string) error {
	for _, dir := range dirs {
		if err := ctx.Err(); err != nil {
			return err
		}
		entries, err := d.ReadDir(dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return failed("read", display(dir), err, "check that it is a readable directory")
		}
		for _, e := range entries {
			temp := strings.HasPrefix(e.Name(), tempBefore) && strings.HasSuffix(e.Name(), tempAfter)
			if !temp || !e.Type().IsRegular() || !h.owns(e.Name()) && !isAbandoned(e) {
				continue
			}
			name := filepath.Join(dir, e.Name())
			if err := d.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return failed("remove", display(name), err, "delete this temporary file, left by an interrupted run")
			}
		}
	}
	return nil
}

// owns reports whether a temporary file is from a run with locks in the same
// directory.
func (h *hold) owns(temp string) bool { return strings.HasPrefix(temp, tempBefore+h.root+"-") }

func isAbandoned(e fs.DirEntry) bool {
	info, err := e.Info()
	return err == nil && time.Since(info.ModTime()) > abandoned
}

// A staging is a set of temporary files that are ready to be renamed.
type staging struct {
	d     disk
	root  string // see hold
	files []staged
	dirs  []string // created directories, parents first
}

type staged struct {
	*job
	temp string
}

// stage writes changed content to temporary files next to the targets. It removes
// them if there is an error.
func (h *hold) stage(ctx context.Context, d disk, jobs []*job) (*staging, error) {
	st := &staging{d: d, root: h.root}
	for _, j := range jobs {
		if j.status == 0 {
			continue
		}
		if err := ctx.Err(); err != nil {
			st.discard()
			return nil, err
		}
		if err := st.add(j); err != nil {
			st.discard()
			return nil, failed("write", j.name, err, nothingChanged)
		}
	}
	if err := ctx.Err(); err != nil {
		st.discard()
		return nil, err
	}
	return st, nil
}

// add stages one file. The temporary file is in the directory of the target,
// because a rename requires the same file system.
func (st *staging) add(j *job) error {
	dir := filepath.Dir(j.real)
	if err := st.mkdir(dir); err != nil {
		return err
	}
	perm := newPerm
	if j.status == Changed {
		perm = j.perm
	}
	temp := filepath.Join(dir, tempBefore+st.root+"-"+randomName()+tempAfter)
	f, err := st.d.Create(temp, perm)
	if err != nil {
		return err
	}
	st.files = append(st.files, staged{j, temp})
	return errors.Join(fill(f, j), f.Close())
}

// fill writes the content of a file. Generated files are not flushed: flushing
// takes several times as long as everything else, and the next run can generate
// lost content again. For a new file the umask applies. A file that replaces
// another one gets its permission bits.
func fill(f tempFile, j *job) error {
	if _, err := f.Write(j.Data); err != nil {
		return err
	}
	if j.edited {
		if err := f.Sync(); err != nil {
			return err
		}
	}
	if j.status == Changed {
		return f.Chmod(j.perm)
	}
	return nil
}

// mkdir creates dir and its missing parents, and records them.
func (st *staging) mkdir(dir string) error {
	_, err := st.d.Lstat(dir)
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := st.mkdir(filepath.Dir(dir)); err != nil {
		return err
	}
	err = st.d.Mkdir(dir)
	if errors.Is(err, fs.ErrExist) { // a concurrent run created it first
		return nil
	}
	if err == nil {
		st.dirs = append(st.dirs, dir)
	}
	return err
}

// discard removes temporary files, and the directories created for them. It ignores
// errors: renamed files no longer exist, directories in use are not empty, an error
// is being returned already, and the next run sweeps.
func (st *staging) discard() {
	for _, f := range st.files {
		st.d.Remove(f.temp)
	}
	for i := len(st.dirs) - 1; i >= 0; i-- {
		st.d.Remove(st.dirs[i])
	}
}

// commit renames temporary files and then removes orphans, so that an interrupted
// run leaves too many files and not too few. It returns the changes that it made,
// even with an error.
func (st *staging) commit(orphans []orphan) (done []Change, err error) {
	for _, f := range st.files {
		if err := st.d.Rename(f.temp, f.real); err != nil {
			st.discard()
			return done, failed("replace", f.name, err, partly(len(done), len(st.files)))
		}
		done = append(done, Change{Path: f.name, Status: f.status})
	}
	for _, o := range orphans {
		err := st.d.Remove(o.real)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return done, failed("remove", o.name, err, "all files were written; delete this orphaned file")
		}
		done = append(done, Change{Path: o.name, Status: Orphaned})
	}
	return done, nil
}

func partly(done, all int) string {
	if done == 0 {
		return nothingChanged
	}
	return fmt.Sprintf("%d of %d files were replaced, the others are unchanged; fix the cause and run the command again", done, all)
}
