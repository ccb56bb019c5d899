package runtime

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

func TestDecodeTask(t *testing.T) {
	const full = `{"id":"t1","status":"failed","model":"m","progress":7,"ratio":0.5,"cached":true,
		"output":{"files":["a",1],"more":0},"error":{"code":"busy","message":"no"},"extra":[{}]}`
	task, err := DecodeTask(200, retryAfterHeader("60"), strings.NewReader(full))
	if err != nil {
		t.Fatal(err)
	}
	if task.ID != "t1" || task.Status != "failed" || task.Model != "m" || task.Progress != 7 || task.Ratio != 0.5 || !task.Cached || string(task.OutputFiles) != `["a",1]` {
		t.Errorf("the task is %+v", task)
	}
	var e *Error
	if err := task.Err(); !errors.As(err, &e) || fields(e) != (Error{Code: CodeBusy, Wire: "busy", Message: "no", TaskID: "t1", Model: "m", RetryAfter: time.Minute}) {
		t.Errorf("the error is %#v", e)
	}
	if !task.Done() {
		t.Error("a failed task is not done")
	}
	// Callers may change the error without changing the task.
	e.Code = CodeGone
	if !errors.Is(task.Err(), CodeBusy) {
		t.Error("a change of the error changes the task")
	}
}

// DecodeTask finds the code, the code as sent, and the message of an error.
func TestDecodeError(t *testing.T) {
	html := "<html><body>Bad Gateway</body></html>"
	for _, c := range []struct {
		status int
		body   string
		want   Error
	}{
		{500, "", Error{}},
		{500, html, Error{}},
		{500, "null", Error{}},
		{500, "[]", Error{}},
		{500, "1", Error{}},
		{500, `"busy"`, Error{}},
		{500, `{"error":{"code":"broken","message":"m"}}`, Error{Code: CodeBroken, Wire: "broken", Message: "m"}},
		{500, `{"error":{"code":"broken","message":"m"}} trailing`, Error{}},
		{500, `{"error":{"code":"broken","message":"m"`, Error{}},
		{500, `{"error":{"code":"rate_limited"}}`, Error{Code: CodeBusy, Wire: "rate_limited"}},
		{500, `{"error":{"code":"too_fast"}}`, Error{Code: CodeBusy, Wire: "too_fast"}},
		{500, `{"error":{"code":"Busy"}}`, Error{Code: "Busy", Wire: "Busy"}},
		{500, `{"error":{"code":1062}}`, Error{Code: "1062", Wire: "1062"}},
		{500, `{"error":{"code":12345678901234567890}}`, Error{Code: "12345678901234567890", Wire: "12345678901234567890"}},
		{500, `{"error":{"code":-1.50e3}}`, Error{Code: "-1.50e3", Wire: "-1.50e3"}},
		{500, `{"error":{"code":null,"message":"m"}}`, Error{Message: "m"}},
		{500, `{"error":{"code":"","message":"m"}}`, Error{Message: "m"}},
		{500, `{"error":{"code":true,"message":["m"]}}`, Error{Code: "true", Wire: "true"}},
		{500, `{"error":{"code":{"a":1},"message":{}}}`, Error{}},
		{500, `{"error":{"message":7}}`, Error{Message: "7"}},
		{500, `{"error":"broken"}`, Error{}},
		{500, `{"error":null}`, Error{}},
		{500, `{"error":["broken"]}`, Error{}},
		{500, `{"error":{}}`, Error{}},
		{500, `{"error.code":"broken"}`, Error{}},
		{500, `{"Error":{"Code":"broken"}}`, Error{}},
		{500, `{"error":{"code":"gone"},"error":{"code":"broken"}}`, Error{Code: CodeBroken, Wire: "broken"}},
		{500, `{"error":{"code":"gone","code":"broken"}}`, Error{Code: CodeBroken, Wire: "broken"}},
		{500, `{"error":{"code":"br\u006fken"},"id":"t1","model":"m"}`, Error{Code: CodeBroken, Wire: "broken", TaskID: "t1", Model: "m"}},
		{500, "{\"error\":{\"code\":\"a\xffb\"}}", Error{Code: "a\ufffdb", Wire: "a\ufffdb"}},
		{500, " \t\r\n{\"error\":{\"code\":\"broken\"}}\n", Error{Code: CodeBroken, Wire: "broken"}},
		{500, "\ufeff{\"error\":{\"code\":\"broken\"}}", Error{}},
		{429, "", Error{Code: CodeBusy}},
		{429, html, Error{Code: CodeBusy}},
		{429, `{"error":{"message":"quota is used up"}}`, Error{Code: CodeBusy, Message: "quota is used up"}},
		{429, `{"error":{"code":"broken"}}`, Error{Code: CodeBroken, Wire: "broken"}},
		{429, `{"error":{"code":"unlisted"}}`, Error{Code: "unlisted", Wire: "unlisted"}},
		{429, `{"error":{"code":429,"message":"m"}}`, Error{Code: CodeBusy, Message: "m"}}, // repeats the status
		{429, `{"error":{"code":"429"}}`, Error{Code: CodeBusy}},
		{429, `{"error":{"code":430}}`, Error{Code: "430", Wire: "430"}},
		{500, `{"error":{"code":500}}`, Error{}},
		{410, "", Error{Code: CodeGone}},
		{404, `{"error":{"code":429}}`, Error{Code: "429", Wire: "429"}},
		{304, `{"status":"completed"}`, Error{}},
		{199, `{"status":"completed"}`, Error{}},
		{300, `{"status":"completed"}`, Error{}},
		{0, `{"status":"completed"}`, Error{unsettled: true}},
		{-1, `{"id":"t1"}`, Error{TaskID: "t1"}},
	} {
		c.want.HTTPStatus = c.status
		if e := refusal(t, c.status, "", c.body); fields(e) != c.want {
			t.Errorf("DecodeTask(%d, %q)\ngot  %#v\nwant %#v", c.status, c.body, *e, c.want)
		}
		if c.status == 500 && c.want.Wire == "" {
			if e := refusal(t, 500, "", c.body); e.Decision().Automatic || e.Decision().Action != ActionSupport {
				t.Errorf("%q has the decision %+v", c.body, e.Decision())
			}
		}
	}
}

