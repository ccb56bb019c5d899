package form

import "github.com/errspec/errspec/spec/diag"

// Identifiers of the rules that all errspec formats share.
const (
	RuleSyntax       = "syntax"             // invalid YAML
	RuleSize         = "too-large"          // a file, a key or nesting above the limit
	RuleCharacter    = "unsafe-character"   // control, bidirectional and invisible characters, invalid UTF-8
	RuleDocuments    = "multiple-documents" // more than one document in a file
	RuleAnchor       = "anchor"             // anchors, aliases and merge keys
	RuleTag          = "tag"                // explicit tags
	RuleUnknownKey   = "unknown-key"        // a key that the format does not have
	RuleDuplicateKey = "duplicate-key"      // a key that occurs twice in a mapping
	RuleMissingKey   = "missing-key"        // a required key is missing
	RuleType         = "wrong-type"         // a value of another type, such as a list instead of text
	RuleQuote        = "unquoted-value"     // an unquoted number, boolean, null or date instead of text
	RuleValue        = "bad-value"          // a value of the right type that is invalid
)

// Rules returns the rules that all errspec formats share.
func Rules() []diag.Rule {
	return []diag.Rule{
		{ID: RuleSyntax, Purpose: "A file must be valid YAML.",
			Bad:  "description: \"Errors of the shop\ndocs_url: https://shop.example\n",
			Good: "description: \"Errors of the shop\"\ndocs_url: https://shop.example\n"},
		{ID: RuleSize, Purpose: "A file must not exceed 64 MiB, a key 250 characters, or nesting 32 levels.",
			Bad:  "x-deep: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n",
			Good: "x-deep: [[1]]\n"},
		{ID: RuleCharacter, Purpose: "A file must not contain control, bidirectional or invisible characters, or invalid UTF-8.",
			Bad:  "description: \"Errors of the shop\\e[31m\"\n",
			Good: "description: Errors of the shop\n"},
		{ID: RuleDocuments, Purpose: "A file must contain exactly one YAML document.",
			Bad:  "description: Errors of the shop\n---\ndescription: Errors of the till\n",
			Good: "description: Errors of the shop and the till\n"},
		{ID: RuleAnchor, Purpose: "Anchors, aliases and merge keys are not allowed.",
			Bad:  "- code: busy\n  title: &t Busy\n  description: *t\n",
			Good: "- code: busy\n  title: Busy\n  description: Busy\n"},
		{ID: RuleTag, Purpose: "YAML tags are not allowed.",
			Bad:  "- code: !!str 404\n  title: Gone\n  description: The page does not exist.\n",
			Good: "- code: \"404\"\n  title: Gone\n  description: The page does not exist.\n"},
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
			Bad:  "- code: 0404\n  title: Gone\n  description: The page does not exist.\n",
			Good: "- code: \"0404\"\n  title: Gone\n  description: The page does not exist.\n"},
		{ID: RuleValue, Purpose: "Every value must be valid for its key.",
			Bad:  "- code: busy\n  title: Busy\n  description: The shop is busy.\n  retry: {action: retri}\n",
			Good: "- code: busy\n  title: Busy\n  description: The shop is busy.\n  retry: {action: retry}\n"},
	}
}
