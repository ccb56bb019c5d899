package runtime

import (
	"crypto/rand" //errspec:if keys
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time" //errspec:if keys
)

// storedAttempts is the JSON form of Attempts.
type storedAttempts struct {
	Version int    `json:"version"`
	Table   string `json:"table"`
	Seed    string `json:"seed,omitempty"`

	//errspec:if keys
	Key   int        `json:"key"`
	Since *time.Time `json:"since,omitempty"`
	Keyed bool       `json:"keyed"`

	//errspec:end
	Submissions int `json:"submissions"`
	//errspec:if id

	Task string `json:"task,omitempty"`
	//errspec:end
}

const storedVersion = 1

// MarshalJSON implements [json.Marshaler]. Store the attempts before each submission, after
// [Attempts.Again] and SetKey. The result is an object with these members: //errspec:if keys
// [Attempts.Again]. The result is an object with these members: //errspec:if keyless
//
//   - version: 1
//   - table: the name of the table
//   - seed: a hash of the ID of the work, or a random one; missing without keys
//   - submissions: how many there were
//   - task: the ID of the task that the last submission started; missing if it is not known //errspec:if id
//   - key: the number of the key, from 1; 0 before the first submission //errspec:if keys
//   - since: when the key was submitted first (RFC 3339); missing before //errspec:if keys
//   - keyed: whether SetKey was called for the last submission //errspec:if keys
func (a *Attempts) MarshalJSON() ([]byte, error) {
	if a == nil {
		return []byte("null"), nil
	}
	s := storedAttempts{Version: storedVersion, Table: tableName, Seed: a.seed, Submissions: a.submissions}
	s.Task = a.task //errspec:if id
	//errspec:if keys
	a.shared = a.shared || a.Key() != ""
	s.Key, s.Keyed = a.key, a.keyed
	if since := a.since.UTC(); a.key > 0 {
		s.Since = &since
	}
	//errspec:end
	return json.Marshal(s)
}

// Resume continues the attempts that MarshalJSON returned in an earlier run. They must be
// attempts at the same work. A stored submission counts as submitted, and its outcome is
// unknown. Call Resume before the first [Attempts.Again], which expects a nil error then.
//
// If the ID of the task is stored, poll it; see [Attempts.TaskID]. //errspec:if id
// If Resume returns an error, Again returns false from then on.
func (a *Attempts) Resume(stored []byte) error {
	if a == nil {
		return errNotAttempts
	}
	var s storedAttempts
	err := json.Unmarshal(stored, &s)
	switch {
	case err != nil:
	case s.Version != storedVersion:
		err = errNotAttempts
	case s.Table != tableName:
		err = errOtherTable
	case a.named && s.Seed != a.seed:
		err = errOtherWork
	case a.submissions > 0:
		err = errSubmitted
	}
	a.why, a.unknown, a.resumed = ReasonOutcomeUnknown, true, true
	if err != nil {
		a.ended = true
		return err
	}
	a.why = ReasonNone
	a.seed, a.submissions, a.barred = s.Seed, max(s.Submissions, 1), true
	a.task = s.Task //errspec:if id
	//errspec:if keys
	if s.Key > 0 && s.Since != nil {
		a.key, a.since, a.keyed = s.Key, *s.Since, s.Keyed
	}
	a.shared, a.barred = true, !a.keyed || a.Key() == ""
	//errspec:end
	return nil
}

const (
	errNotAttempts reason = "the JSON contains no attempts of a version that this package supports"
	errOtherTable  reason = "the stored attempts are of another table"
	errOtherWork   reason = "the stored attempts are at other work"
	errSubmitted   reason = "Resume after a submission"
)

//errspec:if id

// TaskID returns the ID of the task that the last submission started, or "" if it is not
// known. Poll the task; do not submit the request again.
func (a *Attempts) TaskID() string {
	if a == nil {
		return ""
	}
	return a.task
}

// SetTask records the ID of the task that the last submission started. A program that
// stores the attempts after it can poll the task in a later run.
func (a *Attempts) SetTask(id string) {
	if a != nil && a.submissions > 0 {
		a.task = id
	}
}

//errspec:end

// seedOf returns the seed for the ID of a piece of work.
func seedOf(work string) string {
	if work != "" {
		return hash("work", work)
	}
	//errspec:if keys
	var random [hashLength / 2]byte
	if _, err := rand.Read(random[:]); err == nil {
		return hex.EncodeToString(random[:])
	}
	//errspec:end
	return ""
}

const hashLength = 32

// hash returns the start of the SHA-256 hash of a text of the table, in hexadecimal.
func hash(kind, text string) string {
	sum := sha256.Sum256([]byte(kind + "\n" + tableName + "\n" + text))
	return hex.EncodeToString(sum[:hashLength/2])
}
