package gen

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/internal/longtest"
)

// payloads are texts that would be harmful if they were interpreted in Go or on a
// page. Each of them is put into every field of a table.
var payloads = []string{
	"*/", "*/ func init() { panic(1) } /*", "//go:build ignore", "// +build ignore", "+build ignore", "//go:linkname x y",
	"//go:embed x", "//line foo.go:1", "/*line foo.go:1*/", "//export X", "#cgo LDFLAGS: -lx", "Deprecated: x", "Deprecated: use CodePlain instead.",
	"[X]: http://e.test", "[a [b] c]: http://e.test", "# h", "Heading Like This", "- l", "1. l", "BUG(x): y", "`", "`code` ``", "\"", "' '' \\",
	"|", "<script>alert(1)</script>", "](javascript:alert(1))", "[x](javascript:alert(1))", "-->", "{{.X}}", "${X} $(x) %s %!d(string=x)",
	"\\n \\x00 \\u202e", strings.Repeat("long", 30), "package p; import \"C\"", "Output: x", "\u00a0- l", "名 é \u200d 🙂", "]]>", "x\" `y` 'z",
}

// paragraphs are payloads of several lines.
var paragraphs = []string{
	"a\n//go:build ignore\n\n// +build ignore\n\nb", "a\n\nDeprecated: x", "a\n\n# h\n\nb", "a\n\nA Heading\n\nb", "a\n\n[X]: http://e.test\n[Y]: http://e.test",
	"a\n\tcode()\n\nb", "a\n  - l\n  - m", "*/\nfunc init() {}\n/*", "```\na\n```\n//line foo.go:1", "\n\n a", "a\n-- b --\nc",
}

// A text returns the text of a field. Fields whose names end in * may contain
// several lines. Fields whose names end in ! are wire values, which must be unique.
type text func(field string) string