// A value of an unexpected type is omitted and does not affect other values.
func TestDecodeWrongTypes(t *testing.T) {
	good := map[string]string{
		"id": `"t1"`, "status": `"done"`, "model": `"m"`, "progress": "7", "ratio": "0.5", "cached": "true", "output": `{"files":[1]}`,
		"error": `{"code":"busy","message":"no"}`,
	}
	values := []string{"null", "true", "7", "-0.5", `"x"`, "[]", "[[1]]", "{}", `{"files":null}`, `{"code":[]}`, `{"files":{"a":1}}`, "1e400", "99999999999999999999", "1.5"}
	for key := range good {
		for _, value := range values {
			var members []string
			for k, v := range good {
				if k == key {
					v = value
				}
				members = append(members, `"`+k+`":`+v)
			}
			slices.Sort(members)
			body := "{" + strings.Join(members, ",") + "}"
			task, err := DecodeTask(201, nil, strings.NewReader(body))
			if err != nil {
				t.Errorf("%s: %v", body, err)
				continue
			}
			for k, right := range map[string]bool{
				"id": task.ID == "t1", "status": task.Status == "done", "model": task.Model == "m", "progress": task.Progress == 7,
				"ratio": task.Ratio == 0.5, "cached": task.Cached, "output": string(task.OutputFiles) == "[1]",
				"error": key == "status" || task.err != nil && task.err.Code == CodeBusy && task.err.Message == "no", // a running task has no error
			} {
				if k != key && !right {
					t.Errorf("%s spoils %s: %+v", body, k, task)
				}
			}
			if len(task.OutputFiles) > 0 && !json.Valid(task.OutputFiles) {
				t.Errorf("%s: the files are %q", body, task.OutputFiles)
			}
		}
	}
	for body, want := range map[string]string{`{"id":12345678901234567890}`: "12345678901234567890", `{"id":1.0}`: "1.0", `{"id":false}`: "false"} {
		if task, err := DecodeTask(200, nil, strings.NewReader(body)); err != nil || task.ID != want {
			t.Errorf("%s: %+v, %v", body, task, err)
		}
	}
	if task, err := DecodeTask(200, nil, strings.NewReader(`{"id":"t1","output":{"files":null}}`)); err != nil || task.OutputFiles != nil {
		t.Errorf("null is %s, %v", task.OutputFiles, err)
	}
	if task, err := DecodeTask(200, nil, strings.NewReader(`{"id":"t1","progress":1.5,"ratio":"1","cached":"true","output":[]}`)); err != nil ||
		task.Progress != 0 || task.Ratio != 0 || task.Cached || task.OutputFiles != nil {
		t.Errorf("%+v, %v", task, err)
	}
}

