package spec

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/spec/diag"
)

// response adds the fields, headers, HTTP codes and examples of the table behind those of
// its base. They may name further codes and details of errors, but must not change which
// responses are errors, and which tasks have ended.
func (e *extender) response() {
	own, base := e.table.Response, e.base.Response
	merged := *base
	if own.Has("send") {
		e.forbidSend(own)
	}
	merged.Fields = e.addFields(base.Fields, own.Fields, func(a, b string) bool { return a == b })
	merged.Headers = e.addFields(base.Headers, own.Headers, strings.EqualFold)
	merged.HTTP = slices.Clone(base.HTTP)
	for _, h := range own.HTTP {
		if i := slices.IndexFunc(base.HTTP, func(b HTTPCode) bool { return b.Status == h.Status }); i >= 0 {
			e.replaced("the code of HTTP status "+strconv.Itoa(h.Status), h.At, base.HTTP[i].At)
			continue
		}
		merged.HTTP = append(merged.HTTP, h)
	}
	merged.Examples = slices.Concat(base.Examples, own.Examples)
	merged.Extensions = e.extensions("response", own.Extensions, base.Extensions, own.Entry, base.Entry)
	e.table.Response = &merged
}

// forbidSend reports the form of responses in a table that extends another one: such tables are those
// of clients, which do not send responses.
func (e *extender) forbidSend(own *Response) {
	e.report(own.ValueAt("send"), "remove it; only the table of the service, the base table, can have it", "additions cannot set response.send").Subject = "response.send"
}

func (e *extender) addFields(base, own []Field, same func(a, b string) bool) []Field {
	all := slices.Clone(base)
	for _, f := range own {
		i := slices.IndexFunc(base, func(b Field) bool { return same(b.Path, f.Path) })
		switch {
		case i >= 0:
			e.replaced("field "+f.Path, f.PathAt, base[i].PathAt)
			continue
		case f.Role.decides():
			e.forbid(f, f.ValueAt("role"), "role "+f.Role.String())
			continue
		case f.Has("ok"):
			e.forbid(f, f.ValueAt("ok"), "ok")
			continue
		}
		all = append(all, f)
	}
	return all
}

// OfTask reports whether fields with the role are about a task.
func (r Role) OfTask() bool { return r == RoleID || r == RoleStatus || r == RoleModel }

// decides reports whether fields with the role decide which responses are errors, or are
// about which task.
func (r Role) decides() bool { return r.OfTask() || r == RoleSuccess || r == RoleFailure }

func (e *extender) forbid(f Field, at diag.Location, what string) {
	finding := e.report(at, "remove it; added fields may have the roles code, message, subtype, param, request_id, retry_after and retryable",
		"%s", fmt.Sprintf("field %s adds %s, which would change the meaning of responses of %s", f.Path, what, e.table.Extends))
	finding.Subject = f.Path
}
