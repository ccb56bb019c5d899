// The survey compares the set with the disk and determines all changes, without
// making any.

package output

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
)

// A survey is a set with its location on disk.
type survey struct {
	jobs    []*job // by path
	owned   []ownedDir
	keep    map[string]bool // keys of targets and of kept files
	orphans []orphan
}

// A job is one file of the set and its target.
type job struct {
	File
	name   string // for messages
	real   string // path to read and to replace: absolute, without symbolic links
	status Status // 0 if the file is unchanged
	old    []byte // nil if missing
	perm   fs.FileMode
	edited bool   // a file without a mark, of which Data replaces parts
	before []byte // its content for which they were generated
}

type ownedDir struct {
	Owned
	real string
}

type orphan struct{ name, real string }

// locate resolves all paths and checks that the set is consistent.
func locate(d disk, s Set) (*survey, error) {
	sv := &survey{keep: make(map[string]bool)}
	var errs []error
	for _, f := range s.Files {
		real, err := resolveFile(d, f.Path)
		errs = append(errs, err)
		sv.jobs = append(sv.jobs, &job{File: f, name: display(f.Path), real: real})
	}
	errs = append(errs, sv.edit(d, s.Edits)...)
	for _, o := range s.Owned {
		errs = append(errs, sv.own(d, o))
	}
	kept := make(map[string]bool) // each table lists the files of all others
	for _, path := range s.Keep {
		if kept[path] {
			continue
		}
		kept[path] = true
		real, err := resolve(d, path)
		if err != nil {
			errs = append(errs, failed("read", display(path), err, "check the directories of the path"))
		}
		sv.keep[key(real)] = true
	}
	slices.SortFunc(sv.jobs, func(a, b *job) int { return cmp.Compare(a.name, b.name) })
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return sv, errors.Join(sv.checkTargets()...)
}

// own adds a directory to search for orphans. It ignores paths that are not
// directories: if a file of the set is to be written there, that file reports the
// error.
func (sv *survey) own(d disk, o Owned) error {
	abs, err := filepath.Abs(o.Dir)
	if err == nil {
		abs, err = resolveDir(d, abs)
	}
	var info fs.FileInfo
	if err == nil {
		info, err = d.Lstat(abs)
	}
	switch {
	case errors.Is(err, ErrRefused): // a broken link
	case errors.Is(err, fs.ErrNotExist): // this run or another one will create it
		sv.owned = append(sv.owned, ownedDir{o, abs})
	case err != nil:
		return failed("read", display(o.Dir), err, "check the directories of the path")
	case info.IsDir():
		sv.owned = append(sv.owned, ownedDir{o, abs})
	}
	return nil
}

// checkTargets adds all targets to keep. It reports two files with the same path, a
// file whose path another one needs as a directory, and data that the next run
// would not recognize.
func (sv *survey) checkTargets() (errs []error) {
	taken := make(map[string]*job)
	for _, j := range sv.jobs {
		if other := taken[key(j.real)]; other != nil {
			errs = append(errs, refused(j.name, "two outputs write this file; the other is "+other.origin(),
				"give each output a different path; paths that differ only in case are the same file"))
		}
		if source, ok := MarkedBy(j.Data, j.Kind); !j.edited && (!ok || source != plain(j.Source)) {
			errs = append(errs, &Error{j.name, "write", errors.New("rendered " + j.Kind.String() + " has no generated-file marker"), "this is a bug in errspec; please report it"})
		}
		taken[key(j.real)] = j
		sv.keep[key(j.real)] = true
	}
	for _, j := range sv.jobs {
		for dir := filepath.Dir(j.real); dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
			if other := taken[key(dir)]; other != nil {
				errs = append(errs, refused(other.name, j.name+" needs a directory of this name", "give one of the outputs another name"))
			}
		}
	}
	return errs
}

// origin returns the name and the table of the file.
func (j *job) origin() string {
	if j.edited {
		return j.name + ", listed under inject:"
	}
	return j.name + " of " + j.Source
}

