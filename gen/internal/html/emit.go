// Package html writes a table's reference page as one HTML file that needs
// nothing else: no network, no server, no other file.
//
// Without JavaScript it is a plain reference. With it, the page searches and
// filters, and explains an error that somebody pastes: its script decides about
// codes and messages as the generated package does, from the meaning of phrases
// that package match documents. The codes, subtypes and advice that the script
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
	_ "embed"
	"encoding/base64"
	"html/template"
	"strings"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/internal/output"
)

//go:embed static/page.tmpl
var page string

// Style sheet and script as pages hold them. TestPageAssets of module e2e makes
// them of their sources in static.
var (
	//go:embed minified/page.css
	style template.CSS
	//go:embed minified/page.js
	script template.JS
)

// Emit returns the page. Codes that are internal are left out of it. Lines end
// with a line feed only.
func Emit(p *plan.Plan) ([]byte, error) {
	v, err := newView(p)
	if err != nil {
		return nil, err
	}
	tmpl, err := template.New("page").Funcs(functions).Parse(page)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString("<!doctype html>\n" + output.Mark(output.HTML, p.Source) + "\n")
	if err := tmpl.Execute(&b, v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
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
