package response_test

import (
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/response"
	"github.com/errspec/errspec/spec/validate"
)

// The tables of the gallery are read as every table is. What reads them depends on package
// response, so that its tests cannot name it.
func init() {
	response.ReadTable = func(t testing.TB, name string) response.Description {
		table, findings, err := spec.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		if table != nil {
			findings = append(findings, validate.Run(table)...)
		}
		for _, f := range findings {
			if f.Severity == diag.Error {
				t.Errorf("%s: %s [%s]", f.Location, f.Message, f.Rule)
			}
		}
		if t.Failed() {
			t.FailNow()
		}
		return classify.Describe(table)
	}
}
