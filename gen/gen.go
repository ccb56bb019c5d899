// Package gen makes from a table everything that must agree with it: a Go
// package and reference pages.
//
// [Render] is the whole way on one page: the table is loaded and validated, a
// plan settles every name and line, and pure emitters turn the plan into files
// in memory. [Write] brings them to disk, [Check] says what it would change.
//
// Rendering the same table twice gives the same bytes, on any machine.
package gen

import (
	"bytes"
	"context"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/gen/internal/golang"
	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/internal/output"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/compat"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/names"
	"github.com/errspec/errspec/spec/validate"
)

// Rendered is the outputs of one entry, in memory.
type Rendered struct {
	table *spec.Table
	mark  string // of its JSON files
	set   output.Set
}

// Render makes the outputs of an entry. When the findings hold an error there
// are no outputs. The error says that something could not be read.
func Render(c config.Entry) (*Rendered, diag.List, error) {
	return RenderContext(context.Background(), c)
}

// RenderContext is [Render], and stops the download of a module if ctx is done.
func RenderContext(ctx context.Context, c config.Entry) (*Rendered, diag.List, error) {
	table, findings, err := load(ctx, c)
	if err != nil || findings.HasErrors() {
		return nil, findings, err
	}
	// All findings about the table are there once it is planned, and what is emitted needs
	// the room.
	return outputs(c, table, findings, table.ReleaseSource)
}

// RenderTable is [Render] with a table that was loaded from the file of the entry,
// without an error. It leaves the table as it is.
func RenderTable(c config.Entry, table *spec.Table) (*Rendered, diag.List, error) {
	return outputs(c, table, nil, func() {})
}

// outputs plans and emits a table, and calls planned in between.
func outputs(c config.Entry, table *spec.Table, findings diag.List, planned func()) (*Rendered, diag.List, error) {
	p, found := plan.New(table, planOptions(c))
	findings = append(findings, found...)
	if findings.HasErrors() {
		return nil, findings, nil
	}
	planned()
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

// load reads and validates the table of an entry. That of a module is compared with the
// sum that the configuration records before it is read.
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
	return o
}

// LoadContext reads a table and validates it. The table is complete only when no
// finding is an error. The download of a module stops if ctx is done.
func LoadContext(ctx context.Context, ref string) (*spec.Table, diag.List, error) {
	return LoadWithin(ctx, ref, "")
}

// LoadWithin is [LoadContext] for a reference in the configuration of a repository, as
// [spec.LoadWithin] has it.
func LoadWithin(ctx context.Context, ref, folder string) (*spec.Table, diag.List, error) {
	table, findings, err := spec.LoadWithin(ctx, ref, folder)
	return table, validated(table, findings), err
}

// Parse reads a table from text, as [spec.Parse] does, and validates it.
func Parse(file, text string, dir fs.FS) (*spec.Table, diag.List) {
	table, findings := spec.Parse(file, text, dir)
	return table, validated(table, findings)
}

// LoadFrom reads a table from a file system, as [spec.LoadFrom] does, and validates
// it.
func LoadFrom(root fs.FS, file, name string) (*spec.Table, diag.List, error) {
	table, findings, err := spec.LoadFrom(root, file, name)
	return table, validated(table, findings), err
}

// validated adds what only a whole table can break to the findings of reading it.
func validated(table *spec.Table, findings diag.List) diag.List {
	if table == nil {
		return findings
	}
	return append(findings, validate.Run(table)...)
}

// DecisionChanges returns what the rendered package decides otherwise than the
// one on disk, going by the vectors that lie beside it. Call it before [Write].
// Where there are none of this table, nothing has changed.
func (r *Rendered) DecisionChanges() ([]compat.DecisionChange, error) {
	i := slices.IndexFunc(r.set.Files, func(f output.File) bool {
		return f.Kind == output.JSON && strings.HasSuffix(filepath.ToSlash(f.Path), golang.VectorsFile)
	})
	if i < 0 {
		return nil, nil
	}
	data, err := read(r.set.Files[i].Path)
	if err != nil || bytes.Equal(data, r.set.Files[i].Data) {
		return nil, nil // Write says what is wrong with the file, if there is one
	}
	old, err := classify.ReadVectors(data)
	if err != nil || old.Generator != r.mark {
		return nil, nil
	}
	return compat.Decisions(old, r.table)
}

// Write brings the rendered outputs to disk: each file whole and in one step,
// files that are right already untouched. It refuses to overwrite what errspec
// did not generate. It returns what it created, replaced and removed.
func Write(ctx context.Context, all ...*Rendered) ([]output.Change, error) {
	return output.Write(ctx, merge(sets(all)...))
}

// Check returns what [Write] would do, with a unified diff for each file. It
// writes nothing.
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
