package gen

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/internal/output"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/revision"
)

// A Past is a repository at a revision, with the tables to compare with. A table
// may have had another path at the revision. It is compared with the table that its
// outputs were generated from, according to the errspec.yaml of the revision. A
// table is new only if that file does not list it under any name, and its Go
// package did not exist.
type Past struct {
	rev    *revision.Revision
	now    []config.Entry // of the current configuration
	config *config.Config // current one; nil if there is none

	names      map[string]string // of the tables that Before was called with, by key
	known      []*ancestor       // entries of the revision
	moved      bool              // errspec.yaml files that the work tree does not contain have been read
	unreadable diag.List         // findings of the invalid ones
}

// An ancestor is an entry of an errspec.yaml of the revision.
type ancestor struct {
	config.Entry                 // paths as written
	config       string          // path of the errspec.yaml in the repository
	heirs        map[string]bool // keys of the tables that continue it
}

// An Earlier is a table of a revision.
type Earlier struct {
	Name string                                                // in messages
	Load func(context.Context) (*spec.Table, diag.List, error) // reads and validates it
}

// TableAt returns the table in a file of a revision. within is the path of the file
// from the root of the repository. It returns false if there is no such file.
func TableAt(rev *revision.Revision, within string) (Earlier, bool, error) {
	p := &Past{rev: rev}
	file, found, err := rev.Find(within)
	if err == nil && found {
		if info, statErr := fs.Stat(rev.Files(), file); statErr == nil && info.IsDir() {
			err = &revision.Error{Message: fmt.Sprintf("%s is a directory", rev.Name(file)), Help: "specify a file: --against REV:PATH"}
		}
	}
	return p.file(file), found, err
}

// ReadPast reads the errspec.yaml of c as of the revision. c may be nil. Findings
// are those of an invalid errspec.yaml, without which tables cannot be compared.
func ReadPast(rev *revision.Revision, c *config.Config) (*Past, diag.List, error) {
	p := &Past{rev: rev, config: c, names: make(map[string]string)}
	if c == nil {
		return p, nil, nil
	}
	p.now = c.Tables
	within, ok := rev.Path(filepath.FromSlash(c.At().File.Name))
	if !ok {
		return p, nil, nil
	}
	file, found, err := rev.Find(within)
	if err != nil {
		return nil, nil, err
	}
	if !found {
		err := p.readMoved()
		return p, p.unreadable, err
	}
	findings, err := p.read(file)
	p.inherit(p.known)
	return p, findings, err
}

// read adds the entries of an errspec.yaml of the revision to the known ones.
func (p *Past) read(file string) (diag.List, error) {
	text, err := fs.ReadFile(p.rev.Files(), file)
	if err != nil {
		return nil, p.failure(err)
	}
	then, findings := config.Parse(&diag.File{Name: p.rev.Name(file), Text: string(text), Elsewhere: true})
	if then == nil || findings.HasErrors() {
		return findings, nil
	}
	for _, c := range then.Tables {
		p.known = append(p.known, &ancestor{Entry: c, config: file, heirs: make(map[string]bool)})
	}
	return nil, nil
}

// readMoved reads the errspec.yaml files that the work tree no longer contains. One
// of them may be the current one under its former path.
func (p *Past) readMoved() error {
	if p.moved {
		return nil
	}
	p.moved = true
	files, err := p.rev.Gone(config.FileName)
	if err != nil {
		return err
	}
	before := len(p.known)
	for _, file := range files {
		findings, err := p.read(file)
		if err != nil {
			return err
		}
		p.unreadable = append(p.unreadable, findings...)
	}
	p.inherit(p.known[before:])
	return nil
}

// failure returns the error of the revision that caused an error of one of its
// files. It returns err if there is none.
func (p *Past) failure(err error) error {
	if failure := p.rev.Failure(); failure != nil {
		return failure
	}
	return err
}

// Before returns the tables of the revision to compare a current table with. These
// are the tables that its outputs were generated from, or the table at its path, or
// a table of the same name that is no longer listed. Before returns none if the
// table is new. It returns an error if it cannot find the tables although the table
// is not new.
func (p *Past) Before(ctx context.Context, ref string, table *spec.Table) ([]Earlier, diag.List, error) {
	p.names[p.tableKey(ref)] = table.Name
	for _, step := range []func(context.Context, string, *spec.Table) ([]Earlier, error){
		p.continued, p.unlisted, p.namesakes, p.elsewhere, p.renamed,
	} {
		earlier, err := step(ctx, ref, table)
		if err != nil || len(earlier) > 0 {
			return earlier, nil, err
		}
	}
	if len(p.unreadable) > 0 {
		return nil, p.unreadable, nil
	}
	return nil, nil, p.existed(ref)
}

