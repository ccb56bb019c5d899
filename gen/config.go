package gen

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/internal/input"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
	"github.com/errspec/errspec/spec/lint"
	"github.com/errspec/errspec/spec/names"
)

// ConfigName is the file that lists the outputs of a repository.
const ConfigName = "errspec.yaml"

// Catalog is one table and what is made from it.
type Catalog struct {
	form.Entry
	Table    string // a path, or what else [spec.Load] takes
	Sum      string // of the module that the table is in, "" if it is in none
	Go       *GoOutput
	Markdown *MarkdownOutput
	HTML     *HTMLOutput
	Inject   []string      // files in Markdown that parts of the reference go into
	Lint     lint.Settings // of the rules that it mentions
	Breaking *Breaking

	// siblings are all catalogs of the configuration. Without them nothing is
	// known of other outputs, and pages next to the catalog's own are left alone.
	siblings []Catalog
}

// pages returns the files of the catalog's references.
func (c Catalog) pages() []string {
	var all []string
	if c.Markdown != nil {
		all = append(all, c.Markdown.File)
	}
	if c.HTML != nil {
		all = append(all, c.HTML.File)
	}
	return all
}

// listed returns the pages of all catalogs of the configuration. One that a flag puts
// elsewhere is not among them, and may have others beside it that nobody lists.
func (c Catalog) listed() []string {
	var all []string
	for _, s := range c.siblings {
		all = append(all, s.pages()...)
	}
	return all
}

// GoOutput is a Go package.
type GoOutput struct {
	form.Entry
	Dir     string
	Package string // the table's name if ""
}

// HTMLOutput is a reference page in HTML.
type HTMLOutput struct {
	form.Entry
	File string
}

// Name is what a catalog is called on the command line: the base name of its
// table without the ending.
func (c Catalog) Name() string {
	return strings.TrimSuffix(c.source(), path.Ext(c.source()))
}

// source returns the base name of the table's file.
func (c Catalog) source() string {
	if builtin, ok := strings.CutPrefix(c.Table, "builtin:"); ok {
		return builtin + ".yaml"
	}
	return path.Base(filepath.ToSlash(c.Table))
}

func (c Catalog) planOptions() plan.Options {
	o := plan.Options{Source: c.source()}
	if c.Go != nil && c.Go.Package != "" {
		o.Names = names.Options{Package: c.Go.Package, PackageAt: c.Go.ValueAt("package")}
	}
	return o
}

// Outputs returns how many outputs the catalog has.
func (c Catalog) Outputs() int {
	n := 0
	if c.Go != nil {
		n++
	}
	if c.Markdown != nil {
		n++
	}
	if c.HTML != nil {
		n++
	}
	return n + len(c.Inject)
}

// Config is what errspec.yaml says.
type Config struct {
	form.Entry
	Catalogs []Catalog
}

// FindConfig returns the path of the nearest errspec.yaml in dir and above, but
// not above a folder that holds .git. It is "" if there is none.
func FindConfig(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for {
		file := filepath.Join(dir, ConfigName)
		if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() {
			return file, nil
		} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
		parent := filepath.Dir(dir)
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil || parent == dir {
			return "", nil
		}
		dir = parent
	}
}

// Repository returns the directory of the repository that a configuration is in: the
// nearest one, from that of the file upward, that holds .git, or else that of the file.
func Repository(config string) string {
	dir, err := filepath.Abs(filepath.Dir(config))
	if err != nil {
		return filepath.Dir(config)
	}
	for root := dir; ; root = filepath.Dir(root) {
		if _, err := os.Lstat(filepath.Join(root, ".git")); err == nil {
			return root
		}
		if filepath.Dir(root) == root {
			return dir
		}
	}
}

// repository returns that of the catalog's configuration, "" if it is made of flags.
func (c Catalog) repository() string {
	if file := c.At().File; file != nil {
		return Repository(filepath.FromSlash(file.Name))
	}
	return ""
}

// ReadConfig reads an errspec.yaml. The paths in the result are as good from the
// process's directory as file is.
func ReadConfig(file string) (*Config, diag.List, error) {
	data, err := input.ReadFile(file)
	if err != nil {
		return nil, nil, err
	}
	source := &diag.File{Name: filepath.ToSlash(file), Text: string(data), Hidden: !input.Inside(filepath.Dir(file), file)}
	config, findings := parseConfig(source)
	if source.Hidden && findings.HasErrors() {
		return nil, diag.List{{
			Rule: form.RuleSyntax, Subject: source.Name, Location: diag.Location{File: source},
			Message: "the file is a link to another directory and not a valid configuration, so its text is not shown",
			Help:    "replace the link with a file",
		}}, nil
	}
	if config == nil || findings.HasErrors() {
		return nil, findings, nil
	}
	config.below(filepath.Dir(file))
	return config, findings, nil
}

