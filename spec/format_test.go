package spec_test

import (
	"bytes"
	"fmt"
	"math/rand"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/internal/longtest"
	"github.com/errspec/errspec/spec/canonical"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/export"
	"github.com/errspec/errspec/spec/layout"
)

// format formats a table and checks the properties that hold for every table: formatting is
// idempotent and does not change the values.
func format(t *testing.T, text string) string {
	t.Helper()
	formatted, findings := canonical.Format("table.yaml", text)
	if len(findings) > 0 {
		t.Fatalf("%s\n%s", print(t, diag.FormatText, findings), text)
	}
	checkFormatted(t, text, formatted)
	return formatted
}

func checkFormatted(t *testing.T, text, formatted string) {
	t.Helper()
	if again, findings := canonical.Format("table.yaml", formatted); again != formatted || len(findings) > 0 {
		t.Fatalf("formatted\n%s\nagain\n%s\nfrom\n%s\n%s", formatted, again, text, print(t, diag.FormatText, findings))
	}
	before, findings := read(text)
	after, found := read(formatted)
	if len(findings) != len(found) {
		t.Fatalf("findings\n%s\nbecame\n%s\nof\n%s\nfrom\n%s", print(t, diag.FormatLine, findings), print(t, diag.FormatLine, found), formatted, text)
	}
	if before != nil && !findings.HasErrors() {
		if a, b := export.JSON(before, export.Options{}), export.JSON(after, export.Options{}); !bytes.Equal(a, b) {
			t.Fatalf("the export changes from\n%s\nto\n%s\nof\n%s\nfrom\n%s", a, b, formatted, text)
		}
	}
}

// Every valid table in testdata can be formatted.
func TestFormatTables(t *testing.T) {
	formatted := 0
	for _, text := range inputs(t) {
		got, findings := canonical.Format("table.yaml", text)
		if len(findings) > 0 {
			if got != text || findings[0].Rule == canonical.RuleFormat {
				t.Errorf("%s\n%s", print(t, diag.FormatText, findings), text)
			}
			continue
		}
		formatted++
		checkFormatted(t, text, got)
	}
	if formatted < 100 {
		t.Errorf("only %d tables can be formatted", formatted)
	}
}

// evolink.yaml is in canonical form, and every variant of it is formatted to the same bytes.
func TestFormatVariants(t *testing.T) {
	data, err := os.ReadFile("evolink.yaml")
	if err != nil {
		t.Fatal(err)
	}
	want := string(data)
	if got := format(t, want); got != want {
		t.Fatalf("evolink.yaml is not in canonical form, which is\n%s", got)
	}
	table, _ := read(want)
	exported := export.JSON(table, export.Options{})
	variants := longtest.Choose(40, 300)
	different := make(map[string]bool)
	for seed := range variants {
		variant := disorder(t, want, rand.New(rand.NewSource(int64(seed))))
		different[variant] = true
		if got, findings := canonical.Format("table.yaml", variant); got != want {
			t.Fatalf("seed %d: formatted as\n%s\n%s\nfrom\n%s", seed, got, print(t, diag.FormatText, findings), variant)
		}
		table, _ := read(variant)
		if !bytes.Equal(export.JSON(table, export.Options{}), exported) {
			t.Fatalf("seed %d: the variant is not the same table:\n%s", seed, variant)
		}
	}
	if len(different) < variants {
		t.Errorf("only %d variants differ", len(different))
	}
}

// disorder returns a table with the same values and another form: shuffled keys, other quotes,
// indents and brackets, and extra empty lines. Comments stay with their keys.
func disorder(t *testing.T, text string, r *rand.Rand) string {
	t.Helper()
	var parsed yaml.Node
	if err := yaml.Unmarshal([]byte(text), &parsed); err != nil {
		t.Fatal(err)
	}
	doc := layout.Attach(&diag.File{Text: text}, parsed.Content[0])
	w := &sloppy{r: r, step: 1 + r.Intn(4)}
	w.comment(doc.HeadComment, 0)
	w.mapping(doc.Content[0], 0, "")
	return w.out.String()
}

// A sloppy writer writes badly formatted YAML.
type sloppy struct {
	r    *rand.Rand
	step int
	out  strings.Builder
}

func (w *sloppy) line(indent int, text string) {
	w.out.WriteString(strings.Repeat(" ", indent) + text)
	if !strings.Contains(text, "\n") { // in a block, spaces would be part of the text
		w.out.WriteString(strings.Repeat(" ", w.r.Intn(2)))
	}
	w.out.WriteString("\n")
}

func (w *sloppy) comment(text string, indent int) {
	if text == "" {
		return
	}
	for line := range strings.SplitSeq(text, "\n") {
		w.line(indent, line)
	}
}

// order returns the pairs of a mapping in any order. That of response.http, fields and headers remains.
func (w *sloppy) order(n *yaml.Node) []int {
	order := w.r.Perm(len(n.Content) / 2)
	if slices.ContainsFunc(n.Content[:1], func(key *yaml.Node) bool { return slices.Contains([]string{"400", "id", "x-request-id"}, key.Value) }) {
		slices.Sort(order)
	}
	return order
}

func (w *sloppy) mapping(n *yaml.Node, indent int, dash string) {
	for _, i := range w.order(n) {
		key, val := n.Content[2*i], n.Content[2*i+1]
		if w.r.Intn(4) == 0 && dash == "" {
			w.out.WriteString("\n")
		}
		if dash == "" {
			w.comment(key.HeadComment, indent)
		} else if key.HeadComment != "" {
			w.line(indent-len(dash), strings.TrimRight(dash, " "))
			w.comment(key.HeadComment, indent)
			dash = ""
		}
		w.pair(w.scalar(key, true)+":", val, indent, dash)
		dash = ""
	}
}

