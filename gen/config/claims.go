package config

import (
	"fmt"
	"path"
	"path/filepath"

	"github.com/errspec/errspec/spec/diag"
)

// duplicates reports outputs that go to one place.
func (c *Config) duplicates() diag.List {
	claims := claims{places: make(map[string]diag.Location)}
	for _, entry := range c.Tables {
		if g := entry.Go; g != nil {
			claims.add(g.Dir, g.ValueAt("dir"))
		}
		if m := entry.Markdown; m != nil {
			claims.add(m.File, m.ValueAt("file"))
			if m.Pages {
				claims.add(path.Join(filepath.ToSlash(m.PagesDir()), "*"+path.Ext(m.File)), m.ValueAt("pages"))
			}
		}
		if h := entry.HTML; h != nil {
			claims.add(h.File, h.ValueAt("file"))
		}
	}
	for _, entry := range c.Tables {
		for i, file := range entry.Inject {
			claims.part(file, entry.Name(), entry.ItemAt("inject", i))
		}
	}
	return claims.findings
}

// claims are places that outputs go to.
type claims struct {
	places   map[string]diag.Location
	findings diag.List
}

// add claims a place as a whole.
func (c *claims) add(target string, at diag.Location) {
	if target != "" { // reported when it was read
		c.claim(placeName(target), target, at)
	}
}

// part claims those parts of a file that an entry goes into. Others may go into
// the same file, under names of their own.
func (c *claims) part(file, entry string, at diag.Location) {
	if file == "" {
		return
	}
	if before, taken := c.places[placeName(file)]; taken {
		c.report(fmt.Sprintf("%s is both an output and listed under inject:", file), file, at, before)
		return
	}
	c.claim(placeName(file)+"\n"+entry, fmt.Sprintf("the blocks of %s in %s", entry, file), at)
}

func (c *claims) claim(place, target string, at diag.Location) {
	if before, taken := c.places[place]; taken {
		c.report("two outputs use "+target, target, at, before)
		return
	}
	c.places[place] = at
}

func (c *claims) report(message, target string, at, before diag.Location) {
	c.findings = append(c.findings, diag.Diagnostic{
		Rule: ruleDuplicate, Message: message, Location: at, Subject: target,
		Related: []diag.Related{{Location: before, Message: "first entry"}},
		Help:    "give each output its own path",
	})
}
