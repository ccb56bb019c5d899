package facts

import (
	"html"
	"slices"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
)

// A tag is an HTML tag or the tag of a component.
type tag struct {
	name       string
	attributes map[string]string
	closing    bool
	empty      bool // <Name />
}

func (t tag) isComponent() bool {
	return t.name != "" && (t.name[0] >= 'A' && t.name[0] <= 'Z' || slices.Contains(htmlComponents, t.name))
}

// title returns the title of a component, or "".
func (t tag) title() string {
	if slices.Contains(quiet, t.name) {
		return ""
	}
	for _, key := range []string{"title", "label", "header", "summary"} {
		if s := t.attributes[key]; s != "" {
			return s
		}
	}
	return ""
}

var (
	tagStart     = lazyregexp.New(`^</?([A-Za-z][A-Za-z0-9_.-]*)`)
	attributeKey = lazyregexp.New(`^[\s]*([A-Za-z_:@][A-Za-z0-9_:.@-]*)`)
)

// parseTag reads the tag at the start of s and returns its size. It returns 0 if
// there is no tag.
func parseTag(s string) (tag, int) {
	s = s[:min(len(s), maxTag)]
	m := tagStart.FindStringSubmatch(s)
	if m == nil {
		return tag{}, 0
	}
	t := tag{name: m[1], attributes: make(map[string]string), closing: s[1] == '/'}
	for at := len(m[0]); at < len(s); {
		rest := s[at:]
		trimmed := strings.TrimLeft(rest, " \t\n")
		at += len(rest) - len(trimmed)
		switch {
		case strings.HasPrefix(trimmed, "/>"):
			t.empty = true
			return t, at + 2
		case strings.HasPrefix(trimmed, ">"):
			return t, at + 1
		case strings.HasPrefix(trimmed, "{"): // {...spread}
			size := braces(trimmed)
			if size == 0 {
				return tag{}, 0
			}
			at += size
			continue
		}
		key := attributeKey.FindStringSubmatch(trimmed)
		if key == nil {
			return tag{}, 0
		}
		at += len(key[0])
		value, size, ok := attributeValue(s[at:])
		if !ok {
			return tag{}, 0
		}
		t.attributes[key[1]] = value
		at += size
	}
	return tag{}, 0
}

// attributeValue reads ="text", ={"text"} or ={expression} from the start of s.
func attributeValue(s string) (value string, size int, ok bool) {
	rest, found := strings.CutPrefix(strings.TrimLeft(s, " "), "=")
	if !found {
		return "", 0, true
	}
	size = len(s) - len(rest)
	if rest == "" {
		return "", 0, false
	}
	switch rest[0] {
	case '"', '\'':
		end := strings.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return "", 0, false
		}
		return html.UnescapeString(rest[1 : 1+end]), size + end + 2, true
	case '{':
		n := braces(rest)
		if n == 0 {
			return "", 0, false
		}
		inner := strings.TrimSpace(rest[1 : n-1])
		if len(inner) >= 2 && strings.IndexByte("\"'`", inner[0]) >= 0 && inner[len(inner)-1] == inner[0] {
			value = inner[1 : len(inner)-1]
		}
		return value, size + n, true
	}
	end := strings.IndexAny(rest, " \t\n>")
	if end < 0 {
		return "", 0, false
	}
	return rest[:end], size + end, true
}

// braces returns the size of the expression in braces at the start of s, or 0.
func braces(s string) int {
	depth := 0
	var quote byte
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == '\\' {
				i++
			} else if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'' || c == '`':
			quote = c
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}