// dirs returns the directories that the run may change.
func (sv *survey) dirs() []string {
	var dirs []string
	for _, j := range sv.jobs {
		dirs = append(dirs, filepath.Dir(j.real))
	}
	for _, o := range sv.owned {
		dirs = append(dirs, o.real)
	}
	slices.Sort(dirs)
	return slices.Compact(dirs)
}

// inspect inspects all targets and owned directories and returns all errors.
func (sv *survey) inspect(d disk) error {
	var errs []error
	for _, j := range sv.jobs {
		errs = append(errs, j.inspect(d))
	}
	files := make(map[string][]fs.DirEntry)
	for _, o := range sv.owned {
		errs = append(errs, sv.findOrphans(d, o, files))
	}
	return errors.Join(errs...)
}

// inspect determines the status of one file, or refuses it.
func (j *job) inspect(d disk) error {
	info, err := d.Lstat(j.real)
	switch {
	case errors.Is(err, fs.ErrNotExist) && j.edited:
		return j.disturbed()
	case errors.Is(err, fs.ErrNotExist):
		j.status = Missing
		return nil
	case err != nil:
		return failed("read", j.name, err, "check the permissions of its directory")
	case info.IsDir():
		return refused(j.name, "it is a directory", "choose another file name")
	case !info.Mode().IsRegular(): // reading a pipe would block
		return refused(j.name, "not a regular file", "choose another file name")
	}
	j.perm = info.Mode().Perm()
	if j.edited {
		return j.inspectEdited(d)
	}
	if info.Size() == 0 { // nothing to lose; a system crash may leave an empty file
		j.status = Changed
		return nil
	}
	source, data, err := readMarked(d, j.real, []Kind{j.Kind})
	if err != nil {
		return failed("read", j.name, err, "make it readable or delete it")
	}
	if source == "" {
		return refused(j.name, "it was not generated by errspec", "move or delete that file, or choose another path")
	}
	if source != plain(j.Source) {
		return refused(j.name, "it was generated from "+source+", not "+plain(j.Source), "delete that file, or choose another directory")
	}
	j.Data = withHeader(j.Data, data, j.Kind)
	if !bytes.Equal(data, j.Data) && !bytes.Equal(toLF(data), j.Data) {
		j.status, j.old = Changed, data
	}
	return nil
}

// findOrphans adds the orphans of one owned directory. files caches the possible
// orphans by directory, because many tables may own the same one.
func (sv *survey) findOrphans(d disk, o ownedDir, files map[string][]fs.DirEntry) error {
	entries, read := files[o.real]
	if !read {
		var err error
		entries, err = d.ReadDir(o.real)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return failed("read", display(o.Dir), err, "check that it is a readable directory")
		}
		entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
			return !e.Type().IsRegular() || sv.keep[key(filepath.Join(o.real, e.Name()))]
		})
		files[o.real] = entries
	}
	for _, e := range entries {
		real, name := filepath.Join(o.real, e.Name()), display(filepath.Join(o.Dir, e.Name()))
		fits := slices.DeleteFunc(slices.Clone(o.Kinds), func(k Kind) bool { return !k.fits(e.Name()) })
		if len(fits) == 0 || sv.keep[key(real)] {
			continue
		}
		source, _, err := readMarked(d, real, fits)
		if errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist) {
			continue // an unreadable file may not be generated, and must not stop the run
		}
		if err != nil {
			return failed("read", name, err, "make it readable or move it away")
		}
		if source == plain(o.Source) && source != "" {
			sv.orphans = append(sv.orphans, orphan{name, real})
			sv.keep[key(real)] = true // list it once, even if it is owned twice
		}
	}
	return nil
}

// readMarked returns the source in the mark of a regular file, and its content. If
// the file has no mark of the kinds, source is "", and only the start of the file
// is read.
func readMarked(d disk, real string, kinds []Kind) (source string, data []byte, err error) {
	f, err := d.Open(real)
	if err != nil {
		return "", nil, err
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, headSize))
	if err != nil {
		return "", nil, err
	}
	for _, k := range kinds {
		if source, ok := MarkedBy(head, k); ok {
			rest, err := io.ReadAll(f)
			return source, append(head, rest...), err
		}
	}
	return "", nil, nil
}
