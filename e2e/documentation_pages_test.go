package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/explain"
	"github.com/errspec/errspec/spec/names"
)

// The markers in docs/pages.md must work in files with them.
func TestDocumentedMarkers(t *testing.T) {
	for _, b := range blocks(t) {
		name := map[string]string{"markdown": "guide.md", "mdx": "guide.mdx"}[b.language]
		dir := t.TempDir()
		check(t, os.WriteFile(filepath.Join(dir, name), []byte(b.text), 0o666))
		errspecIn(t, dir, "generate", "--table", "builtin:evolink", "--inject", name)
		data, err := os.ReadFile(filepath.Join(dir, name))
		check(t, err)
		if !strings.Contains(string(data), "quota_exceeded") {
			t.Errorf("%s: nothing is between the markers:\n%s", b.file, data)
		}
	}
}

// The block compact in docs/pages.md must be that of docs/examples.
func TestDocumentedCompact(t *testing.T) {
	dir := t.TempDir()
	check(t, os.CopyFS(dir, os.DirFS("../docs/examples")))
	_, rest, _ := strings.Cut(documents(t)["docs/pages.md"], "This\nis the block of [errors.yaml](examples/errors.yaml):\n\n```markdown\n")
	want, _, ok := strings.Cut(rest, "```\n")
	if !ok {
		t.Fatal("docs/pages.md has no block compact")
	}
	file := filepath.Join(dir, "compact.md")
	check(t, os.WriteFile(file, []byte(want), 0o666))
	errspecIn(t, dir, "generate", "--table", "errors.yaml", "--inject", "compact.md")
	if got, err := os.ReadFile(file); err != nil || string(got) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
}

// As docs/pages.md says, the Markdown page contains all that a table says about its codes: in the
// section of each code, the next step of the code and of each subtype, and whether the
// service charges.
func TestDocumentedPlainText(t *testing.T) {
	for _, b := range blocks(t) { // llms.txt
		if !regexp.MustCompile(`^# .+\n\n## .+\n\n- \[.+\]\(https://\S+\.md\): .+\n$`).MatchString(b.text) {
			t.Errorf("%s is not a llms.txt with a link to a Markdown file", b)
		}
	}
	for _, ref := range []string{"builtin:evolink", "../docs/examples/errors.yaml"} {
		dir := t.TempDir()
		errspec(t, "generate", "--table", ref, "--markdown", filepath.Join(dir, "page.md"))
		page, err := os.ReadFile(filepath.Join(dir, "page.md"))
		check(t, err)
		table, _, err := spec.Load(ref)
		check(t, err)
		entries, findings := names.Entries(table)
		if findings.HasErrors() {
			t.Fatal(findings)
		}
		whole := dense(strings.Join(render(t, page).texts, ""))
		for _, e := range entries {
			if !e.Code.Internal {
				for _, fact := range factsOf(e) {
					if !strings.Contains(whole, dense(strings.ReplaceAll(fact, "`", ""))) {
						t.Errorf("%s: the page of %s does not contain %q", ref, e.Value(), fact)
					}
				}
				checkSection(t, string(page), e)
			}
		}
	}
}

// factsOf returns the texts of a code or subtype.
func factsOf(e names.Entry) []string {
	if s := e.Subtype; s != nil {
		return append([]string{s.Title, s.Description, s.Retry.Advice}, s.Examples...)
	}
	c := e.Code
	facts := []string{c.Wire, c.Title, c.Description, c.Retry.Advice, c.GRPC, c.Since}
	for _, cause := range c.Causes {
		facts = append(facts, cause.Title)
	}
	for _, all := range [][]string{c.Avoid, c.Fixes, c.Examples, c.Aliases, c.RenamedFrom} {
		facts = append(facts, all...)
	}
	return facts
}

// checkSection checks the section of a code for the code or its subtype.
func checkSection(t *testing.T, page string, e names.Entry) {
	t.Helper()
	_, section, ok := strings.Cut(page, "\n<a id=\""+e.Names.Codes[indexOf(e)].Anchor+"\"></a>\n\n### ")
	if !ok {
		t.Errorf("%s has no section", e.Value())
		return
	}
	section, _, _ = strings.Cut(section, "\n\n<a id=")
	text := dense(strings.Join(render(t, []byte(section)).texts, ""))
	want := []string{explain.NextStep(e.Code.Retry)}
	switch {
	case e.Subtype != nil:
		want = []string{explain.NextStep(e.Subtype.Retry), e.Subtype.Title}
	case e.Code.Charged != spec.ChargedUnknown:
		want = append(want, "Charged: "+e.Code.Charged.String())
	}
	if e.Code.HTTP != 0 {
		want = append(want, "HTTP status: "+strconv.Itoa(e.Code.HTTP))
	}
	for _, s := range want {
		if !strings.Contains(text, dense(s)) {
			t.Errorf("the section of %s does not contain %q", e.Value(), s)
		}
	}
}

// indexOf returns the index of the code of an entry.
func indexOf(e names.Entry) int {
	for i := range e.Table.Codes {
		if &e.Table.Codes[i] == e.Code {
			return i
		}
	}
	return -1
}
