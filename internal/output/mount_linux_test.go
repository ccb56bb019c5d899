// These tests use full and read-only disks, and a user without permission.

package output

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

const namespaceEnv = "ERRSPEC_OUTPUT_TEST_NAMESPACE"

// inNamespace runs the calling test again in a process with its own mounts, and
// reports whether the current process is that one. The mounts disappear with the
// process even if it hangs. A user namespace lets users other than root mount.
func inNamespace(t *testing.T) bool {
	t.Helper()
	if os.Getenv(namespaceEnv) != "" {
		return true
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, "-test.run=^"+t.Name()+"$", "-test.v", "-test.timeout=2m")
	cmd.Env = append(os.Environ(), namespaceEnv+"=1", noRaceSleep)
	cmd.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}
	if uid, gid := os.Getuid(), os.Getgid(); uid != 0 {
		cmd.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: uid, Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: gid, Size: 1}}
	}
	out, err := cmd.CombinedOutput()
	exit := (*exec.ExitError)(nil)
	switch {
	case err != nil && !errors.As(err, &exit):
		t.Skipf("SKIPPED: this test needs a mount namespace: %v", err)
	case strings.Contains(string(out), "SKIPPED"):
		t.Skipf("%s", out)
	case err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()):
		t.Errorf("%v\n%s", err, out)
	}
	return false
}

// mount mounts a small memory disk for the test.
func mount(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=64k"); err != nil {
		t.Skipf("SKIPPED: this test needs the right to mount a tmpfs: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Errorf("unmount %s: %v", dir, err)
		}
	})
	return dir
}

func TestFullDisk(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	root := mount(t)
	old := map[string]string{
		"gen/": "", "filler": strings.Repeat("x", 40<<10), "gen/a.go": page(Go, table, "old"), "gen/z.go": page(Go, table, "old"),
		"gen/orphan.go": page(Go, table, "gone"),
	}
	put(t, root, old)
	s := Set{
		Files: []File{file(root, "gen/a.go", "new"), file(root, "gen/new.go", "new"), file(root, "gen/sub/b.go", "new"), file(root, "gen/z.go", strings.Repeat("new ", 4<<10))},
		Owned: []Owned{{filepath.Join(root, "gen"), table, []Kind{Go}}},
	}
	changes, err := Write(context.Background(), s)
	if !errors.Is(err, syscall.ENOSPC) || len(changes) != 0 {
		t.Fatalf("Write = %v, %v; want %v", changes, err, syscall.ENOSPC)
	}
	if e := asError(t, err); e.Path != display(filepath.Join(root, "gen/z.go")) {
		t.Errorf("error names %s: %v", e.Path, err)
	}
	sameTree(t, tree(t, root), old)

	if err := os.Remove(filepath.Join(root, "filler")); err != nil {
		t.Fatal(err)
	}
	if got := len(mustWrite(t, s)); got != 5 {
		t.Errorf("%d changes with space, want 5", got)
	}
}

func TestReadOnlyDisk(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	root := mount(t)
	old := map[string]string{"a.go": page(Go, table, "old"), "same.go": page(Go, table, "same"), "orphan.go": page(Go, table, "gone")}
	put(t, root, old)
	if err := syscall.Mount("", root, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skipf("SKIPPED: cannot make the mount read-only: %v", err)
	}
	for name, s := range map[string]Set{
		"a.go":       {Files: []File{file(root, "a.go", "new")}},
		"sub/new.go": {Files: []File{file(root, "sub/new.go", "new")}},
		"orphan.go":  {Owned: []Owned{{root, table, []Kind{Go}}}, Keep: []string{filepath.Join(root, "a.go"), filepath.Join(root, "same.go")}},
	} {
		_, err := Write(context.Background(), s)
		if e := asError(t, err); !errors.Is(err, syscall.EROFS) || e.Path != display(filepath.Join(root, name)) {
			t.Errorf("%s: error = %v, want %v", name, err, syscall.EROFS)
		}
		if changes, err := Check(s); err != nil || len(changes) != 1 {
			t.Errorf("%s: Check = %v, %v", name, changes, err)
		}
	}
	sameTree(t, tree(t, root), old)
	if changes := mustWrite(t, Set{Files: []File{file(root, "same.go", "same")}}); len(changes) != 0 {
		t.Errorf("Write of unchanged files = %v", changes)
	}
}

// Permissions do not restrict root, so a process of the user nobody writes.
func TestUnwritableDirectory(t *testing.T) {
	root, temp := t.TempDir(), t.TempDir()
	for dir, perm := range map[string]os.FileMode{filepath.Dir(root): 0o755, root: 0o755, temp: 0o777} {
		if err := os.Chmod(dir, perm); err != nil {
			t.Fatal(err)
		}
	}
	mustWrite(t, variantSet(root, 'A'))
	cmd := exec.Command("/proc/self/exe") // nobody may have no access to the directory of the test binary
	cmd.Env = []string{childEnv + "=B 1 " + root, "TMPDIR=" + temp}
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	} else {
		for _, dir := range []string{"gen", "docs", "data"} {
			if err := os.Chmod(filepath.Join(root, dir), 0o555); err != nil {
				t.Fatal(err)
			}
			defer os.Chmod(filepath.Join(root, dir), 0o755)
		}
	}
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) {
		t.Skipf("SKIPPED: no process of another user: %v", err)
	}
	if want := "cannot write " + display(root) + "/data/f0.json: permission denied\n"; !strings.HasPrefix(stderr.String(), want) { // a coverage run adds a warning
		t.Errorf("Write as nobody: %q, want %q", stderr.String(), want)
	}
	sameTree(t, tree(t, root), variantTree(root, 'A'))
}
