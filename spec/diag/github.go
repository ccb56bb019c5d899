package diag

import (
	"strconv"
	"strings"
)

// commandOf renders a finding as a workflow command:
//
//	::error file=errors.yaml,line=12,endLine=12,col=5,endColumn=11,title=unknown-key::unknown key "tittle" in a code%0Adid you mean title?
//
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
func (p Printer) commandOf(d Diagnostic) string {
	command := map[Severity]string{Error: "error", Warning: "warning"}[d.Severity]
	if command == "" {
		command = "notice"
	}
	var properties []string
	property := func(name, value string) {
		properties = append(properties, name+"="+escapeProperty(value))
	}
	if d.File != nil {
		property("file", p.path(d.File))
	}
	if d.Start.Line > 0 {
		property("line", strconv.Itoa(d.Start.Line))
		property("endLine", strconv.Itoa(d.End.Line))
		if d.Start.Line == d.End.Line { // GitHub does not accept columns of several lines
			property("col", strconv.Itoa(d.Start.Column))
			property("endColumn", strconv.Itoa(d.End.Column))
		}
	}
	property("title", d.Rule)
	message := brief(d.Message)
	for _, r := range d.Related {
		message += "\n" + p.located(r.Location) + ": " + brief(r.Message)
	}
	if d.Help != "" {
		message += "\n" + brief(d.Help)
	}
	return "::" + command + " " + strings.Join(properties, ",") + "::" + escapeData(message) + "\n"
}

// located returns a location as text, with the same path as in the file property.
func (p Printer) located(l Location) string {
	if l.File == nil {
		return l.String()
	}
	return Location{File: &File{Name: p.path(l.File)}, Start: l.Start}.String()
}

var (
	dataEscapes     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscapes = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// escapeData escapes the text of a command, and escapeProperty the value of a property. The runner
// restores line ends. Other characters that control a terminal are replaced.
func escapeData(s string) string     { return Printable(dataEscapes.Replace(s)) }
func escapeProperty(s string) string { return Printable(propertyEscapes.Replace(s)) }
