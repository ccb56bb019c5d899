package classify_test

import (
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/validate"
)

// head is the start of a table, to which a test adds codes.
const head = "errspec: 1\nname: shop\ntitle: Shop errors\n"

// accept parses a table, which must have no findings.
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

// subtypeOf returns the name of the subtype of a decision. It returns "" if there is none.
func subtypeOf(d classify.Decision) string {
	if d.Subtype == nil {
		return ""
	}
	return d.Subtype.Name
}

// matched returns the result of Match: "code" or "code/subtype", "" if no phrase matches.
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
