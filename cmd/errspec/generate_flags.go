package main

import (
	"path/filepath"

	"github.com/errspec/errspec/gen/config"
)

func (o generateOptions) overrides() bool {
	return o.goDir != "" || o.pkg != "" || o.python != "" || o.typescript != "" || o.javascript != "" || o.vectors != "" || o.markdown != "" || o.html != "" || len(o.inject) > 0
}

// override returns an entry with the settings that flags override.
func (o generateOptions) override(c config.Entry) ([]config.Entry, error) {
	if o.goDir != "" || o.pkg != "" {
		g := config.Go{}
		if c.Go != nil {
			g = *c.Go
		}
		if o.goDir != "" {
			g.Dir = filepath.Clean(o.goDir)
		}
		if o.pkg != "" {
			g = config.Go{Dir: g.Dir, Package: o.pkg} // without the location in the configuration
		}
		if g.Dir == "" {
			return nil, usagef("add --go DIR", "--package requires --go")
		}
		c.Go = &g
	}
	if o.python != "" {
		c.Python = &config.Python{Dir: filepath.Clean(o.python)}
	}
	if o.markdown != "" {
		m := config.Markdown{}
		if c.Markdown != nil {
			m = *c.Markdown
		}
		m.File = o.markdown
		c.Markdown = &m
	}
	if err := o.overrideFiles(&c); err != nil {
		return nil, err
	}
	if len(o.inject) > 0 {
		c.Inject = o.inject
	}
	if c.Outputs() == 0 {
		return nil, usagef("add --go DIR, --python DIR, --typescript FILE, --javascript FILE, --vectors FILE, --markdown FILE, --html FILE or --inject FILE, or list outputs in "+config.FileName, "nothing to generate")
	}
	return []config.Entry{c}, nil
}

// overrideFiles sets the outputs of an entry that are one file.
func (o generateOptions) overrideFiles(c *config.Entry) error {
	for _, each := range []struct {
		name, file string
		output     **config.File
	}{
		{"typescript", o.typescript, &c.TypeScript},
		{"javascript", o.javascript, &c.JavaScript},
		{"vectors", o.vectors, &c.Vectors},
		{"html", o.html, &c.HTML},
	} {
		if each.file == "" {
			continue
		}
		if each.name == "typescript" || each.name == "javascript" {
			if problem, help := config.CheckModule(each.name, each.file); problem != "" {
				return usagef(help, "--%s: %s", each.name, problem)
			}
		}
		*each.output = &config.File{File: each.file}
	}
	return nil
}
