package spec

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
)

// Load reads a table: a path, a builtin such as "builtin:evolink", or a file of a
// Go module, mod:PATH@VERSION/FILE. Files that
// the table includes are read from the folder the table lies in, and so is the
// table that it extends, unless that is a builtin.
//
// The findings say what is wrong with the files; the error, that they could not
// be read. When there are findings of severity [diag.Error] the table holds
// what could be decoded, or is nil when nothing could, and must not be used for
// more than finding further mistakes with [Validate].
func Load(ref string) (*Table, diag.List, error) {
	src, err := open(ref)
	if err != nil {
		return nil, nil, err
	}
	table, findings := src.parse()
	return table, findings, nil
}

// Parse reads a table from text. file names it in findings; what it includes and
// extends is read from dir, which may be nil when there is nothing.
func Parse(file, text string, dir fs.FS) (*Table, diag.List) {
	return source{name: file, text: text, dir: dir, root: dir, at: "."}.parse()
}

// LoadFrom reads a table from a file system, as [Load] does from that of this
// machine: extends: may lead to any file of it. name is what findings call the file.
// The error says that the file could not be read.
func LoadFrom(root fs.FS, file, name string) (*Table, diag.List, error) {
	src, err := openFrom(root, file, name)
	if err != nil {
		return nil, nil, err
	}
	table, findings := src.parse()
	return table, findings, nil
}

// openFrom reads the text of a file of a file system.
func openFrom(root fs.FS, file, name string) (source, error) {
	data, err := fs.ReadFile(root, file)
	if err != nil {
		return source{}, err
	}
	at := path.Dir(file)
	dir, err := fs.Sub(root, at)
	return source{name: name, text: string(data), dir: dir, root: root, at: at}, err
}

// NameIn returns the name: of the table in a text, and "" if the text is no table.
func NameIn(text string) string {
	if !strings.Contains(text, "errspec") {
		return ""
	}
	d := form.NewDecoder(&diag.File{Text: text})
	root := d.Parse()
	if root == nil || !d.Entry(root).Has("errspec") {
		return ""
	}
	return d.Entry(root).Text("name")
}

// A source is the text of a table.
type source struct {
	name  string // in findings
	text  string
	dir   fs.FS // what it includes lies below; nil if there is nothing
	local bool  // name is a path on this machine

	// Of a table that is not: where extends: leads to files, and the directory of
	// the table in it.
	root fs.FS
	at   string
}

// open reads the text that a reference means.
func open(ref string) (source, error) {
	if builtin, ok := strings.CutPrefix(ref, builtinPrefix); ok {
		data, err := builtins.ReadFile(builtin + ".yaml")
		if err != nil {
			return source{}, fmt.Errorf("no builtin table %q; there is %s", builtin, strings.Join(Builtins(), ", "))
		}
		return source{name: ref, text: string(data)}, nil
	}
	if m, err := Download(ref); m != nil || err != nil {
		if err != nil {
			return source{}, err
		}
		return m.source()
	}
	data, err := os.ReadFile(ref)
	if err != nil {
		return source{}, err
	}
	return source{name: filepath.ToSlash(ref), text: string(data), dir: os.DirFS(filepath.Dir(ref)), local: true}, nil
}

// file returns the source as findings refer to it.
func (s source) file() *diag.File {
	return &diag.File{Name: s.name, Text: s.text, Elsewhere: !s.local}
}

// beside returns the name of another file by its path from the table's directory. What
// comes before the path, as in REV:PATH, stays.
func (s source) beside(ref string) string {
	before, file := "", s.name
	if i := strings.IndexByte(s.name, ':'); i >= 0 && !s.local {
		before, file = s.name[:i+1], s.name[i+1:]
	}
	return before + path.Join(path.Dir(file), ref)
}

func (s source) parse() (*Table, diag.List) {
	d := form.NewDecoder(s.file())
	return s.decode(d, d.Parse())
}

// decode reads the table at the root of a document; root is nil if there is none.
func (s source) decode(d *form.Decoder, root *yaml.Node) (*Table, diag.List) {
	if root == nil {
		return nil, d.Findings()
	}
	wire, base, findings := d.Entry(root).Text("wire"), (*Table)(nil), diag.List(nil)
	extends := d.Entry(root).Has("extends")
	if extends {
		base, findings = s.base(d.Entry(root))
		if base != nil {
			wire = base.Wire.String()
		}
	}
	f := formatOf(wire)
	f.extends = extends
	table, ok := f.table().Decode(d, root)
	findings = append(d.Findings(), findings...)
	if !ok {
		return nil, findings
	}
	table.files = []*diag.File{table.At().File}
	findings = append(findings, f.includeAll(&table, s)...)
	switch {
	case base != nil:
		findings = append(findings, extend(&table, base)...)
	case extends:
		return nil, findings // half a table is wrong everywhere
	default:
		findings = append(findings, noAdditions(&table)...)
		resolve(&table)
	}
	return &table, findings
}

// includeAll appends the codes of the included files, in the order of the
// patterns and of the names that each of them matches.
func (f format) includeAll(t *Table, from source) diag.List {
	file, dir := from.name, from.dir
	var findings diag.List
	seen := map[string]bool{path.Base(file): true}
	for i, pattern := range t.Include {
		if pattern == "" {
			continue // not text, and reported
		}
		problem := func(help, format string, args ...any) {
			findings = append(findings, diag.Diagnostic{
				Rule:     ruleInclude,
				Message:  fmt.Sprintf(format, args...),
				Location: t.ItemAt("include", i),
				Help:     help,
				Subject:  pattern,
			})
		}
		names, err := globFiles(dir, pattern)
		if err != nil || len(names) == 0 {
			problem("write a path below the table's folder, with slashes; * stands for part of a name", "no file matches %q", pattern)
		}
		if slices.Contains(names, path.Base(file)) {
			problem("put the files into a folder of their own, or name them one by one", "%q matches the table itself", pattern)
		}
		for _, name := range names {
			if seen[name] {
				continue
			}
			seen[name] = true
			if info, err := fs.Stat(dir, name); err == nil && info.IsDir() {
				problem("write "+path.Join(name, "*.yaml")+" for the files in it", "%s is a folder", name)
				continue
			}
			data, err := fs.ReadFile(dir, name)
			if err != nil {
				problem("", "cannot read %s: %v", name, reason(err))
				continue
			}
			included := &diag.File{Name: from.beside(name), Text: string(data), Elsewhere: !from.local}
			codes, found := f.includeFile(included)
			t.Codes = append(t.Codes, codes...)
			t.files = append(t.files, included)
			findings = append(findings, found...)
		}
	}
	return findings
}

// globFiles returns the files that a pattern matches, in order.
func globFiles(dir fs.FS, pattern string) ([]string, error) {
	if dir == nil || !fs.ValidPath(pattern) {
		return nil, fs.ErrNotExist
	}
	names, err := fs.Glob(dir, pattern)
	slices.Sort(names)
	return names, err
}

// reason returns what is behind an error of a file, whose name is said anyway.
func reason(err error) error {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}

func (f format) includeFile(file *diag.File) ([]Code, diag.List) {
	d := form.NewDecoder(file)
	root := d.Parse()
	if root == nil {
		return nil, d.Findings()
	}
	included, _ := f.include().Decode(d, root)
	return included.Codes, d.Findings()
}
