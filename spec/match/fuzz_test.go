package match

import (
	"regexp"
	"strings"
	"testing"
)

// FuzzFind compares the results of a set of phrases, one per line, with the reference. A line that
// starts with "!" is the phrase of a fallback.
func FuzzFind(f *testing.F) {
	all := strings.Join(evolink, "\n")
	for _, s := range evolink {
		p := MustParse(s)
		f.Add(all, p.Sample())
		f.Add(all, strings.ToUpper(p.Sample())+".\n \t"+strings.ReplaceAll(p.Sample(), " ", " \n"))
	}
	f.Add("<num>.<num>.<num>\n5<num>5\n<num>.\n<num><any>.", "1.2.3.4.55.")
	f.Add("a <any> <any> b\na<any>b<any>c\n!<any>x<any>\n!a b", "a    b a p q b x c")
	f.Add("é日\n-\n%\nk\ns\n\\<num>", "É日\u212a\u017f-%<num>\xff\x80\x01\x02\x00")
	f.Fuzz(func(t *testing.T, phrases, message string) {
		var entries []Entry
		for i, line := range strings.Split(phrases, "\n") {
			source, fallback := strings.CutPrefix(line, "!")
			if p, err := Parse(source); err == nil {
				entries = append(entries, Entry{Phrase: p, Owner: i, Fallback: fallback})
			}
		}
		if len(entries) > 16 || len(message) > 2000 {
			return
		}
		ref := newReference(entries)
		set := mustCompile(t, entries)
		got, ok := set.Find(message)
		if want, wantOK := ref.find(message); got != want || ok != wantOK {
			t.Fatalf("Find = %d, %v; want %d, %v", got, ok, want, wantOK)
		}
	})
}

// FuzzValue compares the occurrence and the values of one phrase with the reference.
func FuzzValue(f *testing.F) {
	for _, s := range evolink {
		f.Add(s, MustParse(s).Sample())
	}
	for _, s := range []string{
		"<num:a>.<num:b>.<num:c>", "<num:a><num:b>5<num:c>", "<num:a>.", "a <num:a>. b",
		"no <any:a> left", "a <any:a> <any:b> <any:c> b", "<any:a>x<any:b>", "a<any:a><any:b>b",
		"x<num:a><any:b><num:c>", "<num:a><any:b>.", "a <num:a><any:b>5 x", "<any:a><num:b> x",
	} {
		f.Add(s, MustParse(s).Sample())
		f.Add(s, "a   1.2.3.4 55.  b5 5.5. x no \n left left")
	}
	f.Fuzz(func(t *testing.T, source, message string) {
		p, err := Parse(source)
		if err != nil || len(message) > 2000 {
			return
		}
		entries := []Entry{{Phrase: p}}
		newReference(entries).compare(t, mustCompile(t, entries), message)
	})
}

// FuzzParse checks the documented properties of valid phrases, and that derived phrases occur in
// their examples.
func FuzzParse(f *testing.F) {
	for _, s := range append(evolink, `a\<num>\\b <c`, "<num:n> <any:a>x", "a<num:N>", "a\x01", "10.5.5. <num> \\ é") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		if p, err := Parse(source); err == nil {
			if p.String() != source {
				t.Errorf("String() = %q", p)
			}
			if _, err := regexp.Compile(p.Regexp()); err != nil {
				t.Errorf("Regexp(): %v", err)
			}
			if !p.Occurs(p.Sample()) {
				t.Errorf("does not occur in its sample %q", p.Sample())
			}
			if p.Literals() < 1 || p.Literals() > len(source) {
				t.Errorf("Literals() = %d", p.Literals())
			}
		} else if e := err.(*ParseError); e.Offset < 0 || e.Offset > len(source) || e.Msg == "" {
			t.Errorf("Parse: %+v", e)
		}
		if p, err := Parse(Derive(source)); err == nil {
			if !p.Occurs(source) {
				t.Errorf("derived %q does not occur in its example", p)
			}
			if strings.ContainsAny(p.Pattern(), "0123456789") {
				t.Errorf("derived %q has digits", p)
			}
		}
	})
}
