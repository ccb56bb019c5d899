package e2e

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/errspec/errspec/generated/evolink"
)

// JSON that packages of 0.1.0 stored, as they stored it. Later packages must restore it,
// and derive the same idempotency keys: another key would pay for work twice.
const (
	storedAttempts = `{"version":1,"table":"evolink","seed":"5437f856b5cbab0e3f672f1a9767d391","key":2,"since":"2026-11-28T12:00:00Z","keyed":true,"submissions":2,"task":"task-1"}`
	storedTask     = `{"id":"task-1","status":"failed","error":{"code":"service_error","message":"Internal error"},"x-errspec":{"status":200}}`
	storedKey      = "1237cef068c7a4ec3fb7275e6b571f88" // the second of order-17
)

func TestFrozenStored(t *testing.T) {
	a := (&evolink.Policy{Keys: true}).Begin("order-17")
	if err := a.Resume([]byte(storedAttempts)); err != nil {
		t.Fatal(err)
	}
	if a.Key() != storedKey || a.TaskID() != "task-1" {
		t.Errorf("key %s, task %q; want %s, task-1", a.Key(), a.TaskID(), storedKey)
	}
	again, err := json.Marshal(a)
	check(t, err)
	if string(again) != storedAttempts {
		t.Errorf("stored again as\n%s\nwant\n%s", again, storedAttempts)
	}
	var task evolink.Task
	check(t, json.Unmarshal([]byte(storedTask), &task))
	e := (*evolink.Error)(nil)
	if !errors.As(task.Err(), &e) || e.Code != evolink.CodeServiceError || e.Message != "Internal error" || e.TaskID != "task-1" {
		t.Errorf("the stored task is %+v, its error %+v", task, e)
	}
}
