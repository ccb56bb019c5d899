package form

// Identifiers of the rules that any errspec format has.
const (
	RuleSyntax       = "syntax"            // not YAML
	RuleSize         = "too-large"         // a file, a key or nesting larger than is read
	RuleCharacter    = "unsafe-character"  // control, bidirectional and invisible characters, invalid UTF-8
	RuleDocuments    = "several-documents" // a second document in the file
	RuleAnchor       = "anchor"            // anchors, aliases and merge keys
	RuleTag          = "tag"               // explicit tags
	RuleUnknownKey   = "unknown-key"       // a key that the format does not have
	RuleDuplicateKey = "duplicate-key"     // a key that occurs twice
	RuleMissingKey   = "missing-key"       // a required key that is not there
	RuleType         = "wrong-type"        // a list where text belongs
	RuleQuote        = "unquoted-value"    // a number, boolean, null or date where text belongs
	RuleValue        = "bad-value"         // right type, impossible value
)
