package runtime

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
)

// Every code is found by its constant, its name, errors.Is and JSON.
func TestCodes(t *testing.T) {
	for _, c := range Codes() {
		if !c.Known() {
			t.Errorf("%v is listed, but Known returns false", c)
		}
		if got, ok := ParseCode(c.String()); got != c || !ok {
			t.Errorf("ParseCode(%q) = %v, %v", c.String(), got, ok)
		}
		if info := c.Info(); info.Code != c || info.Title == "" {
			t.Errorf("Info of %v is that of %v, titled %q", c, info.Code, info.Title)
		}
		if err := fmt.Errorf("wrapped: %w", c); !errors.Is(err, c) {
			t.Errorf("errors.Is does not find %v", c)
		}
		if got := roundTrip(t, c); got != c {
			t.Errorf("%v is %v after a round trip through JSON", c, got)
		}
	}
}

// Callers may change the results without changing the table.
func TestResultsAreFresh(t *testing.T) {
	codes := Codes()
	want := slices.Clone(codes)
	slices.Reverse(codes)
	clear(codes[1:])
	if !slices.Equal(Codes(), want) {
		t.Error("a change of the result of Codes changes the table")
	}
	for _, c := range want {
		for _, list := range lists(c) {
			for i := range list {
				list[i] = "changed"
			}
		}
		for _, list := range lists(c) {
			if slices.Contains(list, "changed") {
				t.Errorf("a change of Info of %v changes the table", c)
			}
		}
	}
}

func lists(c Code) [][]string {
	info := c.Info()
	return [][]string{info.Causes, info.Avoid, info.Fixes, info.Examples}
}

func TestSubtypes(t *testing.T) {
	for _, c := range Codes() {
		for _, s := range c.Info().Subtypes {
			if s.Code() != c {
				t.Errorf("Code of %v is %v, want %v", s, s.Code(), c)
			}
			if info := s.Info(); info.Subtype != s || info.Code != c || info.Title == "" {
				t.Errorf("Info of %v is %+v", s, info)
			}
			if err := fmt.Errorf("wrapped: %w", s); !errors.Is(err, s) {
				t.Errorf("errors.Is does not find %v", s)
			}
		}
	}
	if unlisted := Subtype("no such/subtype"); unlisted.Info().Subtype != unlisted || unlisted.Info().Title != "" {
		t.Errorf("Info of an unlisted subtype is %+v", unlisted.Info())
	}
}

// An unlisted code keeps its value and has no documentation.
func TestUnlistedCode(t *testing.T) {
	var c Code
	if err := json.Unmarshal([]byte("-9007199254740993"), &c); err != nil {
		t.Fatal(err)
	}
	if c.Known() {
		t.Skip("the table lists the code of this test")
	}
	if got := roundTrip(t, c); got != c {
		t.Errorf("%v is %v after a round trip through JSON", c, got)
	}
	if info := c.Info(); info.Code != c || info.Title != "" || info.Class != "" {
		t.Errorf("Info of an unlisted code is %+v", info)
	}
	if _, ok := ParseCode("not a code of any table"); ok {
		t.Error("ParseCode accepts an unlisted code")
	}
}

func TestCodeFromJSON(t *testing.T) {
	var zero Code
	c := Codes()[0]
	if err := json.Unmarshal([]byte("null"), &c); err != nil || c != zero {
		t.Errorf("null is decoded as %v, %v", c, err)
	}
	for _, bad := range []string{"true", "{}", "[]", `"\x"`, ""} {
		if err := c.UnmarshalJSON([]byte(bad)); err == nil {
			t.Errorf("%q is decoded as %v, want an error", bad, c)
		}
	}
}

func roundTrip(t *testing.T, c Code) Code {
	t.Helper()
	data, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var back Code
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	return back
}

func TestNamesOfNumbers(t *testing.T) {
	for got, want := range map[string]string{
		Action(200).String():   "Action(200)",
		ActionUnknown.String(): "unknown",
		ActionFix.String():     "fix",
		Fault(200).String():    "Fault(200)",
		FaultServer.String():   "server",
		FaultUnknown.String():  "unknown",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
