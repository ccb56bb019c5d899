package names

import (
	"fmt"
	"go/token"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

func TestWords(t *testing.T) {
	for s, want := range map[string][]string{
		"":                      nil,
		"--- é 名 ---":           nil,
		"content_policy":        {"content", "policy"},
		"_a__b_":                {"a", "b"},
		"a.b:c d/e-f":           {"a", "b", "c", "d", "e", "f"},
		"RequestLimitExceeded":  {"Request", "Limit", "Exceeded"},
		"rateLimit":             {"rate", "Limit"},
		"SHOUTING_CASE":         {"SHOUTING", "CASE"},
		"42P01":                 {"42P01"},
		"v2beta1":               {"v2beta1"},
		"HTTPServerError":       {"HTTP", "Server", "Error"},
		"InvalidS3Key":          {"Invalid", "S3", "Key"},
		"OAuthTokenIDs":         {"O", "Auth", "Token", "I", "Ds"},
		"EC2Ready":              {"EC2", "Ready"},
		"0xC000000A":            {"0xC000000A"},
		"0xDEADbeef.0xZ":        {"0xDEADbeef", "0x", "Z"},
		"naïve":                 {"na", "ve"},
		"a\u00a0b":              {"a", "b"},
		"-5":                    {"5"},
		"[X]: http://e */ `q` ": {"X", "http", "e", "q"},
	} {
		if got := wordsOf(s); !slices.Equal(got, want) {
			t.Errorf("words(%q) = %q, want %q", s, got, want)
		}
	}
}

// wordsOf returns the words of all segments.
func wordsOf(s string) []string {
	var all []string
	for _, segment := range segments(s) {
		all = append(all, words(segment)...)
	}
	return all
}

func TestCamel(t *testing.T) {
	for s, want := range map[string]string{
		"":                         "",
		"名":                        "",
		"content_policy_violation": "ContentPolicyViolation",
		"adult_nsfw":               "AdultNSFW",
		"user_id":                  "UserID",
		"userId":                   "UserID",
		"ids":                      "Ids",
		"http_api_url":             "HTTPAPIURL",
		"utf8_error":               "UTF8Error",
		"BUSY":                     "Busy",
		"RequestLimitExceeded":     "RequestLimitExceeded",
		"42P01":                    "42P01",
		"2BP01":                    "2BP01",
		"3D_ERROR":                 "3DError",
		"HTTPServerError":          "HTTPServerError",
		"InvalidS3Key":             "InvalidS3Key",
		"OAuthTokenIDs":            "OAuthTokenIDs",
		"XMLHttpRequest":           "XMLHTTPRequest",
		"1.2":                      "1_2",
		"12":                       "12",
		"a1.2b":                    "A1_2b",
		"v1_x_2":                   "V1X2",
		"utf8_8":                   "UTF8_8",
		"é_x":                      "X",

		// Hexadecimal digits keep their case, and do not affect the case of other words.
		"0xC000000A":        "0xC000000A",
		"0xc000000a":        "0xc000000a",
		"0XC000000A":        "0XC000000A",
		"0x0000003F":        "0x0000003F",
		"0xDEADbeef":        "0xDEADbeef",
		"STATUS_0xC000000A": "Status0xC000000A",
		"0xC0.0xC1":         "0xC0_0xC1",

		// Names in capitals become the same as names in lower case.
		"RATE_LIMIT_EXCEEDED": "RateLimitExceeded",
		"rate_limit_exceeded": "RateLimitExceeded",
		"HV00B":               "Hv00b",
		"SHA256-MISMATCH":     "Sha256Mismatch",
		"ERR_bad_REQUEST":     "ErrBadRequest",
		"INVALID_USER_ID":     "InvalidUserID",

		// Names in mixed case keep their capitals.
		"CDC:ErrAPIGetPDClientFailed": "CDCErrAPIGetPDClientFailed",
		"ErrPDLeader":                 "ErrPDLeader",
		"getPD":                       "GetPD",
		"SHA256Mismatch":              "SHA256Mismatch",
		"InvalidAMIID.NotFound":       "InvalidAMIIDNotFound",
		"EC2throttled":                "EC2throttled",
		"AccessDenied/RAM":            "AccessDeniedRAM",
		"PascalCase_snake_SHOUT":      "PascalCaseSnakeSHOUT",
	} {
		if got := camel(s); got != want {
			t.Errorf("camel(%q) = %q, want %q", s, got, want)
		}
	}
}

// The case of one part does not affect the others.
func TestCamelParts(t *testing.T) {
	for _, test := range []struct {
		parts []string
		want  string
	}{
		{[]string{"RATE_LIMIT", "per_day"}, "RateLimitPerDay"},
		{[]string{"ErrPDLeader", "too_old"}, "ErrPDLeaderTooOld"},
		{[]string{"0xC000000A", "b"}, "0xC000000AB"},
		{[]string{"12", "3"}, "12_3"},
		{[]string{"DATA", "taskID"}, "DataTaskID"},
	} {
		if got := camel(test.parts...); got != test.want {
			t.Errorf("camel(%q) = %q, want %q", test.parts, got, test.want)
		}
	}
}

// For any name, the result can follow a prefix in a Go identifier, and does not depend on
// the characters that separate the segments.
func TestCamelReturnsIdentifierSuffix(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		s := randomName(random)
		tail := camel(s)
		if (tail == "") != (len(wordsOf(s)) == 0) {
			t.Fatalf("camel(%q) = %q, from the words %q", s, tail, wordsOf(s))
		}
		if !token.IsIdentifier("Code" + tail) {
			t.Fatalf("camel(%q) = %q, which is not valid in an identifier", s, tail)
		}
		if joined := strings.Join(segments(s), "/"); camel(joined) != tail {
			t.Fatalf("camel(%q) = %q, but camel(%q) = %q, with the same segments", s, tail, joined, camel(joined))
		}
	}
}

