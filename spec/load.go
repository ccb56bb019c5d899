package spec

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
)

// Load reads a table: a path, or a builtin such as "builtin:evolink". Files that
// the table includes are read from the folder the table lies in.
//
// The findings say what is wrong with the files; the error, that they could not
// be read. When there are findings of severity [diag.Error] the table holds
// what could be decoded, or is nil when nothing could, and must not be used for
// more than finding further mistakes with [Validate].
func Load(ref string) (*Table, diag.List, error) {
	if builtin, ok := strings.CutPrefix(ref, builtinPrefix); ok {
		data, err := builtins.ReadFile(builtin + ".yaml")
		if err != nil {
			return nil, nil, fmt.Errorf("no builtin table %q; there is %s", builtin, strings.Join(Builtins(), ", "))
		}
		table, findings := Parse(builtin+".yaml", string(data), nil)
		return table, findings, nil
	}
	data, err := os.ReadFile(ref)
	if err != nil {
		return nil, nil, err
	}
	table, findings := Parse(filepath.ToSlash(ref), string(data), os.DirFS(filepath.Dir(ref)))
	return table, findings, nil
}

// Parse reads a table from text. file names it in findings; includes are read
// from dir, which may be nil when there are none.
func Parse(file, text string, dir fs.FS) (*Table, diag.List) {
	d := form.NewDecoder(&diag.File{Name: file, Text: text})
	root := d.Parse()
	if root == nil {
		return nil, d.Findings()
	}
	f := formatOf(wireOf(d.Entry(root)))
	table, ok := f.table()(d, root)
	if !ok {
		return nil, d.Findings()
	}
	findings := slices.Concat(d.Findings(), f.includeAll(&table, path.Dir(file), dir))
	resolve(&table)
	return &table, findings
}

// wireOf finds the wire type before anything is decoded, since it decides how
// the codes are read and may stand behind them.
func wireOf(root Entry) Wire {
	if root.Text("wire") == WireInteger.String() {
		return WireInteger
	}
	return WireString
}

// includeAll appends the codes of the included files, in the order of the
// patterns and of the names that each of them matches.
func (f format) includeAll(t *Table, folder string, dir fs.FS) diag.List {
	var findings diag.List
	seen := make(map[string]bool)
	for i, pattern := range t.Include {
		if pattern == "" {
			continue
		}
		names, err := globFiles(dir, pattern)
		if err != nil || len(names) == 0 {
			findings = append(findings, diag.Diagnostic{
				Rule:     ruleInclude,
				Message:  fmt.Sprintf("no file matches %q", pattern),
				Location: t.ItemAt("include", i),
				Help:     "write a path below the table's folder, with slashes; * stands for part of a name",
			})
		}
		for _, name := range names {
			if seen[name] {
				continue
			}
			seen[name] = true
			data, err := fs.ReadFile(dir, name)
			if err != nil {
				findings = append(findings, diag.Diagnostic{
					Rule:     ruleInclude,
					Message:  fmt.Sprintf("cannot read %s: %v", name, err),
					Location: t.ItemAt("include", i),
				})
				continue
			}
			codes, found := f.includeFile(path.Join(folder, name), string(data))
			t.Codes = append(t.Codes, codes...)
			findings = append(findings, found...)
		}
	}
	return findings
}

func globFiles(dir fs.FS, pattern string) ([]string, error) {
	if dir == nil || !fs.ValidPath(pattern) {
		return nil, fs.ErrNotExist
	}
	names, err := fs.Glob(dir, pattern)
	slices.Sort(names)
	return names, err
}

func (f format) includeFile(name, text string) ([]Code, diag.List) {
	d := form.NewDecoder(&diag.File{Name: name, Text: text})
	root := d.Parse()
	if root == nil {
		return nil, d.Findings()
	}
	included, _ := f.include()(d, root)
	return included.Codes, d.Findings()
}
