// Package html writes a table's reference page as one HTML file that needs
// nothing else: no network, no server, no other file.
//
// Without JavaScript it is a plain reference. With it, the page searches and
// filters, and explains an error that somebody pastes: its script decides about
// codes and messages as the generated package does, from the meaning of phrases
// that package match documents. The codes, sub-types and advice that the script
// needs are read from the elements that people read; only what is not shown, the
// phrases above all, lies in a block of data besides.
//
// The words of the page come from the [plan.Plan]. html/template escapes them for
// where they land, and a Content-Security-Policy lets nothing run or load but the
// one style sheet and the one script that the page itself holds.
package html

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"strings"

	"github.com/errspec/errspec/gen/internal/output"
	"github.com/errspec/errspec/gen/internal/plan"
)

//go:embed static
var static embed.FS

// scripts are the parts of the script, each of which uses those before it.
var scripts = []string{"json.js", "match.js", "table.js", "keys.js", "text.js", "extract.js", "decide.js", "find.js", "answer.js", "paste.js", "page.js"}

// Emit returns the page. Codes that are internal are left out of it. Lines end
// with a line feed only.
func Emit(p *plan.Plan) ([]byte, error) {
	v, err := newView(p)
	if err != nil {
		return nil, err
	}
	tmpl, err := template.New("page.tmpl").Funcs(functions).ParseFS(static, "static/page.tmpl")
	if err != nil {
		return nil, err
	}
	var page bytes.Buffer
	page.WriteString("<!doctype html>\n" + output.Mark(output.HTML, p.Source) + "\n")
	if err := tmpl.Execute(&page, v); err != nil {
		return nil, err
	}
	return page.Bytes(), nil
}

// style returns the style sheet.
func style() (template.CSS, error) {
	css, err := static.ReadFile("static/page.css")
	return template.CSS("\n" + dense.Replace(compact(string(css), "/* ", " */"))), err
}

// dense takes the white space out of a style sheet that means nothing in ours: no
// selector and no text of it holds such characters with a space.
var dense = strings.NewReplacer(" {", "{", "{ ", "{", " }", "}", ": ", ":", "; ", ";", ", ", ",")

// script returns the script. It leaves nothing behind in the page's global scope.
func script() (template.JS, error) {
	var b strings.Builder
	b.WriteString("\n(() => {\n\"use strict\";\n")
	for _, name := range scripts {
		js, err := static.ReadFile("static/" + name)
		if err != nil {
			return "", err
		}
		b.WriteString(compact(string(js), "// ", ""))
	}
	b.WriteString("})();\n")
	return template.JS(b.String()), nil
}

// compact leaves out the lines that are comments, blank ones and indentation: a
// page holds a copy of the source, and nobody works on that. No text of the
// source goes over the end of a line.
func compact(source, before, after string) string {
	var b strings.Builder
	for line := range strings.Lines(source) {
		line = strings.TrimSpace(line)
		if line != "" && !(strings.HasPrefix(line, before) && strings.HasSuffix(line, after)) {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

// policy returns the Content-Security-Policy: the style sheet and the script of
// the page, by their hashes, its icon, and nothing else.
func policy(css template.CSS, js template.JS) string {
	return strings.Join([]string{
		"default-src 'none'",
		"style-src " + hash(string(css)),
		"script-src " + hash(string(js)),
		"img-src data:",
		"base-uri 'none'",
		"form-action 'none'",
		"require-trusted-types-for 'script'",
		"trusted-types 'none'",
	}, "; ")
}

func hash(source string) string {
	sum := sha256.Sum256([]byte(source))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
