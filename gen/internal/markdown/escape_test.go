package markdown

import (
	"strings"
	"testing"
)

func TestText(t *testing.T) {
	tests := []struct {
		in, want string
		at       place
	}{
		// Characters without a meaning are not escaped.
		{in: "aspect_ratio and __init_", want: `aspect_ratio and \_\_init\_`},
		{in: "a_b__c é_é", want: `a_b\_\_c é_é`},
		{in: "10 - 2 + 3 = 11, a) and (b). # 5 > 3!", want: "10 - 2 + 3 = 11, a) and (b). # 5 > 3!"},
		{in: `"quotes" 'and' 100% ^ @me C: a:b AT&T R&D; no&where`, want: `"quotes" 'and' 100% ^ @me C: a:b AT&T R&amp;D; no&where`},
		{in: "sizes] 1] and a]b", want: "sizes] 1] and a]b"},

		// Inline markup.
		{in: "`a` *b* ~~c~~ [d](e) \\", want: "\\`a\\` \\*b\\* \\~\\~c\\~\\~ \\[d](e) \\\\"},
		{in: "<script> </b> <!-- a < b", want: "&lt;script> &lt;/b> &lt;!-- a &lt; b"},
		{in: "&amp; &#42; &#x2a; &; &#; & a;", want: "&amp;amp; &amp;#42; &amp;#x2a; &amp;; &amp;#; & a;"},
		{in: "AT&T && &copy &(b)", want: "AT&T && &amp;copy &amp;(b)"},
		{in: "中_a 😀_a _…", want: `中\_a &#128512;\_a \_…`},
		{in: "a | b", want: `a \| b`},
		{in: "$5 and $6", want: `\$5 and \$6`},
		{in: "see!", want: `see\!`, at: beforeLink},
		{in: "a](b)", want: `a\](b)`, at: inLabel},

		// Template engines and MDX.
		{in: "{{ a }} {% b %} {# c #} {d}", want: `&#123;\{ a \}\} &#123;% b %\} &#123;# c #\} \{d\}`},
		{in: "{{{", want: `&#123;&#123;\{`},
		{in: "import x", want: "&#105;mport x", at: lineStart},
		{in: "export default", want: "&#101;xport default", at: lineStart},
		{in: "important, exports; import", want: "important, exports; import", at: lineStart},

		// URLs and e-mail addresses that would become links.
		{in: "https://a.b http://c ftp://d", want: `https\://a.b http\://c ftp\://d`},
		{in: "(www.a.b) WWW.c awww.d www", want: `(www\.a.b) WWW\.c awww.d www`},
		{in: "me@example.org a.@b @c d@ e", want: `me\@example.org a.\@b @c d@ e`},

		// Markers at the start of a block, and only there.
		{in: "# a", want: `\# a`, at: lineStart},
		{in: "#a", want: `\#a`, at: lineStart},
		{in: "> a", want: `\> a`, at: lineStart},
		{in: "- a", want: `\- a`, at: lineStart},
		{in: "-\ta", want: `\- a`, at: lineStart},
		{in: "a \t b  c", want: "a b c"},
		{in: "👩‍💻", want: "👩‍💻"},
		{in: "👩‍💻 ⚠️", want: "👩&#8205;💻 ⚠️", at: inCell},
		{in: "-", want: `\-`, at: lineStart},
		{in: "---", want: `\---`, at: lineStart},
		{in: "- - -", want: `\- - -`, at: lineStart},
		{in: "--flag and -5", want: "--flag and -5", at: lineStart},
		{in: "+ a", want: `\+ a`, at: lineStart},
		{in: "+5", want: "+5", at: lineStart},
		{in: "* a", want: `\* a`, at: lineStart},
		{in: "1. a", want: `1\. a`, at: lineStart},
		{in: "12) a", want: `12\) a`, at: lineStart},
		{in: "12.", want: `12\.`, at: lineStart},
		{in: "1.2 a", want: "1.2 a", at: lineStart},
		{in: "12", want: "12", at: lineStart},
		{in: ": a", want: `\: a`, at: lineStart},
		{in: ":::tip", want: `\:::tip`, at: lineStart},
		{in: ":a", want: ":a", at: lineStart},
		{in: "===", want: "===", at: lineStart},
		{in: "~~~", want: `\~\~\~`, at: lineStart},
		{in: "| a |", want: `\| a \|`, at: lineStart},

		{in: "a\nb", want: "a<br/>b"},
		{in: "-\nb", want: `\-<br/>b`, at: lineStart},
		{in: "", want: "", at: lineStart},
	}
	for _, test := range tests {
		if got := text(test.in, test.at); string(got) != test.want {
			t.Errorf("text(%q, %d)\n got %s\nwant %s", test.in, test.at, got, test.want)
		}
	}
}

