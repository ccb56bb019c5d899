package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A block is a fenced block of documentation.
type block struct{ file, language, text string }

var fenced = regexp.MustCompile("(?ms)^```([a-z]*)\n(.*?)^```$")

// documents returns the files of documentation for users, and their text.
func documents(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("../docs/*.md")
	check(t, err)
	if len(files) < 13 {
		t.Fatal("found only", files)
	}
	all := make(map[string]string)
	for _, file := range append(files, "../README.md") {
		data, err := os.ReadFile(file)
		check(t, err)
		all[strings.TrimPrefix(filepath.ToSlash(file), "../")] = string(data)
	}
	return all
}

// blocks returns the fenced blocks of documentation in a language.
func blocks(t *testing.T, language string) []block {
	t.Helper()
	var all []block
	for file, text := range documents(t) {
		for _, m := range fenced.FindAllStringSubmatch(text, -1) {
			if m[1] == language {
				all = append(all, block{file, m[1], m[2]})
			}
		}
	}
	slices.SortFunc(all, func(a, b block) int { return strings.Compare(a.file+a.text, b.file+b.text) })
	return all
}

// blockTests are the tests of the blocks of each language in a file.
var blockTests = map[string]string{
	"docs/rules.md text":        "the tests of gen check that bad examples break their rule and good ones do not",
	"docs/rules.md go":          "the tests of gen/vet do so",
	"docs/commands.md text":     "usage lines and lists of the help, which go generate prints",
	"docs/cli.md text":          "TestDocumentedFinding",
	"docs/responses.md text":    "TestDocumentedResponses",
	"docs/responses.md json":    "TestDocumentedResponses",
	"docs/responses.md console": "TestDocumentedResponses",
	"docs/import.md markdown":   "TestDocumentedReport",
	"docs/import.md text":       "TestDocumentedReport",
	"docs/import.md sh":         "TestDocumentedCommands",
	"docs/drift.md sh":          "TestDocumentedCommands",
	"docs/drift.md yaml":        "TestDocumentedTables",
	"docs/drift.md text":        "a workflow of GitHub Actions, whose commands need the network",
	"docs/pages.md markdown":    "TestDocumentedMarkers",
	"docs/pages.md mdx":         "TestDocumentedMarkers",
	"README.md go":              "TestDocumentedGo",
	"docs/go-package.md go":     "TestDocumentedGo",
	"docs/go-package.md text":   "the outline of a loop, which the block of Go after it contains",
	"docs/python.md python":     "TestPythonDocs of gen runs them",
	"docs/typescript.md ts":     "TestDocumentedTypeScript",
	"README.md yaml":            "TestDocumentedTables",
	"docs/breaking.md yaml":     "TestDocumentedTables",
	"docs/config.md yaml":       "TestDocumentedTables",
	"docs/pages.md yaml":        "TestDocumentedTables",
	"docs/responses.md yaml":    "TestDocumentedTables",
	"docs/table-format.md yaml": "TestDocumentedTables",
	"docs/server.md yaml":       "TestDocumentedTables",
	"docs/server.md json":       "TestDocumentedResponse of e2e/server",
	"docs/server.md go":         "TestRecipes of e2e/server",
	"README.md sh":              "TestDocumentedCommands",
	"docs/install.md sh":        "TestDocumentedCommands",
	"docs/commands.md sh":       "TestDocumentedCommands",
}

// Each block of documentation must have a test.
func TestDocumentedBlocks(t *testing.T) {
	read := make(map[string]bool)
	for file, text := range documents(t) {
		for _, m := range fenced.FindAllStringSubmatch(text, -1) {
			read[file+" "+m[1]] = true
			if blockTests[file+" "+m[1]] == "" {
				t.Errorf("%s: no test reads blocks of %q:\n%s", file, m[1], m[2])
			}
		}
		if strings.Contains(fenced.ReplaceAllString(text, ""), "\n    ") {
			t.Errorf("%s has an indented block; use a fence with a language", file)
		}
	}
	for blocks := range blockTests {
		if !read[blocks] {
			t.Errorf("there are no blocks %s", blocks)
		}
	}
}

// headings returns the anchors that GitHub derives from the headings of a page.
func headings(text string) map[string]bool {
	anchors := make(map[string]bool)
	outside := fenced.ReplaceAllString(text, "")
	for _, m := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(outside, -1) {
		var slug strings.Builder
		for _, r := range strings.ToLower(m[1]) {
			switch {
			case r == ' ':
				slug.WriteByte('-')
			case r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z':
				slug.WriteRune(r)
			}
		}
		anchors[slug.String()] = true
	}
	for _, m := range regexp.MustCompile(`<a id="([^"]+)">`).FindAllStringSubmatch(text, -1) {
		anchors[m[1]] = true
	}
	return anchors
}

// Each link of documentation to a file of the repository, or to a heading, must lead to one.
func TestDocumentationLinks(t *testing.T) {
	all := documents(t)
	contributing, err := os.ReadFile("../CONTRIBUTING.md")
	check(t, err)
	all["CONTRIBUTING.md"] = string(contributing)
	link := regexp.MustCompile(`\]\(([^)#:]*)(#[^)]*)?\)`)
	links := 0
	for file, text := range all {
		text = fenced.ReplaceAllString(text, "")
		text = regexp.MustCompile("`[^`\n]*`").ReplaceAllString(text, "x")
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			links++
			target := file
			if m[1] != "" {
				target = filepath.Join(filepath.Dir(file), filepath.FromSlash(m[1]))
			}
			target = filepath.Join("..", target)
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s: %v", file, err)
				continue
			}
			if m[2] == "" {
				continue
			}
			data, err := os.ReadFile(target)
			check(t, err)
			if !headings(string(data))[m[2][1:]] {
				t.Errorf("%s: %s has no heading %s", file, m[1], m[2])
			}
		}
	}
	if links < 200 {
		t.Errorf("found only %d links", links)
	}
}

// Prettier and markdownlint must leave the documentation unchanged.
func TestDocumentationIsFormatted(t *testing.T) {
	files := []string{"../CONTRIBUTING.md"}
	for file := range documents(t) {
		files = append(files, filepath.Join("..", file))
	}
	for i, file := range files {
		var err error
		files[i], err = filepath.Abs(file)
		check(t, err)
	}
	slices.Sort(files)
	formatters(t, ruleList(unmetRules, map[string]string{
		"MD024": "no-duplicate-heading: rules.md and the pages of codes have such",
	}), files)
}

// tableUnder returns the first cells of the rows of the first table under a heading. Code
// spans in them are separated.
func tableUnder(t *testing.T, file, heading string) []string {
	t.Helper()
	text := documents(t)[file]
	_, section, found := strings.Cut("\n"+text, "\n"+heading+"\n")
	if !found {
		t.Fatalf("%s has no heading %q", file, heading)
	}
	if i := strings.Index(section, "\n## "); i >= 0 {
		section = section[:i]
	}
	var cells []string
	for _, m := range regexp.MustCompile("(?m)^\\| (\\[?`.*?) +\\| ").FindAllStringSubmatch(section, -1) {
		for _, span := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(m[1], -1) {
			cells = append(cells, strings.ReplaceAll(span[1], `\|`, "|"))
		}
	}
	if len(cells) == 0 {
		t.Fatalf("%s: no table under %q", file, heading)
	}
	return cells
}
