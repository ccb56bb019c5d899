package output

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/errspec/errspec/internal/longtest"
)

const (
	checkOps = "evalsymlinks lstat open read readdir"
	writeOps = "chmod close create evalsymlinks lstat mkdir open read readdir remove rename sync write"
)

// operationStep is the number of operations between two faults.
var operationStep = longtest.Choose(7, 1)

// runKilled runs write and reports whether the disk killed it.
func runKilled(ctx context.Context, d *faultDisk, s Set) (dead bool, changes []Change, err error) {
	defer func() {
		if r := recover(); r != nil {
			if r != killed {
				panic(r)
			}
			dead = true
		}
	}()
	changes, err = write(ctx, d, s)
	return false, changes, err
}

// eachOp calls try with a fault at operation 1, 2, … until a run ends before its
// fault; usually only at one of several operations. It checks that try used the given
// kinds of operations.
func eachOp(t *testing.T, ops string, try func(t *testing.T, at int) *faultDisk) {
	for at := 1; ; at += operationStep {
		var d *faultDisk
		t.Run(fmt.Sprintf("op%d", at), func(t *testing.T) { d = try(t, at) })
		if d == nil || t.Failed() && at > 500 {
			t.Fatalf("stopped at operation %d", at)
		}
		if d.op == "" {
			if got := strings.Join(slices.Compact(slices.Sorted(slices.Values(d.trace))), " "); got != ops {
				t.Errorf("operations used: %s\nwant: %s", got, ops)
			}
			return
		}
	}
}

// If a run is killed before, during or after any operation, every file must be old
// or new. The next run must reach the expected state without leftovers.
func TestKillAtEveryOperation(t *testing.T) {
	for _, after := range []bool{false, true} {
		t.Run(fmt.Sprintf("after=%v", after), func(t *testing.T) {
			eachOp(t, writeOps, func(t *testing.T, at int) *faultDisk {
				w := newWorld(t)
				d := &faultDisk{at: at, before: !after, after: after}
				dead, _, err := runKilled(context.Background(), d, w.set)
				if err != nil || dead != (d.op != "") {
					t.Fatalf("dead = %v at %q, error %v", dead, d.op, err)
				}
				w.whole(t)
				w.heals(t)
				return d
			})
		})
	}
}

// If an operation fails, every file must be complete. Before the first rename,
// nothing must be changed. The error must name a file that the user knows.
func TestFailureAtEveryOperation(t *testing.T) {
	for _, fault := range []error{syscall.ENOSPC, syscall.EACCES, syscall.EIO} {
		t.Run(fault.Error(), func(t *testing.T) {
			eachOp(t, writeOps, func(t *testing.T, at int) *faultDisk {
				w := newWorld(t)
				d := &faultDisk{at: at, err: fault}
				changes, err := write(context.Background(), d, w.set)
				after := tree(t, w.root)
				w.whole(t)
				if d.op != "" && !toleratedFailure(d, err) {
					w.failedWell(t, d, fault, err)
				}
				if !d.renamed {
					maps.DeleteFunc(after, func(rel, _ string) bool { return strings.HasSuffix(rel, ".errspec-left.tmp") })
					sameTree(t, after, w.old)
					if len(changes) != 0 {
						t.Errorf("changes reported, but none made: %v", changes)
					}
				}
				if temps := slices.DeleteFunc(slices.Collect(maps.Keys(after)), func(rel string) bool {
					return !isTemp(rel) || strings.HasSuffix(rel, ".errspec-left.tmp")
				}); len(temps) > 0 {
					t.Errorf("after %s failed, %v remain", d.op, temps)
				}
				w.heals(t)
				return d
			})
		})
	}
}

// toleratedFailure reports whether an error need not be returned: an unreadable
// file is not treated as an orphan.
func toleratedFailure(d *faultDisk, err error) bool {
	return err == nil && errors.Is(d.err, fs.ErrPermission) && (d.op == "open" || d.op == "read")
}

func (w *world) failedWell(t *testing.T, d *faultDisk, fault, err error) {
	t.Helper()
	if err == nil {
		t.Fatalf("%s failed, and Write returned no error", d.op)
	}
	if !errors.Is(err, fault) || errors.Is(err, ErrRefused) {
		t.Errorf("%s: error is %v, want %v", d.op, err, fault)
	}
	e := asError(t, err)
	rel, ok := strings.CutPrefix(e.Path, filepath.ToSlash(w.root)+"/")
	_, isOld := w.old[rel]
	_, isNew := w.new[rel]
	_, isDir := w.new[rel+"/"]
	if sweeping := strings.HasSuffix(rel, ".errspec-left.tmp"); !ok || !isOld && !isNew && !isDir && !sweeping {
		t.Errorf("%s: error names %q", d.op, e.Path)
	}
	if strings.Contains(err.Error(), tempBefore) && !strings.HasSuffix(rel, ".errspec-left.tmp") {
		t.Errorf("error shows a temporary name: %v", err)
	}
	staging := slices.Contains([]string{"create", "write", "sync", "chmod", "close", "mkdir"}, d.op)
	if want := map[bool]string{true: "write", false: e.Op}[staging]; e.Op != want || d.op == "rename" && e.Op != "replace" {
		t.Errorf("%s: the operation of the error is %q", d.op, e.Op)
	}
}

