package runtime

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net/http"
	"strings"
	"testing"
	"time"
)

// readFailure returns the error that clients read from the response of a failure.
func readFailure(t testing.TB, f *Failure) *Error {
	t.Helper()
	status, header, body := f.Encode()
	if !json.Valid(body) {
		t.Fatalf("not JSON: %.1000q", body)
	}
	var e *Error
	if err := DecodeError(status, header, body); !errors.As(err, &e) {
		t.Fatalf("HTTP %d %s: %v", status, body, err)
	}
	return e
}

// Clients read what was written.
func TestFailureEncode(t *testing.T) {
	f := NewBadInputTooBig(2.5).WithParam("file").WithRequestID("r1").WithRetryAfter(1500 * time.Millisecond)
	status, header, body := f.Encode()
	want := `{"success":false,"error":{"code":"#bad_input:","reason":"size","message":"file exceeds 2.5MB","param":"file","hint":"again in 2 seconds"}}`
	if status != 400 || string(body) != want {
		t.Errorf("HTTP %d, %s, want %s", status, body, want)
	}
	if got := fmt.Sprint(header); got != "map[Content-Type:[application/json] Retry-After:[2] X-Request-Id:[r1] X-Should-Retry:[false]]" {
		t.Error(got)
	}
	for key := range header {
		if http.CanonicalHeaderKey(key) != key {
			t.Errorf("key %s", key)
		}
	}
	e := readFailure(t, f)
	if value, _ := e.Value("limit_mb"); value != "2.5" || e.Decision().Subtype != SubtypeBadInputTooBig || e.Param != "file" || e.RequestID != "r1" || e.RetryAfter != 2*time.Second {
		t.Errorf("got %+v, limit %s", e, value)
	}
}

// A header is printable ASCII, which all clients read in the same way.
func TestFailureHeader(t *testing.T) {
	for id, want := range map[string]string{
		"größe": "gr__e", "a\r\nb: 1": "a__b: 1", "\x7f\u2028~": "__~", "\xff\xfe": "_", "日本": "__", " a b ": "a b",
	} {
		f := NewBroken().WithRequestID(id)
		if e := readFailure(t, f); e.RequestID != want {
			t.Errorf("%q is sent as %q, want %q", id, e.RequestID, want)
		}
		if _, _, _, metadata := f.GRPC(); metadata["request_id"] != sentText(id) {
			t.Errorf("%q is sent over gRPC as %q", id, metadata["request_id"])
		}
	}
}

// The wait of the table is sent unless a program replaces it.
func TestFailureRetryAfter(t *testing.T) {
	for _, test := range []struct {
		f    *Failure
		want string
	}{
		{NewBroken(), "10"},
		{NewBroken().WithRetryAfter(time.Minute), "60"},
		{NewBroken().WithRetryAfter(0), ""},
		{NewBroken().WithRetryAfter(-time.Hour), ""},
		{NewBusy(), ""},
		{NewBusy().WithRetryAfter(1), "1"},
		{NewBusy().WithRetryAfter(math.MaxInt64), "9223372036"},
		{NewBusy().WithRetryAfter(math.MinInt64), ""},
	} {
		_, header, _ := test.f.Encode()
		if got := strings.Join(header["Retry-After"], ","); got != test.want {
			t.Errorf("%v: %q, want %q", test.f.facts, got, test.want)
		}
		if got := test.f.RetryAfter(); got < 0 || (got > 0) != (test.want != "") {
			t.Errorf("%v: %v", test.f.facts, got)
		}
	}
}

// Methods return copies, so that a failure can be shared.
func TestFailureCopies(t *testing.T) {
	f := NewBadInputField("name")
	before := fmt.Sprintf("%+v", *f)
	g := f.WithCause(io.EOF).WithParam("p").WithRequestID("r").WithRetryAfter(time.Second)
	if after := fmt.Sprintf("%+v", *f); after != before {
		t.Errorf("changed from %s to %s", before, after)
	}
	if g.Code() != CodeBadInput || g.Subtype() != SubtypeBadInputField || g.Message() != "field name is required" || !errors.Is(g, io.EOF) {
		t.Errorf("got %+v", g)
	}
}

