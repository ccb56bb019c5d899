package spec

import (
	"embed"
	"io/fs"
	"strings"
)

const builtinPrefix = "builtin:"

//go:embed evolink.yaml
var builtins embed.FS

// Builtins returns the references of the builtin tables.
func Builtins() []string {
	names, _ := fs.Glob(builtins, "*.yaml") // the pattern is valid
	for i, n := range names {
		names[i] = builtinPrefix + strings.TrimSuffix(n, ".yaml")
	}
	return names
}

// IsBuiltin reports whether ref has the form of a reference to a builtin table.
func IsBuiltin(ref string) bool { return strings.HasPrefix(ref, builtinPrefix) }
