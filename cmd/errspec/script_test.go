package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the files that scripts compare with")

// testCommands are the programs that scripts and tests run.
var testCommands = map[string]func(){"errspec": main}

func TestMain(m *testing.M) {
	testscript.Main(m, testCommands)
}

// TestScripts runs the scripts in testdata/script. They can use these commands in
// addition to those of testscript:
//
//	status N command...    run the command, which must exit with N
//	files [dir]            print the files in the directory tree, for cmp and stdout
//	module PATH VERSION    publish the files in mod/VERSION through the proxy in $WORK/proxy
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			// Commands read no parent of the script's directory, and write no file outside it.
			env.Setenv("HOME", env.Getenv("TMPDIR"))
			env.Setenv("XDG_CACHE_HOME", env.Getenv("TMPDIR"))
			// The cache of the go command is shared: filling a new one takes minutes.
			env.Setenv("GOCACHE", goCache())
			env.Setenv("GOFLAGS", "")
			env.Setenv("GOWORK", "off")
			self, err := exec.LookPath("errspec")
			if err != nil {
				return err
			}
			env.Setenv("ERRSPEC", self) // for go vet -vettool
			return os.Mkdir(filepath.Join(env.WorkDir, ".git"), 0o777)
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"status": status,
			"files":  listFiles,
			"module": addModule,
		},
	})
}

// goCache returns the directory of the go command's cache. It returns "" if there is no
// go command.
var goCache = sync.OnceValue(func() string {
	dir, _ := exec.Command("go", "env", "GOCACHE").Output()
	return strings.TrimSpace(string(dir))
})

func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

func listFiles(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 1 {
		ts.Fatalf("usage: files [dir]")
	}
	dir := ts.MkAbs(".")
	if len(args) == 1 {
		dir = ts.MkAbs(args[0])
	}
	ts.Check(filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.Name() == ".tmp": // the TMPDIR of scripts
			return filepath.SkipDir
		case d.IsDir():
			return nil
		}
		name, err := filepath.Rel(dir, path)
		_, _ = ts.Stdout().Write([]byte(filepath.ToSlash(name) + "\n"))
		return err
	}))
}

// addModule adds a version of a module to the file GOPROXY of the script.
func addModule(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: module PATH VERSION")
	}
	name, version := args[0], args[1]
	dir := ts.MkAbs(filepath.Join("proxy", filepath.FromSlash(name), "@v"))
	ts.Check(os.MkdirAll(dir, 0o777))
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	root := os.DirFS(ts.MkAbs(filepath.Join("mod", version)))
	ts.Check(fs.WalkDir(root, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, file)
		if err != nil {
			return err
		}
		w, err := z.Create(name + "@" + version + "/" + file)
		if err != nil {
			return err
		}
		_, err = w.Write(data)
		return err
	}))
	ts.Check(z.Close())
	for ending, data := range map[string]string{
		".info": `{"Version":"` + version + `"}`, ".mod": "module " + name + "\n", ".zip": buf.String(),
	} {
		ts.Check(os.WriteFile(filepath.Join(dir, version+ending), []byte(data), 0o666))
	}
}
