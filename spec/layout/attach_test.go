package layout

import (
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
)

// reprint prints a text with the keys of the outermost mapping in alphabetical order. It
// checks that values and comments do not change.
func reprint(t *testing.T, text string) string {
	t.Helper()
	root := node(t, text).Content[0]
	file := &diag.File{Text: text}
	before := Remarks(file, root)
	doc := Attach(file, root)
	shapes := form.Shapes{}
	if root.Kind == yaml.MappingNode {
		var keys []string
		for i := 0; i < len(root.Content); i += 2 {
			keys = append(keys, root.Content[i].Value)
		}
		slices.Sort(keys)
		shapes[root] = form.Shape{Keys: keys}
	}
	printed := string(Print(doc, shapes))
	again := node(t, printed).Content[0]
	if !Same(root, again, shapes) {
		t.Errorf("printing changed the content:\n%s", printed)
	}
	if after := Remarks(&diag.File{Text: printed}, again); !slices.Equal(before, after) {
		t.Errorf("the comments %q became %q", before, after)
	}
	if before, after := about(text, root), about(printed, again); !slices.Equal(before, after) {
		t.Errorf("the entries of the comments\n%q became\n%q", before, after)
	}
	return printed
}

// about returns the comments of a text with the first letter of their entries.
func about(text string, root *yaml.Node) []string {
	file := &diag.File{Text: text}
	var all []string
	for _, n := range Notes(file, root) {
		entry := "nothing"
		if n.About {
			entry = strings.TrimLeft(text[file.Offset(n.From):], "- [{\"\n")
			for strings.HasPrefix(entry, "#") {
				_, entry, _ = strings.Cut(entry, "\n")
				entry = strings.TrimLeft(entry, "- [{\"\n")
			}
			entry = entry[:1]
		}
		all = append(all, n.Text+" is about "+entry)
	}
	slices.Sort(all)
	return all
}