// A failure is its code and its subtype, as a received error is.
func TestFailureIs(t *testing.T) {
	f := fmt.Errorf("wrapped: %w", NewBusyUsedUp().WithCause(CodeGone))
	for target, want := range map[error]bool{
		CodeBusy: true, Code("too_fast"): true, SubtypeBusyUsedUp: true, Subtype("rate_limited/used_up"): true, CodeGone: true, // the cause
		CodeBroken: false, Subtype(""): false, Code(""): false, SubtypeBadInputField: false, io.EOF: false,
	} {
		if errors.Is(f, target) != want {
			t.Errorf("%v: %v", target, !want)
		}
	}
	if errors.Is(NewBadInput(), Code("bad.x")) {
		t.Error("is a code with a prefix, which was not sent")
	}
	var code Code
	var subtype Subtype
	if !errors.As(f, &code) || code != CodeBusy || !errors.As(f, &subtype) || subtype != SubtypeBusyUsedUp {
		t.Errorf("got %s, %s", code, subtype)
	}
	if errors.As(NewGone(), &subtype) {
		t.Error("has a subtype")
	}
	if got, ok := CodeOf(f); got != CodeBusy || !ok {
		t.Errorf("CodeOf returned %s", got)
	}
	var e *Error
	if errors.As(f, &e) {
		t.Error("is a received error")
	}
}

// Neither an internal code nor a cause leaves the service.
func TestFailureInternal(t *testing.T) {
	f := NewHiccup().WithCause(errors.New("secret")).WithParam("/dev/sda1").WithRequestID("r1")
	status, header, body := f.Encode()
	code, reason, domain, metadata := f.GRPC()
	sent := fmt.Sprint(status, header, string(body), code, reason, domain, metadata, f.Message())
	for _, secret := range []string{"secret", "hiccup", "disk", "sda1"} {
		if strings.Contains(sent, secret) {
			t.Errorf("%q was sent: %s", secret, sent)
		}
	}
	if e := readFailure(t, f); e.Code != CodeMystery || e.RequestID != "r1" {
		t.Errorf("got %+v", e)
	}
	if f.Code() != CodeHiccup || strings.Contains(f.Error(), "secret") {
		t.Errorf("got %s", f)
	}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Error("request failed", "err", f)
	for _, part := range []string{"err.code=hiccup", "err.cause=secret", "err.message=\"the disk is full\"", "err.param=/dev/sda1", "err.request_id=r1"} {
		if !strings.Contains(log.String(), part) {
			t.Errorf("no %s in %s", part, log.String())
		}
	}
}

// The zero value and nil are sent as an internal code.
func TestFailureZero(t *testing.T) {
	for _, f := range []*Failure{nil, {}, (*Failure)(nil).WithRequestID("r1"), (*Failure)(nil).WithCause(io.EOF)} {
		if e := readFailure(t, f); e.Code != CodeMystery {
			t.Errorf("%v: %+v", f, e)
		}
		if f.Code() != "" || f.Subtype() != "" || f.Message() != "" || f.RetryAfter() != 0 || errors.Is(f, CodeMystery) || f.Error() != "standin: no code" {
			t.Errorf("%v", f)
		}
		_ = f.LogValue()
	}
}

func TestFailureGRPC(t *testing.T) {
	code, reason, domain, metadata := NewBadInputTooBig(7).WithParam("file").WithRequestID("r1").GRPC()
	if got := fmt.Sprintf("%d %s %s %v", code, reason, domain, metadata); got != "3 bad_input standin.example map[limit_mb:7 param:file request_id:r1 subtype:too_big]" {
		t.Error(got)
	}
	if code, reason, _, metadata := NewGone().GRPC(); code != 2 || reason != "gone" || len(metadata) > 0 {
		t.Error(code, reason, metadata)
	}
}

