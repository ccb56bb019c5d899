package prose_test

import (
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/errspec/errspec/internal/longtest"
	"github.com/errspec/errspec/spec/prose"
)

func text(s string) prose.Span { return prose.Span{Kind: prose.Text, Text: s} }
func code(s string) prose.Span { return prose.Span{Kind: prose.Code, Text: s} }
func link(s, url string) prose.Span {
	return prose.Span{Kind: prose.Link, Text: s, URL: url}
}

func TestParse(t *testing.T) {
	const web = "https://example.org/a?b=c&d#e"
	tests := []struct {
		name, in string
		want     []prose.Paragraph
	}{
		{"nothing", "", nil},
		{"white space only", " \t\n \r\n\n", nil},
		{"text", "a b", []prose.Paragraph{{text("a b")}}},
		{"lines", "a\n  b\t\nc\r\nd", []prose.Paragraph{{text("a b c d")}}},
		{"inner white space stays", "a  b\tc", []prose.Paragraph{{text("a  b\tc")}}},
		{"paragraphs", "\n\na\n \n\t\nb\n", []prose.Paragraph{{text("a")}, {text("b")}}},

		{"code", "`a`", []prose.Paragraph{{code("a")}}},
		{"code in text", "x `a b` y", []prose.Paragraph{{text("x "), code("a b"), text(" y")}}},
		{"code is literal", "`[a](" + web + ")`", []prose.Paragraph{{code("[a](" + web + ")")}}},
		{"code on several lines", "`a\n b`", []prose.Paragraph{{code("a b")}}},
		{"no code across paragraphs", "`a\n\nb`", []prose.Paragraph{{text("`a")}, {text("b`")}}},
		{"no empty code", "``", []prose.Paragraph{{text("``")}}},
		{"second backtick opens", "``a`", []prose.Paragraph{{text("`"), code("a")}}},
		{"lone backtick", "a ` b", []prose.Paragraph{{text("a ` b")}}},
		{"odd backtick", "`a` `", []prose.Paragraph{{code("a"), text(" `")}}},

		{"link", "[a b](" + web + ")", []prose.Paragraph{{link("a b", web)}}},
		{"link in text", "x[a](http://h)y", []prose.Paragraph{{text("x"), link("a", "http://h"), text("y")}}},
		{"links that touch", "[a](http://h)[b](http://i)", []prose.Paragraph{{link("a", "http://h"), link("b", "http://i")}}},
		{"link after a bracket", "[[a](http://h)]", []prose.Paragraph{{text("["), link("a", "http://h"), text("]")}}},
		{"label on several lines", "[a\nb](http://h)", []prose.Paragraph{{link("a b", "http://h")}}},
		{"not a web URL", "[a](javascript:x)", []prose.Paragraph{{text("[a](javascript:x)")}}},
		{"scheme in upper case", "[a](HTTPS://h)", []prose.Paragraph{{text("[a](HTTPS://h)")}}},
		{"no host", "[a](https://)[a](https:///x)", []prose.Paragraph{{text("[a](https://)[a](https:///x)")}}},
		{"no label", "[](http://h)", []prose.Paragraph{{text("[](http://h)")}}},
		{"code in label", "[`a` b `c`](http://h)", []prose.Paragraph{{link("`a` b `c`", "http://h")}}},
		{"brackets in code in label", "[`a[0]` b](http://h)", []prose.Paragraph{{link("`a[0]` b", "http://h")}}},
		{"code that opens in label", "[a `b](http://h)` c", []prose.Paragraph{{text("[a "), code("b](http://h)"), text(" c")}}},
		{"no empty code in label", "[a `` b](http://h)", []prose.Paragraph{{text("[a `` b](http://h)")}}},
		{"lone backtick in label", "[a ` b](http://h)", []prose.Paragraph{{text("[a ` b](http://h)")}}},
		{"bracket in label", "[a]b](http://h)", []prose.Paragraph{{text("[a]b](http://h)")}}},
		{"space before URL", "[a] (http://h)", []prose.Paragraph{{text("[a] (http://h)")}}},
		{"unclosed URL", "[a](http://h", []prose.Paragraph{{text("[a](http://h")}}},
		{"title in URL", `[a](http://h "t")`, []prose.Paragraph{{text(`[a](http://h "t")`)}}},
		{"parenthesis in URL", "[a](http://h/(b))", []prose.Paragraph{{text("[a](http://h/(b))")}}},
		{"URL not in ASCII", "[a](http://hé)", []prose.Paragraph{{text("[a](http://hé)")}}},
		{"bytes that are not UTF-8", "\xff`\xff`[\xff](http://h)[a](http://\xff)", []prose.Paragraph{{
			text("\xff"), code("\xff"), link("\xff", "http://h"), text("[a](http://\xff)")}}},

		{"other markup", "*a* _b_ <b> # | ~~c~~ \\", []prose.Paragraph{{text("*a* _b_ <b> # | ~~c~~ \\")}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := prose.Parse(test.in); !reflect.DeepEqual(got, test.want) {
				t.Errorf("Parse(%q)\n got %v\nwant %v", test.in, got, test.want)
			}
		})
	}
}

