package names

import (
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// constructors assigns the constructors that a service calls. They are the constants of codes and
// subtypes with another prefix.
func (b *builder) constructors() {
	const help = "set another stem with name:, or choose another name for the subtype"
	for i := range b.made.Codes {
		c, code := &b.table.Codes[i], &b.made.Codes[i]
		code.New = b.names.identifier("New", owner{
			at: func() diag.Location { return c.ValueAt(stemKey(c)) }, kind: "code", help: help,
		}, c.Wire, c.Stem())
		for j := range code.Subtypes {
			s, made := &c.Subtypes[j], &code.Subtypes[j]
			by := owner{at: func() diag.Location { return s.ValueAt("name") }, kind: "subtype", help: help}
			made.New = b.names.identifier("New", by, made.Value, c.Stem(), s.Name)
			made.Params = params(spec.ValuesOfMessage(s.Message))
		}
	}
}

// params returns unique names of parameters for named values: limitMB for limit_mb.
func params(values []string) []string {
	var all []string
	for _, value := range values {
		name := param(value)
		for n := 2; slices.Contains(all, name); n++ {
			name = param(value) + strconv.Itoa(n)
		}
		all = append(all, name)
	}
	return all
}

// units are words of parameters that are written in one case, in addition to [initialisms].
var units = strings.Fields("KB MB GB TB KIB MIB GIB TIB KBPS MBPS FPS MS")

// helpers are the functions that constructors call.
var helpers = []string{"newFailure", "newFilled", "newFilledWords", "numberValue", "wordValue"}

// param returns the name of a parameter. A name that Go or the constructor uses ends in Value.
func param(value string) string {
	var b strings.Builder
	for i, segment := range segments(value) {
		upper := strings.ToUpper(segment)
		switch {
		case i == 0:
			b.WriteString(segment)
		case isDigit(segment[0]) && isDigit(b.String()[b.Len()-1]):
			b.WriteString("_" + segment)
		case slices.Contains(units, upper):
			b.WriteString(upper)
		default:
			b.WriteString(camel(segment))
		}
	}
	name := b.String()
	if token.IsKeyword(name) || types.Universe.Lookup(name) != nil || slices.Contains(helpers, name) {
		name += "Value"
	}
	return name
}
