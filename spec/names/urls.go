package names

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec"
)

// anchor returns the anchor of a name on a page: letters in lower case, digits, _ and -.
// GitHub and documentation sites give a heading that is a code the same anchor.
func anchor(s string) string {
	var b strings.Builder
	dash := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case isUpper(c):
			c += 'a' - 'A'
		case isLower(c), isDigit(c), c == '_':
		default:
			dash = true
			continue
		}
		if dash && b.Len() > 0 {
			b.WriteByte('-')
		}
		dash = false
		b.WriteByte(c)
	}
	return b.String()
}

// codeURL returns the URL of a code's documentation, or "" if it has none.
func codeURL(base string, c *spec.Code, anchor string) string {
	switch c.URL {
	case "":
		return docsURL(base, c.Wire, anchor)
	case spec.NoURL:
		return ""
	}
	return c.URL
}

// docsURL returns the URL of a code's documentation that follows from base, the docs_url: of
// the table. It returns "" if base is.
func docsURL(base, wire, anchor string) string {
	switch {
	case base == "":
		return ""
	case strings.Contains(base, "{code}"):
		// {code} may be in the path or in the query: escape for both.
		escaped := strings.ReplaceAll(url.QueryEscape(wire), "+", "%20")
		return strings.ReplaceAll(base, "{code}", escaped)
	}
	return base + "#" + anchor
}

// unique assigns unique names: anchors of a page, pages of a directory. A name that is taken
// gets a number. The values are the next number to try for each name.
type unique map[string]int

func (u unique) add(base string) string {
	name, n := base, max(u[base], 2)
	for ; u[name] != 0; n++ {
		name = fmt.Sprintf("%s-%d", base, n)
	}
	u[base] = n
	if u[name] == 0 {
		u[name] = 2
	}
	return name
}

// longestPage is the maximum length of the name of a page without its number: file systems
// limit file names, and codes may be longer.
const longestPage = 100

// meaningfulFiles matches names with a special meaning to file systems or sites: devices of
// Windows, with any extension, and the index pages of directories.
var meaningfulFiles = lazyregexp.New(`^(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|index|readme|license)$`)

// pageName returns the base name of the page of a code with the given anchor:
// letters in lower case, digits, and single hyphens between them.
func pageName(anchor string) string {
	words := strings.FieldsFunc(anchor, func(r rune) bool { return r == '_' || r == '-' })
	name := strings.Join(words, "-")
	name = strings.TrimSuffix(name[:min(len(name), longestPage)], "-")
	if name == "" || len(name) <= len("license") && meaningfulFiles.MatchString(name) {
		name = strings.TrimSuffix("code-"+name, "-")
	}
	return name
}
