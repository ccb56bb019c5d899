package names

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec"
)

// anchor returns the name of a place on a page: letters in lower case, digits,
// _ and -. Such anchors are those that GitHub and documentation sites give a
// heading that is a code.
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

// docsURL returns the address of a code's documentation.
func docsURL(base, wire, anchor string) string {
	switch {
	case base == "":
		return ""
	case strings.Contains(base, "{code}"):
		// Escaped for a path and for a query, since {code} may stand in both.
		escaped := strings.ReplaceAll(url.QueryEscape(wire), "+", "%20")
		return strings.ReplaceAll(base, "{code}", escaped)
	}
	return base + "#" + anchor
}

// unique hands out names, each of them once: anchors of a page, pages of a folder.
// What would meet another name gets a number, in the order in which they are asked
// for.
type unique map[string]int // by name: the number to try next for another one

func (u unique) claim(base string) string {
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

// longestPage is how many characters the name of a page has, its number aside:
// file systems have a limit, and codes need not.
const longestPage = 100

// meaningfulFiles are names that a file system or a site gives a meaning: devices
// of Windows, whatever their ending, and what stands for a whole folder.
var meaningfulFiles = lazyregexp.New(`^(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|index|readme|license)$`)

// pageName returns the base name of the page of a code with the given anchor:
// letters in lower case, digits, and single hyphens between them.
func pageName(anchor string) string {
	words := strings.FieldsFunc(anchor, func(r rune) bool { return r == '_' || r == '-' })
	name := strings.Join(words, "-")
	name = strings.TrimSuffix(name[:min(len(name), longestPage)], "-")
	if name == "" || meaningfulFiles.MatchString(name) {
		name = strings.TrimSuffix("code-"+name, "-")
	}
	return name
}
