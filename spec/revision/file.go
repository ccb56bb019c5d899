package revision

import (
	"context"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
)

// A File is one file of a revision.
type File struct {
	Name string // REV:PATH, the path being relative to the root of the repository
	Text string
	Dir  fs.FS // what else the revision has in the folder of the file
}

// File returns a file as it is in the revision; found is false if there is none.
// The path is one of this machine, whose folder must exist; if inRoot is set, it is
// relative to the root of the repository.
func (r *Revision) File(ctx context.Context, name string, inRoot bool) (file *File, found bool, err error) {
	within := path.Clean(filepath.ToSlash(name))
	dir := r.dir
	if !inRoot {
		dir = filepath.Dir(name)
		prefix, err := run(ctx, dir, "rev-parse", "--show-prefix")
		if err != nil {
			return nil, false, r.failure(ctx, err)
		}
		within = path.Join(strings.TrimSpace(string(prefix)), filepath.Base(name))
	}
	file = &File{
		Name: r.name + ":" + within,
		Dir:  &tree{ctx: ctx, dir: dir, commit: r.commit, root: path.Dir(within)},
	}
	text, found, err := r.blob(ctx, dir, within, "--full-tree")
	file.Text = string(text)
	return file, found, err
}
