package typescript

import (
	"strings"

	"github.com/errspec/errspec/internal/displaywidth"
)

// lineWidth is the line width of Prettier.
const lineWidth = 80

// minBroken is the length of the shortest name after which Prettier breaks a line.
const minBroken = 5

// An expr is an expression that is laid out as Prettier does: on one line if it fits, or
// else with each item on a separate line.
type expr struct {
	head        string // before open; all of an expression without items
	open, close string
	items       []expr
	spaced      bool // whether there are spaces inside of the brackets
	fill        bool // whether lines have several items: lists of numbers
	broken      bool // whether it is never on one line
}

func atom(text string) expr { return expr{head: text} }

// object returns an object literal. Prettier keeps one on one line that fits.
func object(items ...expr) expr {
	return expr{open: "{", close: "}", items: items, spaced: true}
}

// list returns an array literal. Prettier breaks one whose elements are all objects, or
// all arrays, with several members.
func list(items ...expr) expr {
	n := expr{open: "[", close: "]", items: items}
	n.broken = len(items) > 1
	for _, item := range items {
		n.broken = n.broken && item.open == items[0].open && item.head == "" && len(item.items) > 1
	}
	return n
}

// numbers returns an array literal of numbers.
func numbers(all []int) expr {
	n := expr{open: "[", close: "]", fill: len(all) > 1}
	for _, number := range all {
		n.items = append(n.items, atom(itoa(number)))
	}
	return n
}

// called returns a call with one argument that is an object or an array.
func called(function string, argument expr) expr {
	argument.head = function + "(" + argument.head
	argument.close += ")"
	return argument
}

// after returns a call with another argument before the one that it has.
func (n expr) after(argument string) expr {
	n.head += argument + ", "
	return n
}

// member returns the member of an object.
func member(name string, value expr) expr {
	value.head = name + ": " + value.head
	return value
}

// flat returns the expression on one line.
func (n expr) flat() string {
	if len(n.items) == 0 {
		return n.head + n.open + n.close
	}
	all := make([]string, len(n.items))
	for i, item := range n.items {
		all[i] = item.flat()
	}
	space := ""
	if n.spaced {
		space = " "
	}
	return n.head + n.open + space + strings.Join(all, ", ") + space + n.close
}

// mustBreak reports whether the expression, or one of its items, is never on one line.
func (n expr) mustBreak() bool {
	if n.broken {
		return true
	}
	for _, item := range n.items {
		if item.mustBreak() {
			return true
		}
	}
	return false
}

// print returns the expression with a text before and after it, which starts at a column.
func (n expr) print(before string, indent int, after string) string {
	flat := before + n.flat()
	if !n.mustBreak() && indent+displaywidth.Of(flat+after) <= lineWidth {
		return flat + after
	}
	pad := strings.Repeat(" ", indent)
	if len(n.items) == 0 {
		// a text after a name, or the value of a constant
		for _, operator := range []string{": ", " = "} {
			name, value, found := strings.Cut(before+n.head, operator)
			isShort := operator == ": " && displaywidth.Of(name) < minBroken // Prettier saves no space
			if found && !isShort && n.open == "" && (value[0] == '"' || value[0] == '\'') {
				return name + strings.TrimRight(operator, " ") + "\n" + pad + "  " + value + after
			}
		}
		return flat + after
	}
	var b strings.Builder
	b.WriteString(before + n.head + n.open + "\n")
	if n.fill {
		b.WriteString(filled(n.items, indent+2))
	} else {
		for _, item := range n.items {
			b.WriteString(pad + "  " + item.print("", indent+2, ",") + "\n")
		}
	}
	b.WriteString(pad + n.close + after)
	return b.String()
}

// filled returns items with as many on each line as fit.
func filled(items []expr, indent int) string {
	var b strings.Builder
	pad := strings.Repeat(" ", indent)
	line := pad
	for _, item := range items {
		text := item.flat() + ","
		if line != pad && len(line)+1+len(text) > lineWidth {
			b.WriteString(line + "\n")
			line = pad
		}
		if line != pad {
			line += " "
		}
		line += text
	}
	return b.String() + line + "\n"
}
