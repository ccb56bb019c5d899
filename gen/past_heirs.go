package gen

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/gen/internal/golang"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/compat"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/export"
	"github.com/errspec/errspec/spec/revision"
)

// inherit finds the current tables that continue the given entries of the revision.
// Tables with the same Go package come first, since programs depend on it. For the
// remaining entries, it compares the pages, and then the tables.
func (p *Past) inherit(before []*ancestor) {
	for _, same := range []func(*ancestor, config.Entry) bool{p.samePackage, p.samePage} {
		for _, a := range before {
			for _, c := range p.now {
				if len(a.heirs) == 0 && same(a, c) {
					a.heirs[p.tableKey(c.Table)] = true
				}
			}
		}
	}
	for _, c := range p.now {
		p.inheritTable(before, c.Table)
	}
}

// inheritTable makes a table continue the entries of the same table, unless it
// continues others by its outputs.
func (p *Past) inheritTable(before []*ancestor, ref string) {
	key := p.tableKey(ref)
	for _, a := range before {
		if a.heirs[key] {
			return
		}
	}
	for _, a := range before {
		if p.tableKeyOf(a) == key {
			a.heirs[key] = true
		}
	}
}

func (p *Past) samePackage(a *ancestor, c config.Entry) bool {
	return a.Go != nil && c.Go != nil && p.key(c.Go.Dir) == a.key(a.Go.Dir)
}

func (p *Past) samePage(a *ancestor, c config.Entry) bool {
	for _, was := range a.Pages() {
		for _, is := range c.Pages() {
			if p.key(is) == a.key(was) {
				return true
			}
		}
	}
	return false
}

// key returns a path of this machine for comparison with paths of the revision. It
// is relative to the root of the repository, or unchanged if the file is not in the
// repository.
func (p *Past) key(file string) string {
	if within, ok := p.rev.Path(filepath.Join(file, "x")); ok { // so that file may be the root
		return path.Dir(within)
	}
	return path.Clean(filepath.ToSlash(file))
}

// key returns a path in the errspec.yaml of the revision for comparison.
func (a *ancestor) key(file string) string {
	if path.IsAbs(file) || filepath.IsAbs(file) {
		return path.Clean(filepath.ToSlash(file))
	}
	return path.Join(path.Dir(a.config), file)
}

// tableKey returns a table's reference for comparison. It omits the version of a
// module.
func (p *Past) tableKey(ref string) string {
	if !spec.IsFile(ref) {
		return withoutVersion(ref)
	}
	if within, ok := p.rev.Path(ref); ok {
		return within
	}
	return path.Clean(filepath.ToSlash(ref))
}

func (p *Past) tableKeyOf(a *ancestor) string {
	if !spec.IsFile(a.Table) {
		return withoutVersion(a.Table)
	}
	return a.key(a.Table)
}

func withoutVersion(ref string) string {
	module, rest, _ := strings.Cut(ref, "@")
	_, file, _ := strings.Cut(rest, "/")
	return module + "/" + file
}

// entries returns the current entries of a table.
func (p *Past) entries(ref string) []config.Entry {
	var all []config.Entry
	for _, c := range p.now {
		if p.tableKey(c.Table) == p.tableKey(ref) {
			all = append(all, c)
		}
	}
	return all
}

// earlier returns the table of an ancestor. A table of a module is fetched in the
// version of the revision. A builtin table has no earlier versions: it can only be
// compared with another table, or be unchanged.
func (p *Past) earlier(a *ancestor, ref string, now *spec.Table) (Earlier, error) {
	switch {
	case spec.IsFile(a.Table):
		file := a.key(a.Table)
		found, ok, err := p.rev.Find(file)
		if err == nil && !ok {
			err = &revision.Error{Message: fmt.Sprintf("%s lists the table %s, which does not exist there", a.config, a.Table),
				Help: "specify the table: --against REV:PATH"}
		}
		return p.file(found), err
	case a.Table == ref && spec.IsBuiltin(ref):
		if revisionOf(p.rev, a) != export.Revision(now) {
			return Earlier{}, &revision.Error{Message: fmt.Sprintf("%s is part of errspec; its content at the revision is unknown", ref),
				Help: "compare it with a table: --against FILE, or --against REV:PATH"}
		}
		return Earlier{a.Table, func(ctx context.Context) (*spec.Table, diag.List, error) { return LoadContext(ctx, a.Table) }}, nil
	}
	return Earlier{a.Table, func(ctx context.Context) (*spec.Table, diag.List, error) { return load(ctx, a.Entry) }}, nil
}

