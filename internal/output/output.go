// Package output is the one place of errspec that writes. The emitters are
// pure and hand over bytes; [Write] brings them to disk and [Check] says what
// Write would do.
//
// # Whose file is it
//
// Everything errspec makes carries a mark that names the table it came from:
// a comment in Go, Markdown and HTML, a key in JSON (see [Mark]). Comments above it,
// such as those for a license, are their authors' and stay. The mark decides every question of ownership. A file without it,
// with the mark of another table, or that is no regular file is never
// overwritten (an empty one is, since nothing is lost): both functions report it as an [Error] that matches
// [ErrRefused], for all files of the set at once. A mark names the base name of
// a table, so two tables of one name must not share a directory.
//
// A file that carries the mark of an owned source and kind, lies directly in an
// owned directory ([Owned]) and is not part of the set is an orphan, left from
// a code or an option that is gone. Write removes it. [Set.Keep] protects the
// files of neighbouring outputs, and a directory that becomes empty stays.
//
// Of other people's files, only the parts that an [Edit] names are replaced; the
// rest stays byte for byte. If such a file is no longer as it was when the edit was
// made, it is left as it is, with an [Error].
//
// # What Write promises
//
//   - Every target holds its whole old or its whole new content at any moment,
//     also when the process is killed or the disk is full. New content is
//     staged beside its target; when all of it is there, one rename
//     after another puts it in place, and orphans go last.
//   - An error before the first rename changes nothing. An error or a kill
//     among the renames leaves some files new and some old, each whole; the
//     next Write finishes the job and removes what a killed one left behind.
//   - A file that is right already is not touched: its inode and modification
//     time stay. Line ends do not count, so that a checkout by Git with
//     core.autocrlf is not rewritten.
//   - Permission bits of existing files are kept, and a target that is a
//     symbolic link stays one: the file it points to is replaced. Hard links
//     to a replaced file keep the old content.
//   - Runs at the same time, of one user on one machine, on any shared
//     directory follow one another: the result is all from one of them. Locks
//     live in the user's cache directory, never beside the outputs. Runs with
//     different cache directories do not wait for each other, but each leaves
//     the temporary files of the others alone.
//
// Check takes no lock and writes nothing at all, so that it works where nothing
// can be written.
package output

import (
	"cmp"
	"context"
	"slices"
)

// A File is one rendered file.
type File struct {
	Path   string // the target, absolute or relative to the process's directory
	Kind   Kind
	Source string // base name of the table it came from, such as "evolink.yaml"
	Data   []byte // with the [Mark] of Kind and Source in it, lines ended by LF
}

// A Set is everything that one run wants on disk.
type Set struct {
	Files []File

	// Owned lists where to look for orphans.
	Owned []Owned

	// Edits are changes of files that belong to somebody else.
	Edits []Edit

	// Keep names files of other outputs of the same configuration, which are
	// never orphans. They need not exist.
	Keep []string
}

// An Edit replaces parts of a file that bears no mark. Several edits of one file are
// carried out together.
type Edit struct {
	Path  string
	Old   []byte // what the file held when the parts were made
	Parts []Part
}

// A Part is what is between two offsets of a file, and what is to stand there.
type Part struct {
	Start, End int
	New        []byte
}

// Owned says that a file in Dir with the mark of Source and one of Kinds is an
// orphan unless the set holds it. Directories below Dir are not looked into.
// As a second guard against removing what a person put there (codes.go.orig),
// the name has to end like one of the kind: .go, .md, .markdown, .mdx, .html, .htm
// or .json.
type Owned struct {
	Dir    string
	Source string
	Kinds  []Kind
}

// Status says how a file on disk differs from the set.
type Status uint8

const (
	Missing  Status = iota + 1 // not there; Write creates it
	Changed                    // there with other content; Write replaces it
	Orphaned                   // there and not wanted; Write removes it
)

// String returns the status in lower case, as findings print it.
func (s Status) String() string {
	return enumName("Status", []string{Missing: "missing", Changed: "changed", Orphaned: "orphaned"}, uint8(s))
}

// A Change is one file that Write wrote or removed, or would.
type Change struct {
	Path   string // as the set gave it, cleaned, with forward slashes
	Status Status
	Diff   []byte // from [Check] only: unified, from the disk to what Write would leave
}

// Write brings the disk to what the set wants and returns what it created,
// replaced and removed, sorted by path. Failures are of type *[Error], several
// refusals joined; with a failure among the renames come the changes done so
// far. A done ctx ends the wait for another run's lock and everything up to the
// first rename; from there on the work is finished, since stopping would only
// leave a mixture.
func Write(ctx context.Context, s Set) ([]Change, error) {
	return write(ctx, osDisk{}, s)
}

func write(ctx context.Context, d disk, s Set) ([]Change, error) {
	sv, err := locate(d, s)
	if err != nil {
		return nil, err
	}
	held, err := lockDirs(ctx, lockRoots(), sv.dirs())
	if err != nil {
		return nil, err
	}
	defer held.unlock()
	if err := sv.inspect(d); err != nil {
		return nil, err
	}
	if err := held.sweep(ctx, d, sv.dirs()); err != nil {
		return nil, err
	}
	st, err := held.stage(ctx, d, sv.jobs)
	if err != nil {
		return nil, err
	}
	done, err := st.commit(sv.orphans)
	return sortChanges(done), err
}

// Check returns what Write would do, sorted by path, and changes nothing. Where
// Write would refuse, Check returns the same error, beside the changes of the
// files it could compare.
func Check(s Set) ([]Change, error) {
	return check(osDisk{}, s)
}

func check(d disk, s Set) ([]Change, error) {
	sv, err := locate(d, s)
	if err != nil {
		return nil, err
	}
	refused := sv.inspect(d)
	changes, err := sv.diffs(d)
	if err != nil {
		return nil, err
	}
	return sortChanges(changes), refused
}

func sortChanges(changes []Change) []Change {
	slices.SortFunc(changes, func(a, b Change) int { return cmp.Compare(a.Path, b.Path) })
	return changes
}
