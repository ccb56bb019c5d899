package runtime

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

func TestNilError(t *testing.T) {
	var e *Error
	var code Code
	var subtype Subtype
	for name, has := range map[string]bool{
		"Is":      e.Is(CodeBusy) || e.Is(Code("")) || e.Is(Subtype("")),
		"As":      e.As(&code) || e.As(&subtype),
		"code":    code != "" || subtype != "",
		"Value":   func() bool { _, ok := e.Value("limit_mb"); return ok }(),
		"hasCode": e.hasCode(),
	} {
		if has {
			t.Errorf("%s of a nil *Error", name)
		}
	}
	if e.Decision() != (Decision{}) || !e.LogValue().Equal(new(Error).LogValue()) && e.LogValue().Any() != nil {
		t.Errorf("a nil *Error is %+v, %v", e.Decision(), e.LogValue())
	}
	if e.Error() != "standin: no error" {
		t.Errorf("a nil *Error is printed as %q", e.Error())
	}
	for _, wrap := range wraps {
		err := wrap(e)
		if errors.Is(err, CodeBusy) || errors.Is(err, Code("")) || errors.As(err, &code) || errors.As(err, &subtype) {
			t.Errorf("%v matches a code", err)
		}
		if _, ok := CodeOf(err); ok {
			t.Errorf("%v has a code", err)
		}
		if _, ok := DecisionOf(err); ok {
			t.Errorf("%v has a decision", err)
		}
		if Explain(err) == "" {
			t.Errorf("%v has no explanation", err)
		}
	}
	if Explain(nil) != "" {
		t.Error("nil has an explanation")
	}
	for _, err := range []error{nil, io.EOF, Code(""), Subtype(""), Subtype("busy/no_such"), &Error{}, &Error{Wire: "", Message: "busy"}} {
		if code, ok := CodeOf(err); ok || code != "" {
			t.Errorf("CodeOf(%#v) = %q, %v", err, code, ok)
		}
	}
	for _, err := range []error{nil, io.EOF, Code(""), Subtype(""), Subtype("busy/no_such")} {
		if d, ok := DecisionOf(err); ok || d != (Decision{}) {
			t.Errorf("DecisionOf(%#v) = %v, %v", err, d, ok)
		}
	}
}

