package lint

import (
	"fmt"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// whole is a code with all recommended keys.
const whole = `- code: busy
  title: Busy
  class: server
  description: The shop is busy.
  retry: {action: wait, advice: Come back later}
  fixes: [Come back outside of the rush hour.]
`

// sending is a table whose service sends responses, without codes.
const sending = "response: {send: own, fields: {code: {role: code}}}\ncodes:\n"

func completenessRules() []rule {
	return []rule{
		{diag.Rule{ID: "no-fixes", Severity: diag.Warning, Purpose: "Every code should have fixes.",
			Bad:  "- code: busy\n  title: Busy\n  class: server\n  description: The shop is busy.\n  retry: {action: wait, advice: Come back later}\n",
			Good: whole}, checkFixes},
		{diag.Rule{ID: "no-advice", Severity: diag.Warning, Purpose: "Every code should have advice, in its own retry: or in that of its class.",
			Bad:  "- code: busy\n  title: Busy\n  class: server\n  description: The shop is busy.\n  fixes: [Come back later.]\n",
			Good: whole}, checkAdvice},
		{diag.Rule{ID: "no-class", Severity: diag.Warning, Purpose: "Every code should have a class.",
			Bad:  "- code: busy\n  title: Busy\n  description: The shop is busy.\n  retry: {action: wait, advice: Come back later}\n  fixes: [Come back later.]\n",
			Good: whole}, checkClass},
		{diag.Rule{ID: "unexplained-deprecation", Severity: diag.Warning, Purpose: "A deprecated code should have a reason or a replacement.",
			Bad:  whole + "  deprecated: {since: \"1.2\"}\n",
			Good: whole + "  deprecated: {since: \"1.2\", reason: The shop has got a queue}\n"}, checkDeprecated},
		{diag.Rule{ID: "http-fault", Severity: diag.Warning, Purpose: "The HTTP status should agree with the fault of the class: 4xx not with server, 5xx not with client.",
			Bad:  whole + "  http: 429\n",
			Good: whole + "  http: 503\n"}, checkHTTP},
		{diag.Rule{ID: "no-http", Severity: diag.Warning, Purpose: "With response.send, every code should have the HTTP status that it is sent with.",
			Bad:  sending + whole,
			Good: sending + whole + "  http: 503\n"}, checkNoHTTP},
	}
}

func checkFixes(p *pass) {
	p.codes(func(c *spec.Code) {
		if len(c.Fixes) == 0 && !c.Has("fixes") {
			p.report(diag.Diagnostic{Location: c.ValueAt("code"), Subject: c.Wire,
				Message: fmt.Sprintf("code %q has no fixes", c.Wire),
				Help:    "add fixes: with steps that solve the problem"})
		}
	})
}

func checkAdvice(p *pass) {
	p.codes(func(c *spec.Code) {
		if c.Retry.Advice == "" && !c.Retry.Has("advice") {
			p.report(diag.Diagnostic{Location: c.ValueAt("code"), Subject: c.Wire,
				Message: fmt.Sprintf("code %q has no advice", c.Wire),
				Help:    "add retry: {action: …, advice: …}"})
		}
	})
}

func checkClass(p *pass) {
	p.codes(func(c *spec.Code) {
		if c.Class == "" && !c.Has("class") {
			p.report(diag.Diagnostic{Location: c.ValueAt("code"), Subject: c.Wire,
				Message: fmt.Sprintf("code %q has no class", c.Wire),
				Help:    "add class: with the name of a class under classes:"})
		}
	})
}

func checkDeprecated(p *pass) {
	p.codes(func(c *spec.Code) {
		if d := c.Deprecated; d != nil && d.At().File != nil && !d.Has("reason") && !d.Has("replaced_by") {
			p.report(diag.Diagnostic{Location: d.At(), Subject: c.Wire,
				Message: fmt.Sprintf("deprecated code %q has no reason and no replacement", c.Wire),
				Help:    "add reason: or replaced_by:"})
		}
	})
}

func checkHTTP(p *pass) {
	faults := make(map[string]spec.Fault, len(p.table.Classes))
	for i := range p.table.Classes {
		faults[p.table.Classes[i].Name] = p.table.Classes[i].Fault
	}
	p.codes(func(c *spec.Code) {
		party := ""
		switch fault := faults[c.Class]; {
		case c.HTTP >= 400 && c.HTTP <= 499 && fault == spec.FaultServer:
			party = "client"
		case c.HTTP >= 500 && fault == spec.FaultClient:
			party = "server"
		default:
			return
		}
		p.report(diag.Diagnostic{Location: c.ValueAt("http"), Subject: c.Wire,
			Message: fmt.Sprintf("HTTP %d is a %s error, but class %q has fault %s", c.HTTP, party, c.Class, faults[c.Class]),
			Help:    "use the status that the service sends, or choose another class"})
	})
}

func checkNoHTTP(p *pass) {
	if p.table.Response == nil || p.table.Response.Send == "" {
		return
	}
	p.codes(func(c *spec.Code) {
		if c.HTTP == 0 && !c.Has("http") && !c.Internal {
			p.report(diag.Diagnostic{Location: c.ValueAt("code"), Subject: c.Wire,
				Message: fmt.Sprintf("code %q has no HTTP status, so no response with it is checked", c.Wire),
				Help:    "add http: with the status that the service sends"})
		}
	})
}
