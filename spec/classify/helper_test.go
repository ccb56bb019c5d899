package classify_test

import (
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/validate"
)

// head is how a table begins that needs no more than its codes.
const head = "errspec: 1\nname: shop\ntitle: Shop errors\n"

// accept returns the table in a text, which must have no findings.
func accept(t *testing.T, text string) *spec.Table {
	t.Helper()
	table, findings := spec.Parse("table.yaml", text, nil)
	if table != nil {
		findings = append(findings, validate.Run(table)...)
	}
	if len(findings) > 0 {
		t.Fatalf("%v in\n%s", findings, text)
	}
	return table
}

// subtypeOf returns the name of the subtype of a decision, "" for none.
func subtypeOf(d classify.Decision) string {
	if d.Subtype == nil {
		return ""
	}
	return d.Subtype.Name
}

// matched returns the result of Match: "code/subtype", "" for nothing.
func matched(c *classify.Classifier, message string) string {
	code, subtype, ok := c.Match(message)
	switch {
	case !ok:
		return ""
	case subtype == nil:
		return code.Wire
	}
	return code.Wire + "/" + subtype.Name
}
