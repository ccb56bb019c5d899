package plan

import (
	"cmp"

	"github.com/errspec/errspec/internal/jsonwrite"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/names"
)

// Server is the service's half of a package: it sends the errors that the other half reads.
type Server struct {
	Form       *classify.SentForm
	Problem    bool   // whether responses are problem details
	GRPCDomain string // "" if none
	Unlisted   *Code  // the code that is sent for internal codes, or nil
	Words      bool   // whether a message contains words
	Numbers    bool   // whether a message contains numbers
}

// Sent is the form in which the service sends a code or a subtype.
type Sent struct {
	New     string // constructor
	Params  []Param
	Status  int    // HTTP status
	GRPC    int    // number of the gRPC status
	Message string // with {name} for values, "" if none
	Field   string // value of the field that selects a subtype
	Others  []Other
}

// Param is a parameter of a constructor: a named value of the message.
type Param struct {
	Name   string // limitMB
	Value  string // limit_mb
	Number bool   // whether it is a number instead of a word
}

// Other is the value that fulfills a condition of a subtype.
type Other struct {
	Index int    // in the form
	Text  string // the text, or the scalar as JSON
	JSON  bool   // whether it is a number or a boolean
}

// grpcUnknown is the gRPC status of codes without one.
const grpcUnknown = "UNKNOWN"

// server plans the service's half of a table with response.send. The caller reports a table without
// it.
func (b *builder) server(p *Plan) {
	t := b.table
	if t.Response == nil || t.Response.Send == "" {
		return
	}
	s := &Server{Form: classify.SentFormOf(t), Problem: t.Response.Send == spec.SendProblem, GRPCDomain: t.GRPCDomain}
	if p.Unlisted != nil && !p.Unlisted.Internal {
		s.Unlisted = p.Unlisted
	}
	p.Server = s
	for i, code := range p.Codes {
		c := &t.Codes[i]
		code.Sent = &Sent{New: b.names.Codes[i].New, Status: classify.SentStatusOf(c, nil), GRPC: grpcNumber(c.GRPC), Message: c.Message}
		for j, subtype := range code.Subtypes {
			if classify.IsSent(t, &c.Subtypes[j]) {
				subtype.Sent = s.subtype(c, &c.Subtypes[j], &b.names.Codes[i].Subtypes[j])
			}
		}
	}
}

func (s *Server) subtype(c *spec.Code, of *spec.Subtype, n *names.Subtype) *Sent {
	sent := &Sent{New: n.New, Status: classify.SentStatusOf(c, of), GRPC: grpcNumber(c.GRPC), Message: of.Message, Field: classify.SentNameOf(of)}
	for i, value := range spec.ValuesOfMessage(of.Message) {
		number := classify.IsNumber(of, value)
		s.Numbers, s.Words = s.Numbers || number, s.Words || !number
		sent.Params = append(sent.Params, Param{Name: n.Params[i], Value: value, Number: number})
	}
	for i, name := range s.Form.Others {
		switch value := classify.SentOtherOf(of, name).(type) {
		case nil:
		case classify.Text:
			sent.Others = append(sent.Others, Other{i, string(value), false})
		default:
			sent.Others = append(sent.Others, Other{i, string(jsonwrite.Value(value)), true})
		}
	}
	return sent
}

// grpcNumber returns the number of a gRPC status, that of UNKNOWN for none.
func grpcNumber(name string) int {
	return spec.GRPCNumber(cmp.Or(name, grpcUnknown))
}