// ParseConfig reads an errspec.yaml from text; paths stay as they are written.
func ParseConfig(file, text string) (*Config, diag.List) {
	return parseConfig(&diag.File{Name: file, Text: text})
}

func parseConfig(file *diag.File) (*Config, diag.List) {
	d := form.NewDecoder(file)
	root := d.Parse()
	if root == nil {
		return nil, d.Findings()
	}
	config, ok := configFormat.Decode(d, root)
	if !ok {
		return nil, d.Findings()
	}
	return &config, append(d.Findings(), config.duplicates()...)
}

var configFormat = form.Object("the configuration", func(c *Config) *form.Entry { return &c.Entry },
	form.Required("version", "The version of the configuration: 1.",
		configVersion, func(*Config) *int { return new(int) }),
	form.Required("catalogs", "What is made, table by table.",
		form.List(catalogFormat), func(c *Config) *[]Catalog { return &c.Catalogs }),
)

var catalogFormat = form.Object("a catalog", func(c *Catalog) *form.Entry { return &c.Entry },
	form.Required("spec", "The table: a path relative to this file, or a builtin such as builtin:evolink.",
		form.Line, func(c *Catalog) *string { return &c.Table }),
	form.Optional("sum", "Hash of the module that the table comes from, as go.sum has it: h1:….",
		form.Line, func(c *Catalog) *string { return &c.Sum }),
	form.Optional("go", "The Go package.",
		form.Pointer(goFormat), func(c *Catalog) **GoOutput { return &c.Go }),
	form.Optional("markdown", "The reference page in Markdown.",
		form.Pointer(markdownFormat), func(c *Catalog) **MarkdownOutput { return &c.Markdown }),
	form.Optional("html", "The reference page in HTML.",
		form.Pointer(htmlFormat), func(c *Catalog) **HTMLOutput { return &c.HTML }),
	form.Optional("inject", "Files in Markdown in which what stands between <!-- errspec:begin NAME --> and <!-- errspec:end --> is replaced by part of the reference; in .mdx, {/* errspec:begin NAME */} and {/* errspec:end */}.",
		form.List(form.Line), func(c *Catalog) *[]string { return &c.Inject }),
	form.Optional("lint", "Severities of lint rules: off, info, warning or error.",
		lintSettings, func(c *Catalog) *lint.Settings { return &c.Lint }),
	form.Optional("breaking", "What is said of breaking changes.",
		form.Pointer(breakingFormat), func(c *Catalog) **Breaking { return &c.Breaking }),
)

var goFormat = form.Object("go", func(g *GoOutput) *form.Entry { return &g.Entry },
	form.Required("dir", "Folder of the package, of its own.",
		form.Line, func(g *GoOutput) *string { return &g.Dir }),
	form.Optional("package", "Name of the package; the table's name if left out.",
		form.Name, func(g *GoOutput) *string { return &g.Package }),
)

var htmlFormat = form.Object("html", func(h *HTMLOutput) *form.Entry { return &h.Entry },
	form.Required("file", "The file to write.",
		form.Line, func(h *HTMLOutput) *string { return &h.File }),
)

// configVersion decodes the version of the configuration, which must be 1.
var configVersion = form.New(decodeConfigVersion, form.Schema{Const: 1})

func decodeConfigVersion(d *form.Decoder, n *yaml.Node) (int, bool) {
	version, ok := form.Integer.Decode(d, n)
	if ok && version != 1 {
		d.Report(form.RuleValue, n, "write 1, or use an errspec that knows this version", "version %d of the configuration is not known", version)
		return 0, false
	}
	return int(version), ok
}

// below makes the paths of the configuration relative to its folder's.
func (c *Config) below(dir string) {
	join := func(p string) string {
		if filepath.IsAbs(p) {
			return p
		}
		return filepath.Join(dir, filepath.FromSlash(p))
	}
	joinFile := func(file string) string {
		if strings.HasSuffix(file, "/") { // a folder stays one, and is refused
			return join(file) + "/"
		}
		return join(file)
	}
	for i := range c.Catalogs {
		catalog := &c.Catalogs[i]
		if spec.IsFile(catalog.Table) {
			catalog.Table = join(catalog.Table)
		}
		if catalog.Go != nil {
			catalog.Go.Dir = join(catalog.Go.Dir)
		}
		if catalog.Markdown != nil {
			catalog.Markdown.File = joinFile(catalog.Markdown.File)
		}
		if catalog.HTML != nil {
			catalog.HTML.File = joinFile(catalog.HTML.File)
		}
		for j, file := range catalog.Inject {
			catalog.Inject[j] = joinFile(file)
		}
	}
	for i := range c.Catalogs {
		c.Catalogs[i].siblings = c.Catalogs
	}
}
