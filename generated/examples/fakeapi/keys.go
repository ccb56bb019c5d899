package fakeapi

import "time"

// Keys configures idempotency keys. A submission with a known key creates no task.
type Keys struct {
	Header  string        // name of the header; "" means that keys are ignored
	For     time.Duration // how long a key is known after the submission that created its task; 0 means for ever
	Rejects bool          // whether a known key is refused with idempotency_conflict, not replayed
	Pending time.Duration // how long a known key is refused with paid_outcome_unknown first
}

// The refusals of a known key.
const (
	pendingBody  = `{"error":{"code":"paid_outcome_unknown","message":"the first submission with this key is still in progress"}}`
	conflictBody = `{"error":{"code":"idempotency_conflict","message":"the key belongs to another request"}}`
	rejectedBody = `{"error":{"code":"idempotency_conflict","message":"the key was used before"}}`
)

// known returns the task of a key, or nil if the key is not known.
func (a *API) known(key string) *task {
	t := a.byKey[key]
	if t == nil || a.Keys.For > 0 && time.Since(t.created) >= a.Keys.For {
		return nil
	}
	return t
}

// refusal returns the body of the response that refuses a request with the key of a
// task, or "" if the request is replayed.
func (k Keys) refusal(t *task, request string) string {
	switch {
	case request != t.record.Request:
		return conflictBody
	case time.Since(t.created) < k.Pending:
		return pendingBody
	case k.Rejects:
		return rejectedBody
	}
	return ""
}
