package config

import (
	"path/filepath"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/form"
)

// A File is an output that is one file.
type File struct {
	form.Entry
	File string
}

// files returns the outputs that are one file, nil for those that the entry does not
// have.
func (c *Entry) files() []*File {
	return []*File{c.TypeScript, c.JavaScript, c.Vectors, c.HTML}
}

// Declarations returns the file with the types of a JavaScript module, such as
// evolink.d.ts for evolink.js.
func (f *File) Declarations() string {
	ext := filepath.Ext(f.File)
	return strings.TrimSuffix(f.File, ext) + ".d." + strings.Replace(strings.TrimPrefix(ext, "."), "js", "ts", 1)
}

// Extensions of modules.
var (
	typescriptExts = []string{".ts", ".mts"}
	javascriptExts = []string{".js", ".mjs"}
)

// CheckModule returns the problem with the file name of a module, and its fix. It
// returns "" if there is none. Tools determine the language by the extension, and files
// that end in .d.ts contain only types.
func CheckModule(key, file string) (problem, help string) {
	exts := typescriptExts
	if key == "javascript" {
		exts = javascriptExts
	}
	name := filepath.Base(file)
	base := strings.TrimSuffix(name, filepath.Ext(name))
	if slices.Contains(exts, filepath.Ext(name)) && base != "" && filepath.Ext(base) != ".d" {
		return "", ""
	}
	return "expected a file name that ends in " + strings.Join(exts, " or ") + ", got " + name, "rename it, for example to errors" + exts[0]
}

// fileFormat returns the format of an output that is one file.
func fileFormat(key, description string) form.Value[File] {
	file := form.Line
	if key == "typescript" || key == "javascript" {
		file = form.WithSchema(func(d *form.Decoder, n *yaml.Node) (string, bool) {
			name, ok := form.Line.Decode(d, n)
			if problem, help := CheckModule(key, name); ok && name != "" && problem != "" {
				d.Report(form.RuleValue, n, help, "%s", problem)
				return "", false
			}
			return name, ok
		}, form.Line.Schema)
	}
	return form.Object(key, func(f *File) *form.Entry { return &f.Entry },
		form.Required("file", description, file, func(f *File) *string { return &f.File }),
	)
}
