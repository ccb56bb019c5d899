package e2e

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	renderer "github.com/yuin/goldmark/renderer/html"
)

// rendered is a page as a reader gets it. texts[i] stands before tags[i], and
// one more after the last. Comparing elements instead of a syntax tree makes no
// difference between code in backticks and code in tags, and sees raw HTML.
type rendered struct {
	tags  []string
	texts []string
}

// tagPattern is enough for what goldmark writes: ">" in an attribute is escaped.
var tagPattern = regexp.MustCompile(`<!--.*?-->|<[^>]*>`)

// render reads a page as GitHub Flavored Markdown, with the extensions that
// other sites use besides.
func render(t *testing.T, page []byte) rendered {
	t.Helper()
	parser := goldmark.New(
		goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList),
		goldmark.WithRendererOptions(renderer.WithUnsafe()),
	)
	var b bytes.Buffer
	if err := parser.Convert(page, &b); err != nil {
		t.Fatal(err)
	}
	var r rendered
	out, end := b.String(), 0
	for _, at := range tagPattern.FindAllStringIndex(out, -1) {
		r.texts = append(r.texts, normal(html.UnescapeString(out[end:at[0]])))
		r.tags = append(r.tags, plainTag(out[at[0]:at[1]]))
		end = at[1]
	}
	r.texts = append(r.texts, normal(html.UnescapeString(out[end:])))
	return r
}

// plainTag drops what differs between elements that mean the same.
func plainTag(tag string) string {
	if strings.HasPrefix(tag, "<code") {
		return "<code>" // the language of a block
	}
	return strings.Replace(strings.Replace(tag, " />", ">", 1), "/>", ">", 1)
}

// attribute returns an attribute of a tag.
func attribute(tag, name string) (string, bool) {
	_, after, found := strings.Cut(tag, " "+name+`="`)
	value, _, closed := strings.Cut(after, `"`)
	return html.UnescapeString(value), found && closed
}

// normal makes every run of white space a single space, which is all that a
// browser shows of it.
func normal(s string) string { return strings.Join(strings.Fields(s), " ") }

// firstDifference returns where two lists begin to differ, or -1.
func firstDifference(a, b []string) int {
	if slices.Equal(a, b) {
		return -1
	}
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}

func around(list []string, i int) []string {
	return list[min(len(list), max(0, i-2)):min(len(list), i+3)]
}
