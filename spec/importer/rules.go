package importer

import "github.com/errspec/errspec/spec/diag"

// Rules describes the rules of findings about a source. The examples are CSV files.
func Rules() []diag.Rule {
	const good = "code,title\nbusy,Busy\nfull,Full\n"
	return []diag.Rule{
		{ID: RuleSource, Purpose: "The source of an import must be readable.",
			Bad: "code,title\nbusy,\"Busy\nfull,Full\n", Good: good},
		{ID: RuleCodes, Purpose: "The source of an import must contain codes.",
			Bad: "colour,title\n", Good: good},
		{ID: RuleColumn, Purpose: "The columns and tables that --map and --tables name must exist, and every column should have a key.",
			Bad: "code,titel\nbusy,Busy\n", Good: good},
		{ID: RuleUnused, Purpose: "Parts of the source that look like codes must be used.",
			Bad: "code,title\nbusy,Busy\nbusy,Very busy\n", Good: good},
		{ID: RuleRow, Severity: diag.Warning, Purpose: "Each row should have a code, as many cells as the header, and cells that fit their keys.",
			Bad: "code,title\nbusy,Busy,x\n", Good: good},
	}
}
