package extract_test

import (
	"log/slog"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/extract"
	"github.com/errspec/errspec/spec/validate"
)

// shop is a table with everything that makes text hard to read: cases stricter than
// their code, fallbacks, phrases with placeholders and with characters that are folded,
// and codes that are quoted.
const shop = `errspec: 1
name: shop
title: Shop
unlisted: mystery
response:
  http: {429: busy, 503: "no"}
  fields:
    id: {role: id}
    status: {role: status, completed: [completed, done], failed: [failed]}
    error.code: {role: code}
    error.message: {role: message}
classes:
  - {name: client, title: Client, fault: client}
codes:
  - code: bad_input
    title: Bad input
    class: client
    description: The request is not what it should be
    retry: {action: fix}
    match: [request refused]
    subtypes:
      - {name: too_big, title: Too big, match: ["file exceeds <num:limit_mb>MB"]}
      - {name: range, title: Range, match: ["between <num:min> and <num:max>"]}
      - {name: other, title: Other, fallback: true}
  - code: busy
    title: Busy
    description: Too many requests
    aliases: [rate_limited]
    renamed_from: [too_fast]
    retry: {action: wait, automatic: true, wait: {min: 1s, max: 2s}}
    subtypes:
      - {name: used_up, title: Used up, match: [quota is used up], retry: {action: support, automatic: false}}
      - {name: later, title: Later, match: [come back later please], retry: {wait: {min: 1m, max: 1h}}}
      - {name: soon, title: Soon, match: [come back later please do]}
      - {name: stop, title: Stop, match: [stop it now], retry: {action: never, automatic: false}}
  - code: gap
    title: Gap
    description: Cases that text may lose
    retry: {action: wait, automatic: true}
    subtypes:
      - {name: gap, title: Gap, match: ["field <any:field> is wrong"], retry: {automatic: false}}
      - {name: fine, title: Fine, match: [all is fine]}
  - code: slow
    title: Slow
    description: Has a strict fallback
    retry: {action: wait, automatic: true}
    subtypes:
      - {name: fine, title: Fine, match: [all is fine]}
      - {name: other, title: Other, fallback: true, retry: {automatic: false}}
  - code: broken
    title: Broken
    description: Something broke
    retry: {action: retry, automatic: true}
  - {code: odd code, title: Odd, description: Has to be quoted, retry: {action: retry, automatic: true}}
  - {code: "a:b", title: Colon, description: Has to be quoted, retry: {action: retry, automatic: true}}
  - {code: HTTP, title: HTTP, description: Looks like something else, retry: {action: retry, automatic: true}}
  - {code: "no", title: "No", description: Looks like something else, retry: {action: retry, automatic: true}}
  - {code: mystery, title: Mystery, description: Nobody knows, retry: {action: support}}
`

func tableOf(t testing.TB, text string) *spec.Table {
	t.Helper()
	table, findings := spec.Parse("table.yaml", text, nil)
	if table != nil {
		findings = append(findings, validate.Run(table)...)
	}
	if findings.HasErrors() {
		t.Fatal(findings)
	}
	return table
}

func extractorOf(t testing.TB, text string) *extract.Extractor {
	t.Helper()
	x, err := extract.New(tableOf(t, text))
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// An appError has the text of the Error of the package that is generated from shop. The
// functions below are copies from that package.
type appError struct {
	code, message, task string
	status              int
}

func (e appError) Error() string {
	b := "shop: " + e.codeText()
	if message := oneLine(e.message); message != "" {
		b += ": " + message
	}
	if id := oneLine(e.task); id != "" {
		b += " (task " + id + ")"
	}
	return b
}

func (e appError) codeText() string {
	switch {
	case e.code != "":
		if strings.ContainsFunc(e.code, notInCode) || len(e.code) > maxText {
			return strconv.QuoteToGraphic(cut(e.code))
		}
		return e.code
	case e.status != 0:
		return "HTTP " + strconv.Itoa(e.status)
	}
	return "no code"
}

// LogValue omits the subtype, which package extract does not read.
func (e appError) LogValue() slog.Value {
	attrs := []slog.Attr{
		slog.String("table", "shop"), slog.String("revision", "0123456789ab"), slog.String("code", e.codeText()),
	}
	if id := oneLine(e.task); id != "" {
		attrs = append(attrs, slog.String("task", id))
	}
	return slog.GroupValue(append(attrs, slog.String("message", oneLine(e.message)))...)
}

func notInCode(r rune) bool {
	return r <= ' ' || strings.ContainsRune(`:"'[]{}`, r) || !unicode.IsGraphic(r)
}

const maxText = 300

func oneLine(s string) string {
	if len(s) > 4*maxText {
		s = s[:4*maxText]
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || !unicode.IsGraphic(r)
	}), " ")
	return cut(s)
}

func cut(s string) string {
	if len(s) <= maxText {
		return s
	}
	end := maxText
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}
