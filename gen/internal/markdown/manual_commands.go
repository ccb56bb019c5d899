package markdown

import (
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
)

// A Command is a command of the command line.
type Command struct {
	Path     string // "errspec lint"
	Use      string // usage line
	Short    string
	Long     string
	Examples string
	Flags    []Flag
}

// A Flag is a flag of a command.
type Flag struct {
	Name, Shorthand string
	Value           string // name of its value, or empty
	Usage           string // may end with "(default: …)" or "(required)"
}

// Commands returns the page of commands, a section for each.
func (m Manual) Commands(all []Command) []byte {
	w := m.writer()
	var rows [][]md
	for _, c := range all {
		rows = append(rows, []md{link(code(c.Path, inCell|inLabel), "#"+headingAnchor(c.Path)), described(c.Short, inCell)})
	}
	w.table([]md{"Command", "Description"}, rows)
	for _, c := range all {
		w.heading(2, md(c.Path))
		w.block(codeBlock("text", c.Use, false))
		w.help(c.Long)
		if c.Examples != "" {
			w.block("Examples:")
			w.block(codeBlock("sh", c.Examples, false))
		}
		w.flags(c.Flags)
	}
	return w.bytes()
}

// flags writes the table of flags.
func (w *writer) flags(all []Flag) {
	if len(all) == 0 {
		return
	}
	var rows [][]md
	for _, f := range all {
		name := "--" + f.Name
		if f.Value != "" {
			name += " " + f.Value
		}
		label := code(name, inCell)
		if f.Shorthand != "" {
			label = code("-"+f.Shorthand, inCell) + ", " + label
		}
		meaning, initial := splitDefault(f.Usage)
		value := described(initial, inCell)
		if rest, ok := strings.CutSuffix(f.Usage, " (required)"); ok {
			meaning, value = rest, "required"
		} else if initial != "" && !strings.Contains(initial, " ") {
			value = code(initial, inCell)
		}
		rows = append(rows, []md{label, value, described(meaning, inCell)})
	}
	w.table([]md{"Flag", "Default", "Meaning"}, rows)
}

// statusLine matches a line of the list of exit statuses.
var statusLine = lazyregexp.New(`^ +([0-9]) +(.+)$`)

// help writes the text that help prints for a command. Paragraphs become prose, lists become lists,
// and exit statuses become a table. Other indented text becomes a block of code.
func (w *writer) help(long string) {
	for _, paragraph := range strings.Split(long, "\n\n") {
		lead, list, found := strings.Cut(paragraph, "\n  ")
		if !strings.HasPrefix(paragraph, "  ") {
			w.block(described(strings.ReplaceAll(lead, "\n", " "), lineStart))
		}
		switch {
		case strings.HasPrefix(paragraph, "  "):
			w.indented(unindent(paragraph))
		case found && strings.HasPrefix(lead, "Exit status"):
			w.statuses("  " + list)
		case found:
			w.indented(unindent("  " + list))
		}
	}
}

// indented writes a list, if text is one whose items start with hyphens, or a block of code. The
// lines of an item after the first are indented.
func (w *writer) indented(text string) {
	var items []md
	for _, line := range strings.Split(text, "\n") {
		item, isItem := strings.CutPrefix(line, "- ")
		more, continues := strings.CutPrefix(line, "  ")
		switch {
		case isItem:
			items = append(items, described(item, lineStart))
		case continues && len(items) > 0:
			items[len(items)-1] += " " + described(more, 0)
		default:
			w.block(codeBlock("text", text, false))
			return
		}
	}
	w.bullets(items)
}

// statuses writes the list of exit statuses, whose lines may be continued.
func (w *writer) statuses(list string) {
	var rows [][]md
	for _, line := range strings.Split(list, "\n") {
		if m := statusLine.FindStringSubmatch(line); m != nil {
			rows = append(rows, []md{md(m[1]), described(m[2], inCell)})
		} else if len(rows) > 0 {
			rows[len(rows)-1][1] += " " + described(strings.TrimSpace(line), inCell)
		}
	}
	w.table([]md{"Status", "Meaning"}, rows)
}

// unindent removes two spaces from the start of each line.
func unindent(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimPrefix(line, "  ")
	}
	return strings.Join(lines, "\n")
}