func TestErrorText(t *testing.T) {
	for want, e := range map[string]*Error{
		"standin: busy":                                    {Code: CodeBusy},
		"standin: busy: slow down (task t1)":               {Code: CodeBusy, Message: "slow down", TaskID: "t1"},
		"standin: busy: a b c":                             {Code: CodeBusy, Message: " a\n\tb \x00 c\r\n"},
		"standin: no code":                                 {},
		"standin: no code: huh (task t1)":                  {Message: "huh", TaskID: "t1"},
		"standin: HTTP 502":                                {HTTPStatus: 502},
		"standin: HTTP 502: bad gateway":                   {HTTPStatus: 502, Message: "bad gateway"},
		"standin: busy: no":                                {Code: CodeBusy, HTTPStatus: 429, Message: "no"},
		"standin: 1062":                                    {Code: "1062", Wire: "1062"},
		"standin: 42P01":                                   {Code: "42P01"},
		"standin: upstream-error.v2/x":                     {Code: "upstream-error.v2/x"},
		`standin: "a:b"`:                                   {Code: "a:b"},
		`standin: "a b"`:                                   {Code: "a b"},
		`standin: "a: b (task x)"`:                         {Code: "a: b (task x)"},
		`standin: "\x1b[31m": m`:                           {Code: "\x1b[31m", Message: "m"},
		`standin: "\xff"`:                                  {Code: "\xff"},
		"standin: busy: " + strings.Repeat("x", 300):       {Code: CodeBusy, Message: strings.Repeat("x", 300)},
		"standin: busy: " + strings.Repeat("x", 300) + "…": {Code: CodeBusy, Message: strings.Repeat("x", 301)},
		"standin: busy: " + strings.Repeat("x", 299) + "…": {Code: CodeBusy, Message: strings.Repeat("x", 299) + "€"},
		"standin: busy: end":                               {Code: CodeBusy, Message: strings.Repeat(" ", 5000) + "end"},
		"standin: E42":                                     {Wire: "E42"},
	} {
		if got := e.Error(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		if got := fmt.Sprintf("%v|%s|%+v", e, e, e); got != want+"|"+want+"|"+want {
			t.Errorf("printed as %s", got)
		}
	}
}

func TestErrorTextIsOneLine(t *testing.T) {
	for _, s := range hostile {
		for _, e := range []*Error{{Code: Code(s)}, {Wire: s}, {Message: s}, {TaskID: s}, {Code: Code(s), Wire: s, Message: s, TaskID: s, Model: s}} {
			isLine(t, "the text", e.Error(), 2500)
		}
	}
}

func FuzzErrorText(f *testing.F) {
	for _, s := range hostile[:12] {
		f.Add(s, s, s, s, 0)
	}
	f.Add("busy", "busy", "quota is used up", "t1", 429)
	f.Fuzz(func(t *testing.T, code, wire, message, id string, status int) {
		e := &Error{Code: Code(code), Wire: wire, Message: message, TaskID: id, Model: id, HTTPStatus: status}
		isLine(t, "Error()", e.Error(), 2500)
		for _, attr := range e.LogValue().Group() {
			isLine(t, attr.Key, attr.Value.String(), 1500)
		}
		isText(t, Explain(e))
		if d := e.Decision(); d.Automatic && !Code(code).Decision().Automatic {
			t.Errorf("%+v is automatic", e)
		}
		stopped := &PollError{TaskID: id, Err: e}
		isLine(t, "PollError", stopped.Error(), 2500)
		isText(t, Explain(stopped))
	})
}

func TestLogValue(t *testing.T) {
	for want, e := range map[string]*Error{
		"[table=standin revision=" + Revision + " code=busy subtype=busy/used_up task=t1 message=quota is used up]": {Code: CodeBusy, Message: "quota is used up", TaskID: "t1", Model: "m"},
		"[table=standin revision=" + Revision + " code=nope message=]":                                              {Code: "nope"},
		"[table=standin revision=" + Revision + " code=HTTP 500 message=a b]":                                       {HTTPStatus: 500, Message: "a\nb"},
	} {
		if got := e.LogValue().String(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	for _, s := range hostile {
		e := &Error{Code: Code(s), Wire: s, Message: s, TaskID: s, Model: s}
		for _, attr := range e.LogValue().Group() {
			isLine(t, attr.Key, attr.Value.String(), 1500)
		}
	}
}

func TestValue(t *testing.T) {
	for _, c := range []struct {
		code          Code
		message, name string
		want          string
		ok            bool
	}{
		{CodeBadInput, "file exceeds 10MB", "limit_mb", "10", true},
		{CodeBadInput, "The FILE  exceeds\n2.5mb!", "limit_mb", "2.5", true},
		{CodeBadInput, "field Name of it is required", "field", "Name of it", true},
		{CodeBadInput, "version 1.2.3", "minor", "3", true},
		{CodeBadInput, "file exceeds 10MB", "minor", "", false},
		{CodeBadInput, "file exceeds 10MB", "", "", false},
		{CodeBadInput, "file exceeds 10MB", "_", "", false},
		{CodeBadInput, "", "limit_mb", "", false},
		{CodeBusy, "file exceeds 10MB", "limit_mb", "", false},
		{"unlisted", "file exceeds 10MB", "limit_mb", "", false},
		{"", "file exceeds 10MB", "limit_mb", "", false},
	} {
		e := &Error{Code: c.code, Message: c.message}
		if got, ok := e.Value(c.name); got != c.want || ok != c.ok {
			t.Errorf("%v: value %q: got %q, %v, want %q, %v", e, c.name, got, ok, c.want, c.ok)
		}
	}
}
