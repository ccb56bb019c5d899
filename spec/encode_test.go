package spec_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/errspec/errspec/spec/export"
	"github.com/errspec/errspec/spec/names"
)

// hush is a table in which every key that refers to a code refers to an internal one.
const hush = head + `unlisted: secret
response:
  http: {500: secret, 503: busy, 599: secret}
codes:
  - code: busy
    title: Busy
    description: The shop is busy.
    deprecated: {since: "1", replaced_by: secret}
  - {code: late, title: Late, description: The shop is late., deprecated: {replaced_by: secret}}
  - code: secret
    title: Burglary
    description: The shop was robbed.
    internal: true
    aliases: [hidden]
    renamed_from: [robbed]
    subtypes: [{name: masked, title: Masked}]
    deprecated: {replaced_by: busy}
    x-note: hush
reserved:
  - {subtype: secret/armed}
  - {subtype: secret/in/armed}
  - {subtype: busy/full}
  - {code: gone}
`

func TestPublic(t *testing.T) {
	table := accept(t, hush)
	public := encode(t, table, export.Options{Public: true})
	for _, word := range []string{`"secret`, "Burglary", "robbed", "hidden", "masked", "hush", "internal", "secret/armed"} {
		if strings.Contains(public, word+`"`) || strings.Contains(public, word+"/armed") || strings.Contains(public, word+".") {
			t.Errorf("%s is in the public export:\n%s", word, public)
		}
	}
	want := head + `response:
  http: {503: busy}
codes:
  - code: busy
    title: Busy
    description: The shop is busy.
    deprecated: {since: "1"}
  - {code: late, title: Late, description: The shop is late., deprecated: {}}
reserved:
  - {subtype: secret/in/armed}
  - {subtype: busy/full}
  - {code: gone}
`
	if want := encode(t, accept(t, want), export.Options{}); public != want {
		t.Errorf("the public export is\n%s\nwant\n%s", public, want)
	}
	if all := encode(t, table, export.Options{}); strings.Count(all, "secret") != 8 || !strings.Contains(all, `"internal": true`) {
		t.Errorf("the full export is\n%s", all)
	}
}

func TestPublicIntegers(t *testing.T) {
	table := accept(t, head+`wire: integer
unlisted: 2
response: {http: {500: 2, 503: 1}}
codes:
  - {code: 1, title: One, description: a, deprecated: {replaced_by: 2}}
  - {code: 2, title: Two, description: a, internal: true}
reserved: [{subtype: 2/full}, {code: 3}]
`)
	want := accept(t, head+`wire: integer
response: {http: {503: 1}}
codes:
  - {code: 1, title: One, description: a, deprecated: {}}
reserved: [{code: 3}]
`)
	if got, want := encode(t, table, export.Options{Public: true}), encode(t, want, export.Options{}); got != want {
		t.Errorf("the public export is\n%s\nwant\n%s", got, want)
	}
}

// The notes follow all keys of the table. Notes in the input are replaced.
func TestNotes(t *testing.T) {
	text := head + `codes:
  - code: busy
    title: Busy
    description: The shop is busy.
    x-errspec-ident: Forged
    x-own: 1
    subtypes: [{name: full, title: Full, x-errspec-url: forged, x-own: 2}]
`
	notes := &names.Names{Codes: []names.Code{{
		Const: "Code<busy>", Anchor: "a&b", URL: "https://shop.example/#busy",
		Subtypes: []names.Subtype{{Const: "Subtypebusyfull"}},
	}}}
	table := accept(t, text)
	printed := encode(t, table, export.Options{Names: notes})
	for _, part := range []string{
		`"x-own": 2,
          "x-errspec-ident": "Subtypebusyfull"
        }`,
		`"x-own": 1,
      "x-errspec-ident": "Code<busy>",
      "x-errspec-anchor": "a&b",
      "x-errspec-url": "https://shop.example/#busy"
    }`,
	} {
		if !strings.Contains(printed, part) {
			t.Errorf("the export does not contain\n%s\nbut is\n%s", part, printed)
		}
	}
	if strings.Contains(strings.ToLower(printed), "forged") {
		t.Errorf("notes of the input are in the export:\n%s", printed)
	}
	again := accept(t, printed)
	if second := encode(t, again, export.Options{Names: notes}); second != printed {
		t.Errorf("notes on notes:\n%s\nfrom\n%s", second, printed)
	}
	if plain := encode(t, table, export.Options{}); plain != encode(t, again, export.Options{}) || strings.Contains(plain, "x-errspec") {
		t.Errorf("without notes:\n%s", plain)
	}
}

// The revision depends on values only, not on their form or on explicit defaults.
func TestRevision(t *testing.T) {
	want := export.Revision(accept(t, minimal))
	if len(want) != 12 || strings.Trim(want, "0123456789abcdef") != "" {
		t.Fatalf("revision %q", want)
	}
	same := []string{
		"# A comment.\n" + minimal,
		strings.ReplaceAll(minimal, "\n", "\r\n"),
		"\uFEFF---\n" + minimal + "...\n",
		minimal + "wire: string\nbackoff: {cap: 600s, initial: 5000ms, attempts: 0x3, multiplier: 2.0}\n",
		minimal + "x-errspec-revision: abc\nclasses: []\nreserved: []\n",
		head + "codes:\n- description: >\n    The shop\n    is busy.\n  title: \"\\x42usy\"\n  code: 'busy'\n  retry: {automatic: false, throttle: false}\n",
	}
	for _, text := range same {
		if got := export.Revision(accept(t, text)); got != want {
			t.Errorf("%s: revision %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{
		minimal + "x-own: 1\n", minimal + "x-own: 1.0\n", minimal + "x-own: \"1\"\n", minimal + "x-own: [1]\n", minimal + "x-own: {a: 1, b: 2}\n", minimal + "x-own: {b: 2, a: 1}\n",
		minimal + "  - {code: late, title: Busy, description: The shop is busy.}\n", strings.ReplaceAll(minimal, "Busy", "busy"), minimal + "reserved: [{code: gone}]\n",
	} {
		if got := export.Revision(accept(t, text)); got == want {
			t.Errorf("%s: the same revision", text)
		} else {
			want = got
		}
	}
}

// The export is JSON with the keys in the order of the format, which is also their order in
// everything.txtar.
func TestKeyOrder(t *testing.T) {
	a, err := txtar.ParseFile("testdata/accepted/everything.txtar")
	if err != nil {
		t.Fatal(err)
	}
	export := encode(t, accept(t, string(a.Files[0].Data)), export.Options{})
	if !json.Valid([]byte(export)) || strings.Contains(export, `\u00`) {
		t.Errorf("not plain JSON:\n%s", export)
	}
	// Each key of the format occurs in the table, so a new one must be added there.
	data, err := os.ReadFile("format.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(data), "\n") {
		key, ok := strings.CutPrefix(strings.TrimSpace(line), `form.Optional("`)
		if !ok {
			continue
		}
		key, _, _ = strings.Cut(key, `"`)
		resolved := key == "include" || key == "extends" || key == "additions"
		if written := strings.Contains(export, `"`+key+`":`); written == resolved {
			t.Errorf("testdata/accepted/everything.txtar has no %q", key)
		}
	}
}