// Comments stay with their entries.
func TestComments(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"above and after keys", "# of b\nb: 1 # b\n# of a\n# too\na: 2 # a\n",
			"# of a\n# too\na: 2 # a\n\n# of b\nb: 1 # b\n"},
		{"of the document", "# all\n\n# more\n\n# of b\nb: 1\na: 2\n# end\n\n# very end\n",
			"# all\n\n# more\n\na: 2\n\n# of b\nb: 1\n\n# end\n\n# very end\n"},
		{"only of the document", "# all\n\nb: 1\na: 2\n", "# all\n\na: 2\nb: 1\n"},
		{"a modeline stays at the top", "# yaml-language-server: $schema=x\nb: 1\na: 2\n", "# yaml-language-server: $schema=x\na: 2\nb: 1\n"},
		{"a modeline above another comment", "# yaml-language-server: $schema=x\n# of b\nb: 1\na: 2\n",
			"# yaml-language-server: $schema=x\na: 2\n\n# of b\nb: 1\n"},
		{"a separate modeline", "# yaml-language-server: $schema=x\n\nb: 1\n", "# yaml-language-server: $schema=x\n\nb: 1\n"},
		{"above the marker of a document", "# all\n--- # mark\na: 1\n", "# all\n# mark\na: 1\n"},
		{"a block", "b:\n  # of c\n  c: 1\n  # foot of b\na: 2 # a\n", "a: 2 # a\n\nb:\n  # of c\n  c: 1\n  # foot of b\n"},
		{"groups", "a:\n  b:\n    - c: 1\n\n  # one\n\n  # two\n\n  d: 2\n", "a:\n  b:\n    - c: 1\n\n  # one\n\n  # two\n\n  d: 2\n"},
		{"items", "a:\n# of the list\n- # of b\n  b: 1\n  # below b\n# of c\n- c # line\n- \n  # of d\n  d: 1\n# end of it\n",
			"a:\n  # of the list\n  - # of b\n    b: 1\n    # below b\n\n  # of c\n  - c # line\n\n  -\n    # of d\n    d: 1\n\n# end of it\n"},
		{"the end of an indented list", "a:\n  - b: 1\n    # below b\n  # below a\n# end\n", "a:\n  - b: 1\n    # below b\n  # below a\n\n# end\n"},
		{"keys of blocks", "a: # of a\n  b: # of b\n    - c\n    - d: | # of d\n        # text\n      # below d\n",
			"a: # of a\n  b: # of b\n    - c\n    - d: | # of d\n        # text\n      # below d\n"},
		{"brackets", "a: [b, # of b\n  # above c\n  c # of c\n  # end\n] # of a\nd: {e: 1} # of d\nf: [ # empty\n]\ng: [] # g\n",
			"a: # of a\n  - b # of b\n  # above c\n  - c # of c\n  # end\n\nd: {e: 1} # of d\nf: [] # empty\ng: [] # g\n"},
		{"after both brackets", "a: [ # one\n  b ] # two\nc: 1\n", "# two\na: [b] # one\nc: 1\n"},
		{"text that looks like a comment", "a: \"b # c\"\nd: 'e # f\n  # g'\nh: i#j\nk: >\n  # l\n\n   # m\nn: http://x#y\n",
			"a: \"b # c\"\nd: \"e # f # g\"\nh: i#j\nk: |\n  # l\n\n   # m\n\"n\": http://x#y\n"},
		{"less indented than the block above it", "a:\n  b: |\n      text\n    # of c\n  c: 1\n", "a:\n  b: |\n    text\n  # of c\n  c: 1\n"},
		{"an empty block", "a: |\n# of b\nb: 1\n", "a: \"\"\n\n# of b\nb: 1\n"},
		{"the root in brackets", "# top\n{b: 1, # of b\n a: 2}\n# end\n", "# top\n\na: 2\nb: 1 # of b\n\n# end\n"},
		{"an empty collection", "a: [\n  # in a\n  ] # of a\nb:\n  - {\n # in b\n\n # too\n}\n", "a: [ # of a\n  # in a\n]\n\nb:\n  - {\n    # in b\n\n    # too\n  }\n"},
		{"between a key and its value", "a: # key\n  # above\n\n  b # value\nc:\n  # list\n  [d]\n", "# above\n# value\na: b # key\n\n# list\nc: [d]\n"},
		{"between a dash and its item", "a:\n-\n  # b\n  b\n- # c\n  # too\n  [c]\n-\n\n  # d\n\n  - - d\n",
			"a:\n  # b\n  - b\n  # too\n  - [c] # c\n\n  -\n    # d\n\n    - [d]\n"},
		{"several of one entry", "a: { # one\n b: 1 # two\n , # three\n c: 2 } # four\n", "# four\na: # one\n  # three\n  b: 1 # two\n  c: 2\n"},
		{"next to brackets of the root", "# top\n{ # one\n a: 1\n} # two\n", "# top\n# one\n\na: 1\n\n# two\n"},
		{"a question mark", "? a # one\n# two\n: b # three\n", "# two\n# three\na: b # one\n"},
		{"other white space", "a: b # c\u00a0\n# d\u3000\ne: f\n", "a: b # c\u00a0\n\n# d\u3000\ne: f\n"},
		{"an empty root", "--- # a\n# b\n{  }\n \n\n", "# a\n# b\n{}\n"},
		{"a single value", "# top\na # of a\n# end\n", "# top\na # of a\n\n# end\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := reprint(t, c.text)
			if got != c.want {
				t.Errorf("printed as\n%s\nwant\n%s", got, c.want)
			}
			if again := reprint(t, got); again != got {
				t.Errorf("printed again as\n%s", again)
			}
		})
	}
	if strings.Contains(reprint(t, "\uFEFF# a\na: 1\n"), "\uFEFF") {
		t.Error("a byte order mark is printed")
	}
}
