// Package gen generates code and reference pages from a table.
//
// [Render] loads and validates the table. A plan then determines every name and
// line. Pure emitters turn the plan into files in memory. [Write] writes them to
// disk, and [Check] reports the changes that Write would make.
//
// Rendering a table always returns the same bytes, on every machine.
package gen

import (
	"bytes"
	"context"
	"io/fs"
	"path/filepath"
	"slices"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/internal/output"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/compat"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/names"
	"github.com/errspec/errspec/spec/validate"
)

// Rendered contains the outputs of one entry in memory.
type Rendered struct {
	table *spec.Table
	mark  string // of its JSON files
	set   output.Set
}

// Render generates the outputs of an entry. There are no outputs if a finding is an
// error. Render returns an error if a file cannot be read.
func Render(c config.Entry) (*Rendered, diag.List, error) {
	return RenderContext(context.Background(), c)
}

// RenderContext is like [Render]. It stops downloading a module if ctx is done.
func RenderContext(ctx context.Context, c config.Entry) (*Rendered, diag.List, error) {
	table, findings, err := load(ctx, c)
	if err != nil || findings.HasErrors() {
		return nil, findings, err
	}
	// The plan contains all findings about the table. Releasing the source makes
	// memory available for the emitters.
	return outputs(c, table, findings, func(all diag.List) {
		table.ReleaseSource()
		if len(all) == 0 { // otherwise the text is printed with them
			table.ReleaseText()
		}
	})
}

// RenderTable is like [Render], with a table that was loaded from the file of the
// entry and has no errors. It does not change the table.
func RenderTable(c config.Entry, table *spec.Table) (*Rendered, diag.List, error) {
	return outputs(c, table, nil, func(diag.List) {})
}

// outputs plans and emits a table. It calls planned with all findings
// about the table between the two steps.
func outputs(c config.Entry, table *spec.Table, findings diag.List, planned func(diag.List)) (*Rendered, diag.List, error) {
	p, found := plan.New(table, planOptions(c))
	findings = append(append(findings, checkServer(c, table)...), found...)
	if findings.HasErrors() {
		return nil, findings, nil
	}
	planned(findings)
	set, err := emit(c, p)
	if err != nil {
		return nil, findings, err
	}
	set.Edits, found, err = inject(c, p)
	findings = append(findings, found...)
	if err != nil || findings.HasErrors() {
		return nil, findings, err
	}
	return &Rendered{table: table, mark: output.Mark(output.JSON, p.Source), set: set}, findings, nil
}

// load reads and validates the table of an entry. It first compares the checksum of
// a module with the sum: of the configuration.
func load(ctx context.Context, c config.Entry) (*spec.Table, diag.List, error) {
	m, err := spec.Download(ctx, c.Table)
	switch {
	case err != nil:
		return nil, nil, err
	case m == nil:
		return LoadWithin(ctx, c.Table, c.Repository())
	}
	if wrong := c.CheckSum(m.Sum); len(wrong) > 0 {
		return nil, wrong, nil
	}
	table, findings, err := m.Load()
	return table, validated(table, findings), err
}

func planOptions(c config.Entry) plan.Options {
	o := plan.Options{Source: c.Source()}
	if c.Go != nil && c.Go.Package != "" {
		o.Names = names.Options{Package: c.Go.Package, PackageAt: c.Go.ValueAt("package")}
	}
	o.Names.Server = c.Go != nil && c.Go.Server
	o.Clients = clients(c)
	return o
}

// clients returns the names by which programs import the outputs of an entry.
func clients(c config.Entry) plan.Clients {
	var all plan.Clients
	if c.TypeScript != nil {
		all.TypeScript = filepath.Base(c.TypeScript.File)
	}
	if c.JavaScript != nil {
		all.JavaScript = filepath.Base(c.JavaScript.File)
	}
	if c.Python != nil {
		all.Python = filepath.Base(c.Python.Dir)
	}
	return all
}

// LoadContext reads and validates a table. The table is complete only if no finding
// is an error. LoadContext stops downloading a module if ctx is done.
func LoadContext(ctx context.Context, ref string) (*spec.Table, diag.List, error) {
	return LoadWithin(ctx, ref, "")
}

// LoadWithin is like [LoadContext], for a reference in the configuration of a
// repository. See [spec.LoadWithin].
func LoadWithin(ctx context.Context, ref, dir string) (*spec.Table, diag.List, error) {
	table, findings, err := spec.LoadWithin(ctx, ref, dir)
	return table, validated(table, findings), err
}

// Parse reads a table from text, like [spec.Parse], and validates it.
func Parse(file, text string, dir fs.FS) (*spec.Table, diag.List) {
	table, findings := spec.Parse(file, text, dir)
	return table, validated(table, findings)
}

// LoadFrom reads a table from a file system, like [spec.LoadFrom], and validates
// it.
func LoadFrom(root fs.FS, file, name string) (*spec.Table, diag.List, error) {
	table, findings, err := spec.LoadFrom(root, file, name)
	return table, validated(table, findings), err
}

// validated adds the findings that require a complete table.
func validated(table *spec.Table, findings diag.List) diag.List {
	if table == nil {
		return findings
	}
	return append(findings, validate.Run(table)...)
}

// DecisionChanges returns the decisions that differ between the rendered outputs and
// those on disk. It compares the vectors in both: those of the Go package, or else the
// separate file. It returns none if there are no vectors of this table on disk. Call it
// before [Write].
func (r *Rendered) DecisionChanges() ([]compat.DecisionChange, error) {
	i := slices.IndexFunc(r.set.Files, func(f output.File) bool {
		return f.Kind == output.JSON // the only ones are vectors, those of the Go package first
	})
	if i < 0 {
		return nil, nil
	}
	data, err := read(r.set.Files[i].Path)
	if err != nil || bytes.Equal(data, r.set.Files[i].Data) {
		return nil, nil // Write reports a file that it cannot replace
	}
	old, err := classify.ReadVectors(data)
	if err != nil || old.Generator != r.mark {
		return nil, nil
	}
	return compat.Decisions(old, r.table)
}

// Write writes the rendered outputs to disk. It replaces each file atomically and
// does not touch unchanged files. It refuses to overwrite files that errspec did
// not generate. It returns the files that it created, replaced and removed.
func Write(ctx context.Context, all ...*Rendered) ([]output.Change, error) {
	return output.Write(ctx, merge(sets(all)...))
}

// Check returns the changes that [Write] would make, with a unified diff for each
// file. It writes nothing.
func Check(all ...*Rendered) ([]output.Change, error) {
	return output.Check(merge(sets(all)...))
}

func sets(all []*Rendered) []output.Set {
	var sets []output.Set
	for _, r := range all {
		sets = append(sets, r.set)
	}
	return sets
}
