package response

import "time"

// A Place is where a part of a response is: a field of the body by its path, or a header by its
// name. The zero value is no place.
type Place struct {
	Name   string
	Header bool
}

// Places are where the parts of a [Reading] were read. A part that no field has has no place.
type Places struct {
	Code, Subtype, Message, Param, Task, Status, Model, RequestID, RetryAfter Place
}

// Places returns where [Reader.Read] reads the parts of the same response.
func (r *Reader) Places(call Call, status int, header map[string][]string, body []byte) Places {
	s := facts{format: &r.format, status: status, header: header, isTask: call == TaskCall && r.format.tasks}
	s.scan(body)
	got := s.decide(&r.table)
	p := Places{
		Task: r.placeOf(&s, s.first(roleID, -1)), Model: r.placeOf(&s, s.first(roleModel, -1)), RequestID: r.placeOf(&s, s.first(roleRequestID, -1)),
		RetryAfter: r.placeOf(&s, s.longestDelay()),
	}
	if s.succeeded() {
		p.Status = r.placeOf(&s, s.first(roleStatus, -1))
	}
	if got.outcome < outcomeError {
		return p
	}
	near := got.fact
	p.Code = r.placeOf(&s, near)
	message := s.first(roleMessage, near)
	p.Message = r.placeOf(&s, message)
	if near < 0 {
		near = message
	}
	p.Param = r.placeOf(&s, s.first(roleParam, near))
	if i := s.first(roleSubtype, near); i >= 0 && got.subtype >= 0 && r.table.subtypeOf(got.code, s.text(i)) == got.subtype {
		p.Subtype = r.placeOf(&s, i)
	}
	return p
}

func (r *Reader) placeOf(s *facts, fact int) Place {
	if fact < 0 {
		return Place{}
	}
	return r.places[s.list[fact].field]
}

// longestDelay returns the fact with the longest delay, or -1 without one.
func (s *facts) longestDelay() int {
	best, longest := -1, time.Duration(0)
	for i := range s.list {
		one := *s
		one.list = s.list[i : i+1]
		if d := one.delay(); d > longest {
			best, longest = i, d
		}
	}
	return best
}