func TestCode(t *testing.T) {
	tests := []struct {
		in, want string
		at       place
	}{
		{in: "a_b *c* <d> {e} \\", want: "`a_b *c* <d> {e} \\`"},
		{in: "", want: ""},
		{in: " ", want: "` `"},
		{in: " a", want: "` a`"},
		{in: " a ", want: "`  a  `"},
		{in: "`", want: "`` ` ``"},
		{in: "a`b``c", want: "```a`b``c```"},
		{in: "a`", want: "`` a` ``"},
		{in: "a\nb", want: "`a b`"},
		{in: "a|b", want: "`a|b`"},
		{in: "a|b", want: `<code>a\|b</code>`, at: inCell},
		{in: "a](b)|", want: `<code>a\](b)\|</code>`, at: inCell},
		{in: "{{ a }}", want: `<code>&#123;\{ a \}\}</code>`},
		{in: "{% a %}", want: `<code>&#123;% a %\}</code>`},
		{in: "{{<b>", want: `<code>&#123;\{&lt;b></code>`},
	}
	for _, test := range tests {
		if got := code(test.in, test.at); string(got) != test.want {
			t.Errorf("code(%q, %d)\n got %s\nwant %s", test.in, test.at, got, test.want)
		}
	}
}

func TestCodeBlock(t *testing.T) {
	tests := []struct{ in, want string }{
		{"{}\n", "```json\n{}\n```"},
		{"\n\n {} \n\n", "```json\n {}\n```"},
		{"a ``` b", "````json\na ``` b\n````"},
		{"~~~\n`````\n", "``````json\n~~~\n`````\n``````"},
		{"\"{{a}}\"\n</pre>", "<pre><code>&#34;&#123;&#123;a&#125;&#125;&#34;\n&#60;&#47;pre&#62;</code></pre>"},
	}
	for _, test := range tests {
		if got := codeBlock("json", test.in, false); string(got) != test.want {
			t.Errorf("codeBlock(%q)\n got %s\nwant %s", test.in, got, test.want)
		}
	}
}

func TestProse(t *testing.T) {
	tests := []struct{ in, want string }{
		{"set `a|b` to *c*", "set `a|b` to \\*c\\*"},
		{"look![here](https://a.b/c_d?e&copy;#f)", `look\![here](https://a.b/c_d?e&copy%3B#f)`},
		{"[www.a.b](https://c)", `[www\.a.b](https://c)`},
		{"`- a` - b", "`- a` - b"},
		{"12. `a`", "12\\. `a`"},
		{"[a](javascript:b)", `\[a](javascript:b)`},
		{"a `b", "a \\`b"},
		{"`a``b` `c`", "`a`<code>b</code> `c`"},
		{"\u00a0a\u00a0", "a"},
	}
	for _, test := range tests {
		if got := inline(test.in, lineStart); string(got) != test.want {
			t.Errorf("inline(%q)\n got %s\nwant %s", test.in, got, test.want)
		}
	}
}

func TestSentence(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Wait", "Wait."}, {"Wait. ", "Wait."}, {"Why?", "Why?"}, {"等", "等."}, {"等。", "等。"},
		{"Set `a`", "Set `a`."}, {"12", `12\.`}, {"", ""}, {"www", `www\.`},
	}
	for _, test := range tests {
		if got := sentence(test.in, lineStart); string(got) != test.want {
			t.Errorf("sentence(%q) = %s, want %s", test.in, got, test.want)
		}
	}
}

func TestDestination(t *testing.T) {
	tests := []struct{ in, want string }{
		{"#service_error", "#service_error"},
		{"https://a.b/c?d=e&f=g&copy=1#h", "https://a.b/c?d=e&f=g&copy=1#h"},
		{"https://a/(b)?c&lt;", `<https://a/(b)?c&lt%3B>`},
		{"https://a/ \t<>\"{|}\\`\n", "https://a/%20%09%3C%3E%22%7B%7C%7D%5C%60%0A"},
		{"https://é", "https://é"},
	}
	for _, test := range tests {
		if got := destination(test.in); string(got) != test.want {
			t.Errorf("destination(%q)\n got %s\nwant %s", test.in, got, test.want)
		}
	}
}

// Escaping a long run of characters must not take quadratic time.
func TestTextIsLinear(t *testing.T) {
	for _, part := range []string{"_", "&", "&a", "&#", "{", "w", "www.", "@", "-", "1", ":", "`"} {
		in := strings.Repeat(part, 1<<20/len(part))
		text(in, lineStart)
		code(in, inCell)
	}
}
