package typescript

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
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
	Free     []int    // codes that are not charged
	Pending  []int    // codes of a submission whose key is still being processed
	Conflict []int    // codes of a key that belongs to another request
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
// not in it share the index after the last one, so that a response that conditions assign
// to one of them does not have another code. Their phrases and HTTP statuses are omitted.
func TableOf(p *plan.Plan, codes []*plan.Code) Table {
	b := builder{count: len(codes), codes: make([]int, len(p.Codes)), subtypes: make(map[int]int)}
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
		if c.Charged == spec.ChargedNo {
			t.Free = append(t.Free, i)
		}
		if k := p.Idempotency; k != nil && slices.Contains(k.Pending, c) {
			t.Pending = append(t.Pending, i)
		}
		if k := p.Idempotency; k != nil && slices.Contains(k.Conflict, c) {
			t.Conflict = append(t.Conflict, i)
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
	count    int   // of codes in the table
	codes    []int // count if the table does not have the code
	subtypes map[int]int
}

func (b *builder) phrases(p *plan.Plan) []Phrase {
	var entries []match.Entry
	for _, c := range p.Phrases.Choice {
		code := b.codes[c.Code.Index]
		if code == b.count {
			continue
		}
		e := match.Entry{Phrase: match.MustParse(c.Source), Owner: -1 - code}
		if c.Subtype != nil {
			e.Owner, e.Fallback = b.subtypes[c.Subtype.Index], c.Subtype.Fallback
		}
		entries = append(entries, e)
	}
	return compiled(entries)
}

// compiled returns the phrases of entries by precedence.
func compiled(entries []match.Entry) []Phrase {
	list, err := match.ListOf(entries)
	if err != nil {
		panic("typescript: " + err.Error()) // MustParse returns no zero Phrase
	}
	var phrases []Phrase
	for _, row := range list.Phrases {
		p := Phrase{Text: row.Text, Names: strings.ReplaceAll(row.Names, "\x00", " "), Owner: row.Owner}
		if row.Search == "gapped" || row.Search == "ambiguous" {
			p.Search = row.Search
		}
		phrases = append(phrases, p)
	}
	return phrases
}

func (b *builder) prefixes(codes []*plan.Code) []Prefix {
	var all []Prefix
	for i, c := range codes {
		for _, text := range c.Prefixes {
			all = append(all, Prefix{text, i})
		}
	}
	slices.SortStableFunc(all, func(a, b Prefix) int { return len(b.Text) - len(a.Text) })
	return all
}

func (b *builder) format(p *plan.Plan) *Format {
	if !p.HasResponse() {
		return nil
	}
	t := p.Response.Reader.Table()
	f := &Format{Fields: []Field{}, Body: nodes(t.Body), HTTP: [][2]int{}, Tasks: t.Tasks, Codes: b.selectors(t.Codes, false), Subtypes: b.selectors(t.Subtypes, true)}
	for _, field := range t.Fields {
		f.Fields = append(f.Fields, fieldOf(field))
	}
	for _, h := range t.HTTP {
		if code := b.codes[h.Code]; code < b.count {
			f.HTTP = append(f.HTTP, [2]int{h.Status, code})
		}
	}
	return f
}

var roles = map[string]string{
	"roleCode": "code", "roleMessage": "message", "roleParam": "param", "roleRequestID": "request_id",
	"roleRetryAfter": "retry_after", "roleSubtype": "subtype", "roleSuccess": "success", "roleFailure": "failure",
	"roleRetryable": "retryable", "roleID": "id", "roleStatus": "status", "roleModel": "model",
}

func fieldOf(f response.TableField) Field {
	field := Field{
		Role: roles[f.Role], Header: f.Header, OK: f.OK, Completed: f.Completed, Failed: f.Failed, Running: f.Running,
		When: conditions(f.When), Before: f.Before, After: f.After, Unit: f.Unit,
	}
	if f.Match != "" {
		field.Match = &compiled([]match.Entry{{Phrase: match.MustParse(f.Match)}})[0]
	}
	for _, array := range f.Arrays {
		if array > 0 {
			field.Arrays = append(field.Arrays, int(array))
		}
	}
	return field
}

func nodes(all []response.TableNode) []Node {
	var list []Node
	for _, n := range all {
		list = append(list, nodeOf(n))
	}
	return list
}

func nodeOf(n response.TableNode) Node {
	node := Node{Key: n.Key, Field: n.Field, Below: nodes(n.Below)}
	if n.Each != nil {
		each := nodeOf(*n.Each)
		node.Each = &each
	}
	return node
}

func conditions(when []response.TableCondition) []Condition {
	var all []Condition
	for _, c := range when {
		all = append(all, Condition{c.Field, c.Values})
	}
	return all
}

// selectors converts selectors. Those of subtypes that the table does not have are
// omitted: they select nothing of it.
func (b *builder) selectors(all []response.TableSelector, subtypes bool) []Selector {
	list := []Selector{}
	for _, s := range all {
		selector := Selector{Code: b.codes[s.Code], When: conditions(s.When)}
		if subtypes {
			index, ok := b.subtypes[s.Subtype]
			if !ok {
				continue
			}
			selector.Subtype = &index
		}
		list = append(list, selector)
	}
	return list
}
