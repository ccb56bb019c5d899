package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/names"
)

// TypeScriptNames are the identifiers of a TypeScript module.
type TypeScriptNames struct {
	Prefix         string              // of the errors: "Evolink"
	Codes          map[*Code]string    // key of Code: ContentPolicyViolation
	Subtypes       map[*Subtype]string // key of Subtype: ContentPolicyViolationAdultNSFW
	Fields         map[*Field]string   // of Task, or of the details of an error: billingChargeStatus
	Former         []TypeScriptFormer  // of codes
	FormerSubtypes []TypeScriptFormer
}

// A TypeScriptFormer is the key of a former name.
type TypeScriptFormer struct {
	Name    string // TooFast
	Go      string // CodeTooFast
	Current string // QuotaExceeded
	Value   string // of the current code or subtype
}

// TypeScript returns the identifiers of the TypeScript module. Constants have the names of
// the Go constants without their prefix, so that those of one language are found in the other.
func (p *Plan) TypeScript() *TypeScriptNames {
	n := &TypeScriptNames{
		Prefix: errorPrefix(p.Table),
		Codes:  make(map[*Code]string), Subtypes: make(map[*Subtype]string), Fields: make(map[*Field]string),
	}
	codes, subtypes := make(uniqueNames), make(uniqueNames)
	for _, c := range p.Codes {
		n.Codes[c] = codes.add(withoutPrefix(c.Const, "Code"))
		for _, s := range c.Subtypes {
			n.Subtypes[s] = subtypes.add(withoutPrefix(s.Const, "Subtype"))
		}
	}
	for _, c := range p.Codes {
		n.Former = append(n.Former, codes.former("Code", n.Codes[c], c.Wire, c.Former)...)
		for _, s := range c.Subtypes {
			n.FormerSubtypes = append(n.FormerSubtypes, subtypes.former("Subtype", n.Subtypes[s], s.Value, s.Former)...)
		}
	}
	for _, all := range [][]*Field{p.Response.TaskFields(), p.Response.ErrorFields()} {
		fields := make(uniqueNames)
		for _, f := range all {
			n.Fields[f] = fields.add(propertyName(f))
		}
	}
	return n
}

// errorPrefix returns the start of the names of errors, which must not hide those of
// JavaScript.
func errorPrefix(table string) string {
	prefix := pascal(table)
	switch prefix {
	case "Aggregate", "Eval", "Range", "Reference", "Suppressed", "Syntax", "Type":
		prefix += "Api"
	}
	return prefix
}

// withoutPrefix returns the name of a Go constant without its prefix. A name that would
// start with a digit keeps the prefix.
func withoutPrefix(constant, prefix string) string {
	name := strings.TrimPrefix(constant, prefix)
	if name == "" || '0' <= name[0] && name[0] <= '9' {
		return constant
	}
	return name
}

// propertyName returns the name of a property: billingChargeStatus for
// billing.charge_status. The first ID, status and model have the names of their roles.
func propertyName(f *Field) string {
	switch f.Role {
	case spec.RoleID, spec.RoleStatus, spec.RoleModel:
		return f.Role.String()
	}
	name := pascal(f.Path)
	name = strings.ToLower(name[:min(1, len(name))]) + name[min(1, len(name)):]
	if name == "" || '0' <= name[0] && name[0] <= '9' || slices.Contains(objectMembers, name) {
		name = "field" + pascal(f.Path)
	}
	return name
}

// objectMembers are names that properties of tasks must not have, because objects have
// members with these names, or the module adds them.
var objectMembers = []string{"constructor", "toString", "valueOf", "toJSON", "then", "error", "isDone", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString"}

// pascal returns the words of a text in Pascal case: RequestId.
func pascal(text string) string {
	var b strings.Builder
	for _, word := range strings.FieldsFunc(text, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	}) {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

// uniqueNames are names that are taken.
type uniqueNames map[string]bool

func (taken uniqueNames) add(name string) string {
	unique := name
	for i := 2; taken[unique]; i++ {
		unique = fmt.Sprintf("%s_%d", name, i)
	}
	taken[unique] = true
	return unique
}

func (taken uniqueNames) former(prefix, current, value string, all []names.Former) []TypeScriptFormer {
	var out []TypeScriptFormer
	for _, former := range all {
		name := withoutPrefix(former.Const, prefix)
		if former.Const == "" || taken[name] {
			continue
		}
		out = append(out, TypeScriptFormer{taken.add(name), former.Const, current, value})
	}
	return out
}
