package draft

import (
	"strings"
	"testing"

	"github.com/errspec/errspec/spec"
)

// table returns a table with the codes of the lines of a text: a wire value and a title.
func table(codes string) *Table {
	t := New()
	t.PutText("name", "shop")
	for line := range strings.Lines(codes) {
		wire, title, _ := strings.Cut(strings.TrimSpace(line), "|")
		t.AddCode(wire, 0).Set("title", title)
	}
	return t
}

// printed returns the printed table, which must be valid.
func printed(t *testing.T, d *Table) (string, *spec.Table) {
	t.Helper()
	d.Complete()
	text := d.Print(`C:\docs\shop.md`)
	parsed, findings := Check(text)
	if len(findings) > 0 {
		t.Fatalf("%v\n%s", findings, text)
	}
	return text, parsed
}

// Every code has a unique Go name, whatever its wire value is. It is derived from the wire value if
// possible.
func TestNames(t *testing.T) {
	_, got := printed(t, table("too_fast\nTooFast\n-5\n5\n余额\n不足\n!\nfunc\n1.2\n12\nunknown"))
	var names []string
	for i := range got.Codes {
		names = append(names, got.Codes[i].Name)
	}
	if got, want := strings.Join(names, "|"), "|too_fast_2||error_5|code|code_2|error||||"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// A table whose codes are all integers has integers, unless the source says that they are text.
func TestIntegers(t *testing.T) {
	for codes, want := range map[string]bool{"1\n-2\n0x1F": true, "1\n2a": false, "01": false, "99999999999999999999": false, "0x1_F": false} {
		if text, _ := printed(t, table(codes)); strings.Contains(text, "wire: integer") != want {
			t.Errorf("%q: got\n%s", codes, text)
		}
		d := table(codes)
		d.IsText = true
		if text, _ := printed(t, d); strings.Contains(text, "wire: integer") {
			t.Errorf("%q as text: got\n%s", codes, text)
		}
	}
}

// The first value of a key remains. Descriptions after the first are details.
func TestSet(t *testing.T) {
	c := New().AddCode("busy", 0)
	if !c.Set("title", " Busy \n now") || !c.Set("title", "Busy now") || c.Set("title", "Full") || !c.Set("title", "") {
		t.Error("Set does not keep the first title, or reports the same one")
	}
	c.Describe("One.\n\nTwo.")
	c.Describe("Three.\r\n\r\nFour.")
	if title, about, details := c.Text("title"), c.Text("description"), c.Text("details"); title != "Busy now" || about != "One." || details != "Two.\n\nThree.\n\nFour." {
		t.Errorf("got %q, %q, %q", title, about, details)
	}
}

// The comment at the start of a table states what is left to the author.
func TestHead(t *testing.T) {
	const created, marks, choose = "# Created from shop.md by errspec import.", " TODO marks missing information and guesses.", "\n# Choose the action"
	d := table("busy|Busy")
	if text, _ := printed(t, d); !strings.HasPrefix(text, created+marks+choose) {
		t.Errorf("a table with guesses:\n%s", text)
	}
	d = table("busy|Busy")
	d.Set("title", "Shop")
	d.Codes[0].Describe("The shop is busy.")
	d.Codes[0].Retry.Set("action", "fix")
	if text, _ := printed(t, d); !strings.HasPrefix(text, created+"\n") || strings.Contains(text, choose) {
		t.Errorf("a table without guesses:\n%s", text)
	}
}

// Aliases and replacements that are not possible become comments.
func TestReferences(t *testing.T) {
	d := table("busy|Busy\nfull|Full")
	d.Codes[0].Add("aliases", "occupied", "full", "occupied")
	d.Codes[0].Sub("deprecated").Set("replaced_by", "full")
	d.Codes[1].Sub("deprecated").Set("replaced_by", "empty")
	text, got := printed(t, d)
	if c := got.Codes[0]; strings.Join(c.Aliases, " ") != "occupied" || c.Deprecated.ReplacedBy != "full" || got.Codes[1].Deprecated.ReplacedBy != "" {
		t.Errorf("got\n%s", text)
	}
	for _, want := range []string{"# TODO: alias full: ", "# TODO: alias occupied: ", "# TODO: replaced by empty: "} {
		if !strings.Contains(text, want) {
			t.Errorf("no comment %q in\n%s", want, text)
		}
	}
}

func TestTexts(t *testing.T) {
	for file, want := range map[string]string{"docs/Error Codes.md": "error_codes", `C:\docs\func.yaml`: "func_errors", "stdin": "errors", "我.md": "errors", "1-.yaml": "errors", "main.csv": "main_errors"} {
		if got := TableName(file); got != want {
			t.Errorf("the name of the table in %s is %q, want %q", file, got, want)
		}
	}
	for wire, want := range map[string]string{"quotaExceeded": "Quota Exceeded", "Ünï_x": "Ünï X", "-5": "Error -5", "余额": "余额", "E1A": "E1a"} {
		if got := Headline(wire); got != want {
			t.Errorf("the title of %q is %q, want %q", wire, got, want)
		}
	}
	if got := Line(" a \r\n\u202eb\t\n\n c d "); got != "a b c d" {
		t.Errorf("got %q", got)
	}
	if got := Text("\n\n a \t\n\nb \n"); got != " a\n\nb" {
		t.Errorf("got %q", got)
	}
}
