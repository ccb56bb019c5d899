package runtime

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"
)

func FuzzDecodeTask(f *testing.F) {
	for _, body := range []string{
		"", "null", "[]", "{}", `{"id":1,"status":"failed","error":{"code":"busy","message":"quota is used up"}}`, `{"error":{"code":429}}`,
		`{"status":"completed","output":{"files":[]}}`, `{"error":{"code":"\u001b[31m\ud800"}}`, "{\"a\":\"\xff\"}", `{"error":{"error":{}}}`,
		`{"status":"done","progress":1e400,"ratio":1e400}`, "<html>",
	} {
		for _, status := range []int{200, 204, 299, 300, 429, 500, 0} {
			f.Add(status, "3", []byte(body))
		}
	}
	f.Fuzz(func(t *testing.T, status int, retryAfter string, body []byte) {
		task, err := DecodeTask(status, retryAfterHeader(retryAfter), bytes.NewReader(body))
		if (task == nil) == (err == nil) {
			t.Fatalf("%v and %v", task, err)
		}
		var e *Error
		if refused := status < 200 || status > 299; !errors.As(err, &e) && refused {
			t.Fatalf("the error of status %d is %#v", status, err)
		}
		switch {
		case e != nil:
			checkDecoded(t, e)
			if e.HTTPStatus != status || e.RetryAfter < 0 {
				t.Errorf("%#v", e)
			}
		case task != nil:
			checkTask(t, task)
		}
	})
}

func checkTask(t *testing.T, task *Task) {
	switch err := task.Err().(type) {
	case nil:
		if task.Status == "failed" {
			t.Error("a failed task has no error")
		}
	case *Error:
		checkDecoded(t, err)
		if !task.Done() || task.Status == "completed" && err.Decision().Automatic {
			t.Errorf("%+v has the error %v", task, err)
		}
		if err.HTTPStatus != 0 || err.TaskID != task.ID {
			t.Errorf("%#v of %+v", err, task)
		}
	default:
		t.Errorf("%T", err)
	}
	if task.OutputFiles != nil && !json.Valid(task.OutputFiles) {
		t.Errorf("the files are %q", task.OutputFiles)
	}
}

// checkDecoded checks an error that DecodeTask or Err returned.
func checkDecoded(t *testing.T, e *Error) {
	if listed, ok := ParseCode(e.Wire); ok && listed != e.Code {
		t.Errorf("%q became %q", e.Wire, e.Code)
	}
	if e.Wire != "" && !e.Code.Known() && string(e.Code) != e.Wire {
		t.Errorf("the unlisted %q became %q", e.Wire, e.Code)
	}
	if e.Decision().Automatic && e.Wire == "" && e.HTTPStatus != 429 {
		t.Errorf("%#v is automatic without a reason", e)
	}
	isLine(t, "the text", e.Error(), 2500)
}
