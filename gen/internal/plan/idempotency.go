package plan

import (
	"time"

	"github.com/errspec/errspec/spec"
)

// Idempotency describes the keys by which the service recognizes a repeated submission.
type Idempotency struct {
	Header   string
	Replays  spec.Replays
	For      time.Duration // how long the service keeps a key
	Stated   bool          // whether the table specifies For; otherwise it is the default
	Pending  []*Code       // the first submission with the key is still being processed
	Conflict []*Code       // the key belongs to another request
	OptIn    bool          // whether programs must enable keys
}

// HasAttempts reports whether the package has the type Attempts: responses are about tasks, or
// the service knows keys.
func (p *Plan) HasAttempts() bool { return p.HasTask() || p.Idempotency != nil }

func (b *builder) idempotency(p *Plan) {
	i := b.table.Idempotency
	if i == nil {
		return
	}
	codes := func(wires []string) (all []*Code) {
		for _, wire := range wires {
			if c, ok := b.table.Code(wire); ok {
				all = append(all, b.byWire[c.Wire])
			}
		}
		return all
	}
	p.Idempotency = &Idempotency{
		Header: i.Header, Replays: i.Replays, For: i.For, Stated: i.Has("for"), OptIn: i.OptIn,
		Pending: codes(i.Pending), Conflict: codes(i.Conflict),
	}
}