func (w *sloppy) pair(key string, val *yaml.Node, indent int, dash string) {
	start := indent - len(dash)
	switch {
	case val.Kind == yaml.ScalarNode && w.r.Intn(6) == 0 && w.canBlock(val):
		w.line(start, dash+key+w.block(val, indent))
	case val.Kind == yaml.ScalarNode:
		w.line(start, dash+key+" "+w.scalar(val, false))
	case w.r.Intn(3) == 0 && !hasComments(val) && !hasItems(val):
		w.line(start, dash+key+"   "+w.flow(val))
	case val.Kind == yaml.MappingNode:
		w.line(start, dash+key)
		w.mapping(val, indent+w.step, "")
	default:
		w.line(start, dash+key)
		w.list(val, indent+w.r.Intn(2)*w.step)
	}
}

func (w *sloppy) list(n *yaml.Node, indent int) {
	for _, item := range n.Content {
		if w.r.Intn(5) == 0 {
			w.out.WriteString("\n")
		}
		w.comment(item.HeadComment, indent)
		switch {
		case item.Kind == yaml.ScalarNode:
			w.line(indent, "- "+w.scalar(item, false))
		default:
			dash := "-" + strings.Repeat(" ", 1+w.r.Intn(3))
			w.mapping(item, indent+len(dash), dash)
		}
	}
}

func (w *sloppy) flow(n *yaml.Node) string {
	var parts []string
	switch n.Kind {
	case yaml.ScalarNode:
		return w.scalar(n, true)
	case yaml.SequenceNode:
		for _, c := range n.Content {
			parts = append(parts, w.flow(c))
		}
		return "[ " + strings.Join(parts, " ,") + "]"
	}
	for _, i := range w.order(n) {
		parts = append(parts, w.scalar(n.Content[2*i], true)+": "+w.flow(n.Content[2*i+1]))
	}
	return "{" + strings.Join(parts, ",  ") + " }"
}

// scalar writes text in random quotes. narrow is true for keys and for values in brackets.
func (w *sloppy) scalar(n *yaml.Node, narrow bool) string {
	if n.ShortTag() != "!!str" && !(narrow && n.Value == "429") {
		return n.Value
	}
	single := "'" + strings.ReplaceAll(n.Value, "'", "''") + "'"
	switch {
	case w.r.Intn(3) == 0 && !strings.Contains(n.Value, "\n"):
		return single
	case w.r.Intn(2) == 0 && isTame(n.Value):
		return n.Value
	}
	return strconv.Quote(n.Value)
}

func isTame(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_ ") == "" && s == strings.TrimSpace(s) && s != "true"
}

func (w *sloppy) canBlock(n *yaml.Node) bool {
	return n.ShortTag() == "!!str" && n.Value == strings.TrimSpace(n.Value)
}

func (w *sloppy) block(n *yaml.Node, indent int) string {
	mark := " |-"
	if w.r.Intn(2) == 0 && !strings.Contains(n.Value, "\n") {
		mark = " >-"
	}
	pad := "\n" + strings.Repeat(" ", indent+w.step)
	return mark + pad + strings.ReplaceAll(n.Value, "\n", pad)
}

func hasComments(n *yaml.Node) bool {
	return n.HeadComment+n.LineComment+n.FootComment != "" || slices.ContainsFunc(n.Content, hasComments)
}

// hasItems reports whether n contains a list of mappings. Formatting keeps brackets around the
// items of such a list, so the variant must not change them.
func hasItems(n *yaml.Node) bool {
	return n.Kind == yaml.SequenceNode && n.Content[0].Kind == yaml.MappingNode || slices.ContainsFunc(n.Content, hasItems)
}

// Invalid tables stay unchanged.
func TestFormatInvalid(t *testing.T) {
	for name, text := range map[string]string{
		"syntax":             minimal + "x: [",
		"anchor":             strings.Replace(minimal, "Busy", "&a Busy", 1),
		"tag":                strings.Replace(minimal, "Busy", "!!str Busy", 1),
		"multiple-documents": minimal + "---\n" + minimal,
		"duplicate-key":      minimal + "name: shop\n",
		"unsafe-character":   strings.Replace(minimal, "Busy", "Bu\u202Esy", 1),
	} {
		formatted, findings := canonical.Format("table.yaml", text)
		if formatted != text || len(findings) == 0 || findings[0].Rule != name {
			t.Errorf("%s: findings %v, formatted as\n%s", name, findings, formatted)
		}
	}
}

// Formatting keeps the line ends and removes a byte order mark.
func TestFormatLineEnds(t *testing.T) {
	formatted, findings := canonical.Format("t", "\uFEFFname: shop # its name\r\nerrspec: 1\r\n\r\n\r\ntitle:  Shop\r\ncodes: [{code: busy, title: Busy}]")
	want := "errspec: 1\r\nname: shop # its name\r\ntitle: Shop\r\n\r\ncodes:\r\n  - {code: busy, title: Busy}\r\n"
	if formatted != want || len(findings) > 0 {
		t.Errorf("%q, %v", formatted, findings)
	}
}

func FuzzFormat(f *testing.F) {
	for _, text := range inputs(f) {
		f.Add(text)
	}
	f.Add(minimal)
	for seed := range 3 {
		f.Add(fmt.Sprintf("# a\n%s# b %d\nx-y: # c\n  - # d\n    z: [a, # e\n # f\n]\n   # g\n", minimal, seed))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<13 {
			t.Skip("too long")
		}
		formatted, findings := canonical.Format("table.yaml", text)
		for _, d := range findings {
			if d.Rule == canonical.RuleFormat {
				t.Fatalf("formatting would change\n%s", text)
			}
		}
		if len(findings) == 0 {
			checkFormatted(t, text, formatted)
		}
	})
}
