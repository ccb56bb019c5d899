package importer

import "github.com/errspec/errspec/spec/diag"

// Rules describes what findings about a source name. The examples are CSV files.
func Rules() []diag.Rule {
	const good = "code,title\nbusy,Busy\nfull,Full\n"
	return []diag.Rule{
		{ID: RuleSource, Purpose: "The source of an import can be read.",
			Bad: "code,title\nbusy,\"Busy\nfull,Full\n", Good: good},
		{ID: RuleCodes, Purpose: "There are codes in the source of an import.",
			Bad: "name,title\n", Good: good},
		{ID: RuleColumn, Purpose: "A column that --map names is there.",
			Bad: "code,titel\nbusy,Busy\n", Good: good},
		{ID: RuleRow, Severity: diag.Warning, Purpose: "Each row is a code of its own, with as many cells as there are columns.",
			Bad: "code,title\nbusy,Busy\nbusy,Very busy\n", Good: good},
	}
}
