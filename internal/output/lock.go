// Locks exclude concurrent runs. Each directory that a run may change has a lock
// file in the user's cache. A run keeps all of its locks from its first read of the
// disk to its last change.

package output

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/rogpeppe/go-internal/lockedfile"

	"github.com/errspec/errspec/internal/lazyregexp"
)

// lockRoots returns the directories for lock files, in order of preference. The
// second one is used if there is no writable home directory, as in build sandboxes.
// Its name contains the user's ID, because users cannot lock in directories of
// others.
func lockRoots() []string {
	var roots []string
	if cache, err := os.UserCacheDir(); err == nil {
		roots = append(roots, filepath.Join(cache, "errspec", "locks"))
	}
	return append(roots, filepath.Join(os.TempDir(), fmt.Sprintf("errspec-locks-%d", os.Getuid())))
}

// A hold represents the locks of a run.
type hold struct {
	root   string // unique name of the directory of the lock files
	unlock func()
}

// lockDirs locks all of dirs, in the first root where that is possible.
func lockDirs(ctx context.Context, roots, dirs []string) (*hold, error) {
	names := lockNames(dirs)
	var errs []error
	for _, root := range roots {
		h, err := lockIn(ctx, root, names)
		if err == nil {
			return h, nil
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		errs = append(errs, failed("lock", display(root), err, "set XDG_CACHE_HOME or TMPDIR to a writable directory"))
	}
	return nil, errors.Join(errs...)
}

// lockNames returns the lock files of dirs without duplicates, in the same order
// for every run. The order prevents deadlocks. A second lock on the same file would
// wait for the first.
func lockNames(dirs []string) []string {
	var names []string
	for _, dir := range dirs {
		sum := sha256.Sum256([]byte(key(dir)))
		names = append(names, hex.EncodeToString(sum[:16])+".lock")
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// lockIn takes all locks or none. It does not remove lock files, which are empty:
// if another run waits for a removed file, two runs can have the same lock.
func lockIn(ctx context.Context, root string, names []string) (*hold, error) {
	if err := os.MkdirAll(root, 0o700); err != nil {
		return nil, err
	}
	rootName, err := nameOf(root)
	if err != nil {
		return nil, err
	}
	var unlocks []func()
	release := func() {
		for _, unlock := range slices.Backward(unlocks) {
			unlock()
		}
	}
	for _, name := range names {
		unlock, err := lock(ctx, filepath.Join(root, name))
		if err != nil {
			release()
			return nil, err
		}
		unlocks = append(unlocks, unlock)
	}
	return &hold{rootName, release}, nil
}

// nameOf returns the random name of a directory of lock files. The name is stored
// in a file there. The path is not sufficient, because two containers may have the
// same cache path and share the directories of the outputs.
func nameOf(root string) (name string, err error) {
	err = lockedfile.Transform(filepath.Join(root, "name"), func(old []byte) ([]byte, error) {
		if name = string(old); rootName.MatchString(name) {
			return old, nil
		}
		name = randomName()
		return []byte(name), nil
	})
	return name, err
}

var rootName = lazyregexp.New(`^[0-9a-z]{1,13}$`)

// randomName returns a name of at most 13 characters.
func randomName() string { return strconv.FormatUint(rand.Uint64(), 36) }

// lock waits for one lock or for the end of ctx. The system call cannot be
// interrupted. If ctx ends first, the lock is released as soon as the call returns.
func lock(ctx context.Context, path string) (unlock func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	type result struct {
		unlock func()
		err    error
	}
	got := make(chan result, 1)
	go func() {
		unlock, err := lockedfile.MutexAt(path).Lock()
		got <- result{unlock, err}
	}()
	select {
	case r := <-got:
		return r.unlock, r.err
	case <-ctx.Done():
		go func() {
			if r := <-got; r.err == nil {
				r.unlock()
			}
		}()
		return nil, ctx.Err()
	}
}
