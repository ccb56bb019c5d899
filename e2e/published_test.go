package e2e

import (
	"debug/buildinfo"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

var licenseHeading = regexp.MustCompile(`(?m)^={80}\n(\S+) (v\S+) \(\S+\)\n={80}\n`)

// The licenses in release archives must be those of the standard library and of every
// module that the commands contain, on each system.
func TestLicenses(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "THIRD_PARTY_LICENSES")
	if out, err := exec.Command("bash", "../.ci/licenses", file).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	data, err := os.ReadFile(file)
	check(t, err)
	text := string(data)
	if !strings.Contains(text, "\nGo standard library go") || !strings.Contains(text, "Copyright 2009 The Go Authors.") {
		t.Error("there is no license of the standard library")
	}
	var got []string
	headings := licenseHeading.FindAllStringSubmatchIndex(text, -1)
	for i, h := range headings {
		end := len(text)
		if i+1 < len(headings) {
			end = headings[i+1][0]
		}
		if len(strings.TrimSpace(text[h[1]:end])) < 500 {
			t.Errorf("%s has no text", text[h[0]:h[1]])
		}
		got = append(got, text[h[2]:h[3]]+" "+text[h[4]:h[5]])
	}
	got = slices.Compact(got)
	windows := filepath.Join(dir, "errspec.exe")
	build := exec.Command("go", "build", "-trimpath", "-o", windows, "./cmd/errspec")
	build.Dir = ".."
	build.Env = append(os.Environ(), "GOWORK=off", "GOOS=windows", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var want []string
	for _, name := range []string{command, windows} {
		info, err := buildinfo.ReadFile(name)
		check(t, err)
		for _, m := range info.Deps {
			want = append(want, m.Path+" "+m.Version)
		}
	}
	slices.Sort(want)
	if want = slices.Compact(want); !slices.Equal(got, want) {
		t.Errorf("there are licenses of\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

// releaser are the settings in .goreleaser.yaml; others are refused.
type releaser struct {
	Version     int
	ProjectName string `yaml:"project_name"`
	Git         struct {
		IgnoreTags []string `yaml:"ignore_tags"`
	}
	Before struct{ Hooks []string }
	Builds []struct {
		Main         string
		Env          []string
		Flags        []string
		Ldflags      []string
		Goos         []string
		Goarch       []string
		ModTimestamp string `yaml:"mod_timestamp"`
	}
	Archives []struct {
		Formats         []string
		FormatOverrides []struct {
			Goos    string
			Formats []string
		} `yaml:"format_overrides"`
		BuildsInfo archiveInfo `yaml:"builds_info"`
		Files      []struct {
			Src  string
			Info archiveInfo
		}
	}
	Checksum struct {
		NameTemplate string `yaml:"name_template"`
	}
	Sboms     []struct{ Artifacts string }
	Changelog struct{ Disable bool }
	Release   struct{ Prerelease string }
	Snapshot  struct {
		VersionTemplate string `yaml:"version_template"`
	}
}

type archiveInfo struct {
	Mtime string
	Mode  int
}

// goreleaser check is part of the CI workflow. This test finds mistakes without it.
func TestReleaserSettings(t *testing.T) {
	f, err := os.Open("../.goreleaser.yaml")
	check(t, err)
	defer f.Close()
	var s releaser
	decoder := yaml.NewDecoder(f)
	decoder.KnownFields(true)
	check(t, decoder.Decode(&s))
	if len(s.Builds) != 1 || len(s.Archives) != 1 || len(s.Before.Hooks) != 1 {
		t.Fatalf("want one build, one kind of archive and one hook: %+v", s)
	}
	script, written, _ := strings.Cut(s.Before.Hooks[0], " ")
	if info, err := os.Stat(filepath.Join("..", script)); err != nil || info.Mode()&0o100 == 0 {
		t.Errorf("the hook %s is not executable: %v", script, err)
	}
	var archived []string
	for _, file := range s.Archives[0].Files {
		archived = append(archived, file.Src)
		if _, err := os.Stat(filepath.Join("..", file.Src)); err != nil && file.Src != written {
			t.Error(err)
		}
		if file.Info.Mode != 0o644 || file.Info.Mtime == "" {
			t.Errorf("%s has the mode %o and the time %q", file.Src, file.Info.Mode, file.Info.Mtime)
		}
	}
	for _, name := range []string{"LICENSE", written} {
		if !slices.Contains(archived, name) {
			t.Errorf("archives do not contain %s", name)
		}
	}
	if _, err := os.Stat(filepath.Join("..", s.Builds[0].Main, "main.go")); err != nil {
		t.Error(err)
	}
	licenses, err := os.ReadFile(filepath.Join("..", script))
	check(t, err)
	for list, values := range map[string][]string{"for os in ": s.Builds[0].Goos, "for arch in ": s.Builds[0].Goarch} {
		if !strings.Contains(string(licenses), list+strings.Join(values, " ")+"; do") {
			t.Errorf("%s does not list the licenses for %v", script, values)
		}
	}
}