// Numbers are not joined: 1.23 and 12.3 are different codes.
func TestCamelSeparatesNumbers(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	first := make(map[string]string)
	for range 20_000 {
		var numbers []string
		for range 1 + random.IntN(3) {
			numbers = append(numbers, fmt.Sprint(random.IntN(30)))
		}
		s := strings.Join(numbers, ".")
		if before, taken := first[camel(s)]; taken && before != s {
			t.Fatalf("%q and %q have the same name %q", before, s, camel(s))
		}
		first[camel(s)] = s
	}
}

func randomName(random *rand.Rand) string {
	const alphabet = "abcxyzABCXYZ0129__--.:/ \t*`'\"é名ß\u0131\u212a\u200d"
	runes := []rune(alphabet)
	var b strings.Builder
	for range random.IntN(12) {
		b.WriteRune(runes[random.IntN(len(runes))])
	}
	return b.String()
}

func TestAnchor(t *testing.T) {
	for s, want := range map[string]string{
		"service_error": "service_error",
		"42P01":         "42p01",
		"a.b:c d":       "a-b-c-d",
		"--a--":         "a",
		"a-b":           "a-b",
		"名":             "",
		"é1":            "1",
	} {
		if got := anchor(s); got != want {
			t.Errorf("anchor(%q) = %q, want %q", s, got, want)
		}
	}
}

// Every entry has a unique anchor of characters that need no escape in a URL. A code that is
// a valid anchor is its own anchor.
func TestAnchorsOfRandomTables(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 500 {
		wires := map[string]bool{}
		for range random.IntN(12) {
			wires["x"+randomName(random)] = true
			wires["名"+randomName(random)] = true
		}
		for _, wire := range []string{"class-a", "a-x", "a", "code", "code-2"} {
			if random.IntN(2) == 0 {
				wires[wire] = true
			}
		}
		all := slices.Sorted(maps.Keys(wires))
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		table := &spec.Table{Name: "t", Classes: []spec.Class{{Name: "a"}, {Name: "b"}}}
		for _, wire := range all {
			table.Codes = append(table.Codes, spec.Code{Wire: wire, Subtypes: []spec.Subtype{{Name: "x"}}})
		}
		n, _ := Of(table, Options{})
		checkAnchors(t, table, n)
	}
}

func checkAnchors(t *testing.T, table *spec.Table, n *Names) {
	t.Helper()
	seen := make(map[string]string)
	add := func(anchor, entry string) {
		if before, taken := seen[anchor]; taken {
			t.Fatalf("%s and %s have the same anchor %q", before, entry, anchor)
		}
		if strings.Trim(anchor, "abcdefghijklmnopqrstuvwxyz0123456789_-") != "" || anchor == "" {
			t.Fatalf("the anchor of %s is %q", entry, anchor)
		}
		seen[anchor] = entry
	}
	for i, c := range n.Classes {
		add(c.Anchor, "class "+table.Classes[i].Name)
	}
	for i, c := range n.Codes {
		wire := table.Codes[i].Wire
		add(c.Anchor, fmt.Sprintf("code %q", wire))
		if anchor(wire) == wire && c.Anchor != wire {
			t.Fatalf("the anchor of %q is %q", wire, c.Anchor)
		}
		for _, s := range c.Subtypes {
			add(s.Anchor, fmt.Sprintf("subtype %q", s.Value))
		}
	}
}

