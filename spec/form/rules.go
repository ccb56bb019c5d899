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
		{ID: RuleSyntax, Purpose: "A file is YAML.",
			Bad:  "description: \"What the shop answers\ndocs_url: https://shop.example\n",
			Good: "description: \"What the shop answers\"\ndocs_url: https://shop.example\n"},
		{ID: RuleSize, Purpose: "A file has 64 MiB at most, a key 250 characters, and values are nested 32 deep.",
			Bad:  "x-deep: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n",
			Good: "x-deep: [[1]]\n"},
		{ID: RuleCharacter, Purpose: "Nothing in a table drives a terminal, turns text around or hides in it.",
			Bad:  "description: \"What the shop answers\\e[31m\"\n",
			Good: "description: What the shop answers\n"},
		{ID: RuleDocuments, Purpose: "A file holds one document.",
			Bad:  "description: What the shop answers\n---\ndescription: And the till\n",
			Good: "description: What the shop and the till answer\n"},
		{ID: RuleAnchor, Purpose: "Every value stands where it is used: there are no anchors, aliases and merge keys.",
			Bad:  "- code: busy\n  title: &t Busy\n  description: *t\n",
			Good: "- code: busy\n  title: Busy\n  description: Busy\n"},
		{ID: RuleTag, Purpose: "Values have no tags.",
			Bad:  "- code: !!str 404\n  title: Gone\n  description: It is not there.\n",
			Good: "- code: \"404\"\n  title: Gone\n  description: It is not there.\n"},
		{ID: RuleUnknownKey, Purpose: "Every key is one of the format, or begins with x-.",
			Bad:  "- code: busy\n  title: Busy\n  descripton: The shop is busy.\n",
			Good: "- code: busy\n  title: Busy\n  description: The shop is busy.\n  x-team: till\n"},
		{ID: RuleDuplicateKey, Purpose: "A key occurs once.",
			Bad:  "- code: busy\n  title: Busy\n  description: The shop is busy.\n  title: Very busy\n",
			Good: "- code: busy\n  title: Very busy\n  description: The shop is busy.\n"},
		{ID: RuleMissingKey, Purpose: "What the format requires is there.",
			Bad:  "- code: busy\n  description: The shop is busy.\n",
			Good: "- code: busy\n  title: Busy\n  description: The shop is busy.\n"},
		{ID: RuleType, Purpose: "A list stands where a list belongs, and text where text does.",
			Bad:  "- code: busy\n  title: Busy\n  description: The shop is busy.\n  fixes: Come back later.\n",
			Good: "- code: busy\n  title: Busy\n  description: The shop is busy.\n  fixes: [Come back later.]\n"},
		{ID: RuleQuote, Purpose: "Text that YAML takes for a number, a boolean, a date or nothing is in quotes.",
			Bad:  "- code: 0404\n  title: Gone\n  description: It is not there.\n",
			Good: "- code: \"0404\"\n  title: Gone\n  description: It is not there.\n"},
		{ID: RuleValue, Purpose: "A value is one that its key can have.",
			Bad:  "- code: busy\n  title: Busy\n  description: The shop is busy.\n  retry: {action: retri}\n",
			Good: "- code: busy\n  title: Busy\n  description: The shop is busy.\n  retry: {action: retry}\n"},
	}
}
