package output

import (
	"bytes"
	"io"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// diffs renders what the survey found as changes. Line ends are left out, since
// a checkout with CRLF would show every line as changed.
func (sv *survey) diffs(d disk) ([]Change, error) {
	var changes []Change
	for _, j := range sv.jobs {
		if j.status != 0 {
			changes = append(changes, newChange(j.name, j.status, j.old, toLF(j.Data)))
		}
	}
	for _, o := range sv.orphans {
		old, err := readAll(d, o.real)
		if err != nil {
			return nil, failed("read", o.name, err, "make it readable or delete it")
		}
		changes = append(changes, newChange(o.name, Orphaned, old, nil))
	}
	return changes, nil
}

// newChange names the sides as git does, so that patch and git apply read the
// diff: a/PATH, b/PATH, and /dev/null for the side that has no file.
func newChange(name string, status Status, old, wanted []byte) Change {
	rel := strings.TrimLeft(name, "/")
	from, to := "a/"+rel, "b/"+rel
	switch status {
	case Missing:
		from = "/dev/null"
	case Orphaned:
		to = "/dev/null"
	}
	return Change{name, status, diff.Diff(from, toLF(old), to, wanted)}
}

func readAll(d disk, name string) ([]byte, error) {
	f, err := d.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// toLF returns data with LF for CRLF.
func toLF(data []byte) []byte {
	return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
}

// Diff returns the difference between two texts of a file, unified, or nil.
func Diff(path string, old, data []byte) []byte {
	return newChange(display(path), Changed, old, toLF(data)).Diff
}