func TestInline(t *testing.T) {
	tests := []struct {
		in   string
		want prose.Paragraph
	}{
		{"", nil},
		{"a\n\nb\n\n\nc", prose.Paragraph{text("a b c")}},
		{"`a`\n\n`b`", prose.Paragraph{code("a"), text(" "), code("b")}},
		{"a `b\n\nc` d", prose.Paragraph{text("a `b c` d")}},
	}
	for _, test := range tests {
		if got := prose.Inline(test.in); !reflect.DeepEqual(got, test.want) {
			t.Errorf("Inline(%q)\n got %v\nwant %v", test.in, got, test.want)
		}
	}
}

func TestPlain(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"set `a` to [b](http://h), or [http://h](http://h)", "set a to b (http://h), or http://h"},
		{"[the `a` of b](http://h), [`http://h`](http://h)", "the a of b (http://h), http://h"},
	}
	for _, test := range tests {
		if got := prose.Inline(test.in).Plain(); got != test.want {
			t.Errorf("Plain of %q is %q, want %q", test.in, got, test.want)
		}
	}
}

// Parse takes linear time and memory. The texts are so long that quadratic copying would use too
// much memory, and quadratic searching would not end.
func TestLinear(t *testing.T) {
	for _, part := range []string{
		"`", "``", "[", "]", "[a", "[a]", "[a](", "[a](http://", "[a](http://h", "`a", "a\n", "a\n\n",
		"`a`\n\n", "[a](http://h)", "[`", "[`a`", "[`[`", "[a`", "[`a` ](http://h)", "[``", "](", "\n", " ", "[a](http://h)\n\n",
	} {
		in := strings.Repeat(part, longtest.Choose(1<<17, 1<<20)/len(part))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		prose.Parse(in)
		prose.Inline(in).Plain()
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > 1000*uint64(len(in)) {
			t.Errorf("%d bytes of %q used %d bytes of memory", len(in), part, used)
		}
	}
}

// FuzzParse checks that Parse removes only marks and white space, and that code and links are valid.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "a `b` [c](http://d) e\n\nf", "[`](http://", "``[[a](https://b)]\r\n", "\xff[\xff"} {
		f.Add(s)
	}
	f.Add("[`a[`](http://b) [c`](http://d)")
	f.Fuzz(func(t *testing.T, in string) {
		var marked strings.Builder
		for _, p := range prose.Parse(in) {
			checkSpans(t, p)
			for _, s := range p {
				switch s.Kind {
				case prose.Code:
					marked.WriteString("`" + s.Text + "`")
				case prose.Link:
					marked.WriteString("[" + s.Text + "](" + s.URL + ")")
				default:
					marked.WriteString(s.Text)
				}
			}
		}
		if got, want := squeeze(marked.String()), squeeze(in); got != want {
			t.Errorf("Parse(%q) kept %q of %q", in, got, want)
		}
		checkSpans(t, prose.Inline(in))
	})
}

func checkSpans(t *testing.T, p prose.Paragraph) {
	t.Helper()
	for i, s := range p {
		switch {
		case s.Text == "":
			t.Errorf("span %d of %v is empty", i, p)
		case strings.Contains(s.Text, "\n"):
			t.Errorf("span %d of %v has a line end", i, p)
		case s.Kind == prose.Text && i > 0 && p[i-1].Kind == prose.Text:
			t.Errorf("text follows text in %v", p)
		case s.Kind == prose.Code && strings.Contains(s.Text, "`"):
			t.Errorf("backtick in code in %v", p)
		case s.Kind == prose.Link && (s.Label().Plain() == "" || strings.ContainsAny(s.URL, " ()<>\"'\\") || !strings.HasPrefix(s.URL, "http")):
			t.Errorf("invalid link: %v", s)
		}
	}
}

// squeeze removes the white space that Parse may change. It works on bytes, because the last byte of
// a paragraph and the first one of the next may together form a character.
func squeeze(s string) string {
	return strings.NewReplacer(" ", "", "\t", "", "\r", "", "\n", "").Replace(s)
}

func TestSentence(t *testing.T) {
	for text, want := range map[string]string{
		"": "", " ": "", "Busy": "Busy.", " Busy\n": "Busy.", "Busy.": "Busy.", "Busy!": "Busy!", "Busy?": "Busy?", "Busy…": "Busy…", "See:": "See:",
		"É": "É.", "(x)": "(x).", "名": "名.", "混雑。": "混雑。", "混雑！": "混雑！", "混雑？": "混雑？", "混雑．": "混雑．", "混雑：": "混雑：", "混雑｡": "混雑｡",
	} {
		if got := prose.Sentence(text); got != want {
			t.Errorf("Sentence(%q) = %q, want %q", text, got, want)
		}
	}
}
