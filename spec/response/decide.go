// What a response means.

package response

import (
	"slices"
	"strings"
	"time"
)

// An outcome is how a request, or the task that it is about, has ended.
type outcome uint8

const (
	outcomeOK         outcome = iota
	outcomeRunning            // the task has not ended
	outcomeFailed             // the task has failed
	outcomeError              // the request has failed
	outcomeUnreadable         // the response does not say
)

// A source is where the code of an error comes from.
type source uint8

const (
	sourceNone      source = iota
	sourceField            // a field names it
	sourceMessage          // the message is the code
	sourceCondition        // the conditions of the code hold
	sourcePhrase           // the message contains a phrase of it
	sourceHTTP             // the HTTP status stands for it
)

// A reading is what a response means. Codes and subtypes are indexes, -1 if there is none.
type reading struct {
	outcome    outcome
	code       int    // -1 for an unlisted code
	wire       string // the code as sent, "" if none was
	prefix     bool   // whether code is for all that begin like wire
	standIn    int    // the code whose action and advice an unlisted code has
	subtype    int
	strictest  int  // the subtype whose retry settings count; others hold beside subtype
	manual     bool // whether clients must not retry automatically, whatever the code
	message    string
	param      string
	retryAfter time.Duration
	source     source
}

// decide returns what the response means, to a call that submits or polls a task or to any other.
func (s *facts) decide(t responseTable, task bool) reading {
	if s.row == 0 || !s.succeeded() {
		return s.decideOne(t, task)
	}
	all, element := s.list, slices.Clone(s.list[:s.above])
	for from, to := s.above, s.above; from < len(all); from = to {
		for to < len(all) && all[to].row == all[from].row {
			to++
		}
		s.list = append(element[:s.above], all[from:to]...)
		if r := s.decideOne(t, task); r.outcome == outcomeError {
			r.manual = true // other elements succeeded
			return r
		}
	}
	s.list = all[:s.above]
	return s.decideOne(t, task)
}

// decideOne returns what the facts mean.
func (s *facts) decideOne(t responseTable, task bool) reading {
	//errspec:if when
	s.drop()
	//errspec:end
	r := reading{code: -1, standIn: -1, subtype: -1, strictest: -1, retryAfter: s.delay()}
	var a alternatives
	c := s.sent(t, &a, &r)
	told := -1
	//errspec:if when
	if c.field == 0 {
		told = s.conditional()
	}
	//errspec:end
	state := s.state()
	switch {
	case !s.succeeded():
		r.outcome = outcomeError
	case !s.valid && s.status != 204 && s.status != 205 || state == stateUnlisted:
		r.outcome = outcomeUnreadable
	case state == stateRunning:
		r.outcome = outcomeRunning
	case s.refused(state, c.field != 0 || told >= 0):
		r.outcome = outcomeError
		if state != stateNone || s.first(roleID, -1) >= 0 {
			r.outcome = outcomeFailed
		}
	case state == stateCompleted:
		r.outcome = outcomeOK
	case s.format.tasks && s.first(roleID, -1) >= 0:
		r.outcome = outcomeRunning
	case task:
		r.outcome = outcomeUnreadable
	}
	if r.outcome != outcomeFailed && r.outcome != outcomeError {
		return r
	}
	r.manual = r.manual || s.damaged || state == stateCompleted
	s.explain(t, &r, &a, c, told)
	return r
}

// A state is what the status of a task means.
type state uint8

const (
	stateNone state = iota // there is no status
	stateRunning
	stateCompleted
	stateFailed
	stateUnlisted
)

// state returns the state of the task. Only a response that succeeded has one: in others a field
// of that name may be the HTTP status.
func (s *facts) state() state {
	i := s.first(roleStatus, -1)
	if i < 0 || !s.succeeded() {
		return stateNone
	}
	f, status := &s.format.fields[s.list[i].field], s.value(i)
	switch {
	case slices.Contains(f.completed, status):
		return stateCompleted
	case slices.Contains(f.failed, status):
		return stateFailed
	case len(f.running) > 0 && !slices.Contains(f.running, status):
		return stateUnlisted
	}
	return stateRunning
}

