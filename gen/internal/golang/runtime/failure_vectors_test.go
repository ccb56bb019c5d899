package runtime

import (
	"errors"
	"maps"
	"strings"
	"testing"
	"time"
)

// Failures are sent as the responses of testdata/vectors.json, which clients in every language
// read.
func TestFailureVectors(t *testing.T) {
	var vectors struct {
		Responses []responseVector
	}
	readVectors(t, &vectors)
	sent := 0
	for _, v := range vectors.Responses {
		if !v.Sent {
			continue
		}
		sent++
		status, header, body := v.newFailure().Encode()
		e := decodeFailure(t, status, header, body)
		v.check(t, e)
		delete(header, "Content-Type")
		want := make(map[string][]string)
		for name, value := range v.Headers {
			want[name] = []string{value}
		}
		if status != v.Status || string(body) != v.Body || !maps.EqualFunc(header, want, func(a, b []string) bool { return a[0] == b[0] }) {
			t.Errorf("%s: HTTP %d %v %s, want HTTP %d %v %s", v.Name, status, header, body, v.Status, want, v.Body)
		}
		v.checkHostile(t, e)
	}
	if sent == 0 {
		t.Error("no response is sent")
	}
}

// newFailure returns the failure of a response that the service sends.
func (v *responseVector) newFailure() *Failure {
	d := v.Error.Decision
	f := newFailure(d.Code, d.Subtype)
	//errspec:if filled
	if len(v.Error.Values) > 0 {
		f = newFilled(d.Code, d.Subtype, v.values()...)
	}
	//errspec:end
	return f.WithParam(v.Error.Param).WithRequestID(v.Error.RequestID)
}

// checkHostile sends texts with unusual characters, a cause and another delay. Clients must read
// the same code, subtype and texts, and no cause.
func (v *responseVector) checkHostile(t *testing.T, want *Error) {
	t.Helper()
	for _, text := range []string{
		"plain", "two words", `{"code":"x"}`, "line\r\nend: x", "\x00\x1b[31m", "\xff\xfe", "\u2028\u202e\U0001f600", want.Message, strings.Repeat("long ", 1<<16), "",
	} {
		f := v.newFailure()
		//errspec:if words
		values := v.values()
		for i := range values {
			if values[i].text == "x" { // a word and not a number
				values[i] = wordValue(values[i].name, text)
			}
		}
		if len(values) > 0 {
			f = newFilledWords(f.code, f.subtype, values...)
		}
		//errspec:end
		f = f.WithParam(text).WithRequestID(text).WithRetryAfter(90 * time.Second).WithCause(errors.New("the cause"))
		status, header, body := f.Encode()
		e := decodeFailure(t, status, header, body)
		if got, want := e.Decision(), want.Decision(); got != want || e.RetryAfter != 90*time.Second {
			t.Errorf("%s with %.1000q: %s is read as %+v, want %+v, %v", v.Name, text, body, got, want, e.RetryAfter)
		}
		if strings.Contains(string(body), "the cause") {
			t.Errorf("%s: the cause was sent: %s", v.Name, body)
		}
		//errspec:if sentparam
		if e.Param != sentText(text) {
			t.Errorf("%s: parameter %.1000q is read as %.1000q", v.Name, text, e.Param)
		}
		//errspec:end
		//errspec:if words
		for _, value := range f.values {
			if got, ok := e.Value(value.name); got != value.text || !ok {
				t.Errorf("%s: value %s is %.1000q, want %.1000q", v.Name, value.name, got, value.text)
			}
		}
		//errspec:end
	}
}

//errspec:if filled

// values returns the values of the message.
func (v *responseVector) values() []messageValue {
	var all []messageValue
	for name, text := range v.Error.Values {
		all = append(all, messageValue{name: name, text: text})
	}
	return all
}

//errspec:end

// decodeFailure returns the error of a response.
func decodeFailure(t *testing.T, status int, header map[string][]string, body []byte) *Error {
	t.Helper()
	err := DecodeError(status, header, body)
	e, ok := err.(*Error)
	if !ok {
		t.Fatalf("HTTP %d %s: %v", status, body, err)
	}
	return e
}
