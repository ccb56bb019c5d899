package match

import "testing"

// evolink contains the phrases of the EvoLink table.
var evolink = []string{
	"photorealistic people",
	"celebrity detected in image",
	"third-party content violation",
	"nudity detected",
	"violence content blocked",
	"minor content not allowed",
	"content policy violation", // the fallback of its code
	"Prompt is too long",
	"image dimensions must be between <num:min> and <num:max>",
	"file size exceeds <num:limit_mb>MB",
	"unsupported file type",
	"Video duration must be between <num:min_seconds>-<num:max_seconds> seconds",
}

func evolinkEntries() []Entry {
	var entries []Entry
	for i, s := range evolink {
		entries = append(entries, Entry{Phrase: MustParse(s), Owner: i, Fallback: i == 6})
	}
	return entries
}

func mustCompile(t testing.TB, entries []Entry) *Set {
	t.Helper()
	set, err := Compile(entries)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// phrasesOf returns entries of ordinary phrases.
func phrasesOf(sources ...string) []Entry {
	var entries []Entry
	for i, s := range sources {
		entries = append(entries, Entry{Phrase: MustParse(s), Owner: i})
	}
	return entries
}

// TestEvoLink matches the example messages of EvoLink's page, and variants of them, with the phrases
// of the EvoLink table.
func TestEvoLink(t *testing.T) {
	set := mustCompile(t, evolinkEntries())
	for _, test := range []struct {
		message string
		want    int
	}{
		{"photorealistic people detected", 0},
		{"celebrity detected in image", 1},
		{"third-party content violation", 2},
		{"nudity detected", 3},
		{"violence content blocked", 4},
		{"minor content not allowed", 5},
		{"content policy violation", 6},
		{"Prompt is too long", 7},
		{"image dimensions must be between 240 and 7680", 8},
		{"file size exceeds 10MB", 9},
		{"unsupported file type", 10},
		{"Video duration must be between 1-30 seconds", 11},

		{"Content policy violation.\nYour request was blocked by safety filters...", 6},
		{"Content policy violation.\nnudity detected", 3},
		{"content policy violation: Nudity  Detected (reference image 2)", 3},
		{"PROMPT IS\ttoo\r\n long", 7},
		{"the file size exceeds 2.5mb.", 9},
		{"the file size exceeds 2.5mbit.", -1},
		{"nudity detectedness", -1},
		{"no unsupported file types", -1},
		{"prompt", -1},
		{"", -1},
	} {
		got, ok := set.Find(test.message)
		if !ok {
			got = -1
		}
		if got != test.want {
			t.Errorf("Find(%q) = %d, want %d", test.message, got, test.want)
		}
	}
}

func TestEvoLinkValues(t *testing.T) {
	set := mustCompile(t, evolinkEntries())
	for _, test := range []struct{ message, name, want string }{
		{"image dimensions must be between 240 and 7680", "min", "240"},
		{"image dimensions must be between 240 and 7680", "max", "7680"},
		{"file size exceeds 10MB", "limit_mb", "10"},
		{"file size exceeds 10.5MB", "limit_mb", "10.5"},
		{"Video duration must be between 1-30 seconds", "min_seconds", "1"},
		{"Video duration must be between 1-30 seconds", "max_seconds", "30"},
	} {
		entry, ok := set.Find(test.message)
		if !ok {
			t.Fatalf("Find(%q) returned false", test.message)
		}
		if got, ok := set.Value(entry, test.message, test.name); !ok || got != test.want {
			t.Errorf("Value(%q, %s) = %q, %v; want %q", test.message, test.name, got, ok, test.want)
		}
		if got, ok := set.Value(entry, test.message, "other"); ok {
			t.Errorf("Value(%q, other) = %q", test.message, got)
		}
		if got, ok := set.Value(entry, "another text", test.name); ok {
			t.Errorf("Value of a message without the phrase = %q", got)
		}
	}
}

// TestRules checks each rule of the meaning of phrases with matching and other messages.
func TestRules(t *testing.T) {
	for _, test := range []struct {
		rule, phrase string
		yes, no      []string
	}{
		{"literals, anywhere", "no credit",
			[]string{"no credit", "there is no credit left"}, []string{"no credi", "nocredit", "o credit"}},
		{"ASCII case only", "kiss ß É",
			[]string{"KISS ß É", "kisS ß É"}, []string{"\u212aiss ß É", "ki\u017fs ß É", "kiss ẞ É", "kiss ß é"}},
		{"other bytes that differ in bit 5", "a@b[c]d",
			[]string{"A@B[C]D"}, []string{"a`b[c]d", "a@b{c]d", "a@b[c}d"}},
		{"white space runs", "a \t b",
			[]string{"a b", "a\nb", "a \t\n\v\f\r b"}, []string{"ab", "a\u00a0b", "a\u0085b", "a\x00b", "a\x1fb", "a\x1cb"}},
		{"white space at the ends", " a ",
			[]string{" a ", "b\na\tb"}, []string{"a", " a", "a ", "b a"}},
		{"the phrase starts and ends at word boundaries", "cat x_1",
			[]string{"cat x_1", "(cat x_1)", "écat x_1é", "\xffcat x_1\x80"}, []string{"bobcat x_1", "cat x_12", "1cat x_1", "_cat x_1", "cat x_1_"}},
		{"other bytes start and end anywhere", "-a.",
			[]string{"b-a.c", "-a."}, []string{"-a"}},
		{"bytes from 0x80 are not word bytes", "é a é",
			[]string{"xé a éx", "é A é"}, []string{"É a é"}},
		{"numbers", "took <num>s",
			[]string{"took 0s", "took 12345s", "took 1.5s", "took 00.00s"}, []string{"took s", "took .5s", "took 1.s", "took 1.5.5s", "took -1s", "took ٣s", "took 1,5s"}},
		{"numbers inside words", "<num> mb",
			[]string{"x10 mb", "10 mb", "1.2.3.4 mb"}, []string{"10 mbit", "10mb", "a mb"}},
		{"a number before words", "v<num>",
			[]string{"v1", "v1x", "v1_"}, []string{"av1"}},
		{"a number and a full stop", "at <num>.",
			[]string{"at 5.", "at 5.5.", "at 5.5", "at 5.x", "at 5.."}, []string{"at 5", "at 5 .", "at x."}},
		{"a number between full stops", "from <num>.<num>.",
			[]string{"from 127.0.0.1.", "from 1.2.", "from 1.2.3"}, []string{"from 1.2", "from 1.", "from 1..2."}},
		{"numbers next to digits", "code 5<num>5",
			[]string{"code 555", "code 5005", "code 51.25"}, []string{"code 55", "code 5.55", "code 545x"}},
		{"any text", "no <any> left",
			[]string{"no x left", "no  left", "no\nb\xffc\nleft", "no no left left"}, []string{"no left", "nox left", "no xleft"}},
		{"any text, empty", "a<any>b",
			[]string{"ab", "a b", "ab b"}, []string{"ba", "a", "ab1"}},
		{"any text at the ends", "<any>x<any>",
			[]string{"x", "axb", "\nx"}, []string{"", "y"}},
		{"no word boundary next to any text", "<any:a>x y<any:b>",
			[]string{"ax yb", "x y"}, []string{"x z"}},
		{"escapes", `\<num> \\ <b> <num`,
			[]string{`<num> \ <b> <num`, `<NUM> \ <B> <NUM`}, []string{`7 \ <b> <num`, `<num> \\ <b> <num`}},
	} {
		entries := phrasesOf(test.phrase)
		set, ref := mustCompile(t, entries), newReference(entries)
		for _, m := range test.yes {
			if _, ok := set.Find(m); !ok {
				t.Errorf("%s: %q does not occur in %q", test.rule, test.phrase, m)
			}
			ref.compare(t, set, m)
		}
		for _, m := range test.no {
			if _, ok := set.Find(m); ok {
				t.Errorf("%s: %q occurs in %q", test.rule, test.phrase, m)
			}
			ref.compare(t, set, m)
		}
	}
}

// TestPrecedence checks each criterion of the order of precedence.
func TestPrecedence(t *testing.T) {
	for _, test := range []struct {
		rule    string
		entries []Entry
		message string
		want    int
	}{
		{"more literal bytes", phrasesOf("file", "file size", "size"), "the file size", 1},
		{"white space is one byte", phrasesOf("a    b", "a bc", "a b"), "a b a bc", 1},
		{"placeholders do not count", phrasesOf("a <num:a_long_name> b", "a 5 b"), "a 5 b", 1},
		{"bytes, not letters", phrasesOf("abc", "日本"), "abc 日本", 1},
		{"the table's order", phrasesOf("abc", "def"), "def abc", 0},
		{"the table's order, not the message's", phrasesOf("def", "abc"), "abc def", 0},
		{"equal phrases", phrasesOf("ABC", "abc"), "abc", 0},
		{"ordinary before fallback", []Entry{
			{Phrase: MustParse("content policy violation"), Fallback: true},
			{Phrase: MustParse("nudity")},
		}, "content policy violation: nudity", 1},
		{"two fallbacks", []Entry{
			{Phrase: MustParse("policy"), Fallback: true},
			{Phrase: MustParse("violation"), Fallback: true},
		}, "policy violation", 1},
		{"a fallback alone", []Entry{
			{Phrase: MustParse("content policy violation"), Fallback: true},
			{Phrase: MustParse("nudity")},
		}, "content policy violation", 0},
		{"gaps do not count", phrasesOf("a b <any> c d", "a b c d"), "a b c d a b x c d", 0},
	} {
		set := mustCompile(t, test.entries)
		if got, ok := set.Find(test.message); got != test.want || !ok {
			t.Errorf("%s: Find(%q) = %d, %v; want %d", test.rule, test.message, got, ok, test.want)
		}
		newReference(test.entries).compare(t, set, test.message)
	}
}

// TestValues checks the values of placeholders if there are several ways to match.
func TestValues(t *testing.T) {
	for _, test := range []struct{ phrase, message, name, want string }{
		{"<num:n> left", "12 left 34 left", "n", "12"},
		{"<num:n> left", "1.2.3 left", "n", "2.3"},
		{"at <num:n>.", "at 10.", "n", "10"},
		{"at <num:n>.", "at 10.5", "n", "10"},
		{"at <num:n>.", "at 10.5.", "n", "10.5"},
		{"<num:a>.<num:b>", "127.0.0.1", "a", "127.0"},
		{"<num:a>.<num:b>", "127.0.0.1", "b", "0.1"},
		{"<num:a>.<num:b>", "1.2", "a", "1"},
		{"x <num:a><num:b>", "x 123", "a", "12"},
		{"x <num:a><num:b>", "x 123", "b", "3"},
		{"no <any:what> left", "no a left left", "what", "a"},
		{"no <any:what> left", "no  left", "what", ""},
		{"no <any:what> left", "no   left", "what", ""},
		{"no <any:what> left", "no\n\n a \n\nleft", "what", "a"},
		{"a<any:x>b<any:y>c", "a1b2b3c", "x", "1"},
		{"a<any:x>b<any:y>c", "a1b2b3c", "y", "2b3"},
		{"a <any:x> <any:y> b", "a    b", "x", ""},
		{"a <any:x> <any:y> b", "a p q r b", "x", "p"},
		{"a <any:x> <any:y> b", "a p q r b", "y", "q r"},
		{"<any:x>b", "aab", "x", "aa"},
		{"b<any:x>", "baa", "x", ""},
		{"a<any:x><any:y>b", "a123b", "x", ""},
		{"a<any:x><any:y>b", "a123b", "y", "123"},
		{"<num:n><any:unit>.", "limit 10.5MB.", "n", "10.5"},
		{"<num:n><any:unit>.", "limit 10.5MB.", "unit", "MB"},
		{"<num:n><any:unit>.", "limit 10.5", "n", "10"},
	} {
		entries := phrasesOf(test.phrase)
		set := mustCompile(t, entries)
		if got, ok := set.Value(0, test.message, test.name); got != test.want || !ok {
			t.Errorf("%q: Value(%q, %s) = %q, %v; want %q", test.phrase, test.message, test.name, got, ok, test.want)
		}
		newReference(entries).compare(t, set, test.message)
	}
}

func TestCompile(t *testing.T) {
	if _, err := Compile([]Entry{{}}); err == nil {
		t.Error("no error for a zero Phrase")
	}
	set := mustCompile(t, nil)
	if _, ok := set.Find("anything"); ok {
		t.Error("Find of an empty set returns true")
	}
}
