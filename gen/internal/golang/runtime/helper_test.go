package runtime

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// taskWith returns a decoded task with a status and, unless code is "", an error.
func taskWith(t testing.TB, status, code, message string) *Task {
	t.Helper()
	doc := map[string]any{"id": "t1", "status": status, "model": "m"}
	if code != "" {
		doc["error"] = map[string]string{"code": code, "message": message}
	}
	data, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return decoded(t, string(data))
}

// decoded returns the task that DecodeTask returns for a body with HTTP status 200.
func decoded(t testing.TB, body string) *Task {
	t.Helper()
	task, err := DecodeTask(200, nil, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return task
}

// refusal returns the error that DecodeTask returns for a refused request.
func refusal(t testing.TB, status int, retryAfter, body string) *Error {
	t.Helper()
	task, err := DecodeTask(status, retryAfterHeader(retryAfter), strings.NewReader(body))
	var e *Error
	if task != nil || !errors.As(err, &e) {
		t.Fatalf("DecodeTask(%d, %q) = %v, %v", status, body, task, err)
	}
	return e
}

// wraps are common ways to wrap an error.
var wraps = []func(error) error{
	func(err error) error { return err },
	func(err error) error { return fmt.Errorf("wrapped: %w", err) },
	func(err error) error { return fmt.Errorf("twice: %w", fmt.Errorf("wrapped: %w", err)) },
	func(err error) error { return errors.Join(errors.New("another"), err) },
	func(err error) error { return fmt.Errorf("%w and %w", errors.New("another"), errors.Join(nil, err)) },
}

// hostile lists texts that must not be printed unchanged.
var hostile = []string{
	"a\nb", "a\r\nb", "\x1b[31mred\x1b[0m", "\x00", "\u009b31m", "\u2028", "\u2029", "\u0085", "\u202eevil", "\ufeff", "\u200b",
	"\xff\xfe", "a\xc3", strings.Repeat("\x80", 400), strings.Repeat("\xc3", 1500), strings.Repeat("€", 200),
	strings.Repeat("x", 299) + "€", strings.Repeat("\U0001f600", 90), strings.Repeat("a\u0301", 300), "\xed\xa0\x80", "\t\v\f",
	strings.Repeat(" ", 5000) + "end", strings.Repeat("\x1b", 1<<16), strings.Repeat("long ", 1<<16), strings.Repeat("long", 1<<12), "…", "", "):(task x)",
}

// isLine fails the test unless s is one line of at most bound bytes that is safe for a
// terminal.
func isLine(t testing.TB, name, s string, bound int) {
	t.Helper()
	if !utf8.ValidString(s) {
		t.Errorf("%s is not UTF-8: %q", name, s)
	}
	if i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsGraphic(r) }); i >= 0 {
		t.Errorf("%s has %q at %d: %q", name, s[i:min(len(s), i+4)], i, s)
	}
	if len(s) > bound {
		t.Errorf("%s has %d bytes, more than %d", name, len(s), bound)
	}
}

// allCodes returns every listed code, alias and former name, and some unlisted codes.
func allCodes() []Code {
	return append(Codes(), "rate_limited", "too_fast", "unlisted", "", "BUSY", "busy ", "429")
}

// randomMessage returns a text of parts of phrases and noise.
func randomMessage(r *rand.Rand) string {
	parts := []string{
		"request refused", "file exceeds 10MB", "file exceeds", "field x is required", "field", "is required", "version 1.2",
		"version 1.2.3", "bad input", "quota is used up", "QUOTA  IS\nUSED UP", "quota", "used up", "busy", "broken", "never", "retry",
		"automatic", " ", "\t", "\n", "\x00", "\xff", "é", "0", "12.", "_", ".", "never retry", "may be retried", "\u00a0",
	}
	var b strings.Builder
	for range r.IntN(6) {
		b.WriteString(parts[r.IntN(len(parts))])
		if r.IntN(2) == 0 {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// retryAfterHeader returns a header with Retry-After, which may be "".
func retryAfterHeader(value string) map[string][]string {
	return map[string][]string{"Retry-After": {value}}
}
