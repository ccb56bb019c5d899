// Package sample writes sample clients in Go, Python, TypeScript and JavaScript. They
// submit a request, poll its task, and retry only if the table allows it. They import the
// generated client of their language. Without one, a program in Python or JavaScript
// contains the settings of the table.
//
// The programs are templates in static, executed with the facts of a table. Texts of a
// table occur in them only as string literals.
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
	Language string // for people: "Go"
	Key      string // for the info string of a fenced block: "go"
	Code     string // lines without trailing white space, each with a line feed
}

//go:embed static/*.tmpl
var static embed.FS

// All returns a program for each language. It returns nil if the table does not describe
// polling.
func All(p *plan.Plan) []Sample {
	r := p.Response
	if !p.HasWaiter() || p.Polling == nil || r.ID == nil || r.Status == nil || r.Code == nil {
		return nil
	}
	f := newFacts(p)
	all := []Sample{{"Go", "go", fill("static/go.tmpl", longEscape, f)}}
	if c, ok := pythonClient(p); ok {
		all = append(all, Sample{"Python", "python", fill("static/package.tmpl", longEscape, f.with(c))})
	} else {
		all = append(all, Sample{"Python", "python", fill("static/python.tmpl", longEscape, f)})
	}
	if p.Clients.TypeScript != "" {
		c := moduleClient(p, p.Clients.TypeScript, true)
		all = append(all, Sample{"TypeScript", "typescript", fill("static/module.tmpl", javascriptEscape, f.with(c))})
	}
	switch {
	case p.Clients.JavaScript != "":
		c := moduleClient(p, p.Clients.JavaScript, false)
		all = append(all, Sample{"JavaScript", "javascript", fill("static/module.tmpl", javascriptEscape, f.with(c))})
	case p.Clients.TypeScript == "":
		all = append(all, Sample{"JavaScript", "javascript", fill("static/javascript.tmpl", javascriptEscape, f)})
	}
	return all
}

// fill executes a template. Templates are parsed only on demand, because most runs of
// errspec write no page.
func fill(name, escape string, f *facts) string {
	source, err := static.ReadFile(name)
	if err != nil {
		panic(err) // never: the file is embedded
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
		"importNames":        importNames,
		"signature":          f.signature,
		"package":            func() string { return goPackage(f.Package, string(source)) },
	}
	t := template.Must(template.New(name).Funcs(functions).Parse(string(source)))
	var code bytes.Buffer
	if err := t.Execute(&code, f); err != nil {
		panic(fmt.Sprintf("template %s: %v", name, err)) // never: facts has all fields
	}
	return code.String()
}
