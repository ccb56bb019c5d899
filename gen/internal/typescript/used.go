package typescript

import (
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
)

// A declaration is a declaration at the top level of a module, with its comment.
type declaration struct {
	name     string
	exported bool
	text     string
	code     string // text without comments
}

var (
	declares   = lazyregexp.New(`^(export )?(?:declare |async |abstract )*(?:function\*?|class|interface|type|const|let) ([A-Za-z_$][A-Za-z0-9_$]*)`)
	identifier = lazyregexp.New(`[A-Za-z_$][A-Za-z0-9_$]*`)
)

// declarations divides the source of a module. Lines before the first declaration are one
// without a name.
func declarations(source string) []declaration {
	var all []declaration
	var current declaration
	var before, text, code strings.Builder // before: the comment of the next one
	flush := func() {
		current.text, current.code = text.String(), code.String()
		if current.text != "" {
			all = append(all, current)
		}
		text.Reset()
		code.Reset()
	}
	inComment := false
	for line := range strings.Lines(source) {
		trimmed := strings.TrimSpace(line)
		isComment := inComment || strings.HasPrefix(trimmed, "//") || strings.HasPrefix(trimmed, "/**")
		switch {
		case strings.HasPrefix(trimmed, "/**"):
			inComment = !strings.Contains(trimmed, "*/")
		case inComment:
			inComment = !strings.Contains(trimmed, "*/")
		}
		if found := declares.FindStringSubmatch(line); found != nil && !isComment {
			flush()
			current = declaration{name: found[2], exported: found[1] != ""}
			text.WriteString(before.String())
			before.Reset()
		}
		isOutside := line[0] != ' ' && line[0] != '}' && line[0] != ')' && line[0] != ']'
		if isComment && (isOutside || before.Len() > 0) {
			before.WriteString(line)
			continue
		}
		text.WriteString(before.String() + line)
		before.Reset()
		if !isComment {
			code.WriteString(line)
		}
	}
	text.WriteString(before.String())
	flush()
	return all
}

// used returns a module without the declarations that neither programs nor other
// declarations use.
func used(source string) string {
	all := declarations(source)
	byName := make(map[string][]int) // a constant and a type may share a name
	for i, d := range all {
		byName[d.name] = append(byName[d.name], i)
	}
	kept := make([]bool, len(all))
	var keep func(i int)
	keep = func(i int) {
		if kept[i] {
			return
		}
		kept[i] = true
		for _, at := range identifier.FindAllStringIndex(all[i].code, -1) {
			if before := all[i].code[:at[0]]; strings.HasSuffix(before, ".") && !strings.HasSuffix(before, "...") || strings.HasSuffix(before, " get ") {
				continue // a member
			}
			for _, j := range byName[all[i].code[at[0]:at[1]]] {
				keep(j)
			}
		}
	}
	for i, d := range all {
		if d.exported || d.name == "" {
			keep(i)
		}
	}
	var b strings.Builder
	for i, d := range all {
		if kept[i] {
			b.WriteString(d.text)
		}
	}
	return b.String()
}
