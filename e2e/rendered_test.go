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

// rendered is a rendered page. texts[i] is the text before tags[i]; there is one more
// text than tags. Comparing elements instead of a syntax tree treats code in backquotes
// and in tags as the same, and includes raw HTML.
type rendered struct {
	tags  []string
	texts []string
}

// tagPattern is sufficient for the output of goldmark: ">" in an attribute is escaped.
var tagPattern = regexp.MustCompile(`<!--.*?-->|<[^>]*>`)

// render renders a page as GitHub Flavored Markdown, with extensions of other sites.
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

// plainTag removes differences between tags with the same meaning.
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

// normal replaces white space with single spaces, as browsers do.
func normal(s string) string { return strings.Join(strings.Fields(s), " ") }

// firstDifference returns the index of the first difference of two lists. It returns -1
// if there is none.
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