// A number is written so that clients read the same number.
func TestFailureNumbers(t *testing.T) {
	for n, want := range map[float64]string{
		0: "0", math.Copysign(0, -1): "0", -1: "0", math.Inf(1): "0", math.Inf(-1): "0", 1e21: "1000000000000000000000", 0.1: "0.1",
		1 << 53: "9007199254740992", math.SmallestNonzeroFloat64: "0." + strings.Repeat("0", 323) + "5",
	} {
		if value, ok := readFailure(t, NewBadInputTooBig(n)).Value("limit_mb"); value != want || !ok {
			t.Errorf("%v: %q, want %q", n, value, want)
		}
	}
	if value, _ := readFailure(t, NewBadInputTooBig(math.NaN())).Value("limit_mb"); value != "0" {
		t.Errorf("NaN: %q", value)
	}
}

// Words that clients cannot read are replaced by ones that they can read.
func TestFailureWords(t *testing.T) {
	for word, want := range map[string]string{
		"name": "name", "a b": "a b", "a\nb": "a\nb", "größe": "größe", `"quoted" \ {field}`: `"quoted" \ {field}`, "\xff": "\ufffd",
		"a is required": "a_is_required",
		" a ":           "_a_",
		"":              "", "file exceeds 10MB": "file exceeds 10MB", "x is required 1.2": "x_is_required_1_2",
	} {
		e := readFailure(t, NewBadInputField(word))
		if value, _ := e.Value("field"); value != want || e.Decision().Subtype != SubtypeBadInputField {
			t.Errorf("%q: %q, want %q; %s", word, value, want, e.Decision().Subtype)
		}
	}
}

// No text or number breaks the JSON or the header, or changes what clients read.
func FuzzFailure(f *testing.F) {
	f.Add("name", "file", "r1", 10.0, int64(0))
	f.Add("a is required", `"}]}`, "r\r\nX-Evil: 1", math.NaN(), int64(-1))
	f.Add("\xff\n\u2028{limit_mb}", strings.Repeat("é", 1<<10), "\x00", -1e300, int64(math.MaxInt64))
	f.Add("file exceeds 7MB", "bad input", "version 1.2", 1e300, int64(1))
	f.Add("x is required y is required", `\u0000`, `{"code":"#gone:"}`, 0.1, int64(math.MinInt64))
	f.Fuzz(func(t *testing.T, word, param, id string, n float64, delay int64) {
		for _, failure := range []*Failure{NewBadInputField(word), NewBadInputTooBig(n), NewBroken(), NewLimitedSpent(), NewHiccup(), nil} {
			failure = failure.WithParam(param).WithRequestID(id).WithRetryAfter(time.Duration(delay)).WithCause(errors.New(word))
			_, header, _ := failure.Encode()
			for _, values := range header {
				if strings.ContainsFunc(values[0], func(r rune) bool { return r < ' ' || r > '~' }) {
					t.Errorf("header %q", values[0])
				}
			}
			e := readFailure(t, failure)
			want, wantParam := failure.Code(), sentText(param)
			if want == CodeHiccup || want == "" {
				want, wantParam = CodeMystery, ""
			}
			if e.Code != want || e.Decision().Subtype != failure.Subtype() || e.Param != wantParam || e.RequestID != headerText(sentText(id)) || e.RetryAfter != failure.RetryAfter() {
				t.Errorf("got %+v, want %+v", e, failure)
			}
			for _, value := range failure.values {
				if text, ok := e.Value(value.name); text != value.text || !ok {
					t.Errorf("value %s is %q, want %q", value.name, text, value.text)
				}
			}
			isLine(t, "Error", failure.Error(), 2*maxText)
		}
	})
}
