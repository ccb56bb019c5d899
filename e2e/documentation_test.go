package e2e

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A block is a fenced block of documentation, with the line of text before it.
type block struct{ file, language, before, text string }

// String returns the file and the first line of a block.
func (b block) String() string {
	first, _, _ := strings.Cut(b.text, "\n")
	return b.file + ": " + first
}

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

// allBlocks returns the fenced blocks of all pages, in their order.
func allBlocks(t *testing.T) []block {
	t.Helper()
	var all []block
	text := documents(t)
	for _, file := range slices.Sorted(maps.Keys(text)) {
		for _, m := range fenced.FindAllStringSubmatchIndex(text[file], -1) {
			before := strings.TrimSpace(text[file][:m[0]])
			before = before[strings.LastIndex(before, "\n")+1:]
			all = append(all, block{file, text[file][m[2]:m[3]], before, text[file][m[4]:m[5]]})
		}
	}
	return all
}

// blocks returns the blocks that a test runs.
func blocks(t *testing.T) []block {
	t.Helper()
	all := slices.DeleteFunc(allBlocks(t), func(b block) bool {
		test, _ := testOf(b)
		return test != t.Name()
	})
	if len(all) == 0 {
		t.Fatal("the documentation has no blocks for this test")
	}
	return all
}

// blockTests are the tests that run blocks: by file and first line, by file and language, by
// file, or by language.
// A test in another package has the name of its directory.
var blockTests = map[string]string{
	"docs/start-client.md":                     "TestDocumentedWalks",
	"docs/start-service.md":                    "TestDocumentedWalks",
	"docs/start-docs.md":                       "TestDocumentedWalks",
	"docs/operations.md":                       "TestDocumentedWalks",
	"docs/start-client.md ts":                  "TestDocumentedTypeScript",
	"docs/commands.md text":                    "TestDocumentedHelp",
	"docs/cli.md text":                         "TestDocumentedFinding",
	"docs/cli.md console":                      "TestDocumentedExplanation",
	"docs/pages.md text":                       "TestDocumentedPlainText",
	"docs/drift.md text":                       "TestDocumentedWorkflows",
	"docs/import.md markdown":                  "TestDocumentedReport",
	"docs/install.md text":                     "TestDocumentedIntegrations",
	"docs/import.md text":                      "TestDocumentedReport",
	"docs/pages.md markdown":                   "TestDocumentedMarkers",
	"docs/pages.md mdx":                        "TestDocumentedMarkers",
	"docs/python.md python":                    "gen.TestPythonDocs",
	"docs/rules.md go":                         "TestDocumentedVetExamples",
	"docs/rules.md: # errors.yaml has changed": "TestDocumentedStaleOutput",
	"docs/rules.md text":                       "gen.TestRules", // and others for the rules of changes and files
	"docs/responses.md text":                   "TestDocumentedResponses",
	"docs/responses.md json":                   "TestDocumentedResponses",
	"docs/responses.md console":                "TestDocumentedResponses",
	"docs/responses.md yaml":                   "TestDocumentedResponses",
	"docs/server.md json":                      "e2e/server.TestDocumentedResponse",
	"docs/server.md go":                        "e2e/server.TestRecipes",
	"jobs":                                     "TestDocumentedWorkflows",
	"go":                                       "TestDocumentedGo",
	"js":                                       "TestDocumentedJavaScript",
	"sh":                                       "TestDocumentedCommands",
	"ts":                                       "TestDocumentedTypeScript",
	"yaml":                                     "TestDocumentedTables",
}

// notRun are the blocks and command lines that no test runs, with the reason. A block is
// listed by its file and first line.
var notRun = map[string]string{
	"go generate ./...": "CI runs it in this repository, and scripts of TestConsumers in others",
	"go install github.com/errspec/errspec/cmd/errspec@latest":                      "errspec is not published yet",
	"gh attestation verify errspec_0.1.0_linux_amd64.tar.gz --repo errspec/errspec": "it needs the network and a release",
}

// testOf returns the test that runs a block, and its key in blockTests.
func testOf(b block) (test, key string) {
	keys := []string{b.String(), b.file + " " + b.language, b.file, b.language}
	if strings.HasPrefix(b.text, "jobs:\n") { // a workflow of GitHub
		keys = []string{"jobs"}
	}
	for _, key := range keys {
		if test := blockTests[key]; test != "" {
			return test, key
		}
	}
	return "", ""
}

// Each block of documentation must have a test that runs it, or a reason why no test runs it.
func TestDocumentedBlocks(t *testing.T) {
	found := make(map[string]bool) // entries of notRun, and keys of blockTests
	ran := make(map[string]int)    // the number of blocks of each test
	for _, b := range allBlocks(t) {
		test, key := testOf(b)
		found[key], found[b.String()] = true, true
		ran[test]++
		if test == "" && notRun[b.String()] == "" {
			t.Errorf("%s: no test runs this block of %q", b, b.language)
		}
		lines := commandLines(b)
		if test == "TestDocumentedWorkflows" {
			lines = workflowScripts(t, b)
		}
		for _, line := range lines {
			found[line] = true
		}
	}
	t.Log(ran)
	for entry := range notRun {
		if !found[entry] {
			t.Errorf("notRun: no page has %q", entry)
		}
	}
	for key, test := range blockTests {
		if !found[key] {
			t.Errorf("blockTests: there are no blocks %q", key)
		}
		dir, name, _ := strings.Cut(test, ".")
		if name == "" {
			dir, name = "e2e", test
		}
		if !slices.ContainsFunc(testFiles(t, filepath.Join("..", dir)), func(text string) bool { return strings.Contains(text, "\nfunc "+name+"(t ") }) {
			t.Errorf("blockTests: there is no test %s", test)
		}
	}
	for file, text := range documents(t) {
		rest := fenced.ReplaceAllString(text, "")
		if strings.Contains(rest, "\n    ") || regexp.MustCompile("(?m)^\\s*(```|~~~)").MatchString(rest) {
			t.Errorf("%s has a block that is indented or has no language; use a fence with a language in column 1", file)
		}
	}
}

// testFiles returns the texts of the tests in a directory.
func testFiles(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	check(t, err)
	var all []string
	for _, file := range files {
		data, err := os.ReadFile(file)
		check(t, err)
		all = append(all, string(data))
	}
	return all
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

// docs/README.md must list each page.
func TestDocumentationIndex(t *testing.T) {
	all := documents(t)
	for file := range all {
		name := filepath.Base(file)
		if name != "README.md" && !strings.Contains(all["docs/README.md"], "]("+name+")") {
			t.Errorf("docs/README.md does not list %s", file)
		}
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
	text := fenced.ReplaceAllString(documents(t)[file], "")
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
