package e2e

import (
	"archive/tar"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec"
)

// publicFiles are OpenAPI files in npm packages. They are not part of this repository: the test
// fetches them.
var publicFiles = []struct {
	name, file string
	sha256     string // of the file, its first 16 digits
	codes      int
	proven     int // examples of responses
	status     int // of errspec import
}{
	{"@ideal-postcodes/openapi@4.21.0", "package/dist/openapi.yaml", "a062b0fca8032f74", 3, 0, 0},
	{"@mojaloop/api-snippets@18.4.1", "package/docs/fspiop-rest-v2.0-openapi3-snippets.yaml", "6627f8459d9d0269", 1, 0, 0},
	{"@directus/specs@15.2.0", "package/dist/openapi.json", "fd9c209674ca9c79", 7, 0, 0},
	{"@blockfrost/openapi@0.1.93", "package/openapi.yaml", "b0f64545d55c4595", 7, 0, 1},               // error.code in a successful response
	{"@octokit/openapi@23.0.2", "package/generated/api.github.com.json", "829b4bebb19a5313", 6, 1, 1}, // codes under keys that are not fixed
}

// TestPublicOpenAPI imports published OpenAPI files. The codes are those that a script counts in
// another way, and the generated package decodes the documented examples.
func TestPublicOpenAPI(t *testing.T) {
	modules := filepath.Dir(filepath.Dir(npmFile(t, "@seriousme/openapi-schema-validator")))
	for _, p := range publicFiles {
		t.Run(p.name, func(t *testing.T) {
			file := fetch(t, p.name, p.file)
			data, err := os.ReadFile(file)
			check(t, err)
			if sum := fmt.Sprintf("%x", sha256.Sum256(data)); !strings.HasPrefix(sum, p.sha256) {
				t.Fatalf("the file has the checksum %s", sum)
			}
			dir := t.TempDir()
			table := filepath.Join(dir, "table.yaml")
			out, err := exec.Command(command, "import", "openapi", file, "-o", table, "--name", "service").CombinedOutput()
			var exit *exec.ExitError
			if status := 0; err != nil && (!errors.As(err, &exit) || exit.ExitCode() != p.status) || err == nil && p.status != status {
				t.Fatalf("%v, want exit status %d\n%s", err, p.status, out)
			}
			imported, findings, err := spec.Load(table)
			if err != nil || findings.HasErrors() {
				t.Fatal(err, findings)
			}
			var got []string
			for i := range imported.Codes {
				got = append(got, imported.Codes[i].Wire)
			}
			slices.Sort(got)
			counted, err := exec.Command("node", "testdata/openapi/count.mjs", modules, file).CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, counted)
			}
			if want := strings.Fields(string(counted)); !slices.Equal(got, want) || len(got) != p.codes {
				t.Errorf("got the codes %q, want %q", got, want)
			}
			if n := len(imported.Response.Examples); n != p.proven {
				t.Errorf("%d examples, want %d", n, p.proven)
			}
			check(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/service\n\ngo 1.22\n"), 0o666))
			for _, args := range [][]string{{command, "generate", "--table", "table.yaml", "--go", "service"}, {"go", "test", "./..."}} {
				cmd := exec.Command(args[0], args[1:]...)
				cmd.Dir = dir
				cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Errorf("%s: %v\n%s", args, err, out)
				}
			}
		})
	}
}

// fetch returns a file of an npm package.
func fetch(t *testing.T, name, file string) string {
	t.Helper()
	dir := t.TempDir()
	pack := exec.Command("npm", "pack", "--silent", "--ignore-scripts", name)
	pack.Dir = dir
	if out, err := pack.CombinedOutput(); err != nil {
		t.Skipf("npm pack %s: %v\n%s", name, err, out)
	}
	packed, err := filepath.Glob(filepath.Join(dir, "*.tgz"))
	if err != nil || len(packed) != 1 {
		t.Fatal(packed, err)
	}
	f, err := os.Open(packed[0])
	check(t, err)
	defer f.Close()
	z, err := gzip.NewReader(f)
	check(t, err)
	for archive := tar.NewReader(z); ; {
		h, err := archive.Next()
		if err != nil {
			t.Fatal(file, err)
		}
		if h.Name == file {
			data, err := io.ReadAll(archive)
			check(t, err)
			path := filepath.Join(dir, filepath.Base(file))
			check(t, os.WriteFile(path, data, 0o666))
			return path
		}
	}
}

// TestExportedOpenAPI validates the OpenAPI file of each golden table.
func TestExportedOpenAPI(t *testing.T) {
	modules := filepath.Dir(filepath.Dir(npmFile(t, "@seriousme/openapi-schema-validator")))
	dir := t.TempDir()
	var files []string
	for name, table := range goldenTables(t) {
		out, err := exec.Command(command, "export", "--openapi", table).Output()
		if err != nil {
			if exec.Command(command, "export", table).Run() == nil { // some tables need the name of a package
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		file := filepath.Join(dir, name+".json")
		check(t, os.WriteFile(file, out, 0o666))
		files = append(files, file)
	}
	if len(files) < 10 {
		t.Fatal("found only", files)
	}
	out, err := exec.Command("node", slices.Concat([]string{"testdata/openapi/validate.mjs", modules}, files)...).CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
