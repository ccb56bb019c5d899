package config

import (
	"strings"

	"github.com/errspec/errspec/spec/drift"
	"github.com/errspec/errspec/spec/form"
	"github.com/errspec/errspec/spec/importer"
	"gopkg.in/yaml.v3"
)

// Published is the documentation that the service publishes, for errspec drift.
type Published struct {
	form.Entry
	URL    string
	Format string            // one of [drift.Formats], or "" to guess it
	Map    map[string]string // column by key
	Tables []int64           // numbers of the tables of codes
	Accept []Difference
}

// Difference is an accepted difference.
type Difference struct {
	form.Entry
	Rule    string
	Subject string // as in the finding
	Reason  string
}

var sourceFormat = form.Object("source", func(p *Published) *form.Entry { return &p.Entry },
	form.Optional("url", "The address of the documentation. Codes with another url: are documented elsewhere, and not expected there.",
		form.Line, func(p *Published) *string { return &p.URL }),
	form.Optional("format", "Its format: markdown, csv, openapi or text, the text of a page as copied from a browser. Default: guessed.",
		form.OneWord("a format", drift.Formats()), func(p *Published) *string { return &p.Format }),
	form.Optional("map", "Columns by table key, as for errspec import --map.",
		columnMap, func(p *Published) *map[string]string { return &p.Map }),
	form.Optional("tables", "Numbers of the tables of codes, as for errspec import --tables.",
		form.List(form.Integer), func(p *Published) *[]int64 { return &p.Tables }),
	form.Optional("accept", "Accepted differences.",
		form.List(differenceFormat), func(p *Published) *[]Difference { return &p.Accept }),
)

var differenceFormat = form.Object("an accepted difference", func(a *Difference) *form.Entry { return &a.Entry },
	form.Required("rule", "Rule of the difference, as printed by errspec drift.",
		form.OneWord("a rule of drift", driftRuleIDs()), func(a *Difference) *string { return &a.Rule }),
	form.Required("subject", "The subject of the difference, as printed by errspec drift: a code, a subtype, or one of them and a key.",
		form.Line, func(a *Difference) *string { return &a.Subject }),
	form.Required("reason", "Why the difference is intended.",
		form.Line, func(a *Difference) *string { return &a.Reason }),
)

func driftRuleIDs() []string {
	return []string{drift.RuleCode, drift.RuleSubtype, drift.RuleCell, importer.RuleUnused}
}

// columnMap decodes a mapping from keys of the table to columns.
var columnMap = form.WithSchema(decodeColumns, columnSchema)

// columnKey returns the decoder of a key. It is not a variable, so that only a table with a map reads
// the vocabulary of the importer.
func columnKey() form.Value[string] { return form.OneWord("a key", importer.Keys()) }

func columnSchema() form.Schema {
	keys := "^(?:" + strings.Join(importer.Keys(), "|") + ")$"
	return form.Schema{Type: "object", Patterns: []form.Property{{Key: keys, Value: form.Line.Schema()}}}
}

func decodeColumns(d *form.Decoder, n *yaml.Node) (map[string]string, bool) {
	if !d.Expect(n, yaml.MappingNode, "map") {
		return nil, false
	}
	columns := make(map[string]string)
	d.EachPair(n, "map", func(key, val *yaml.Node) {
		name, known := columnKey().Decode(d, key)
		if column, ok := form.Line.Decode(d, val); ok && known {
			columns[name] = column
		}
	})
	return columns, true
}

// Published returns the settings of the source of a table. It returns nil if there are none.
func (c *Config) Published(table string) *Published {
	for _, entry := range c.Of(table) {
		if entry.Published != nil {
			return entry.Published
		}
	}
	return nil
}

// Accepted returns the accepted differences. p may be nil.
func (p *Published) Accepted() []drift.Accepted {
	if p == nil {
		return nil
	}
	var all []drift.Accepted
	for i := range p.Accept {
		a := &p.Accept[i]
		all = append(all, drift.Accepted{Rule: a.Rule, Subject: a.Subject, At: a.ValueAt("rule")})
	}
	return all
}
