package e2e

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/diag"
)

// The response in docs/server.md must be that of the last entry of the table before it.
func TestDocumentedSentResponse(t *testing.T) {
	var table *spec.Table
	for _, m := range fenced.FindAllStringSubmatch(documents(t)["docs/server.md"], -1) {
		switch m[1] {
		case "yaml":
			var findings diag.List
			if table, findings = spec.Parse("table.yaml", m[2], nil); findings.HasErrors() {
				t.Fatal(findings)
			}
		case "json":
			all := classify.Sent(table)
			last := all[len(all)-1]
			var shown, sent any
			check(t, json.Unmarshal([]byte(m[2]), &shown))
			check(t, json.Unmarshal([]byte(last.Body), &sent))
			if last.HTTP != 413 || !reflect.DeepEqual(shown, sent) {
				t.Errorf("%s: HTTP %d, %s\nshown: %s", last.Name, last.HTTP, last.Body, m[2])
			}
			return
		}
	}
	t.Error("docs/server.md shows no response")
}
