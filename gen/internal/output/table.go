// Tables belong to people: what is written here bears no mark.

package output

import (
	"errors"
	"io/fs"
)

// Create writes a file that is not there yet. It refuses, with an *[Error], to
// touch one that is.
func Create(path string, data []byte) error { return create(osDisk{}, path, data) }

func create(d disk, path string, data []byte) error {
	name := display(path)
	f, err := d.Create(path, newPerm)
	if errors.Is(err, fs.ErrExist) {
		return refused(name, "the file exists", "delete it first, or choose another name")
	}
	if err != nil {
		return failed("write", name, err, nothingChanged)
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		err = errors.Join(err, d.Remove(path)) // what is not whole is not there
		return failed("write", name, err, nothingChanged)
	}
	return nil
}
