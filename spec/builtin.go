package spec

import (
	"embed"
	"strings"
)

const builtinPrefix = "builtin:"

// builtins contains the builtin tables and the files that they include.
//
//go:embed evolink.yaml evolink-gateway.yaml
var builtins embed.FS

var builtinTables = []string{"evolink"}

// Builtins returns the references of the builtin tables.
func Builtins() []string {
	refs := make([]string, len(builtinTables))
	for i, name := range builtinTables {
		refs[i] = builtinPrefix + name
	}
	return refs
}

// IsBuiltin reports whether ref has the form of a reference to a builtin table.
func IsBuiltin(ref string) bool { return strings.HasPrefix(ref, builtinPrefix) }