// The error of a response that is not a task is not an *Error.
func TestDecodeNoTask(t *testing.T) {
	for _, body := range []io.Reader{
		nil, strings.NewReader(""), strings.NewReader("<html>\x1b"), strings.NewReader("null"), strings.NewReader("[]"), strings.NewReader("1"),
		strings.NewReader(`"x"`), strings.NewReader("{"), strings.NewReader("{}{}"), strings.NewReader("true"), strings.NewReader("{\xff}"),
		strings.NewReader(strings.Repeat("[", 100_000)), strings.NewReader(strings.Repeat(`{"error":`, 100_000)),
		iotest.ErrReader(io.ErrUnexpectedEOF), io.MultiReader(strings.NewReader(`{"id":"t1","status":"done"}`), iotest.ErrReader(io.ErrUnexpectedEOF)),
	} {
		task, err := DecodeTask(200, retryAfterHeader("60"), body)
		if task != nil || err == nil {
			t.Fatalf("%v, %v", task, err)
		}
		var e *Error
		if _, ok := CodeOf(err); ok || errors.As(err, &e) {
			t.Errorf("%v is an *Error or has a code", err)
		}
		if _, again := new(Policy).Next(t.Context(), 1, err); again {
			t.Errorf("%v allows another submission", err)
		}
		isLine(t, "the text", err.Error(), 300)
	}
	if _, err := DecodeTask(200, nil, iotest.ErrReader(io.ErrUnexpectedEOF)); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%v does not wrap the error of the body", err)
	}
	// A refusal does not depend on its body.
	for _, body := range []io.Reader{nil, iotest.ErrReader(io.EOF), iotest.ErrReader(io.ErrUnexpectedEOF), strings.NewReader(strings.Repeat(`{"error":`, 100_000))} {
		_, err := DecodeTask(429, retryAfterHeader("7"), body)
		var e *Error
		if !errors.As(err, &e) || e.Code != CodeBusy || e.RetryAfter != 7*time.Second || e.HTTPStatus != 429 {
			t.Errorf("a refusal without a body is %#v", err)
		}
	}
}

// endless is a body that never ends. It counts the bytes that are read.
type endless struct {
	text string
	read int
}

func (e *endless) Read(p []byte) (int, error) {
	n := copy(p, e.text[e.read%len(e.text):])
	e.read += n
	return n, nil
}

func TestDecodeIsBounded(t *testing.T) {
	t.Parallel()
	for status, text := range map[int]string{200: " ", 500: `{"a":"x`} {
		body := &endless{text: text[:len(text)-1] + strings.Repeat(text[len(text)-1:], 1<<20)}
		task, err := DecodeTask(status, nil, body)
		var e *Error
		if task != nil || errors.As(err, &e) != (status == 500) || e == nil && !errors.Is(err, errTooLong) {
			t.Errorf("%v, %v", task, err)
		}
		if body.read > maxBody+1 {
			t.Errorf("%d bytes were read", body.read)
		}
	}
	body := `{"id":"t1","status":"done","model":"` + strings.Repeat("x", maxBody-38) + `"}`
	task, err := DecodeTask(200, nil, strings.NewReader(body))
	if err != nil || len(task.Model) != maxBody-38 || len(body) != maxBody {
		t.Errorf("%d bytes are not decoded: %v", len(body), err)
	}
	if want := fmt.Sprintf("larger than %d MiB", maxBody>>20); !strings.Contains(errTooLong.Error(), want) {
		t.Errorf("%q does not contain %q", errTooLong, want)
	}
}

// fields returns the exported fields of an error, and whether it is settled.
func fields(e *Error) Error {
	only := *e
	only.source, only.manual, only.standIn, only.subtype, only.strictest = nil, false, 0, "", ""
	return only
}
