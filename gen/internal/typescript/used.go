package typescript

import (
	"iter"
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

var declares = lazyregexp.New(`^(export )?(?:declare |async |abstract )*(?:function\*?|class|interface|type|const|let) ([A-Za-z_$][A-Za-z0-9_$]*)`)

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
		if !isComment && 'a' <= line[0] && line[0] <= 'z' { // most lines of a large module are indented
			if found := declares.FindStringSubmatch(line); found != nil {
				flush()
				current = declaration{name: found[2], exported: found[1] != ""}
				text.WriteString(before.String())
				before.Reset()
			}
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
		for name := range identifiers(all[i].code) {
			for _, j := range byName[name] {
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

// identifiers returns the identifiers in code that are not names of members, also those in
// texts.
func identifiers(code string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := 0; i < len(code); {
			start := i
			for i < len(code) && (isLetter(code[i]) || i > start && '0' <= code[i] && code[i] <= '9') {
				i++
			}
			if i == start {
				i++
				continue
			}
			before := code[:start]
			isMember := strings.HasSuffix(before, ".") && !strings.HasSuffix(before, "...") || strings.HasSuffix(before, " get ")
			if !isMember && !yield(code[start:i]) {
				return
			}
		}
	}
}

func isLetter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == '$'
}
