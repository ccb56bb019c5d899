package output

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/errspec/errspec/spec/diag"
)

// diffs returns the findings of the survey as changes. It ignores line ends,
// because in a checkout with CRLF every line would be changed.
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

// newChange names the files like git, so that patch and git apply can read the
// diff: a/PATH, b/PATH, and /dev/null for a file that does not exist.
func newChange(name string, status Status, old, wanted []byte) Change {
	rel := strings.TrimLeft(name, "/")
	from, to := quoteName("a/"+rel), quoteName("b/"+rel)
	switch status {
	case Missing:
		from = "/dev/null"
	case Orphaned:
		to = "/dev/null"
	}
	return Change{name, status, diff.Diff(from, toLF(old), to, wanted)}
}

// quoteName quotes a file name for a diff as git and patch do. If it contains
// control characters or bytes that are not text, it is quoted and these bytes are
// octal numbers.
func quoteName(name string) string {
	plain := func(r rune) bool { return r != '"' && r != '\\' && r != utf8.RuneError && !diag.IsHostile(r) }
	if !strings.ContainsFunc(name, func(r rune) bool { return !plain(r) }) {
		return name
	}
	var b strings.Builder
	b.WriteByte('"')
	for i := 0; i < len(name); {
		r, size := utf8.DecodeRuneInString(name[i:])
		switch {
		case r == '"' || r == '\\':
			b.WriteString("\\" + string(r))
		case plain(r):
			b.WriteRune(r)
		default:
			for _, c := range []byte(name[i : i+size]) {
				fmt.Fprintf(&b, "\\%03o", c)
			}
		}
		i += size
	}
	return b.String() + `"`
}

func readAll(d disk, name string) ([]byte, error) {
	f, err := d.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// toLF returns data with LF instead of CRLF.
func toLF(data []byte) []byte {
	return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
}

// Diff returns the unified diff of two texts of a file, or nil if they are equal.
func Diff(path string, old, data []byte) []byte {
	return newChange(display(path), Changed, old, toLF(data)).Diff
}
