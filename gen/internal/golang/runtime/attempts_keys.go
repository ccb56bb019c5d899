package runtime

import (
	"strconv"
	"strings"
	"time"
)

// SetKey sets [IdempotencyHeader], the header of a submission that contains its key. Call
// it for each submission, after [Attempts.Again] has returned true. At other times, it
// does nothing. header is an http.Header.
func (a *Attempts) SetKey(header map[string][]string) {
	key := a.Key()
	if header == nil || key == "" || !a.open {
		return
	}
	for name := range header {
		if strings.EqualFold(name, IdempotencyHeader) {
			delete(header, name)
		}
	}
	header[IdempotencyHeader] = []string{key}
	a.keyed = true
}

// Key returns the key of the last submission: 32 characters of 0-9 and a-f. It returns ""
// before the first submission, and if the policy does not use keys.
//
// Clients in other languages derive the same keys. Key n, from 1, of a piece of work is
// the start of a SHA-256 hash in hexadecimal:
//
//	seed = hash("work" LF table LF work)
//	key  = hash("key" LF table LF seed LF n)
//
// table is the name of the table, LF is a line feed, and n is decimal. If work is "", the
// seed is random. n increases only after a task that failed with key n.
func (a *Attempts) Key() string {
	if a == nil || a.key == 0 || a.seed == "" {
		return ""
	}
	//errspec:if optin
	if !a.policy.Keys {
		return ""
	}
	//errspec:end
	return hash("key", a.seed+"\n"+strconv.Itoa(a.key))
}

// repeatable reports whether the last submission, whose outcome is unknown, may be
// repeated with the same key.
func (a *Attempts) repeatable(o summary) bool {
	//errspec:if id
	if a.task != "" {
		return false // it can be polled
	}
	//errspec:end
	//errspec:if conflict
	if o.conflict {
		return false
	}
	//errspec:end
	return a.keyed && a.Key() != "" && (!o.settled || o.automatic)
}

// expired reports whether the service may have removed the key at the end of a pause. A
// tenth of the time that it keeps keys is left for slow requests and inaccurate clocks.
func (a *Attempts) expired(pause time.Duration) bool {
	age := time.Now().Round(0).Sub(a.since)
	return age < 0 || age >= keyLife-keyLife/10-pause
}
