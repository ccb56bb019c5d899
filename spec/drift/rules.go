package drift

import "github.com/errspec/errspec/spec/diag"

// Rules describes the rules of differences. The examples are the text of a page, which is
// compared with a table that has the code too_busy with the subtype Holidays.
func Rules() []diag.Rule {
	const good = "too_busy\tThe shop is busy.\tRetry later\n\ntoo_busy\n\nBusy\n\nSub-type\tDescription\nHolidays\tBefore holidays\n"
	return []diag.Rule{
		{ID: RuleCode, Purpose: "The table and its source must have the same codes.",
			Bad: good + "\ntoo_full\n\nFull\n\nThe shop is full.\n", Good: good},
		{ID: RuleSubtype, Purpose: "The table and its source must have the same subtypes.",
			Bad: good + "Weekends\tOn weekends\n", Good: good},
		{ID: RuleCell, Purpose: "Cells of the table and its source must have the same text.",
			Bad: "too_busy\tThe shop is very busy.\tRetry later\n", Good: "too_busy\tThe shop is busy.\tRetry later\n"},
		{ID: RuleAccept, Purpose: "In errspec.yaml, every accepted difference of a source must exist.",
			Bad:  "# source: {accept: [{rule: drift-code, subject: too_slow, reason: planned}]}\n" + good,
			Good: good},
	}
}
