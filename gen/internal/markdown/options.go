package markdown

import (
	"net/url"
	"path"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/internal/output"
)

// Options define the files of a reference.
type Options struct {
	File        string     // base name of the page that lists all codes, such as "errors.md"
	Folder      string     // directory of the pages of codes, relative to that of File; "" if codes have no pages
	FrontMatter *yaml.Node // template of each page's front matter, a mapping without aliases, or nil
}

// A File is one of these files. Name is relative to the directory of the page that
// lists all codes, with forward slashes.
type File struct {
	Name string
	Data []byte
}

// ending returns the file name extension of all files.
func (o Options) ending() string {
	if ext := path.Ext(o.File); ext != "" && ext != o.File {
		return ext
	}
	return ".md"
}

func (o Options) isMDX() bool { return strings.EqualFold(o.ending(), ".mdx") }

// mark returns the mark of all files. MDX has no HTML comments.
func (o Options) mark(source string) md {
	if o.isMDX() {
		return md(output.MDXMark(source))
	}
	return md(output.Mark(output.Markdown, source))
}

// seenFrom returns the URLs of the files of the reference, relative to a file. base
// is the path from its directory to the directory of the reference.
func (o Options) seenFrom(base string) addresses {
	to := addresses{index: address(path.Join(base, o.File))}
	if o.Folder != "" {
		to.page = func(c *plan.Code) string {
			return address(path.Join(base, o.Folder, c.Page+o.ending()))
		}
	}
	return to
}

// address returns a relative path as a URL.
func address(file string) string { return (&url.URL{Path: file}).String() }
