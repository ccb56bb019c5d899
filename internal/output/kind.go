package output

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// Kind is a kind of output. Each kind has its own form of mark, and orphans are
// searched by kind.
type Kind uint8

const (
	Go Kind = iota + 1
	Markdown
	HTML
	JSON
	TypeScript
	JavaScript
	Python
)

// kinds defines the differences between kinds, so that no other code depends on the
// kind.
var kinds = [...]struct {
	name          string
	exts          []string                       // file name extensions of possible orphans
	before, after string                         // text of the mark around the source
	find          func(head []byte) (mark, bool) // finds the mark of a file
}{
	Go:         {"Go", []string{".go"}, goBefore, markAfter, findGo},
	Markdown:   {"Markdown", []string{".md", ".markdown", ".mdx"}, htmlBefore, htmlAfter, findMarkdown},
	HTML:       {"HTML", []string{".html", ".htm"}, htmlBefore, htmlAfter, findHTML},
	JSON:       {"JSON", []string{".json"}, jsonBefore, "", findJSON},
	TypeScript: {"TypeScript", []string{".ts", ".mts"}, goBefore, markAfter, findGo},
	JavaScript: {"JavaScript", []string{".js", ".mjs"}, goBefore, markAfter, findGo},
	Python:     {"Python", []string{".py", ".typed"}, pythonBefore, markAfter, findPython},
}

// String returns the name of the kind for messages.
func (k Kind) String() string {
	names := make([]string, len(kinds))
	for i := range kinds {
		names[i] = kinds[i].name
	}
	return enumName("Kind", names, uint8(k))
}

func (k Kind) valid() bool { return k != 0 && int(k) < len(kinds) }

// fits reports whether a file of this name may be of kind k.
func (k Kind) fits(name string) bool {
	return k.valid() && slices.Contains(kinds[k].exts, strings.ToLower(filepath.Ext(name)))
}

// enumName returns names[v], or a text such as Kind(9) if v has no name.
func enumName(typ string, names []string, v uint8) string {
	if int(v) >= len(names) || names[v] == "" {
		return fmt.Sprintf("%s(%d)", typ, v)
	}
	return names[v]
}
