package typescript

import (
	"strings"

	"github.com/errspec/errspec/internal/displaywidth"
)

// reflow returns source of the runtime as Prettier lays it out after parts of it were
// omitted and names replaced: what fits on one line is on one line, and parameters that
// do not are on separate lines.
func reflow(source string) string {
	lines := strings.Split(source, "\n")
	for {
		joined := joinGroups(lines)
		if len(joined) == len(lines) {
			break
		}
		lines = joined
	}
	lines = spacing(lines)
	var out []string
	for _, line := range lines {
		out = append(out, breakSignature(line)...)
	}
	return strings.Join(out, "\n")
}

func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

func fits(line string) bool { return displaywidth.Of(line) <= lineWidth }

// isCode reports whether a line is neither blank nor a comment.
func isCode(line string) bool {
	text := strings.TrimSpace(line)
	return text != "" && !strings.HasPrefix(text, "//") && !strings.HasPrefix(text, "/*") && !strings.HasPrefix(text, "*")
}

// joinGroups joins each group of lines that fits on one line and has no group in it.
func joinGroups(lines []string) []string {
	var out []string
	for i := 0; i < len(lines); {
		if joined, n := joinAt(lines[i:]); n > 0 && fits(joined) {
			out = append(out, joined)
			i += n
			continue
		}
		out = append(out, lines[i])
		i++
	}
	return out
}

// joinAt returns the group that starts at the first line on one line, and the number of
// its lines. It returns 0 if none starts there.
func joinAt(lines []string) (string, int) {
	first := lines[0]
	if !isCode(first) || len(lines) < 2 {
		return "", 0
	}
	indent := indentOf(first)
	switch {
	case strings.HasSuffix(first, "("):
		return joinArguments(lines, indent)
	case strings.HasSuffix(first, " =") && strings.HasPrefix(strings.TrimSpace(lines[1]), "| "):
		return joinUnion(lines)
	case strings.HasPrefix(strings.TrimSpace(first), "if (") && strings.HasSuffix(first, ")") && isCode(lines[1]) &&
		indentOf(lines[1]) == indent+2 && strings.HasSuffix(lines[1], ";"):
		return first + " " + strings.TrimSpace(lines[1]), 2
	}
	return "", 0
}

// joinArguments joins a group such as
//
//	receive(
//	  from,
//	  true,
//	);
func joinArguments(lines []string, indent int) (string, int) {
	var items []string
	for i, line := range lines[1:] {
		text := strings.TrimSpace(line)
		switch {
		case indentOf(line) == indent && strings.HasPrefix(text, ")") && len(items) > 0:
			return lines[0] + strings.TrimSuffix(strings.Join(items, " "), ",") + text, i + 2
		case indentOf(line) != indent+2 || !isCode(line) || strings.HasSuffix(text, "(") || strings.HasSuffix(text, "{"):
			return "", 0
		case !strings.HasSuffix(text, ","):
			return "", 0 // an expression that is broken in another way
		}
		items = append(items, text)
	}
	return "", 0
}

// joinUnion joins the members of a union type.
func joinUnion(lines []string) (string, int) {
	joined := lines[0]
	for i, line := range lines[1:] {
		text := strings.TrimSpace(line)
		if !strings.HasPrefix(text, "| ") {
			return "", 0
		}
		if i == 0 {
			text = strings.TrimPrefix(text, "| ")
		}
		joined += " " + text
		if strings.HasSuffix(text, ";") {
			return joined, i + 2
		}
	}
	return "", 0
}

// spacing removes blank lines after another one, after an opening bracket and before a
// closing one.
func spacing(lines []string) []string {
	var out []string
	for i, line := range lines {
		if line == "" && len(out) > 0 {
			before := out[len(out)-1]
			next := ""
			if i+1 < len(lines) {
				next = strings.TrimSpace(lines[i+1])
			}
			if before == "" || strings.HasSuffix(before, "{") || strings.HasPrefix(next, "}") {
				continue
			}
		}
		out = append(out, line)
	}
	return out
}

// breakSignature breaks the parameters of a function, or the arguments of a call, if they
// do not fit on one line.
func breakSignature(line string) []string {
	isSignature := strings.HasSuffix(line, " {") && (strings.Contains(line, "function ") || strings.HasPrefix(line, "  ") && indentOf(line) == 2)
	isCall := strings.HasSuffix(line, ");") || strings.HasPrefix(line, "export declare function ")
	open := strings.Index(line, "(")
	if fits(line) || !isCode(line) || !isSignature && !isCall || open < 0 {
		return []string{line}
	}
	pad := strings.Repeat(" ", indentOf(line))
	out := []string{line[:open+1]}
	depth, start := 0, open+1
	for i := open; i < len(line); i++ {
		switch line[i] {
		case '(', '[', '{', '<':
			depth++
		case '>':
			if line[i-1] != '=' {
				depth--
			}
		case ']', '}':
			depth--
		case ')':
			depth--
			if depth == 0 {
				out = append(out, pad+"  "+strings.TrimSpace(line[start:i])+",")
				return append(out, pad+line[i:])
			}
		case ',':
			if depth == 1 {
				out = append(out, pad+"  "+strings.TrimSpace(line[start:i])+",")
				start = i + 1
			}
		}
	}
	return []string{line}
}