// continued returns the tables of the entries that a table continues.
func (p *Past) continued(ctx context.Context, ref string, table *spec.Table) ([]Earlier, error) {
	p.inheritTable(p.known, ref)
	var all []Earlier
	for _, a := range p.known {
		if !a.heirs[p.tableKey(ref)] {
			continue
		}
		e, err := p.earlier(a, ref, table)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(all, func(other Earlier) bool { return other.Name == e.Name }) {
			all = append(all, e)
		}
	}
	return all, nil
}

// unlisted returns the table at the same path, if the revision contains it.
func (p *Past) unlisted(_ context.Context, ref string, _ *spec.Table) ([]Earlier, error) {
	within, ok := p.rev.Path(ref)
	if !spec.IsFile(ref) || !ok {
		return nil, nil
	}
	file, found, err := p.rev.Find(within)
	if err != nil || !found {
		return nil, err
	}
	return []Earlier{p.file(file)}, nil
}

// namesakes returns the tables that have the same name or package name and are not
// continued by any current table.
func (p *Past) namesakes(ctx context.Context, ref string, table *spec.Table) ([]Earlier, error) {
	names := []string{table.Name}
	for _, c := range p.entries(ref) {
		if c.Go != nil && c.Go.Package != "" {
			names = append(names, c.Go.Package)
		}
	}
	for _, a := range p.known {
		if len(a.heirs) > 0 {
			continue
		}
		if _, found, err := p.rev.Find(a.key(a.Table)); err != nil || !found && spec.IsFile(a.Table) {
			if err != nil {
				return nil, err
			}
			continue
		}
		e, err := p.earlier(a, ref, table)
		if err != nil {
			return nil, err
		}
		before, _, err := e.Load(ctx)
		if err != nil {
			return nil, err
		}
		if before != nil && slices.Contains(names, before.Name) || a.Go != nil && slices.Contains(names, a.Go.Package) {
			a.heirs[p.tableKey(ref)] = true
		}
	}
	return p.continued(ctx, ref, table)
}

// elsewhere searches the errspec.yaml files that were moved for the table.
func (p *Past) elsewhere(ctx context.Context, ref string, table *spec.Table) ([]Earlier, error) {
	if p.moved {
		return nil, nil
	}
	if err := p.readMoved(); err != nil {
		return nil, err
	}
	if found, err := p.continued(ctx, ref, table); err != nil || len(found) > 0 {
		return found, err
	}
	return p.namesakes(ctx, ref, table)
}

// renamed returns the tables of the same name whose files the work tree does not
// contain. It returns none if an errspec.yaml of the revision lists tables.
func (p *Past) renamed(_ context.Context, ref string, table *spec.Table) ([]Earlier, error) {
	if !spec.IsFile(ref) || len(p.known) > 0 {
		return nil, nil
	}
	files, err := p.rev.Gone(".yaml", ".yml", ".json")
	if err != nil {
		return nil, err
	}
	var all []Earlier
	for _, file := range files {
		text, err := fs.ReadFile(p.rev.Files(), file)
		if err != nil {
			return nil, p.failure(err)
		}
		if spec.NameIn(string(text)) == table.Name {
			all = append(all, p.file(file))
		}
	}
	return all, nil
}

// existed returns an error if the revision contains the Go package of a table that
// seems to be new. The package was generated from another table, which is unknown.
func (p *Past) existed(ref string) error {
	for _, c := range p.entries(ref) {
		if c.Go == nil {
			continue
		}
		dir, ok := p.rev.Path(filepath.Join(c.Go.Dir, "x"))
		if !ok {
			continue
		}
		files, _ := fs.ReadDir(p.rev.Files(), path.Dir(dir)) // the directory may not exist
		for _, file := range files {
			if path.Ext(file.Name()) != ".go" || file.IsDir() {
				continue
			}
			text, err := fs.ReadFile(p.rev.Files(), path.Join(path.Dir(dir), file.Name()))
			if err != nil {
				return p.failure(err)
			}
			if source, ok := output.MarkedBy(text, output.Go); ok {
				return &revision.Error{
					Message: fmt.Sprintf("%s cannot be compared: the Go package %s existed at the revision, generated from %s, which its errspec.yaml does not list", ref, c.Go.Dir, source),
					Help:    "specify that table: --against REV:PATH",
				}
			}
		}
	}
	return p.rev.Failure()
}
