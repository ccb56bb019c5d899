package runtime

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings" //errspec:if task
	"testing"
)

// Responses have the meaning that testdata/vectors.json lists, and keep it if they are
// stored as JSON.
func TestResponseVectors(t *testing.T) {
	var vectors struct {
		Responses []responseVector
		Long      []struct {
			Pad      int
			Response *responseVector
		}
	}
	readVectors(t, &vectors)
	if len(vectors.Responses) == 0 {
		t.Fatal("no responses")
	}
	for _, v := range vectors.Long {
		if r := v.Response; r != nil {
			r.Body = padded(r.Body, v.Pad)
			if r.Error != nil {
				r.Error.Message = padded(r.Error.Message, v.Pad)
			}
			vectors.Responses = append(vectors.Responses, *r)
		}
	}
	for _, v := range vectors.Responses {
		outcome, err := v.decode(t)
		if outcome != v.Outcome {
			t.Errorf("%s: HTTP %d, %.1000s: outcome %s, want %s (%v)", v.Name, v.Status, v.Body, outcome, v.Outcome, err)
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
			t.Errorf("%s: %v in %.1000s", v.Name, err, stored)
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
	Sent       bool
	Error      *struct {
		Wire, Message, Task, Param string
		RequestID                  string `json:"request_id"`
		RetryAfter                 string `json:"retry_after"`
		Decision                   verdict
		Values                     map[string]string
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
		if err != nil {
			return outcomeOf(err), err
		}
		return taskOutcome(task), task.Err()
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

//errspec:if task

func taskOutcome(task *Task) string {
	switch {
	case task.Err() != nil:
		return "failed"
	case task.Done():
		return "ok"
	}
	return "running"
}

//errspec:end

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
		t.Errorf("%s: %.1000s: got %q, %.300q, want %q, %.300q", v.Name, v.Body, e.Wire, e.Message, want.Wire, want.Message)
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
	for name, value := range want.Values {
		if got, ok := e.Value(name); got != value || !ok {
			t.Errorf("%s: value %s is %q, %v, want %q", v.Name, name, got, ok, value)
		}
	}
	if got, want := e.Decision(), want.Decision.decision(t); got != want {
		t.Errorf("%s: HTTP %d, %.1000s:\n got  %+v\n want %+v", v.Name, v.Status, v.Body, got, want)
	}
}

// Responses are stored in the form that testdata/vectors.json lists, and JSON in this
// and other forms has the meaning that it lists.
func TestStoredVectors(t *testing.T) {
	var vectors struct {
		Stored []storedVector
	}
	readVectors(t, &vectors)
	if len(vectors.Stored) == 0 {
		t.Fatal("no JSON")
	}
	for _, v := range vectors.Stored {
		if v.Response != nil {
			v.checkStored(t)
		}
		outcome, err := v.restore()
		if outcome != v.Outcome {
			t.Errorf("%s: %s as %s: outcome %s, want %s (%v)", v.Name, v.JSON, v.Type, outcome, v.Outcome, err)
			continue
		}
		var e *Error
		if v.Error == nil || !errors.As(err, &e) {
			continue
		}
		v.check(t, e)
	}
}

type storedVector struct {
	responseVector
	Type, JSON string
	Response   *responseVector
}

// checkStored compares the JSON of a response with that of the vector.
func (v *storedVector) checkStored(t *testing.T) {
	t.Helper()
	header := make(map[string][]string)
	for name, value := range v.Response.Headers {
		header[name] = []string{value}
	}
	stored := any(DecodeError(v.Response.Status, header, []byte(v.Response.Body)))
	//errspec:if task
	if v.Type == "task" {
		stored, _ = DecodeTask(v.Response.Status, header, strings.NewReader(v.Response.Body))
	}
	//errspec:end
	data, err := json.Marshal(stored)
	var got, want any
	if err == nil {
		err = errors.Join(json.Unmarshal(data, &got), json.Unmarshal([]byte(v.JSON), &want))
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%s: stored as %s, want %s (%v)", v.Name, data, v.JSON, err)
	}
}

// restore returns the outcome of the JSON, and its error.
func (v *storedVector) restore() (string, error) {
	//errspec:if task
	if v.Type == "task" {
		task := new(Task)
		if err := json.Unmarshal([]byte(v.JSON), task); err != nil {
			return "unreadable", err
		}
		return taskOutcome(task), task.Err()
	}
	//errspec:end
	e := new(Error)
	if err := json.Unmarshal([]byte(v.JSON), e); err != nil {
		return "unreadable", err
	}
	if v.Outcome == "failed" {
		return "failed", e // an Error does not distinguish them
	}
	return "error", e
}
