// Package output is the only package of errspec that writes files. Emitters return
// bytes, [Write] writes them to disk, and [Check] reports the changes that Write
// would make.
//
// # Generated files
//
// Everything that errspec generates has a mark that names the table: a comment in
// source code, Markdown and HTML, a key in JSON (see [Mark]). Comments above it, such as license
// notices, belong to the user and are preserved. Write and Check never overwrite a file
// without a mark, with the mark of another table, or that is not a regular file. They
// report all such files of the set together, each as an [Error] that matches
// [ErrRefused]. Empty files are overwritten, since nothing is lost. A mark contains the
// base name of a table, so two tables of the same name must not share a directory.
//
// A file is an orphan if it has the mark of an owned source and kind, is directly in an
// owned directory ([Owned]) and is not in the set. It remains from a code or an option
// that was removed. Write removes it. [Set.Keep] protects the files of other outputs.
// Empty directories are kept.
//
// In other files, Write replaces only the parts that an [Edit] specifies, and preserves
// all other bytes. If such a file was changed after it was read, Write leaves it
// unchanged and returns an [Error].
//
// # Guarantees of Write
//
//   - Every target has its complete old or its complete new content at any time, even if
//     the process is killed or the disk is full. Write first writes all new content to
//     temporary files next to the targets. It then renames one file after another, and
//     finally removes orphans.
//   - An error before the first rename changes nothing. After an error or a kill between
//     renames, some files are new and some are old, and all are complete. The next Write
//     replaces the others and removes temporary files of the killed one.
//   - An unchanged file is not touched: it keeps its inode and modification time. Line
//     ends are ignored, so that a checkout by Git with core.autocrlf is not rewritten.
//   - Existing files keep their permission bits. If a target is a symbolic link, it
//     remains one, and the file that it points to is replaced. Hard links to a replaced
//     file keep the old content.
//   - Concurrent runs of one user on one machine that share a directory run one after
//     another: all files are from the same run. Lock files are in the user's cache
//     directory, never next to the outputs. Runs with different cache directories do not
//     wait for each other, but do not change each other's temporary files.
//
// Check takes no lock and writes nothing, so that it works on read-only disks.
package output

import (
	"cmp"
	"context"
	"slices"
)

// A File is one rendered file.
type File struct {
	Path   string // target, absolute or relative to the current directory
	Kind   Kind
	Source string // base name of its table, such as "evolink.yaml"
	Data   []byte // contains the [Mark] of Kind and Source; line ends are LF
}

// A Set contains all outputs of one run.
type Set struct {
	Files []File

	// Owned lists the directories that are searched for orphans.
	Owned []Owned

	// Edits are changes of files that errspec did not generate.
	Edits []Edit

	// Keep lists files of other outputs of the same configuration. They are never
	// orphans, and need not exist.
	Keep []string
}

// An Edit replaces parts of a file without a mark. Several edits of one file are
// applied together.
type Edit struct {
	Path  string
	Old   []byte // content of the file for which the parts were generated
	Parts []Part
}

// A Part is a range of a file and its new content.
type Part struct {
	Start, End int
	New        []byte
}

// Owned defines the orphans of a directory: files in Dir with the mark of Source
// and one of Kinds that are not in the set. Subdirectories are ignored. To protect
// copies that users made (codes.go.orig), orphans must also have an extension of
// the kind: .go, .md, .markdown, .mdx, .html, .htm, .json, .ts, .mts, .js or .mjs.
type Owned struct {
	Dir    string
	Source string
	Kinds  []Kind
}

// Status is the difference between a file on disk and the set.
type Status uint8

const (
	Missing  Status = iota + 1 // does not exist; Write creates it
	Changed                    // has other content; Write replaces it
	Orphaned                   // is no longer generated; Write removes it
)

// String returns the status in lower case, as in findings.
func (s Status) String() string {
	return enumName("Status", []string{Missing: "missing", Changed: "changed", Orphaned: "orphaned"}, uint8(s))
}

// A Change is one file that Write wrote or removed, or would write or remove.
type Change struct {
	Path   string // as in the set, cleaned, with forward slashes
	Status Status
	Diff   []byte // unified diff to the content that Write would write; only set by [Check]
}

// Write writes the set to disk. It returns the files that it created, replaced and
// removed, sorted by path. Errors are of type *[Error]; several refusals are
// joined. If a rename fails, Write also returns the changes made so far. If ctx is
// done, Write stops waiting for locks, and stops before the first rename. After
// that it ignores ctx, because stopping would leave a mixture of old and new files.
func Write(ctx context.Context, s Set) ([]Change, error) {
	return write(ctx, osDisk{}, s)
}

func write(ctx context.Context, d disk, s Set) ([]Change, error) {
	sv, err := locate(d, s)
	if err != nil {
		return nil, err
	}
	locks, err := lockDirs(ctx, lockRoots(), sv.dirs())
	if err != nil {
		return nil, err
	}
	defer locks.unlock()
	if err := sv.inspect(d); err != nil {
		return nil, err
	}
	if err := locks.sweep(ctx, d, sv.dirs()); err != nil {
		return nil, err
	}
	st, err := locks.stage(ctx, d, sv.jobs)
	if err != nil {
		return nil, err
	}
	done, err := st.commit(sv.orphans)
	return sortChanges(done), err
}

// Check returns the changes that Write would make, sorted by path, and writes
// nothing. If Write would refuse, Check returns the same error, and the changes of
// the files that it could compare.
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