// revisionOf returns the revision of the table that the Go package of an ancestor
// was generated from, according to its vectors. It returns "" if there are none.
func revisionOf(rev *revision.Revision, a *ancestor) string {
	if a.Go == nil {
		return ""
	}
	data, err := fs.ReadFile(rev.Files(), path.Join(a.key(a.Go.Dir), golang.VectorsFile))
	if err != nil {
		return ""
	}
	vectors, err := classify.ReadVectors(data)
	if err != nil {
		return ""
	}
	return vectors.Revision
}

// file returns the table in a file of the revision.
func (p *Past) file(file string) Earlier {
	name := p.rev.Name(file)
	return Earlier{name, func(context.Context) (*spec.Table, diag.List, error) {
		table, findings, err := LoadFrom(p.rev.Files(), file, name)
		if failure := p.rev.Failure(); failure != nil {
			return nil, nil, failure
		}
		return table, findings, err
	}}
}

// Removed returns the tables, packages and modules that only the configuration of the
// revision lists, and changed package names. Call it after calling [Past.Before]
// with all tables.
func (p *Past) Removed() []compat.Change {
	if p.config == nil {
		return nil
	}
	ours := make(map[string]bool) // configurations that the current one continues
	own, _ := p.rev.Path(filepath.FromSlash(p.config.At().File.Name))
	for _, a := range p.known {
		if len(a.heirs) > 0 || strings.EqualFold(a.config, own) {
			ours[a.config] = true
		}
	}
	var all []compat.Change
	at := p.config.ValueAt("tables")
	for _, a := range p.known {
		if ours[a.config] && len(a.heirs) > 0 {
			all = append(all, p.removedModules(a, at)...)
		}
		switch {
		case !ours[a.config]:
		case len(a.heirs) == 0:
			all = append(all, compat.Change{Kind: compat.TableRemoved, Subject: a.Table, Was: a.Table, Old: a.ValueAt("table"), New: at})
		case a.Go != nil && !p.generates(a):
			all = append(all, compat.Change{Kind: compat.PackageRemoved, Subject: a.Go.Dir, Was: a.Go.Dir, Old: a.Go.ValueAt("dir"), New: at})
		case a.Go != nil:
			if was, is := p.packageNames(a); was != is {
				all = append(all, compat.Change{Kind: compat.PackageRenamed, Subject: a.Go.Dir, Was: was, Is: is, Old: a.Go.ValueAt("package"), New: at})
			}
		}
	}
	return all
}

// packageNames returns the former and the current name of an ancestor's Go package.
// They are equal if one of them is unknown, or if both packages are named after
// their tables, whose names are compared elsewhere.
func (p *Past) packageNames(a *ancestor) (was, is string) {
	for _, c := range p.now {
		if !p.samePackage(a, c) || a.Go.Package == "" && c.Go.Package == "" {
			continue
		}
		was = cmp.Or(a.Go.Package, p.nameThen(a))
		is = cmp.Or(c.Go.Package, p.names[p.tableKey(c.Table)])
	}
	if was == "" || is == "" {
		return "", ""
	}
	return was, is
}

// nameThen returns the name of an ancestor's table, or "" if it is unknown.
func (p *Past) nameThen(a *ancestor) string {
	if !spec.IsFile(a.Table) {
		return p.names[p.tableKeyOf(a)] // a module whose table has another name now contains another table
	}
	file, _, err := p.rev.Find(a.key(a.Table))
	if err != nil {
		return ""
	}
	text, err := fs.ReadFile(p.rev.Files(), file)
	if err != nil {
		return ""
	}
	return spec.NameIn(string(text))
}

// generates reports whether the Go package of an ancestor is still an output.
func (p *Past) generates(a *ancestor) bool {
	for _, c := range p.now {
		if p.samePackage(a, c) {
			return true
		}
	}
	return false
}
