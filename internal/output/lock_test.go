package output

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestLockNames(t *testing.T) {
	a, b := filepath.Join("x", "gen"), filepath.Join("x", "docs")
	names := lockNames([]string{b, a})
	if len(names) != 2 || !slices.IsSorted(names) || !slices.Equal(names, lockNames([]string{a, b, strings.ToUpper(a), b})) {
		t.Errorf("lock names %v: want two, sorted, the same in any order and case", names)
	}
}

// Two names of one directory must have the same lock.
func TestLinkedDirectoryHasOneLock(t *testing.T) {
	root := t.TempDir()
	put(t, root, map[string]string{"real/": ""})
	symlink(t, "real", filepath.Join(root, "link"))
	names := make([][]string, 2)
	for i, dir := range []string{"real", "link"} {
		sv, err := locate(osDisk{}, Set{
			Files: []File{file(root, dir+"/missing/a.go", "x")},
			Owned: []Owned{{filepath.Join(root, dir), table, nil}},
		})
		if err != nil {
			t.Fatal(err)
		}
		names[i] = lockNames(sv.dirs())
	}
	if !slices.Equal(names[0], names[1]) || len(names[0]) != 2 {
		t.Errorf("lock names differ: %v and %v", names[0], names[1])
	}
}

func TestLockRootFallback(t *testing.T) {
	root := t.TempDir()
	put(t, root, map[string]string{"file": ""})
	bad, good := filepath.Join(root, "file", "locks"), filepath.Join(root, "good")
	held, err := lockDirs(context.Background(), []string{bad, good}, []string{"a", "b"})
	if err != nil {
		t.Fatal(err)
	}
	held.unlock()
	if got := len(tree(t, good)); got != 3 {
		t.Errorf("%d files in the second root, want two locks and its name", got)
	}
	_, err = lockDirs(context.Background(), []string{bad, bad}, []string{"a"})
	if e := asError(t, err); e.Op != "lock" || e.Path != display(bad) {
		t.Errorf("error = %v", err)
	}
}

func TestLockWithoutHome(t *testing.T) {
	for _, name := range []string{"HOME", "XDG_CACHE_HOME", "LocalAppData"} {
		t.Setenv(name, "")
	}
	if roots := lockRoots(); len(roots) != 1 || !strings.HasPrefix(roots[0], os.TempDir()) {
		t.Errorf("lock roots without a home: %v", roots)
	}
}

// signalContext reports when a function starts to wait for it.
type signalContext struct {
	context.Context
	waiting func()
}

func (c signalContext) Done() <-chan struct{} {
	c.waiting()
	return c.Context.Done()
}

// A run must wait for the lock of another run, stop waiting if its context is done,
// and then release the lock.
func TestWaitForLockEndsWithContext(t *testing.T) {
	root := t.TempDir()
	s := Set{Files: []File{file(root, "gen/a.go", "x"), file(root, "docs/a.md", "x")}}
	sv, err := locate(osDisk{}, s)
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range lockNames(sv.dirs()) { // the run waits for its first lock, and then for its second
		held, err := lockIn(context.Background(), lockRoots()[0], []string{name})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		waits := 0
		_, err = Write(signalContext{ctx, func() {
			if waits++; waits == i+1 {
				cancel()
			}
		}}, s)
		if err != context.Canceled {
			t.Errorf("error = %v, want context.Canceled", err)
		}
		sameTree(t, tree(t, root), map[string]string{})
		held.unlock()
	}
	mustWrite(t, s) // hangs if a lock was not released
}
