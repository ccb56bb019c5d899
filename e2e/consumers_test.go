package e2e

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/lockedfile"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/errspec/errspec/e2e/internal/fileproxy"
)

// release is the version under which the work tree is published.
const release = "v0.1.0"

// TestConsumers runs scripts that use errspec in other repositories, as if the work
// tree had been released. The modules of errspec come from a GOPROXY that is a
// directory. All other modules come from the module proxy of the machine and are
// verified as usual.
//
// The scripts can use these commands in addition to those of testscript:
//
//	copy DIR NAME          copy the files of the directory DIR of the work tree
//	publish DIR VERSION    publish the module in DIR, for this script only
//	capture NAME           set a variable to the output of the last command
func TestConsumers(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("needs git to list the files of the work tree")
	}
	box := newSandbox(t)
	app := box.toolModule(t)
	t.Run("requirements", func(t *testing.T) { testToolRequirements(t, app) })
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/consumers",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		WorkdirRoot:         box.mkdir(t, "scripts"),
		Setup: func(env *testscript.Env) error {
			own := fileproxy.Dir(filepath.Join(env.WorkDir, "proxy"))
			env.Vars = append(env.Vars, box.env(own)...)
			env.Setenv("HOME", env.Getenv("TMPDIR"))
			env.Setenv("CLONE", box.root)
			env.Setenv("THIRDPARTY", box.others())
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"copy":    box.copy,
			"publish": publish,
			"capture": capture,
		},
	})
}

// A sandbox is the environment of the go commands of the tests. Its directory is the
// same in every run, because the go command rebuilds packages whose directory has
// changed.
type sandbox struct {
	dir, root string
	settings  map[string]string // of the go command
}

func newSandbox(t *testing.T) sandbox {
	t.Helper()
	root, err := filepath.Abs("..")
	check(t, err)
	cache, err := os.UserCacheDir()
	check(t, err)
	name := fmt.Sprintf("consumers-%x", sha256.Sum256([]byte(root)))[:24]
	s := sandbox{dir: filepath.Join(cache, "errspec-e2e", name), root: root}
	check(t, os.MkdirAll(filepath.Dir(s.dir), 0o777))
	unlock, err := lockedfile.MutexAt(s.dir + ".lock").Lock()
	check(t, err)
	t.Cleanup(func() {
		check(t, os.RemoveAll(s.dir))
		unlock()
	})
	check(t, os.RemoveAll(s.dir))
	proxy := fileproxy.Dir(s.mkdir(t, "proxy"))
	for _, folder := range []string{".", "generated"} {
		check(t, proxy.PublishWorkTree(root, folder, release))
	}
	s.settings = goSettings(t, "GOPROXY", "GOSUMDB", "GONOSUMDB", "GOMODCACHE", "GOCACHE")
	return s
}

// goCommand runs the go command, which must succeed.
func (s sandbox) goCommand(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), s.env(fileproxy.Dir(s.mkdir(t, "nothing")))...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go %q: %v\n%s", args, err, out)
	}
}

// mkdir creates a directory that exists until the test ends.
func (s sandbox) mkdir(t *testing.T, name string) string {
	t.Helper()
	dir := filepath.Join(s.dir, name)
	check(t, os.MkdirAll(dir, 0o777))
	return dir
}

// env returns the environment of a go command that takes modules from own, then from
// the work tree, then from the module cache and the proxies of the machine. It has a
// separate module cache. The build cache is shared, because building all packages takes
// minutes.
func (s sandbox) env(own fileproxy.Dir) []string {
	unverified := "github.com/errspec/*,example.com/*" // unknown to checksum databases
	if others := s.settings["GONOSUMDB"]; others != "" {
		unverified += "," + others
	}
	env := []string{
		"GOPROXY=" + own.URL() + "," + fileproxy.Dir(filepath.Join(s.dir, "proxy")).URL() + "," + s.others(),
		"GOSUMDB=" + s.settings["GOSUMDB"],
		"GONOSUMDB=" + unverified,
		"GOPATH=" + filepath.Join(s.dir, "gopath"),
		"GOMODCACHE=" + filepath.Join(s.dir, "modcache"),
		"GOCACHE=" + s.settings["GOCACHE"],
		"GOFLAGS=-modcacherw -buildvcs=false", // makes the cache deletable, and allows clones of other owners
		// The go command caches the list of files of a directory in its module cache.
		// The directory may now contain another state of the work tree.
		"GODEBUG=goindex=0",
		"GOENV=off",
		"GOWORK=",
		"GOTOOLCHAIN=local",
		"GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com",
		"GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com",
	}
	for _, name := range []string{"HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "https_proxy", "http_proxy", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR"} {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return env
}

// others returns the sources of other modules: the module cache of the machine, which
// has the layout of a proxy, and its proxies. No module is requested from github.com
// directly.
func (s sandbox) others() string {
	downloaded := fileproxy.Dir(filepath.Join(s.settings["GOMODCACHE"], "cache", "download"))
	return downloaded.URL() + "," + strings.TrimSuffix(s.settings["GOPROXY"], ",direct")
}

// copy copies the files of a directory of the work tree that git tracks or would add.
func (s sandbox) copy(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: copy DIR NAME")
	}
	from := filepath.Join(s.root, filepath.FromSlash(args[0]))
	names, err := fileproxy.Tracked(from)
	ts.Check(err)
	for _, name := range names {
		to := ts.MkAbs(filepath.Join(args[1], name))
		ts.Check(os.MkdirAll(filepath.Dir(to), 0o777))
		data, err := os.ReadFile(filepath.Join(from, name))
		ts.Check(err)
		ts.Check(os.WriteFile(to, data, 0o666))
	}
}

// publish adds a module to the proxy of the script.
func publish(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: publish DIR VERSION")
	}
	ts.Check(fileproxy.Dir(filepath.Join(ts.Getenv("WORK"), "proxy")).Publish(ts.MkAbs(args[0]), args[1]))
}

func capture(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: capture NAME")
	}
	ts.Setenv(args[0], strings.TrimSpace(ts.ReadFile("stdout")))
}

// goSettings returns settings of the go command.
func goSettings(t *testing.T, names ...string) map[string]string {
	t.Helper()
	out, err := exec.Command("go", append([]string{"env"}, names...)...).Output()
	check(t, err)
	values := strings.Split(string(out), "\n")
	settings := map[string]string{}
	for i, name := range names {
		settings[name] = values[i]
	}
	return settings
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
