package openapi

import (
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
)

// roles lists the roles of fields by their names, the surest first. Names with evidence are
// those of codes only if a value has the form of a code.
var roles = []struct {
	role     string
	kinds    []string
	evidence bool
	names    []string
}{
	{"code", []string{"string", "integer", "number"}, false, []string{"code", "error code", "err code", "errcode", "errno", "errorcode"}},
	{"code", []string{"string"}, true, []string{"type", "error type", "error name", "name", "reason", "issue", "kind", "key", "error", "status"}},
	{"message", []string{"string"}, false, []string{"message", "error message", "err message", "msg", "errmsg", "detail", "error description", "description"}},
	{"message", []string{"string"}, false, []string{"error", "title"}},
	{"param", []string{"string"}, false, []string{"param", "parameter", "field", "pointer", "loc"}},
	{"request_id", []string{"string"}, false, []string{"request id", "requestid", "req id"}},
	{"retry_after", []string{"integer", "number"}, false, []string{"retry after", "retry after seconds"}},
	{"success", []string{"boolean"}, false, []string{"success", "ok"}},
}

// symbol matches texts that have the form of a code: words that are joined, and capitals.
var symbol = lazyregexp.New(`^(?:[A-Za-z][A-Za-z0-9]*(?:[_.:-][A-Za-z0-9]+)+|[A-Z][A-Z0-9]{2,}|[A-Za-z]?[a-z]+(?:[A-Z][a-z0-9]+)+|[A-Za-z]{1,5}-?\d{2,})$`)

// problemType matches the type of a problem according to RFC 9457, and captures the part before
// its last name.
var problemType = lazyregexp.New(`^((?:https?://|urn:|/)\S*[/:#])[^\s/:#]+$`)

// setRoles gives roles to the fields. It returns the fields of codes, the surest first.
func (r *reader) setRoles() []*field {
	var codes []*field
	for _, guess := range roles {
		for _, f := range r.fields {
			if f.role != "" || !slices.Contains(guess.names, f.name) || !inError(f.path) || !f.is(guess.kinds) {
				continue
			}
			if guess.role == "code" {
				if guess.evidence && !f.hasCodes() || f.isConstant() {
					continue
				}
				codes = append(codes, f)
			}
			f.role = guess.role
		}
	}
	return codes
}

// is reports whether a field has one of the kinds, or an unknown one.
func (f *field) is(kinds []string) bool {
	return len(f.kinds) == 0 || slices.ContainsFunc(kinds, func(k string) bool { return f.kinds[k] })
}

// hasCodes reports whether a value has the form of a code, or an enumeration lists several.
func (f *field) hasCodes() bool {
	return slices.ContainsFunc(f.values, func(v *value) bool {
		return isCode(v, false) || f.name == "type" && problemType.MatchString(v.text) ||
			v.enum != nil && !v.alone && strings.Contains(f.name, "type") && !strings.ContainsRune(v.text, ' ')
	})
}

// isConstant reports whether a field only tells errors from other objects.
func (f *field) isConstant() bool {
	return len(f.values) > 0 && !slices.ContainsFunc(f.values, func(v *value) bool {
		return !slices.Contains([]string{"error", "errors", "Error", "fail", "failure", "list", "object"}, v.text)
	})
}

// placeholders are examples that stand for codes.
var placeholders = []string{"", "string", "code", "error", "error_code", "ERROR_CODE", "errorCode", "about:blank", "text", "0"}

// isCode reports whether a value has the form of a code. Of a field that is surely one of codes,
// every word and number is a code.
func isCode(v *value, sure bool) bool {
	switch {
	case slices.Contains(placeholders, v.text) || len(v.text) > 200 || strings.ContainsAny(v.text, "\n\r\t<>{}"):
		return false
	case v.integer:
		return sure
	}
	if _, err := strconv.ParseFloat(v.text, 64); err == nil {
		return sure
	}
	return symbol.MatchString(v.text) || sure && (v.enum != nil || !strings.ContainsRune(v.text, ' '))
}

// bulletAbout returns the description of a value in a list of a description: "- `busy`: Full".
func bulletAbout(description, value string) string {
	for line := range strings.Lines(description) {
		line = strings.TrimLeft(line, " \t*-•")
		line = strings.TrimPrefix(strings.TrimPrefix(line, "**"), "`")
		rest, found := strings.CutPrefix(line, value)
		if !found {
			continue
		}
		rest = strings.TrimLeft(rest, "`*\" ")
		for _, mark := range []string{":", " - ", "- ", "– ", "— ", "| "} {
			if about, ok := strings.CutPrefix(rest, mark); ok {
				return strings.Trim(about, " \t\r\n|")
			}
		}
	}
	return ""
}
