package plan

import (
	"slices"

	"github.com/errspec/errspec/spec"
)

// Features are the parts of a run time that only some tables need. A language may add its own.
// Besides those of [Plan.Features], they have the names of response.Reader.Features.
type Features map[string]bool

// Has reports whether the table needs a part. The name of no part is "".
func (f Features) Has(name string) bool { return name == "" || f[name] }

// Features returns the features that all languages share.
func (p *Plan) Features() Features {
	anyCode := func(has func(*Code) bool) bool { return slices.ContainsFunc(p.Codes, has) }
	r := p.Response
	f := Features{
		"integer":  p.Wire == spec.WireInteger,
		"text":     p.Wire != spec.WireInteger,
		"response": p.HasResponse(),           // responses can be read
		"id":       r.Has(spec.RoleID),        // responses contain the ID of a task
		"model":    r.Has(spec.RoleModel),     // responses contain the model of a task
		"request":  r.Has(spec.RoleRequestID), // responses contain the ID of the request
		"task":     p.HasTask(),               // responses contain the status of a task
		"poll":     p.HasWaiter(),             // tasks can be polled
		"prefixes": anyCode(func(c *Code) bool { return len(c.Prefixes) > 0 }),
		"stricter": anyCode(func(c *Code) bool { return c.Stricter }), // an automatic code has a stricter subtype
		"subtypes": anyCode(func(c *Code) bool { return len(c.Subtypes) > 0 }),
		"charged":  anyCode(func(c *Code) bool { return c.Charged != spec.ChargedUnknown }),
		"nocharge": anyCode(func(c *Code) bool { return c.Charged == spec.ChargedNo }),
	}
	f["free"] = f["nocharge"] && f["task"] // failed tasks may not be charged
	if k := p.Idempotency; k != nil {
		f["keys"] = true
		f["optin"] = k.OptIn                // programs must enable keys
		f["pending"] = len(k.Pending) > 0   // a code means that the first submission with a key is still being processed
		f["conflict"] = len(k.Conflict) > 0 // a code means that a key belongs to another request
	}
	if f["response"] {
		f["hidden"] = anyCode(func(c *Code) bool { return c.Hidden }) // only responses select a stricter subtype of an automatic code
		p.responseFeatures(f)
	}
	return f
}

// responseFeatures adds the features of responses.
func (p *Plan) responseFeatures(f Features) {
	for _, name := range p.Response.Reader.Features() {
		if name != "task" && name != "typed" { // errors and tasks may lack these fields
			f[name] = true
		}
	}
	for _, field := range slices.Concat(p.Response.TaskFields(), p.Response.ErrorFields()) {
		if field.Role == spec.RoleNone {
			isText := field.GoType == "string"
			f["texts"] = f["texts"] || isText      // fields without a role contain text
			f["decoded"] = f["decoded"] || !isText // fields without a role contain other values
		}
	}
}
