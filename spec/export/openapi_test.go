package export_test

import (
	"strings"
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/export"
)

// The media type of responses is that of the form in which the service sends them.
func TestOpenAPIMediaType(t *testing.T) {
	for form, want := range map[string]string{"": "application/json", "send: own": "application/json", "send: problem": "application/problem+json"} {
		table, findings := spec.Parse("table.yaml", "errspec: 1\nname: shop\ntitle: Shop errors\nresponse:\n  "+form+"\n  fields:\n    code: {role: code}\n"+
			"codes:\n  - {code: busy, title: Busy, description: The shop is busy., http: 503}\n", nil)
		if len(findings) > 0 {
			t.Fatal(findings)
		}
		if got := string(export.OpenAPI(table, export.Options{})); strings.Count(got, `"`+want+`"`) != 1 {
			t.Errorf("%q: no %s in\n%s", form, want, got)
		}
	}
}
