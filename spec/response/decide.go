// The meaning of a response.

package response

import (
	"strings"
	"time"
)

// An outcome is how a request has ended.
type outcome uint8

const (
	outcomeOK outcome = iota
	outcomeUnreadable
	outcomeRunning //errspec:if task
	outcomeError
	outcomeFailed //errspec:if task
)

// A reading is the meaning of a response. Codes and subtypes are indexes; -1 is none.
type reading struct {
	outcome    outcome
	choice     // its code; wire is "" if none was sent
	subtype    int
	strictest  int  // the subtype whose retry settings apply
	manual     bool // clients must not retry automatically, even if the table allows it
	message    string
	param      string //errspec:if param
	retryAfter time.Duration
	origin     origin //errspec:if origin
}

// decide returns the meaning of the response. Code, subtype, message and parameter of an error are of
// the same element of an array.
func (s *facts) decide(t responseTable) reading {
	selected := -1
	//errspec:if when
	selected = s.dropFields()
	//errspec:end
	r := reading{choice: s.choose(t, -1, 0, len(s.list)), subtype: -1, strictest: -1, retryAfter: s.delay()}
	r.outcome = s.outcome(r.fact >= 0 || selected >= 0)
	if r.outcome < outcomeError {
		r.choice = choice{fact: -1, code: -1, standIn: -1}
		return r
	}
	//errspec:if arrays
	if r.fact >= 0 {
		if array := s.format.fields[s.list[r.fact].field].arrays[0]; array != 0 {
			r.choice = s.choose(t, s.chooseElement(t, array), 0, len(s.list))
		}
	}
	//errspec:end
	near := r.fact
	message := s.first(roleMessage, near)
	if r.message = s.text(message); near < 0 {
		near = message
	}
	r.param = s.joined(s.first(roleParam, near)) //errspec:if param
	if r.fact < 0 {
		s.identify(t, &r, selected)
	} else if r.code < 0 && r.standIn < 0 {
		r.standIn = s.statusCode()
	}
	//errspec:if subtypes
	if r.code >= 0 {
		s.refine(t, &r, near)
	}
	//errspec:end
	r.manual = r.manual || s.doubtful
	//errspec:if retryable
	for i := range s.list {
		r.manual = r.manual || s.is(i, roleRetryable) && !strings.EqualFold(s.text(i), "true")
	}
	//errspec:end
	return r
}

// outcome returns how the request has ended, given whether the response has a code.
func (s *facts) outcome(code bool) outcome {
	if !s.succeeded() {
		return outcomeError
	}
	if !s.valid && s.status != 204 && s.status != 205 {
		return outcomeUnreadable
	}
	refused := s.refused(code)
	//errspec:if task
	if outcome, ok := s.task(refused); ok {
		return outcome
	}
	//errspec:end
	if refused {
		return outcomeError
	}
	//errspec:if task
	if s.isTask {
		return outcomeUnreadable
	}
	//errspec:end
	return outcomeOK
}

// identify finds the code of an error that has none. A text is no proof of one.
func (s *facts) identify(t responseTable, r *reading, selected int) {
	code, prefix := t.listed(strings.TrimSpace(r.message))
	if code >= 0 && !prefix && !s.format.integers {
		r.code, r.manual = code, true
		r.origin = originMessage //errspec:if origin
		return
	}
	if selected >= 0 {
		r.code = selected
		r.origin = originCondition //errspec:if origin
		return
	}
	//errspec:if phrases
	if code := t.codeIn(r.message); code >= 0 {
		r.code, r.manual = code, true
		r.origin = originPhrase //errspec:if origin
		return
	}
	//errspec:end
	r.code = s.statusCode()
	r.origin = originHTTP //errspec:if origin
}

// statusCode returns the code of the HTTP status, -1 if it has none.
func (s *facts) statusCode() int {
	for _, h := range s.format.http {
		if h.status == s.status {
			return h.code
		}
	}
	return -1
}

//errspec:if subtypes

// refine finds the subtype of the code: the one that a field has, or else whose conditions hold, or
// whose phrase the message contains, or the one for all other cases. The strictest that holds decides.
func (s *facts) refine(t responseTable, r *reading, near int) {
	other := strings.TrimSpace(head(r.message)) != ""
	other = s.hasSubtype(t, r, near) || other //errspec:if refined
	if r.holds(t, t.subtypeIn(r.code, r.message)); r.subtype < 0 && other {
		r.holds(t, t.fallback(r.code))
	}
}

// holds adds a subtype that holds.
func (r *reading) holds(t responseTable, subtype int) {
	switch {
	case subtype < 0:
	case r.subtype < 0:
		r.subtype, r.strictest = subtype, subtype
	default: //errspec:if refined
		r.strictest = t.stricter(r.strictest, subtype) //errspec:if refined
	}
}

//errspec:end

//errspec:if refined

// hasSubtype adds the subtypes that fields have and whose conditions hold, and reports whether a
// field has one. If that is not listed, it may be any.
func (s *facts) hasSubtype(t responseTable, r *reading, near int) bool {
	first := s.first(roleSubtype, near)
	if first >= 0 {
		r.holds(t, t.subtypeOf(r.code, s.text(first)))
	}
	for i := range s.list {
		if s.is(i, roleSubtype) && s.together(i, near) {
			subtype := t.subtypeOf(r.code, s.text(i))
			r.manual = r.manual || subtype < 0 && !t.uniform(r.code)
			r.holds(t, subtype)
		}
	}
	for _, sel := range s.format.subtypes {
		if sel.code == r.code && s.hold(sel.when) {
			r.holds(t, sel.subtype)
		}
	}
	return first >= 0
}

//errspec:end
