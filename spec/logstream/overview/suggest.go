package logstream

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/errspec/errspec/spec"
)

// Suggest returns entries for the unlisted codes among rows, as they stand under
// the codes: of a table with the given wire type, or in a file that a table
// includes: a beginning, with TODO wherever a person has to write something. It
// returns "" if there are none. Codes that no table may hold stand in comments.
func Suggest(rows []Row, wire spec.Wire) string {
	var b strings.Builder
	for _, r := range rows {
		if r.Known || r.Code == "" {
			continue
		}
		if b.Len() == 0 {
			b.WriteString("codes:\n")
		}
		entry := suggestion(r, wire)
		if len(r.Code) > maxSampleSize || !holds(entry, r.Code, wire) { // a longer code has been cut
			entry = fmt.Sprintf("  # left out: a table cannot hold the code %+q\n", r.Code)
		}
		b.WriteString(entry)
	}
	if b.Len() > 0 && !strings.Contains(b.String(), "\n  - ") {
		return strings.Replace(b.String(), "codes:\n", "codes: []\n", 1)
	}
	return b.String()
}

// holds reports whether a table may hold an entry, and then has the code: 0x10, a
// text where codes are numbers, would be read as another one.
func holds(entry, code string, wire spec.Wire) bool {
	table, findings := spec.Parse("suggestion", suggestionHead(wire)+entry, nil)
	return !findings.HasErrors() && table.Codes[0].Wire == code
}

// suggestionHead makes a table of entries.
func suggestionHead(wire spec.Wire) string {
	return "errspec: 1\nname: suggestion\ntitle: Suggestion\nwire: " + wire.String() + "\ncodes:\n"
}

// suggestion writes one entry:
//
//	# 12 errors, the first in "tasks.ndjson" at line 7
//	- code: "upstream_error"
//	  title: "TODO: Upstream error"
//	  description: "TODO: what upstream_error means"
//	  examples:
//	    - "The upstream provider returned an error"
func suggestion(r Row, wire spec.Wire) string {
	var b strings.Builder
	code := quote(r.Code)
	if wire == spec.WireInteger {
		code = r.Code
	}
	errors := "errors"
	if r.Count == 1 {
		errors = "error"
	}
	fmt.Fprintf(&b, "  # %d %s, the first in %+q at line %d\n", r.Count, errors, r.File, r.Line)
	fmt.Fprintf(&b, "  - code: %s\n", code)
	fmt.Fprintf(&b, "    title: %s\n", quoteYAML("TODO: "+titleOf(r.Code)))
	fmt.Fprintf(&b, "    description: %s\n", quoteYAML("TODO: what "+r.Code+" means"))
	if len(r.Samples) > 0 {
		b.WriteString("    examples:\n")
	}
	for _, sample := range r.Samples {
		fmt.Fprintf(&b, "      - %s\n", quoteYAML(sample))
	}
	return b.String()
}

// titleOf makes words of a code: "Upstream error" of upstream_error.
func titleOf(code string) string {
	words := strings.Join(strings.FieldsFunc(code, func(r rune) bool { return r == '_' || r == '-' || r == '.' || unicode.IsSpace(r) }), " ")
	if words == "" || words == strings.ToUpper(words) {
		return code
	}
	first := []rune(words)
	first[0] = unicode.ToUpper(first[0])
	return string(first)
}

// quoteYAML writes a text between double quotes. What no table may hold becomes a
// space.
func quoteYAML(s string) string {
	return quote(strings.Map(func(r rune) rune {
		if r != '\n' && !unicode.IsGraphic(r) {
			return ' '
		}
		return r
	}, s))
}

func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}
