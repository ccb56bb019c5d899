package runtime

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// The stored excerpt of a body that is not JSON has the meaning of the body: it is not
// JSON either, and has the same start.
func TestStoredExcerpt(t *testing.T) {
	const busy = `{"error":{"code":"busy"}}`
	for _, body := range []string{
		busy + strings.Repeat(" ", maxExcerpt) + "x", // the excerpt ends before the x
		strings.Repeat("\n", maxExcerpt) + busy[:9],
		strings.Repeat("\xff", 60) + "{",
		strings.Repeat("é\xff", maxExcerpt),
		"<html>",
	} {
		e := DecodeError(429, nil, []byte(body)).(*Error)
		stored, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		again := new(Error)
		if err := json.Unmarshal(stored, again); err != nil {
			t.Fatal(err)
		}
		if again.Wire != "" || again.Decision() != e.Decision() {
			t.Errorf("%.60q is restored as %+v, %+v, want %+v", body, again, again.Decision(), e.Decision())
		}
		if twice, err := json.Marshal(again); err != nil || string(twice) != string(stored) {
			t.Errorf("%s, then %s, %v", stored, twice, err)
		}
	}
}

// A body may have a member with the key of the envelope.
func TestStoredTwice(t *testing.T) {
	e := DecodeError(429, nil, []byte(`{"x-errspec":{"error":{"code":"quota"},"status":200},"error":{"code":"busy"}}`)).(*Error)
	stored, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	again := new(Error)
	if err := json.Unmarshal(stored, again); err != nil || again.Decision() != e.Decision() || again.HTTPStatus != 429 {
		t.Errorf("%s is restored as %+v, %v", stored, again, err)
	}
}

// A body that could not be read completely stays incomplete after it was stored.
func TestStoredPartial(t *testing.T) {
	for _, body := range []string{"", `{"error":{"code":"busy"}}`} {
		_, err := DecodeTask(429, nil, io.MultiReader(strings.NewReader(body), iotest.ErrReader(io.ErrUnexpectedEOF)))
		stored, _ := json.Marshal(err)
		again := new(Error)
		if err := json.Unmarshal(stored, again); err != nil {
			t.Fatal(err)
		}
		if err.(*Error).Decision().Automatic || again.Decision() != err.(*Error).Decision() {
			t.Errorf("%q: %+v, then %+v from %s", body, err.(*Error).Decision(), again.Decision(), stored)
		}
	}
}
