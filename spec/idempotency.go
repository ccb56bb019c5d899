package spec

import (
	"time"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/form"
)

// Idempotency describes how the service recognizes a submission that it has already received:
// by a key that the client sends in a header.
type Idempotency struct {
	Entry
	Header   string
	Replays  Replays
	For      time.Duration // how long the service keeps a key
	Pending  []string      // wire values of codes: the first submission with the key is still being processed
	Conflict []string      // wire values of codes: the key belongs to another request
	OptIn    bool          // whether programs must enable keys, because the service does not document them
}

// defaultKeyLife is the default of for:. It is short, because a key that the service no longer
// keeps does not prevent a second charge.
const defaultKeyLife = time.Hour

func (i *Idempotency) fillIn() {
	if i != nil && !i.Has("for") {
		i.For = defaultKeyLife
	}
}

// Replays is the response of the service to a key that it has already received.
type Replays uint8

// The values of replays.
const (
	ReplaysReturns Replays = iota // the outcome of the first submission
	ReplaysRejects                // an error
)

var replaysNames = []string{"returns", "rejects"}

// String returns the value as a table spells it.
func (r Replays) String() string { return nameOf("Replays", replaysNames, int(r)) }

func (f format) idempotency() form.Value[Idempotency] {
	return form.Object("idempotency", func(i *Idempotency) *Entry { return &i.Entry },
		form.Required("header", "Header of a submission that contains the key, such as Idempotency-Key.",
			submissionHeader, func(i *Idempotency) *string { return &i.Header }),
		form.Required("replays", "Response to a known key: returns (the outcome of the first submission) or rejects (an error).",
			form.OneOf[Replays]("returns or rejects", replaysNames), func(i *Idempotency) *Replays { return &i.Replays }),
		form.Optional("for", "How long the service keeps a key. Clients do not use it longer. Default: 1h0m0s.",
			form.Duration, func(i *Idempotency) *time.Duration { return &i.For }),
		form.Optional("pending", "Codes that mean that the first submission with the key is still being processed.",
			form.List(f.wire), func(i *Idempotency) *[]string { return &i.Pending }),
		form.Optional("conflict", "Codes that mean that the key belongs to another request.",
			form.List(f.wire), func(i *Idempotency) *[]string { return &i.Conflict }),
		form.Optional("opt_in", "Whether programs must enable keys, because the service does not document them. Default: false.",
			form.Boolean, func(i *Idempotency) *bool { return &i.OptIn }),
	)
}

// submissionHeader decodes the name of a header of requests.
var submissionHeader = form.New(func(d *form.Decoder, n *yaml.Node) (string, bool) {
	s, ok := form.Line.Decode(d, n)
	if ok && !headerName.MatchString(s) {
		d.Report(form.RuleValue, n, "write the name of an HTTP header, such as Idempotency-Key", "invalid header name %q", s)
		return "", false
	}
	return s, ok
}, form.Schema{Type: "string", Pattern: headerName.String()})
