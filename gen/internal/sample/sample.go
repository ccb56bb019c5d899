// Package sample writes best practice as code: programs in Go, Python and
// JavaScript that submit a request, watch its task, and send the request again
// when, and only when, the table allows it.
//
// The programs are the templates of static/, with the facts of a table filled in.
// Texts of a table stand in them as string literals only.
package sample

import (
	"bytes"
	"embed"
	"fmt"
	"strings"
	"text/template"

	"github.com/errspec/errspec/gen/internal/plan"
)

// Sample is one program.
type Sample struct {
	Language string // as people write it: "Go"
	Key      string // as the info string of a fenced block has it: "go"
	Code     string // lines without space at their ends, each with a line feed
}

//go:embed static/*.tmpl
var static embed.FS

// All returns a program for each language. There are none if the table does not
// say how to watch a task.
func All(p *plan.Plan) []Sample {
	r := p.Response
	if !p.HasWaiter() || p.Polling == nil || r.ID == nil || r.Status == nil || r.Code == nil {
		return nil
	}
	f := newFacts(p)
	return []Sample{
		{"Go", "go", fill("static/go.tmpl", longEscape, f)},
		{"Python", "python", fill("static/python.tmpl", longEscape, f)},
		{"JavaScript", "javascript", fill("static/javascript.tmpl", javascriptEscape, f)},
	}
}

// fill returns the program of a template. Templates are read when they are needed:
// most starts of errspec make no page.
func fill(name, escape string, f *facts) string {
	source, err := static.ReadFile(name)
	if err != nil {
		panic(err) // it is embedded
	}
	quote := func(s string) string { return literal(s, escape) }
	functions := template.FuncMap{
		"text":    quote,
		"seconds": seconds,
		"texts": func(all []string) string {
			quoted := make([]string, len(all))
			for i, s := range all {
				quoted[i] = quote(s)
			}
			return strings.Join(quoted, ", ")
		},
		"declareText":        declareText,
		"declareTexts":       declareTexts,
		"declareStatusCodes": declareStatusCodes,
		"declareAutomatic":   declareAutomatic,
		"package":            func() string { return goPackage(f.Package, string(source)) },
	}
	t := template.Must(template.New(name).Funcs(functions).Parse(string(source)))
	var code bytes.Buffer
	if err := t.Execute(&code, f); err != nil {
		panic(fmt.Sprintf("the template %s: %v", name, err)) // facts has all that it asks for
	}
	return code.String()
}