// A check that cannot read a file must return an error and change nothing.
func TestCheckFailureAtEveryOperation(t *testing.T) {
	for _, fault := range []error{syscall.EACCES, syscall.EIO} {
		eachOp(t, checkOps, func(t *testing.T, at int) *faultDisk {
			w := newWorld(t)
			before := tree(t, w.root)
			d := &faultDisk{at: at, err: fault}
			_, err := check(d, w.set)
			if d.op != "" && !toleratedFailure(d, err) {
				w.failedWell(t, d, fault, err)
			}
			sameTree(t, tree(t, w.root), before)
			return d
		})
	}
}

// All files must be written and closed before the first rename. Orphans must be
// removed after the last one.
func TestOrderOfOperations(t *testing.T) {
	w := newWorld(t)
	d := &faultDisk{}
	if _, err := write(context.Background(), d, w.set); err != nil {
		t.Fatal(err)
	}
	first := slices.Index(d.trace, "create")
	got := slices.DeleteFunc(d.trace[first:], func(op string) bool { return op == "lstat" || op == "mkdir" })
	var want []string
	const edited = 4 // index by name
	for i := range 8 {
		want = append(want, "create", "write")
		if i == edited {
			want = append(want, "sync")
		}
		if i > 0 && i < 6 { // old files
			want = append(want, "chmod")
		}
		want = append(want, "close")
	}
	want = append(want, slices.Repeat([]string{"rename"}, 8)...)
	want = append(want, "remove", "remove")
	if !slices.Equal(got, want) {
		t.Errorf("operations:\n%v\nwant:\n%v", got, want)
	}
}

// raceDisk is a disk on which another run creates each directory immediately after
// this run has found it missing.
type raceDisk struct {
	osDisk
	lost map[string]bool
}

func (d raceDisk) EvalSymlinks(name string) (string, error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() && !d.lost[name] {
		d.lost[name] = true
		return "", fs.ErrNotExist
	}
	return d.osDisk.EvalSymlinks(name)
}

func (d raceDisk) Mkdir(name string) error {
	if err := d.osDisk.Mkdir(name); err != nil {
		return err
	}
	return fs.ErrExist
}

func TestDirectoriesCreatedConcurrently(t *testing.T) {
	w := newWorld(t)
	if _, err := write(context.Background(), raceDisk{lost: make(map[string]bool)}, w.set); err != nil {
		t.Error(err)
	}
	sameTree(t, tree(t, w.root), w.new)
}

// Changes that are returned with an error must be those that were made.
func TestFailingRenameReportsChanges(t *testing.T) {
	reported := make(map[string]bool)
	for at := 1; ; at++ {
		w := newWorld(t)
		d := &faultDisk{at: at, err: syscall.EIO}
		changes, err := write(context.Background(), d, w.set)
		if d.op == "" {
			break
		}
		if !d.renamed {
			continue
		}
		e := asError(t, err)
		done := 0
		after := tree(t, w.root)
		for rel := range after {
			if w.old[rel] != after[rel] {
				done++
			}
		}
		for rel := range w.old {
			if _, ok := after[rel]; !ok {
				done++
			}
		}
		if done != len(changes) || done == 0 {
			t.Errorf("%d changes reported, %d made", len(changes), done)
		}
		reported[e.Help] = true
	}
	for _, want := range []string{
		"1 of 8 files were replaced, the others are unchanged; fix the cause and run the command again",
		"all files were written; delete this orphaned file",
	} {
		if !reported[want] {
			t.Errorf("no error has the help %q; got %v", want, slices.Collect(maps.Keys(reported)))
		}
	}
}

// A context that is done before the first rename must undo the run. After that it
// must have no effect.
func TestCancelAtEveryOperation(t *testing.T) {
	undone, finished := 0, 0
	eachOp(t, writeOps, func(t *testing.T, at int) *faultDisk {
		w := newWorld(t)
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		d := &faultDisk{at: at, call: cancel}
		_, err := write(ctx, d, w.set)
		after := tree(t, w.root)
		switch {
		case err == nil:
			if d.op != "" && d.op != "rename" && d.op != "remove" {
				t.Errorf("canceled after %s, but Write continued", d.op)
			}
			sameTree(t, after, w.new)
			finished++
		case errors.Is(err, context.Canceled):
			maps.DeleteFunc(after, func(rel, _ string) bool { return strings.HasSuffix(rel, ".errspec-left.tmp") })
			sameTree(t, after, w.old)
			rest := strings.Join(d.trace[at:], " ")
			if strings.Count(rest, "create") > 1 { // one file may be in progress
				t.Errorf("canceled after %s, but Write started more files: %s", d.op, rest)
			}
			undone++
		default:
			t.Error(err)
		}
		w.heals(t)
		return d
	})
	if undone < 20/operationStep || finished < 9/operationStep {
		t.Errorf("%d runs undone, %d finished", undone, finished)
	}
}
