package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/spec/names"
)

// PythonNames are the identifiers of a Python package, which are unique in their class.
type PythonNames struct {
	Prefix         string           // of the exceptions: "Evolink"
	Codes          map[*Code]string // CONTENT_POLICY_VIOLATION
	Subtypes       map[*Subtype]string
	Fields         map[*Field]string // of Task, or of the exception: billing_charge_status
	Former         []PythonFormer    // of codes
	FormerSubtypes []PythonFormer
}

// A PythonFormer is a former name of a code or subtype.
type PythonFormer struct {
	Name    string // TOO_FAST
	Go      string // CodeTooFast
	Current string // QUOTA_EXCEEDED
}

// Python returns the identifiers of the Python package. Names that Go distinguishes by
// case get a number.
func (p *Plan) Python() *PythonNames {
	n := &PythonNames{
		Prefix: exceptionPrefix(p.Table),
		Codes:  make(map[*Code]string), Subtypes: make(map[*Subtype]string), Fields: make(map[*Field]string),
	}
	codes, subtypes := make(identifiers), make(identifiers)
	for _, c := range p.Codes {
		stem := c.Stem
		n.Codes[c] = codes.add(constant("CODE", stem))
		for _, s := range c.Subtypes {
			n.Subtypes[s] = subtypes.add(constant("SUBTYPE", stem, s.Name))
		}
	}
	for _, c := range p.Codes {
		n.Former = append(n.Former, codes.former("CODE", n.Codes[c], c.Former)...)
		for _, s := range c.Subtypes {
			n.FormerSubtypes = append(n.FormerSubtypes, subtypes.former("SUBTYPE", n.Subtypes[s], s.Former)...)
		}
	}
	for _, all := range [][]*Field{p.Response.TaskFields(), p.Response.ErrorFields()} {
		fields := make(identifiers)
		for _, f := range all {
			n.Fields[f] = fields.add(attribute(f.Path))
		}
	}
	return n
}

// exceptionPrefix returns the start of the names of exceptions, which must not hide
// those of Python.
func exceptionPrefix(table string) string {
	prefix := names.Title(table)
	if slices.Contains(builtinErrors, prefix) {
		prefix += "API"
	}
	return prefix
}

var builtinErrors = strings.Fields(`
	Arithmetic Assertion Attribute BlockingIO BrokenPipe Buffer ChildProcess Connection
	ConnectionAborted ConnectionRefused ConnectionReset EOF Environment FileExists FileNotFound
	FloatingPoint IO Import Indentation Index Interrupted IsADirectory Key Lookup Memory
	ModuleNotFound Name NotADirectory NotImplemented OS Overflow Permission ProcessLookup
	PythonFinalization Recursion Reference Runtime Syntax System Tab Timeout Type Unbound
	UnboundLocal Unicode UnicodeDecode UnicodeEncode UnicodeTranslate Value Windows ZeroDivision`)

// constant returns the name of a constant. A name must not start with a digit.
func constant(prefix string, parts ...string) string {
	name := strings.ToUpper(names.Snake(parts...))
	if name == "" || '0' <= name[0] && name[0] <= '9' {
		name = strings.TrimRight(prefix+"_"+name, "_")
	}
	return name
}

// attribute returns the name of an attribute. Keywords of Python, and names that the
// classes use themselves, get an underscore.
func attribute(path string) string {
	name := names.Snake(path)
	if name == "" || '0' <= name[0] && name[0] <= '9' {
		name = strings.TrimRight("field_"+name, "_")
	}
	if names.IsPythonKeyword(name) || slices.Contains(reservedInPython, name) {
		name += "_"
	}
	return name
}

// reservedInPython are the names that the bodies of the classes Task and Error use.
var reservedInPython = strings.Fields(`
	args add_note with_traceback code message wire task_id model request_id param http_status
	retry_after decision value done error to_json from_json
	property classmethod dataclass dataclasses str int float bool bytes any`)

// identifiers are the names that are taken.
type identifiers map[string]bool

func (taken identifiers) add(name string) string {
	unique := name
	for i := 2; taken[unique]; i++ {
		unique = fmt.Sprintf("%s_%d", name, i)
	}
	taken[unique] = true
	return unique
}

func (taken identifiers) former(prefix, current string, all []names.Former) []PythonFormer {
	var out []PythonFormer
	for _, former := range all {
		name := constant(prefix, former.Value)
		if former.Const == "" || taken[name] {
			continue
		}
		out = append(out, PythonFormer{taken.add(name), former.Const, current})
	}
	return out
}
