package form

import "github.com/errspec/errspec/spec/diag"

// Identifiers of the rules that any errspec format has.
const (
	RuleSyntax       = "syntax"             // not YAML
	RuleSize         = "too-large"          // a file, a key or nesting larger than is read
	RuleCharacter    = "unsafe-character"   // control, bidirectional and invisible characters, invalid UTF-8
	RuleDocuments    = "multiple-documents" // a second document in the file
	RuleAnchor       = "anchor"             // anchors, aliases and merge keys
	RuleTag          = "tag"                // explicit tags
	RuleUnknownKey   = "unknown-key"        // a key that the format does not have
	RuleDuplicateKey = "duplicate-key"      // a key that occurs twice
	RuleMissingKey   = "missing-key"        // a required key that is not there
	RuleType         = "wrong-type"         // a list where text belongs
	RuleQuote        = "unquoted-value"     // a number, boolean, null or date where text belongs
	RuleValue        = "bad-value"          // right type, impossible value
)

// Rules describes the rules that any errspec format has.
func Rules() []diag.Rule {
	return []diag.Rule{
		{ID: RuleSyntax, Purpose: "A file must be valid YAML.",
			Bad:  "description: \"What the shop answers\ndocs_url: https://shop.example\n",
			Good: "description: \"What the shop answers\"\ndocs_url: https://shop.example\n"},
		{ID: RuleSize, Purpose: "A file must not exceed 64 MiB, a key 250 characters, or nesting 32 levels.",
			Bad:  "x-deep: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n",
			Good: "x-deep: [[1]]\n"},
		{ID: RuleCharacter, Purpose: "A file must not contain control, bidirectional or invisible characters, or invalid UTF-8.",
			Bad:  "description: \"What the shop answers\\e[31m\"\n",
			Good: "description: What the shop answers\n"},
		{ID: RuleDocuments, Purpose: "A file must contain exactly one YAML document.",
			Bad:  "description: What the shop answers\n---\ndescription: And the till\n",
			Good: "description: What the shop and the till answer\n"},
		{ID: RuleAnchor, Purpose: "Anchors, aliases and merge keys are not allowed.",
			Bad:  "- code: busy\n  title: &t Busy\n  description: *t\n",
			Good: "- code: busy\n  title: Busy\n  description: Busy\n"},
		{ID: RuleTag, Purpose: "YAML tags are not allowed.",
			Bad:  "- code: !!str 404\n  title: Gone\n  description: It is not there.\n",
			Good: "- code: \"404\"\n  title: Gone\n  description: It is not there.\n"},
		{ID: RuleUnknownKey, Purpose: "Every key must be defined by the format or start with x-.",
			Bad:  "- code: busy\n  title: Busy\n  descripton: The shop is busy.\n",
			Good: "- code: busy\n  title: Busy\n  description: The shop is busy.\n  x-team: till\n"},
		{ID: RuleDuplicateKey, Purpose: "A key must not occur twice in the same mapping.",
			Bad:  "- code: busy\n  title: Busy\n  description: The shop is busy.\n  title: Very busy\n",
			Good: "- code: busy\n  title: Very busy\n  description: The shop is busy.\n"},
		{ID: RuleMissingKey, Purpose: "Required keys must be present.",
			Bad:  "- code: busy\n  description: The shop is busy.\n",
			Good: "- code: busy\n  title: Busy\n  description: The shop is busy.\n"},
		{ID: RuleType, Purpose: "Every value must have the type that its key requires.",
			Bad:  "- code: busy\n  title: Busy\n  description: The shop is busy.\n  fixes: Come back later.\n",
			Good: "- code: busy\n  title: Busy\n  description: The shop is busy.\n  fixes: [Come back later.]\n"},
		{ID: RuleQuote, Purpose: "Text that YAML reads as a number, a boolean, a date or null must be quoted.",
			Bad:  "- code: 0404\n  title: Gone\n  description: It is not there.\n",
			Good: "- code: \"0404\"\n  title: Gone\n  description: It is not there.\n"},
		{ID: RuleValue, Purpose: "Every value must be valid for its key.",
			Bad:  "- code: busy\n  title: Busy\n  description: The shop is busy.\n  retry: {action: retri}\n",
			Good: "- code: busy\n  title: Busy\n  description: The shop is busy.\n  retry: {action: retry}\n"},
	}
}
