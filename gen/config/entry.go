package config

import (
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errspec/errspec/spec/form"
	"github.com/errspec/errspec/spec/lint"
)

// Entry is one table with its outputs.
type Entry struct {
	form.Entry
	Table      string // a path or another reference that [spec.Load] accepts
	Sum        string // checksum of the table's module, or ""
	Go         *Go
	Python     *Python
	TypeScript *File // a TypeScript module
	JavaScript *File // a JavaScript module, with its declarations next to it
	Vectors    *File // the vectors as JSON
	Markdown   *Markdown
	HTML       *File         // a reference page in HTML
	Inject     []string      // Markdown files to inject blocks into
	Lint       lint.Settings // settings of the listed rules
	Breaking   *Breaking
	Published  *Published // the source: for errspec drift

	// siblings are all entries of the configuration. It is nil if the entry was
	// created from flags, because other outputs are then unknown.
	siblings []Entry
}

// Go is a Go package as an output.
type Go struct {
	form.Entry
	Dir     string
	Package string // default: the table's name
	Server  bool   // whether the package also has the service's half
}

// Python is a Python package as an output.
type Python struct {
	form.Entry
	Dir string
}

// Name returns the name of the entry on the command line: the base name of its
// table without the extension.
func (c Entry) Name() string {
	return strings.TrimSuffix(c.Source(), path.Ext(c.Source()))
}

// Source returns the base name of the table's file.
func (c Entry) Source() string {
	if builtin, ok := strings.CutPrefix(c.Table, "builtin:"); ok {
		return builtin + ".yaml"
	}
	return path.Base(filepath.ToSlash(c.Table))
}

// Outputs returns the number of outputs of the entry.
func (c Entry) Outputs() int {
	n := len(c.Inject)
	if c.Go != nil {
		n++
	}
	if c.Python != nil {
		n++
	}
	if c.Markdown != nil {
		n++
	}
	for _, file := range c.files() {
		if file != nil {
			n++
		}
	}
	return n
}

// Pages returns the files of the entry's references. It omits pages of single
// codes.
func (c Entry) Pages() []string {
	var all []string
	if c.Markdown != nil {
		all = append(all, c.Markdown.File)
	}
	if c.HTML != nil {
		all = append(all, c.HTML.File)
	}
	return all
}

// Listed returns the pages and other single files of all entries of the configuration,
// with their configured paths. A flag can write a file to another path, and entries
// created from flags are not included.
func (c Entry) Listed() []string {
	var all []string
	for _, s := range c.siblings {
		if s.Markdown != nil {
			all = append(all, s.Markdown.File)
		}
		for _, file := range s.files() {
			if file != nil {
				all = append(all, file.File)
			}
		}
		if s.JavaScript != nil {
			all = append(all, s.JavaScript.Declarations())
		}
	}
	return all
}

// Configured reports whether the entry is part of a configuration, so that all
// other outputs are known.
func (c Entry) Configured() bool { return len(c.siblings) > 0 }

// Dir returns the directory of the configuration, or the current directory if the
// entry was created from flags.
func (c Entry) Dir() string {
	if file := c.At().File; file != nil {
		return filepath.Dir(filepath.FromSlash(file.Name))
	}
	return "."
}

// Repository returns the directory of the configuration's repository, or "" if the
// entry was created from flags.
func (c Entry) Repository() string {
	if file := c.At().File; file != nil {
		return Repository(filepath.FromSlash(file.Name))
	}
	return ""
}

// Injectors returns the names of the entries that are injected into a file, in
// order.
func (c Entry) Injectors(file string) []string {
	var names []string
	for _, s := range c.siblings {
		if slices.ContainsFunc(s.Inject, func(other string) bool { return sameFile(other, file) }) {
			names = append(names, s.Name())
		}
	}
	if !slices.Contains(names, c.Name()) { // a flag specifies the file
		names = append(names, c.Name())
	}
	return names
}

var entryFormat = form.Object("an entry of tables", func(c *Entry) *form.Entry { return &c.Entry },
	form.Required("table", "The table: a path relative to this file, mod:PATH@VERSION/FILE, or a builtin such as builtin:evolink.",
		form.Line, func(c *Entry) *string { return &c.Table }).Formerly("spec"),
	form.Optional("sum", "Checksum of the table's module, as in go.sum: h1:….",
		form.Line, func(c *Entry) *string { return &c.Sum }),
	form.Optional("go", "The Go package.",
		form.Pointer(goFormat), func(c *Entry) **Go { return &c.Go }),
	form.Optional("typescript", "The TypeScript module.",
		form.Pointer(fileFormat("typescript", "The file to write, with the extension .ts or .mts.")), func(c *Entry) **File { return &c.TypeScript }),
	form.Optional("javascript", "The JavaScript module: the TypeScript module without types, and its declarations in a file with the extension .d.ts.",
		form.Pointer(fileFormat("javascript", "The file to write, with the extension .js or .mjs.")), func(c *Entry) **File { return &c.JavaScript }),
	form.Optional("vectors", "The vectors: messages and responses with the decisions that modules of every language must return. The Go package contains them too.",
		form.Pointer(fileFormat("vectors", "The file to write.")), func(c *Entry) **File { return &c.Vectors }),
	form.Optional("python", "The Python package.",
		form.Pointer(pythonFormat), func(c *Entry) **Python { return &c.Python }),
	form.Optional("markdown", "The reference page in Markdown.",
		form.Pointer(markdownFormat), func(c *Entry) **Markdown { return &c.Markdown }),
	form.Optional("html", "The reference page in HTML.",
		form.Pointer(fileFormat("html", "The file to write.")), func(c *Entry) **File { return &c.HTML }),
	form.Optional("inject", "Markdown files to inject blocks of the reference into, between <!-- errspec:begin NAME --> and <!-- errspec:end -->; in .mdx, {/* errspec:begin NAME */} and {/* errspec:end */}.",
		form.List(form.Line), func(c *Entry) *[]string { return &c.Inject }),
	form.Optional("lint", "Severities of lint rules: off, info, warning or error.",
		lintSettings, func(c *Entry) *lint.Settings { return &c.Lint }),
	form.Optional("source", "The documentation that the service publishes, for errspec drift.",
		form.Pointer(sourceFormat), func(c *Entry) **Published { return &c.Published }),
	form.Optional("breaking", "Settings for breaking changes.",
		form.Pointer(breakingFormat), func(c *Entry) **Breaking { return &c.Breaking }),
)

var goFormat = form.Object("go", func(g *Go) *form.Entry { return &g.Entry },
	form.Required("dir", "Directory of the package. Use a separate directory for each package.",
		form.Line, func(g *Go) *string { return &g.Dir }),
	form.Optional("package", "Name of the package. Default: the table's name.",
		form.Name, func(g *Go) *string { return &g.Package }),
	form.Optional("server", "Whether the package also contains the service's half: constructors of errors, and their responses. The table must have response.send. Default: false.",
		form.Boolean, func(g *Go) *bool { return &g.Server }),
)

var pythonFormat = form.Object("python", func(p *Python) *form.Entry { return &p.Entry },
	form.Required("dir", "Directory of the package. Its base name is the name of the package. Use a separate directory for each package.",
		form.Line, func(p *Python) *string { return &p.Dir }),
)