// hostileTable returns a table as JSON that contains every text field. values are
// the texts by field.
func hostileTable(t *testing.T, name string, text text) (table string, values map[string]string) {
	t.Helper()
	values = make(map[string]string)
	x := func(field string) string {
		values[field] = text(field)
		return values[field]
	}
	// phrase returns a phrase that matches the text of a field. The prefix keeps it
	// from matching an example of another subtype.
	phrase := func(before, field string) []string {
		return []string{before + strings.NewReplacer(`\`, `\\`, `<`, `\<`).Replace(x(field))}
	}
	type object = map[string]any
	body, err := json.Marshal(object{"s": x("completed"), "text": x("response.example*")})
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(object{
		"errspec": 1, "name": name, "title": x("title"), "description": x("description*"), "x-key": object{"k": x("x-key*")},
		"docs_url": "https://e.test/*/;//go:build/+build/--/](javascript:alert(1))'{x}", "unlisted": "plain",
		"polling": object{"url": "https://e.test/*/;//go:build/{id}", "interval": "1s"},
		"response": object{
			"examples": []object{{"name": x("response.example.name"), "headers": object{"x-id": x("response.header")}, "body": string(body)}},
			"http":     object{"429": "plain"},
			"fields": object{
				"a": object{"type": "any", "description": x("field*")},
				"s": object{"role": "status", "completed": []string{x("completed")}, "failed": []string{x("failed") + "!"}},
			},
		},
		"classes": []object{{"name": "c", "title": x("class.title"), "description": x("class.description"), "retry": object{"advice": x("class.advice"), "hint": x("class.hint")}}},
		"codes": []object{
			{"code": "plain", "title": "Plain", "description": "Plain", "retry": object{"action": "support"}},
			{
				"code": x("code!"), "title": x("code.title"), "class": "c", "description": x("code.description"), "details": x("code.details*"),
				"retry": object{"advice": x("code.advice"), "hint": x("code.hint")}, "match": phrase("of the code: ", "code.match"),
				"subtypes": []object{
					{"name": "one", "title": x("sub.title"), "description": x("sub.description"), "examples": []string{x("sub.example*")}, "retry": object{"advice": x("sub.advice"), "hint": x("sub.hint")}},
					{"name": "two", "title": "Two", "match": phrase("of the second: ", "sub.match")},
				},
				"causes": []any{x("cause*"), object{"title": x("cause.title"), "text": x("cause.text*")}},
				"avoid":  []string{x("avoid*")}, "fixes": []string{x("fix*")}, "examples": []string{x("example*")}, "since": x("since"),
				"deprecated": object{"since": x("deprecated.since"), "reason": x("deprecated.reason"), "replaced_by": "plain"},
				"aliases":    []string{x("alias!")}, "renamed_from": []string{x("renamed!")},
			},
			{"code": x("code.named!"), "name": "stem", "title": "Stem", "class": "c", "description": "By name"},
		},
		"reserved": []object{{"code": x("reserved!"), "reason": x("reserved.reason"), "since": x("reserved.since")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(data), values
}

// hostileIn returns a text that puts the payload into the chosen fields.
func hostileIn(payload string, chosen func(field string) bool) text {
	return func(field string) string {
		value := payload
		if !chosen(field) {
			value = "Plain words"
		}
		switch field[len(field)-1] {
		case '!':
			return strings.TrimSpace(strings.ReplaceAll(value, "\n", " ") + " z" + strings.Trim(field, "!."))
		case '*':
		default:
			value = strings.ReplaceAll(value, "\n", " ")
		}
		if strings.TrimSpace(value) == "" {
			value = "Plain words"
		}
		return value
	}
}

var notTame = regexp.MustCompile(`[^A-Za-z0-9]+`)

// tame returns a harmless text of the same words.
func tame(payload string) string { return notTame.ReplaceAllString(payload, " ") }

func everyField(string) bool { return true }

// A hostile table must generate the same declarations as a harmless table, valid
// comments, and files that are built. The test puts each payload into all fields,
// and then all payloads into each field.
func TestHostileTexts(t *testing.T) {
	fields := make(map[string]bool)
	check := func(t *testing.T, payload string, chosen func(string) bool) {
		t.Helper()
		hostile, values := hostileTable(t, "hostile", hostileIn(payload, chosen))
		harmless, _ := hostileTable(t, "hostile", hostileIn(tame(payload), chosen))
		for field := range values {
			fields[field] = true
		}
		got, want := renderText(t, hostile), renderText(t, harmless)
		wantSame(t, files{"declarations": goFacts(t, got, want)}, files{"declarations": goFacts(t, want, got)})
	}
	all := slices.Concat(payloads, paragraphs)
	for i, payload := range all {
		if i%longtest.Choose(3, 1) > 0 {
			continue // the fields below contain all payloads
		}
		t.Run(fmt.Sprintf("%.20q", payload), func(t *testing.T) { check(t, payload, everyField) })
	}
	everything := strings.Join(all, "\n") + "\n\n" + strings.Join(all, "\n\n")
	for i, field := range slices.Sorted(maps.Keys(fields)) {
		if i%longtest.Choose(5, 1) > 0 {
			continue
		}
		t.Run(field, func(t *testing.T) { check(t, everything, func(f string) bool { return f == field }) })
	}
}

// Invalid characters must be reported everywhere, raw and escaped.
func TestHostileCharacters(t *testing.T) {
	for name, bad := range map[string]string{
		"nul": "\x00", "bell": "\a", "escape": "\x1b", "return": "\r", "vertical tab": "\v", "delete": "\x7f", "next line": "\u0085",
		"line separator": "\u2028", "paragraph separator": "\u2029", "override": "\u202e", "isolate": "\u2066", "mark": "\u200e",
		"zero width space": "\u200b", "word joiner": "\u2060", "byte order mark": "\ufeff", "tag": "\U000e0041", "noncharacter": "\ufffe", "not UTF-8": "\xff",
	} {
		t.Run(name, func(t *testing.T) {
			for _, field := range []string{"title", "code!", "code.details*", "sub.example*", "x-key*"} {
				table, _ := hostileTable(t, "hostile", hostileIn("here", func(f string) bool { return f == field }))
				for form, written := range map[string]string{"raw": bad, "escaped": escaped(bad)} {
					wantRefused(t, field+", "+form, strings.ReplaceAll(table, "here", "a"+written+"b"))
				}
			}
		})
	}
}

// escaped returns a text that contains only escape sequences of JSON and YAML.
func escaped(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r > 0xffff {
			fmt.Fprintf(&b, `\U%08x`, r)
		} else {
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	if s == "\xff" {
		return s
	}
	return b.String()
}