// refused reports whether a response with an HTTP status for success is an error. A message alone
// does not make it one.
func (s *facts) refused(state state, code bool) bool {
	if state == stateFailed {
		return true
	}
	for i := range s.list {
		f := &s.list[i]
		switch s.format.fields[f.field].role {
		//errspec:if success
		case roleSuccess:
			if f.text != "" {
				if !slices.Contains(s.format.fields[f.field].success, s.value(i)) {
					return true
				}
				code = false
			}
		//errspec:end
		//errspec:if failure
		case roleFailure:
			if f.text != "" && f.text != "false" && f.text != "0" {
				return true
			}
			//errspec:end
		}
	}
	return code
}

// explain adds to an error what the response says about it. Code, subtype, message and parameter
// are of the same element of an array.
func (s *facts) explain(t responseTable, r *reading, a *alternatives, c choice, told int) {
	near := -1
	if c.field != 0 {
		near = c.fact
	}
	message := s.first(roleMessage, near)
	if r.message = s.value(message); near < 0 {
		near = message
	}
	//errspec:if param
	r.param = s.joined(s.first(roleParam, near))
	//errspec:end
	if c.field != 0 {
		r.code, r.wire, r.prefix, r.source = c.code, c.wire, c.prefix, sourceField
		if r.standIn = a.standIn(c); c.code < 0 && r.standIn < 0 {
			r.standIn = s.statusCode()
		}
		r.manual = r.manual || c.code < 0 || a.status == c && a.first.field != 0
	} else {
		s.tell(t, r, told)
	}
	//errspec:if subtypes
	if r.code >= 0 {
		s.refine(t, r, near)
	}
	//errspec:end
	//errspec:if retryable
	for i := range s.list {
		f := &s.list[i]
		if f.text != "" && s.format.fields[f.field].role == roleRetryable && !strings.EqualFold(s.value(i), "true") {
			r.manual = true
		}
	}
	//errspec:end
}

// tell finds the code of an error that names none. Texts may be wrong about it, so that clients
// must not retry automatically on their word.
func (s *facts) tell(t responseTable, r *reading, told int) {
	if text := strings.TrimSpace(r.message); text != "" && !s.format.integers {
		if code, prefix := t.listed(text); code >= 0 && !prefix {
			r.code, r.source, r.manual = code, sourceMessage, true
			return
		}
	}
	if told >= 0 {
		r.code, r.source = told, sourceCondition
		return
	}
	//errspec:if phrases
	if code := t.codeIn(r.message); code >= 0 {
		r.code, r.source, r.manual = code, sourcePhrase, true
		return
	}
	//errspec:end
	if r.code = s.statusCode(); r.code >= 0 {
		r.source = sourceHTTP
	}
}

// statusCode returns the code of the HTTP status of an error, -1 for none.
func (s *facts) statusCode() int {
	for _, h := range s.format.http {
		if h.status == s.status && !s.succeeded() {
			return h.code
		}
	}
	return -1
}

//errspec:if subtypes

// refine finds the subtype of the code. A field names it, or else its conditions hold, or else the
// message contains its phrase. If these select several, the strictest retry settings count.
func (s *facts) refine(t responseTable, r *reading, near int) {
	other := strings.TrimSpace(r.message) != ""
	//errspec:if refined
	if first := s.first(roleSubtype, near); first >= 0 {
		other = true
		r.name(t, s.value(first))
		for i := range s.list {
			if s.has(i, roleSubtype, near) {
				r.name(t, s.value(i))
			}
		}
	}
	for _, c := range s.format.subtypes {
		if c.code == r.code && s.hold(c.when) {
			r.hold(t, c.subtype)
		}
	}
	//errspec:end
	r.hold(t, t.subtypeIn(r.code, r.message))
	if r.subtype < 0 && other {
		r.hold(t, t.fallback(r.code))
	}
}

// hold notes that a subtype is selected.
func (r *reading) hold(t responseTable, subtype int) {
	if r.subtype < 0 {
		r.subtype, r.strictest = subtype, subtype
		return
	}
	//errspec:if refined
	if subtype >= 0 {
		r.strictest = t.stricter(r.strictest, subtype)
	}
	//errspec:end
}

//errspec:end

//errspec:if refined

// name notes that a field names a subtype. One that the table does not list may be any.
func (r *reading) name(t responseTable, value string) {
	subtype := t.subtypeOf(r.code, value)
	r.hold(t, subtype)
	r.manual = r.manual || subtype < 0 && !t.uniform(r.code)
}

//errspec:end
