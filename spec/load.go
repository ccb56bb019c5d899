package spec

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
)

// Load reads a table by its reference: a path, a builtin such as "builtin:evolink", or a file
// of a Go module, mod:PATH@VERSION/FILE. Included files and a base table that is a path are
// read relative to the table's directory.
//
// The findings report invalid content. The error reports that the table could not be read. If
// a finding has severity [diag.Error], the table contains only the values that could be
// decoded, or is nil if there are none. Use such a table only to find further errors with
// package validate.
func Load(ref string) (*Table, diag.List, error) { return LoadWithin(context.Background(), ref, "") }

// LoadWithin is [Load] for references from an untrusted source, such as a repository. Findings
// quote the table only if it is in the directory tree dir, or if dir is "". They never quote
// files outside the table's directory. LoadWithin stops the download of a module when ctx is
// done.
func LoadWithin(ctx context.Context, ref, dir string) (*Table, diag.List, error) {
	src, err := open(ctx, ref, dir)
	if err != nil {
		return nil, nil, err
	}
	table, findings := src.parse()
	return table, findings, nil
}

// Parse reads a table from text. Findings call it file. Included files and the base table are
// read from dir, which may be nil if there are none.
func Parse(file, text string, dir fs.FS) (*Table, diag.List) {
	return source{ctx: context.Background(), name: file, text: text, dir: dir, root: dir, at: "."}.parse()
}

// LoadFrom reads a table from a file system. The base table may be any file in it. Findings
// call the table name. The error reports that the file could not be read.
//
// The table may have been written for a former version of the format. Keys that have been renamed
// are read as the new ones. Locations are then those in the text with the new keys.
func LoadFrom(root fs.FS, file, name string) (*Table, diag.List, error) {
	src, err := openFrom(context.Background(), root, file, name)
	if err != nil {
		return nil, nil, err
	}
	table, findings := src.renewed().parse()
	return table, findings, nil
}

// renewed returns the source with the keys of its text that have been renamed.
func (s source) renewed() source {
	file := s.document()
	d := form.NewDecoder(file)
	s.decode(d, d.Parse())
	s.text, _ = d.Former().Edited(file)
	return s
}

// NameIn returns the name: of the table in text. It returns "" if text is not a table.
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

func (s source) parse() (*Table, diag.List) {
	file := s.document()
	d := form.NewDecoder(file)
	table, findings := s.decode(d, d.Parse())
	if file.Hidden && findings.HasErrors() {
		return nil, unquoted(findings, file, s.hiddenTable(file))
	}
	return table, findings
}

// decode decodes the table at the root of a document. root is nil if the document could not be
// parsed.
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
	d.ReleaseItems()
	table, ok := f.table().Decode(d, root)
	findings = append(d.Findings(), findings...)
	if !ok {
		return nil, findings
	}
	table.addFile(table.At().File)
	found := f.includeAll(&table, s)
	table.Partial = table.Unread("codes") || table.Unread("include") || len(found) > 0
	findings = append(findings, found...)
	switch {
	case base != nil:
		findings = append(findings, extend(&table, base)...)
	case extends:
		return nil, findings // without its base table, every check would report errors
	default:
		findings = append(findings, noAdditions(&table)...)
		resolve(&table)
	}
	return &table, findings
}

// includeAll appends the codes of the included files, in the order of the patterns and, for
// each pattern, in the order of the file names.
func (f format) includeAll(t *Table, s source) diag.List {
	var findings diag.List
	seen := map[string]bool{path.Base(s.name): true}
	for i, pattern := range t.Include {
		if pattern == "" {
			continue // already reported: not text
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
		names, err := globFiles(s.dir, pattern)
		if err != nil || len(names) == 0 {
			problem("write a path relative to the table's directory, with slashes; * matches part of a name", "no file matches %q", pattern)
		}
		if slices.Contains(names, path.Base(s.name)) {
			problem("move the included files to another directory, or list them by name", "%q matches the table itself", pattern)
		}
		for _, name := range names {
			if seen[name] {
				continue
			}
			seen[name] = true
			if info, err := fs.Stat(s.dir, name); err == nil && info.IsDir() {
				problem("write "+path.Join(name, "*.yaml")+" to include its files", "%s is a directory", name)
				continue
			}
			data, err := fs.ReadFile(s.dir, name)
			if err != nil {
				problem("", "cannot read %s: %v", name, reason(err))
				continue
			}
			included := &diag.File{Name: s.nameOf(name), Text: string(data), Elsewhere: !s.local}
			if s.file != "" {
				included.Hidden = s.outside(s.pathOf(name))
			}
			codes, found := f.includeFile(included)
			if included.Hidden && found.HasErrors() {
				codes, found = nil, unquoted(found, included, InvalidOutside(ruleInclude, name, t.ItemAt("include", i),
					"copy it into the table's directory to see its errors"))
			}
			t.Codes = append(t.Codes, codes...)
			t.addFile(included)
			findings = append(findings, found...)
		}
	}
	return findings
}

// addFile adds a file to the table's own files.
func (t *Table) addFile(file *diag.File) {
	if t.own == nil {
		t.own = make(map[*diag.File]bool)
	}
	t.files = append(t.files, file)
	t.own[file] = true
}

// globFiles returns the files that match the pattern, sorted by name.
func globFiles(dir fs.FS, pattern string) ([]string, error) {
	if dir == nil || !fs.ValidPath(pattern) {
		return nil, fs.ErrNotExist
	}
	names, err := fs.Glob(dir, pattern)
	slices.Sort(names)
	return names, err
}

// reason returns the cause of a file error without the file name, which the message already
// contains.
func reason(err error) error {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}

// includeFile returns the codes of an included file.
func (f format) includeFile(file *diag.File) ([]Code, diag.List) {
	d := form.NewDecoder(file)
	root := d.Parse()
	if root == nil {
		return nil, d.Findings()
	}
	d.ReleaseItems()
	included, _ := f.include().Decode(d, root)
	return included.Codes, d.Findings()
}
