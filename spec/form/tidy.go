package form

import (
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
)

// Tidy returns prose without white space at its start, at its end and at the ends of lines, and
// with single spaces between words. The indent of lines after the first is kept.
func Tidy(s string) string {
	if isTidy(s) { // the common case, which must be fast
		return s
	}
	lines := strings.Split(strings.Trim(s, " \t\n"), "\n")
	for i, line := range lines {
		text := strings.TrimLeft(line, " \t")
		lines[i] = line[:len(line)-len(text)] + gaps.ReplaceAllString(strings.TrimRight(text, " \t"), " ")
	}
	return strings.Join(lines, "\n")
}

func isTidy(s string) bool {
	return s == "" || s[0] != ' ' && s[0] != '\n' && s[len(s)-1] != ' ' && s[len(s)-1] != '\n' &&
		strings.IndexByte(s, '\t') < 0 && !strings.Contains(s, "  ") && !strings.Contains(s, " \n")
}

var gaps = lazyregexp.New(`[ \t]{2,}|\t`)

// Tidy returns the fix that applies [Tidy] to the value of a key. It returns nil if the fix is not
// unambiguous.
func (e Entry) Tidy(key string) *diag.Fix {
	e = e.writer(key)
	if v := e.value(key); v != nil {
		return tidy(e.file, *v)
	}
	return nil
}

// TidyItem returns the fix that applies [Tidy] to item i of a list. It returns nil if the fix is
// not unambiguous.
func (e Entry) TidyItem(key string, i int) *diag.Fix {
	e, i = e.Written(key, i)
	if item := e.value(key).item(i); item != nil {
		return tidy(e.file, *item)
	}
	return nil
}

func tidy(file *diag.File, p place) *diag.Fix {
	if p.kind != yaml.ScalarNode {
		return nil
	}
	if p.style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 {
		return fix(file, p, Tidy(p.value))
	}
	// A block is in the file verbatim, except for its indent.
	fix := &diag.Fix{Message: "use single spaces between words"}
	first, last := blockLines(file, p)
	for line := first; line <= last; line++ {
		text := file.Line(line)
		start := file.Offset(diag.Pos{Line: line, Column: 1})
		body := strings.TrimLeft(text, " ")
		start += len(text) - len(body)
		for _, m := range gaps.FindAllStringIndex(body+"  ", -1) { // two spaces turn white space at the end into a gap
			text := " "
			if m[1] >= len(body) {
				text, m[1] = "", len(body)
			}
			if m[0] < len(body) {
				fix.Edits = append(fix.Edits, diag.Edit{File: file, Start: start + m[0], End: start + m[1], Text: text})
			}
		}
	}
	if len(fix.Edits) == 0 {
		return nil
	}
	return fix
}

// blockLines returns the lines of a literal or folded scalar.
func blockLines(file *diag.File, p place) (first, last int) {
	first, last = int(p.line)+1, int(p.line)
	indent := -1
	for line := first; line <= file.Lines(); line++ {
		text := file.Line(line)
		if strings.TrimSpace(text) == "" {
			continue
		}
		in := len(text) - len(strings.TrimLeft(text, " "))
		if indent < 0 {
			indent = in
		}
		if in < indent || in == 0 {
			break
		}
		last = line
	}
	return first, last
}