// The first of two entries keeps the name. The second one is reported with the location of
// the first.
func TestNamer(t *testing.T) {
	file := &diag.File{Name: "t.yaml", Text: "a\nb\n"}
	by := func(line int, kind string) owner {
		at := diag.Location{File: file, Start: diag.Pos{Line: line, Column: 1}}
		return owner{at: func() diag.Location { return at }, kind: kind, help: "the fix"}
	}
	n := newNamer()
	if got := n.identifier("Code", by(1, "one"), "a_b", "a_b"); got != "CodeAB" || len(n.findings) != 0 {
		t.Fatalf("the first is %q, with %v", got, n.findings)
	}
	n.identifier("Code", by(2, "two"), "a.b", "a.b")
	n.identifier("Code", by(2, "three"), "of", "of")
	n.identifier("Code", by(2, "four"), "名", "名")
	n.identifier("Subtype", by(2, "five"), "a_b", "a_b")
	var got []string
	for _, f := range n.findings {
		got = append(got, fmt.Sprintf("%s %d %s", f.Rule, len(f.Related), f.Message))
		if f.Help != "the fix" || f.Start.Line != 2 {
			t.Errorf("%v has the help %q", f, f.Help)
		}
	}
	want := []string{
		"identifier-collision 1 one \"a_b\" and two \"a.b\" have the same Go name CodeAB",
		"identifier-collision 0 three \"of\" has the Go name CodeOf, which every generated package declares",
		"invalid-identifier 0 four \"名\" has no letter or digit usable in a Go name",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if related := n.findings[0].Related[0]; related.Start.Line != 1 {
		t.Errorf("the location of the first entry is %v", related.Location)
	}
}

// Names of packages that cannot be compiled or imported are reported.
func TestPackageNames(t *testing.T) {
	for name, good := range map[string]bool{
		"evolink": true, "x": true, "json": true, "errors": true, "string": true, "a_b2": true, "apierr_test": true,
		"func": false, "package": false, "2x": false, "a-b": false, "": false, "_": false, "a.b": false,
		"main": false, "init": false, "documentation": false,
	} {
		n := newNamer()
		n.packageName(name, diag.Location{})
		if (len(n.findings) == 0) != good {
			t.Errorf("package %q: %v", name, n.findings)
		}
		for _, f := range n.findings {
			if f.Rule != "package-name" || !strings.Contains(f.Help, "--package") {
				t.Errorf("package %q: %v, help %q", name, f, f.Help)
			}
		}
	}
}

// The word lists contain no duplicates. Initialisms are in upper case, and no longer than
// longestInitialism.
func TestWordLists(t *testing.T) {
	for _, list := range [][]string{initialisms, exportedNames} {
		for i, w := range list {
			if slices.Contains(list[:i], w) {
				t.Errorf("%s is listed twice", w)
			}
		}
	}
	for _, w := range initialisms {
		if w != strings.ToUpper(w) || len(wordsOf(w)) != 1 || len(w) > longestInitialism {
			t.Errorf("%s cannot be an initialism", w)
		}
	}
}

// Names of pages are unique, and have no special meaning to file systems, the go command or
// sites.
func TestPageNames(t *testing.T) {
	pages := make(unique)
	for _, test := range []struct{ anchor, want string }{
		{"service_error", "service-error"}, {"service-error", "service-error-2"}, {"service__error_", "service-error-3"},
		{"service_error_2", "service-error-2-2"}, {"42p01", "42p01"}, {"", "code"}, {"___", "code-2"},
		{"aux", "code-aux"}, {"lpt9", "code-lpt9"}, {"index", "code-index"}, {"readme", "code-readme"}, {"console", "console"},
		{strings.Repeat("a", 300), strings.Repeat("a", 100)}, {strings.Repeat("a", 301), strings.Repeat("a", 100) + "-2"},
		{strings.Repeat("a", 99) + "_b", strings.Repeat("a", 99)},
	} {
		if got := pages.add(pageName(test.anchor)); got != test.want {
			t.Errorf("the page of %q is %q, want %q", test.anchor, got, test.want)
		}
	}
	for name := range pages {
		if !regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`).MatchString(name) {
			t.Errorf("%q is not a plain name", name)
		}
	}
}
