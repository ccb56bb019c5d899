package config

import (
	"fmt"

	"github.com/errspec/errspec/spec/diag"
)

// CheckSum compares the checksum of the table's module with the recorded one, so
// that every checkout of the repository uses the same table. An entry created from
// flags has no recorded checksum, and accepts every checksum.
func (c Entry) CheckSum(sum string) diag.List {
	if c.At().File == nil || c.Sum == sum {
		return nil
	}
	finding := diag.Diagnostic{
		Rule: ruleSum, Subject: c.Table, Location: c.ValueAt("table"),
		Message: "module has no recorded checksum", Help: "add sum: " + sum,
	}
	if c.Sum != "" {
		finding.Location = c.ValueAt("sum")
		finding.Message = fmt.Sprintf("module has checksum %s, which differs from the recorded one", sum)
		finding.Help = "find out why it differs; if the version was changed on purpose, update sum:"
	}
	return diag.List{finding}
}
