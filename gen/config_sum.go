package gen

import (
	"fmt"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// ruleModuleSum is about tables in modules.
const ruleModuleSum = "module-sum"

// checkSum holds the module that a table comes from against the sum that the
// configuration records: whoever checks out the repository gets the same table.
func (c Catalog) checkSum() (diag.List, error) {
	m, err := spec.Download(c.Table)
	if m == nil || err != nil || c.At().File == nil || c.Sum == m.Sum {
		return nil, err
	}
	finding := diag.Diagnostic{
		Rule: ruleModuleSum, Subject: c.Table, Location: c.ValueAt("spec"),
		Message: "the sum of the module is not recorded", Help: "add sum: " + m.Sum,
	}
	if c.Sum != "" {
		finding.Location = c.ValueAt("sum")
		finding.Message = fmt.Sprintf("the module has the sum %s, not the one that is recorded", m.Sum)
		finding.Help = "find out why it differs; if the version was changed on purpose, record the new sum"
	}
	return diag.List{finding}, nil
}
