package layout

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// line prints one line.
func (p *printer) line(indent int, text string) {
	if p.lead != "" {
		p.out.WriteString(p.lead)
		p.lead = ""
	} else {
		p.out.WriteString(strings.Repeat(" ", indent))
	}
	p.out.WriteString(text)
	p.out.WriteByte('\n')
}

// blank prints an empty line, except at the top.
func (p *printer) blank() {
	if p.out.Len() > 0 && p.lead == "" {
		p.out.WriteByte('\n')
	}
}

// flush prints the dashes of list items on a separate line.
func (p *printer) flush(comment string) {
	p.out.WriteString(strings.TrimRight(p.lead, " ") + trailing(comment) + "\n")
	p.lead = ""
}

// head prints the comment above an entry. The comment of the first key of an item is below
// the dash: above it, the comment would be about the whole item.
func (p *printer) head(comment string, indent int) {
	if comment != "" && p.lead != "" {
		p.flush("")
	}
	p.comment(comment, indent)
}

// foot prints the comment below the entries of a collection.
func (p *printer) foot(n *yaml.Node, indent int) {
	if n.FootComment == "" {
		return
	}
	if indent == 0 || hasBlanks(n.FootComment) {
		p.blank()
	}
	p.comment(n.FootComment, indent)
}

func (p *printer) comment(text string, indent int) {
	if text == "" {
		return
	}
	for line := range strings.SplitSeq(text, "\n") {
		if line == "" {
			p.blank()
		} else {
			p.line(indent, line)
		}
	}
}

// trailing returns comments for the end of a line.
func trailing(comments ...string) string {
	text := ""
	for _, c := range comments {
		if c != "" {
			text += " " + strings.ReplaceAll(c, "\n", " ")
		}
	}
	return text
}

// hasBlanks reports whether a comment has blank lines in it or below it, and therefore
// requires one above it.
func hasBlanks(comment string) bool {
	return strings.Contains(comment, "\n\n") || strings.HasSuffix(comment, "\n")
}

// joinComments returns two comments, one below the other.
func joinComments(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n" + b
}

// hasComments reports whether a tree contains a comment that requires a separate line. If
// own is true, comments of the root itself count.
func hasComments(n *yaml.Node, own bool) bool {
	if own && (n.HeadComment != "" || n.LineComment != "") || n.FootComment != "" {
		return true
	}
	for _, c := range n.Content {
		if hasComments(c, true) {
			return true
		}
	}
	return false
}
