package gen

import (
	"fmt"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// ruleServer is the identifier of the rule about tables of services.
const ruleServer = "server-without-send"

// checkServer reports that a package should contain the service's half, but its table does not
// define the form of responses. A form without a code is an error of the table itself.
func checkServer(c config.Entry, t *spec.Table) diag.List {
	if c.Go == nil || !c.Go.Server || t.Response != nil && t.Response.Send != "" {
		return nil
	}
	finding := diag.Diagnostic{
		Rule: ruleServer, Severity: diag.Error, Location: c.Go.ValueAt("server"), Subject: c.Name(),
		Message: fmt.Sprintf("server: requires response.send, which %s does not have", c.Table),
		Help:    "add send: own or send: problem under response: in the table, and a field with the role code",
	}
	if t.Extends != "" {
		finding.Message = fmt.Sprintf("server: requires response.send, which %s does not inherit from its base table", c.Table)
		finding.Help = "generate the package of the service from the base table, or from a table without extends:"
	}
	at := t.At()
	if t.Response != nil {
		at = t.KeyAt("response")
	}
	if finding.Location.File == nil { // the flag
		finding.Location = at
	} else {
		finding.Related = []diag.Related{{Location: at, Message: "table"}}
	}
	return diag.List{finding}
}
