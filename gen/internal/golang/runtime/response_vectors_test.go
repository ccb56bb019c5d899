package runtime

import (
	"encoding/json"
	"errors"
	"os"
	"strings" //errspec:if task
	"testing"
)

// Responses have the meaning that testdata/vectors.json lists, and keep it if they are
// stored as JSON.
func TestResponseVectors(t *testing.T) {
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors struct {
		Responses []responseVector
	}
	if err := json.Unmarshal(data, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors.Responses) == 0 {
		t.Fatal("no responses")
	}
	for _, v := range vectors.Responses {
		outcome, err := v.decode(t)
		if outcome != v.Outcome {
			t.Errorf("%s: HTTP %d, %s: outcome %s, want %s (%v)", v.Name, v.Status, v.Body, outcome, v.Outcome, err)
			continue
		}
		var e *Error
		if !errors.As(err, &e) {
			continue
		}
		v.check(t, e)
		stored, err := json.Marshal(e)
		if err != nil {
			t.Errorf("%s: %v", v.Name, err)
		}
		again := new(Error)
		if err := json.Unmarshal(stored, again); err != nil {
			t.Errorf("%s: %v in %s", v.Name, err, stored)
			continue
		}
		v.check(t, again)
	}
}

type responseVector struct {
	Name, Call string
	Status     int
	Headers    map[string]string
	Body       string
	Outcome    string
	Error      *struct {
		Wire, Message, Task, Param string
		RequestID                  string `json:"request_id"`
		RetryAfter                 string `json:"retry_after"`
		Decision                   verdict
	}
}

// decode returns the outcome of a response, and its error.
func (v *responseVector) decode(t *testing.T) (string, error) {
	t.Helper()
	header := make(map[string][]string)
	for name, value := range v.Headers {
		header[name] = []string{value}
	}
	//errspec:if task
	if v.Call != "plain" {
		task, err := DecodeTask(v.Status, header, strings.NewReader(v.Body))
		switch {
		case err != nil:
			return outcomeOf(err), err
		case task.Err() != nil:
			return "failed", task.Err()
		case task.Done():
			return "ok", nil
		}
		return "running", nil
	}
	//errspec:end
	err := DecodeError(v.Status, header, []byte(v.Body))
	if err == nil {
		return "ok", nil
	}
	if outcome := outcomeOf(err); outcome != "error" || v.Outcome != "failed" {
		return outcome, err
	}
	return "failed", err // DecodeError does not distinguish them
}

func outcomeOf(err error) string {
	if _, ok := err.(*Error); ok {
		return "error"
	}
	return "unreadable"
}

// check compares an error with the one that the vector lists.
func (v *responseVector) check(t *testing.T, e *Error) {
	t.Helper()
	want := v.Error
	if e.Wire != want.Wire || e.Message != want.Message {
		t.Errorf("%s: %s: got %q, %q, want %q, %q", v.Name, v.Body, e.Wire, e.Message, want.Wire, want.Message)
	}
	//errspec:if id
	if e.TaskID != want.Task {
		t.Errorf("%s: task %q, want %q", v.Name, e.TaskID, want.Task)
	}
	//errspec:end
	//errspec:if param
	if e.Param != want.Param {
		t.Errorf("%s: parameter %q, want %q", v.Name, e.Param, want.Param)
	}
	//errspec:end
	//errspec:if request
	if e.RequestID != want.RequestID {
		t.Errorf("%s: request ID %q, want %q", v.Name, e.RequestID, want.RequestID)
	}
	//errspec:end
	if e.RetryAfter != length(t, want.RetryAfter) {
		t.Errorf("%s: wait %v, want %s", v.Name, e.RetryAfter, want.RetryAfter)
	}
	if got, want := e.Decision(), want.Decision.decision(t); got != want {
		t.Errorf("%s: HTTP %d, %s:\n got  %+v\n want %+v", v.Name, v.Status, v.Body, got, want)
	}
}
