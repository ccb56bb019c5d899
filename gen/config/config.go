// Package config reads errspec.yaml, the file that lists the tables of a repository, with
// the outputs and the rule settings of each.
//
// Read and Parse return a [Config] and findings. A Config without errors is valid as
// far as that can be checked without a table. All outputs have different paths, and
// the rules and placeholders that it names exist. Package gen generates the outputs.
package config

import (
	"path/filepath"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/internal/input"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
)

// FileName is the name of the configuration file.
const FileName = "errspec.yaml"

// Config is the content of an errspec.yaml. A nil *Config has no entries.
type Config struct {
	form.Entry
	Tables []Entry
}

// Read reads an errspec.yaml. If file is a relative path, so are the paths in the
// result. Read returns no configuration if there are errors.
func Read(file string) (*Config, diag.List, error) {
	data, err := input.ReadFile(file)
	if err != nil {
		return nil, nil, err
	}
	source := &diag.File{Name: filepath.ToSlash(file), Text: string(data), Hidden: !input.Inside(filepath.Dir(file), file)}
	c, findings := Parse(source)
	if source.Hidden && findings.HasErrors() {
		return nil, diag.List{{
			Rule: form.RuleSyntax, Subject: source.Name, Location: diag.Location{File: source},
			Message: "file is a symbolic link to another directory and not a valid configuration; its text is not shown",
			Help:    "replace the link with a file",
		}}, nil
	}
	if c == nil || findings.HasErrors() {
		return nil, findings, nil
	}
	c.resolvePaths(filepath.Dir(file))
	return c, findings, nil
}

// Parse reads the text of an errspec.yaml. It does not change paths. The
// configuration may be incomplete if a finding is an error.
func Parse(source *diag.File) (*Config, diag.List) {
	d := form.NewDecoder(source)
	root := d.Parse()
	if root == nil {
		return nil, d.Findings()
	}
	c, ok := format.Decode(d, root)
	if !ok {
		return nil, d.Findings()
	}
	return &c, append(d.Findings(), c.duplicates()...)
}

// Schema returns the JSON Schema of the file.
func Schema() form.Schema { return format.Schema() }

var format = form.Object("the configuration", func(c *Config) *form.Entry { return &c.Entry },
	form.Required("version", "The version of the configuration: 1.",
		version, func(*Config) *int { return new(int) }),
	form.Required("tables", "The tables and their outputs.",
		form.List(entryFormat), func(c *Config) *[]Entry { return &c.Tables }).Formerly("catalogs"),
)

// version decodes the version of the configuration, which must be 1.
var version = form.New(decodeVersion, form.Schema{Const: 1})

func decodeVersion(d *form.Decoder, n *yaml.Node) (int, bool) {
	number, ok := form.Integer.Decode(d, n)
	if ok && number != 1 {
		d.Report(form.RuleValue, n, "write 1, or upgrade errspec", "configuration version %d is not supported", number)
		return 0, false
	}
	return int(number), ok
}
