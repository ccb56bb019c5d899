package typescript

import (
	"encoding/json"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec/match"
	"github.com/errspec/errspec/spec/response"
)

// A Table contains the data that the run time needs in addition to the codes and their
// decisions. Its fields are those of the types Table and Format in runtime/table.ts.
type Table struct {
	Prefixes []Prefix // longest first
	Phrases  []Phrase // by precedence
	Stricter []int    // automatic codes with a stricter subtype
	Hidden   []int    // automatic codes with a stricter subtype that only a response selects
	Values   []Values // of subtypes that fields do not send by name
	Format   *Format  // nil if the table describes no responses
}

// A Prefix is the start of wire values of a code.
type Prefix struct {
	Text string
	Code int
}

// MarshalJSON returns the prefix as an array.
func (p Prefix) MarshalJSON() ([]byte, error) { return json.Marshal([]any{p.Text, p.Code}) }

// A Phrase is a compiled phrase.
type Phrase struct {
	Text   string `json:"text"`
	Names  string `json:"names,omitempty"`
	Owner  int    `json:"owner"`            // the index of a subtype, or -1-i for code i
	Search string `json:"search,omitempty"` // "gapped", "ambiguous" or ""
}

// Values are what fields send for a subtype.
type Values struct {
	Subtype int
	Values  []string
}

// MarshalJSON returns the values as an entry of a Map.
func (v Values) MarshalJSON() ([]byte, error) { return json.Marshal([]any{v.Subtype, v.Values}) }

// A Format lists the fields of responses.
type Format struct {
	Fields   []Field    `json:"fields"`
	Body     []Node     `json:"body"`
	HTTP     [][2]int   `json:"http"`
	Tasks    bool       `json:"tasks"`
	Codes    []Selector `json:"codes"`
	Subtypes []Selector `json:"subtypes"`
}

// A Field is a field of a [Format].
type Field struct {
	Role      string      `json:"role,omitempty"`
	Header    string      `json:"header,omitempty"`
	OK        []string    `json:"ok,omitempty"`
	Completed []string    `json:"completed,omitempty"`
	Failed    []string    `json:"failed,omitempty"`
	Running   []string    `json:"running,omitempty"`
	When      []Condition `json:"when,omitempty"`
	Before    string      `json:"before,omitempty"`
	After     string      `json:"after,omitempty"`
	Unit      string      `json:"unit,omitempty"`
	Match     *Phrase     `json:"match,omitempty"`
	Arrays    []int       `json:"arrays,omitempty"`
}

// A Node is a place in the body that is a field or leads to fields.
type Node struct {
	Key   string `json:"key,omitempty"`
	Field int    `json:"field,omitempty"`
	Below []Node `json:"below,omitempty"`
	Each  *Node  `json:"each,omitempty"`
}

// A Condition holds if a field, or the HTTP status if it is 0, has one of the values.
type Condition struct {
	Field  int      `json:"field"`
	Values []string `json:"values"`
}

// A Selector selects a code or subtype if all conditions hold.
type Selector struct {
	Code    int         `json:"code"`
	Subtype *int        `json:"subtype,omitempty"`
	When    []Condition `json:"when"`
}

// TableOf returns the table of a plan. codes determines the order of codes. Codes that are
// not in it share the index after the last one, so that a response that conditions or an
// HTTP status assign to one of them does not have another code. Their phrases are omitted.
func TableOf(p *plan.Plan, codes []*plan.Code) Table {
	b := builder{codes: make([]int, len(p.Codes)), subtypes: make(map[int]int)}
	for i := range b.codes {
		b.codes[i] = len(codes)
	}
	for i, c := range codes {
		b.codes[c.Index] = i
		for _, s := range c.Subtypes {
			b.subtypes[s.Index] = len(b.subtypes)
		}
	}
	t := Table{Phrases: b.phrases(p), Format: b.format(p)}
	for i, c := range codes {
		if c.Stricter {
			t.Stricter = append(t.Stricter, i)
		}
		if c.Hidden {
			t.Hidden = append(t.Hidden, i)
		}
		for _, s := range c.Subtypes {
			if len(s.Values) > 0 {
				t.Values = append(t.Values, Values{b.subtypes[s.Index], s.Values})
			}
		}
	}
	t.Prefixes = b.prefixes(codes)
	return t
}

// builder has the indexes of codes and subtypes by those of the plan.
type builder struct {
	codes    []int
	subtypes map[int]int
}

func (b *builder) phrases(p *plan.Plan) []Phrase {
	var entries []match.Entry
	for _, c := range p.Phrases.Choice {
		owner := -1 - b.codes[c.Code.Index]
		if c.Subtype != nil {
			index, ok := b.subtypes[c.Subtype.Index]
			if !ok {
				continue
			}
			owner = index
		} else if b.isOmitted(c.Code) {
			continue
		}
		entries = append(entries, match.Entry{Phrase: match.MustParse(c.Source), Owner: owner, Fallback: c.Subtype != nil && c.Subtype.Fallback})
	}
	return compiled(entries)
}

func (b *builder) isOmitted(c *plan.Code) bool { return len(c.Subtypes) == 0 && b.codes[c.Index] == b.omitted() }
