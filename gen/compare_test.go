package gen

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/errspec/errspec/internal/longtest"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/compat"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/validate"
)

// A variant is a version of the base table with one change.
type variant struct {
	name  string
	table *spec.Table
}

func baseTable(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "compat", "base.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func parsed(t *testing.T, name, text string) *spec.Table {
	t.Helper()
	table, findings := spec.Parse(name, text, nil)
	if table != nil {
		findings = append(findings, validate.Run(table)...)
	}
	if len(findings) > 0 {
		t.Fatalf("%s\n%s", printed(findings), text)
	}
	return table
}

func compared(t *testing.T, old, new *spec.Table) []compat.Change {
	t.Helper()
	changes, findings, err := compat.Compare(old, new)
	if err != nil || len(findings) > 0 {
		t.Fatal(err, printed(findings))
	}
	return changes
}

// edited applies the edits of a case: lines that start with "- " are replaced by
// the lines that start with "+ ".
func edited(t *testing.T, base, edits string) string {
	t.Helper()
	for edit := range strings.SplitSeq(strings.TrimSpace(edits), "\n\n") {
		var from, to strings.Builder
		for line := range strings.Lines(edit + "\n") {
			if line = strings.TrimRight(line, "\n"); strings.HasPrefix(line, "-") {
				from.WriteString(line[1:] + "\n")
			} else if strings.HasPrefix(line, "+") {
				to.WriteString(line[1:] + "\n")
			}
		}
		if strings.Count(base, from.String()) != 1 {
			t.Fatalf("%d times in the table:\n%s", strings.Count(base, from.String()), from.String())
		}
		base = strings.Replace(base, from.String(), to.String(), 1)
	}
	return base
}

// variants returns the changed tables of testdata/compat.
func variants(t *testing.T) []variant {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", "compat", "*.txtar"))
	if err != nil || len(paths) == 0 {
		t.Fatal("no cases", err)
	}
	var all []variant
	for _, path := range paths {
		a, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(path), ".txtar")
		all = append(all, variant{name, parsed(t, name+".yaml", edited(t, baseTable(t), string(a.Comment)))})
	}
	return all
}

// Each case contains one kind of change, its locations in both files, and its
// severity in both directions.
func TestCompareMatrix(t *testing.T) {
	base := parsed(t, "base.yaml", baseTable(t))
	seen := make(map[compat.Kind]bool)
	for _, v := range variants(t) {
		t.Run(v.name, func(t *testing.T) {
			path := filepath.Join("testdata", "compat", v.name+".txtar")
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var files []txtar.File
			for _, way := range []struct {
				name     string
				old, new *spec.Table
			}{{"there", base, v.table}, {"back", v.table, base}} {
				changes := compared(t, way.old, way.new)
				for _, c := range changes {
					seen[c.Kind] = true
					checkChange(t, c)
				}
				verdict := compat.Judge(changes, nil)
				text := verdict.Bump.String() + "\n" + printed(verdict.Findings)
				files = append(files, txtar.File{Name: way.name, Data: []byte(text)})
			}
			if *update {
				a.Files = files
				if err := os.WriteFile(path, txtar.Format(a), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			wantSame(t, asFiles(files), asFiles(a.Files))
		})
	}
	// A table does not contain changes of the list of tables; a test of the command
	// covers them.
	for _, kind := range compat.ConfigurationKinds() {
		seen[kind] = true
	}
	for _, rule := range compat.Rules() {
		exampleOnly := rule.Kind() == compat.WireTypeChanged || rule.Kind() == compat.SendChanged // the base sends nothing
		if !seen[rule.Kind()] && !exampleOnly {
			t.Errorf("no case shows %s", rule.Kind())
		}
	}
}

func asFiles(all []txtar.File) files {
	out := make(files)
	for _, f := range all {
		out[f.Name] = string(f.Data)
	}
	return out
}

// unfilled matches the placeholders of rules, but not those of URLs and messages in tables.
var unfilled = regexp.MustCompile(`\{(subject|part|was|is|message)\}`)

// checkChange checks properties that all changes have.
func checkChange(t *testing.T, c compat.Change) {
	t.Helper()
	text := c.Text()
	if compat.RuleOf(c.Kind).Purpose == "" || text == "" || unfilled.MatchString(text) || strings.Contains(text, "\n") {
		t.Errorf("%+v: the text is %q", c, text)
	}
	for _, at := range []diag.Location{c.Old, c.New} {
		if at.File == nil || at.Start.Line == 0 {
			t.Errorf("%s: %s has no location in both tables: %v, %v", c.Kind, text, c.Old, c.New)
		}
	}
}

// Comparing a table with itself must report no changes.
func TestCompareUnchangedTable(t *testing.T) {
	for _, v := range append(variants(t), variant{"base", parsed(t, "base.yaml", baseTable(t))}) {
		if changes := compared(t, v.table, v.table); len(changes) > 0 {
			t.Errorf("%s: %+v", v.name, changes)
		}
	}
}

// The inverse of an addition must be a breaking change. So must be the inverse of a
// change to stricter retry settings.
func TestCompareInverse(t *testing.T) {
	base := parsed(t, "base.yaml", baseTable(t))
	for _, v := range variants(t) {
		for _, c := range compared(t, base, v.table) {
			switch c.Kind {
			case compat.CodeAdded, compat.SubtypeAdded, compat.ClassAdded, compat.AliasAdded, compat.ValueAdded,
				compat.AutomaticOff, compat.WaitLengthened, compat.BackoffTightened:
				if back := compat.Judge(compared(t, v.table, base), nil); back.Bump != compat.Major {
					t.Errorf("%s: %s, the inverse is %s", v.name, c.Kind, back.Bump)
				}
			}
		}
	}
}

// Two changes at once must not require a larger version bump than the larger one of
// the two. What a table newly sends is an exception: the tables before do not tell it,
// so that no single change shows that clients misread it.
func TestCompareSteps(t *testing.T) {
	base := parsed(t, "base.yaml", baseTable(t))
	all := variants(t)
	bump := func(old, new *spec.Table) compat.Bump {
		changes := slices.DeleteFunc(compared(t, old, new), func(c compat.Change) bool {
			return c.Kind == compat.SentMisread && old.Response.Send == ""
		})
		return compat.Judge(changes, nil).Bump
	}
	there, back := make([]compat.Bump, len(all)), make([]compat.Bump, len(all))
	for i, v := range all {
		there[i], back[i] = bump(base, v.table), bump(v.table, base)
	}
	for i, a := range all {
		for j, c := range all {
			if (i+j)%longtest.Choose(7, 1) != 0 {
				continue
			}
			if got, worse := bump(a.table, c.table), max(back[i], there[j]); got > worse {
				t.Errorf("%s to %s is %s, but through the base table only %s and %s", a.name, c.name, got, back[i], there[j])
			}
		}
	}
}

// Changing wire: replaces all codes.
func TestCompareWire(t *testing.T) {
	const text = "errspec: 1\nname: n\ntitle: N\n%scodes: [{code: %s, title: A, description: B}]\n"
	old := parsed(t, "old.yaml", fmt.Sprintf(text, "", `"1"`))
	new := parsed(t, "new.yaml", fmt.Sprintf(text, "wire: integer\n", "1"))
	for _, changes := range [][]compat.Change{compared(t, old, new), compared(t, new, old)} {
		if len(changes) != 1 || changes[0].Kind != compat.WireTypeChanged {
			t.Errorf("%+v", changes)
		}
	}
}
