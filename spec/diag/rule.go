package diag

// A Rule is what findings name: its identifier is stable, its words are for
// people who ask why.
type Rule struct {
	ID       string
	Purpose  string   // one sentence
	Severity Severity // unless a configuration says otherwise
	Bad      string   // a table, or part of one, that breaks the rule
	Good     string   // the same without the mistake
}
