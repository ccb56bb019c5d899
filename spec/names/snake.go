package names

import (
	"slices"
	"strings"
)

// Snake returns the name made of the parts in lower case, with an underscore between words:
// content_policy_violation, http_server_error. It returns "" if the parts contain no ASCII
// letter or digit.
func Snake(parts ...string) string {
	var all []string
	for _, part := range parts {
		for _, segment := range segments(part) {
			for _, w := range words(segment) {
				all = append(all, strings.ToLower(w))
			}
		}
	}
	return strings.Join(all, "_")
}

// Title returns the name made of the parts with a capital at the start of each word, as
// Go identifiers have them: ContentPolicyViolation, HTTPServerError.
func Title(parts ...string) string { return camel(parts...) }

// IsPythonKeyword reports whether a name in lower case is a keyword of Python. Soft
// keywords such as match are names.
func IsPythonKeyword(name string) bool { return slices.Contains(pythonKeywords, name) }

var pythonKeywords = strings.Fields(`
	and as assert async await break class continue def del elif else except finally for from
	global if import in is lambda nonlocal not or pass raise return try while with yield`)
