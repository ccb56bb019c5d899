package gen

import (
	"context"
	"fmt"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// ruleModuleSum is about tables in modules.
const ruleModuleSum = "module-sum"

// load reads and validates the catalog's table. That of a module is held against
// the sum that the configuration records before it is read: whoever checks out the
// repository gets the same table.
func (c Catalog) load(ctx context.Context) (*spec.Table, diag.List, error) {
	m, err := spec.DownloadContext(ctx, c.Table)
	switch {
	case err != nil:
		return nil, nil, err
	case m == nil:
		return LoadWithin(ctx, c.Table, c.repository())
	case c.At().File != nil && c.Sum != m.Sum:
		return nil, diag.List{c.wrongSum(m)}, nil
	}
	table, findings, err := m.Load()
	return table, validated(table, findings), err
}

// wrongSum says that the sum of a module is not recorded, or another one.
func (c Catalog) wrongSum(m *spec.Module) diag.Diagnostic {
	finding := diag.Diagnostic{
		Rule: ruleModuleSum, Subject: c.Table, Location: c.ValueAt("spec"),
		Message: "the sum of the module is not recorded", Help: "add sum: " + m.Sum,
	}
	if c.Sum != "" {
		finding.Location = c.ValueAt("sum")
		finding.Message = fmt.Sprintf("the module has the sum %s, not the one that is recorded", m.Sum)
		finding.Help = "find out why it differs; if the version was changed on purpose, record the new sum"
	}
	return finding
}
