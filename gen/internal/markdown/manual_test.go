package markdown

import (
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/form"
)

func TestDescribed(t *testing.T) {
	for _, c := range [][2]string{
		{"Plain words, a status: and 4xx.", "Plain words, a status: and 4xx."},
		{"They contain only codes:.", "They contain only `codes:`."},
		{"A path, mod:PATH@VERSION/FILE, or builtin:evolink.", "A path, `mod:PATH@VERSION/FILE`, or `builtin:evolink`."},
		{"In values, {title} and <num> are replaced.", "In values, `{title}` and `<num>` are replaced."},
		{"Between <!-- errspec:begin NAME --> and {/* errspec:end */}.", "Between `<!-- errspec:begin NAME -->` and `{/* errspec:end */}`."},
		{"errors[].code has role retry_after, see Policy.Next", "`errors[].code` has role `retry_after`, see `Policy.Next`"},
		{"lint: {RULE: off} or pages: true", "`lint: {RULE: off}` or `pages: true`"},
		{"--fix and -o write errspec.yaml (or .mdx)", "`--fix` and `-o` write `errspec.yaml` (or `.mdx`)"},
		{"I/O of testdata/vectors.json, or all/none", "I/O of `testdata/vectors.json`, or all/none"},
		{"a * b | c", `a \* b \| c`},
	} {
		if got := described(c[0], 0); string(got) != c[1] {
			t.Errorf("described(%q)\n got %q\nwant %q", c[0], got, c[1])
		}
	}
}

func TestManualKeys(t *testing.T) {
	inner := form.Schema{Description: "Inner.", Type: "object", Properties: []form.Property{
		{Key: "a", Value: form.Schema{Description: "A word. Default: x.", Enum: []string{"x", "y"}}},
		{Key: "b", Value: form.Schema{Description: "Text. Default: as it comes.", Type: "string"}},
		{Key: "c", Value: form.Schema{Description: "Many.", Enum: []string{"1", "2", "3", "4", "5", "6"}}},
	}}
	again := inner
	again.Description = "Other."
	root := form.Schema{Type: "object", Required: []string{"need"}, Properties: []form.Property{
		{Key: "need", Value: form.Schema{Description: "Needed.", Type: "integer"}},
		{Key: "all", Value: form.Schema{Description: "All.", Items: &inner}},
		{Key: "free", Value: form.Schema{Description: "Free.", Type: "object", Patterns: []form.Property{{Key: "^x-"}, {Key: ".", Value: again}}}},
		{Key: "scalars", Value: form.Schema{Description: "Any.", AnyOf: []form.Schema{
			{Items: &form.Schema{AnyOf: []form.Schema{{Type: "string"}, {Type: "number"}, {Type: "boolean"}}}}, {Type: "string"}, {Type: "number"}, {Type: "boolean"},
		}}},
	}}
	var document yaml.Node
	if err := yaml.Unmarshal([]byte("need: 7\nall: [{a: y}]\nfree: {one: {b: 'it''s'}}\nscalars: [1, \"a b\"]\n"), &document); err != nil {
		t.Fatal(err)
	}
	const want = "<!-- mark -->\n\n# Keys\n\nIntro.\n\n" +
		"| Key             | Type                | Default  | Example      | Meaning |\n" +
		"| --------------- | ------------------- | -------- | ------------ | ------- |\n" +
		"| `need`          | integer             | required | `7`          | Needed. |\n" +
		"| [`all`](#all)   | list of mappings    |          |              | All.    |\n" +
		"| [`free`](#free) | mapping of mappings |          |              | Free.   |\n" +
		"| `scalars`       | scalar or list      |          | `[1, \"a b\"]` | Any.    |\n\n" +
		"## `all[]`\n\nAll.\n\n" +
		"| Key | Type     | Default     | Example   | Meaning |\n" +
		"| --- | -------- | ----------- | --------- | ------- |\n" +
		"| `a` | `x`, `y` | `x`         | `y`       | A word. |\n" +
		"| `b` | string   | as it comes | `'it''s'` | Text.   |\n" +
		"| `c` | word     |             |           | Many.   |\n\n" +
		"Values of `c`: `1`, `2`, `3`, `4`, `5`, `6`.\n\n" +
		"## `free.*`\n\nFree.\n\nThe keys are those of [`all[]`](#all).\n"
	got := string(Manual{Mark: "<!-- mark -->", Title: "Keys", Intro: "Intro."}.Keys(root, []*yaml.Node{&document}))
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestManualCommands(t *testing.T) {
	const long = "Print it, or write it\nto the FILE of --output.\n\n  one\n    two\n\nIt is one of:\n\n  - a --form\n    of two lines\n  - another\n\nExit status:\n  0  it was printed\n  1  it was not,\n     for any reason"
	const want = "<!-- mark -->\n\n# Commands\n\nIntro.\n\n" +
		"| Command           | Description |\n" +
		"| ----------------- | ----------- |\n" +
		"| [`x put`](#x-put) | Print it    |\n\n" +
		"## x put\n\n```text\nx put [flags]\n```\n\n" +
		"Print it, or write it to the FILE of `--output`.\n\n" +
		"```text\none\n  two\n```\n\n" +
		"It is one of:\n\n- a `--form` of two lines\n- another\n\n" +
		"Exit status:\n\n" +
		"| Status | Meaning                    |\n" +
		"| ------ | -------------------------- |\n" +
		"| 0      | it was printed             |\n" +
		"| 1      | it was not, for any reason |\n\n" +
		"Examples:\n\n```sh\nx put\n```\n\n" +
		"| Flag                  | Default         | Meaning       |\n" +
		"| --------------------- | --------------- | ------------- |\n" +
		"| `-o`, `--output FILE` | standard output | write to FILE |\n" +
		"| `--form`              | `text`          | form          |\n" +
		"| `--to`                | required        | goal          |\n"
	got := string(Manual{Mark: "<!-- mark -->", Title: "Commands", Intro: "Intro."}.Commands([]Command{{
		Path: "x put", Use: "x put [flags]", Short: "Print it", Long: long, Examples: "x put",
		Flags: []Flag{{Name: "output", Shorthand: "o", Value: "FILE", Usage: "write to FILE (default: standard output)"}, {Name: "form", Usage: "form (default: text)"}, {Name: "to", Usage: "goal (required)"}},
	}}))
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
