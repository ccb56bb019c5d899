// New tables are edited by hand, so they have no mark.

package output

import (
	"errors"
	"io/fs"
	"slices"
)

// Create writes new files without a mark, for users to edit. If one of them exists
// or cannot be written, Create writes none. Errors are of type *[Error]; refusals
// of several files are joined.
func Create(files map[string][]byte) error { return create(osDisk{}, files) }

func create(d disk, files map[string][]byte) error {
	var names []string
	var there []error
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if _, err := d.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
			there = append(there, exists(name, err))
		}
	}
	if len(there) > 0 {
		return errors.Join(there...)
	}
	var made []string
	for _, name := range names {
		err := createFile(d, name, files[name])
		if err == nil {
			made = append(made, name)
			continue
		}
		for _, name := range made {
			d.Remove(name)
		}
		if errors.Is(err, fs.ErrExist) {
			return exists(name, nil)
		}
		return failed("write", display(name), err, nothingChanged)
	}
	return nil
}

// exists returns the error for a file that exists. err is the error of checking
// that.
func exists(name string, err error) error {
	if err != nil {
		return failed("read", display(name), err, nothingChanged)
	}
	return refused(display(name), "file exists", "delete it or use another name; nothing was written")
}

func createFile(d disk, name string, data []byte) error {
	f, err := d.Create(name, newPerm)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		d.Remove(name)
	}
	return err
}
