// Package html writes the reference page of a table as one HTML file that requires no
// network, server or other file.
//
// Without JavaScript it is a static reference. The script adds search, filters and
// explanations of pasted errors. It decides about codes and messages like the generated
// package, according to the meaning of phrases in the documentation of package match.
// It reads codes, subtypes and retry settings from the visible elements. A data block
// contains only data that the page does not show, mainly the phrases.
//
// The texts of the page come from the [plan.Plan]. html/template escapes them according
// to their context. A Content-Security-Policy allows only the style sheet and the script
// of the page itself.
package html

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"strings"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/internal/chunked"
	"github.com/errspec/errspec/internal/output"
)

//go:embed static/page.tmpl
var page string

// The style sheet and the script of pages. TestPageAssets in module e2e generates
// them from the sources in static.
var (
	//go:embed minified/page.css
	style template.CSS
	//go:embed minified/page.js
	script template.JS
)

// Emit returns the page. It omits internal codes. Lines end with a line feed.
func Emit(p *plan.Plan) ([]byte, error) {
	v, err := newView(p)
	if err != nil {
		return nil, err
	}
	tmpl, err := template.New("page").Funcs(functions).Parse(page)
	if err != nil {
		return nil, err
	}
	var b chunked.Buffer
	b.WriteString("<!doctype html>\n" + output.Mark(output.HTML, p.Source) + "\n")
	if err := tmpl.Execute(&b, v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// policy returns the Content-Security-Policy. It allows only the style sheet and
// the script of the page, by their hashes, and its icon.
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
