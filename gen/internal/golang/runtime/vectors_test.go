package runtime

import (
	"cmp"
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"
)

// readVectors decodes testdata/vectors.json, whose cases apply to clients in every
// language.
func readVectors(t *testing.T, v any) {
	t.Helper()
	data, err := os.ReadFile("testdata/vectors.json")
	if err == nil {
		err = json.Unmarshal(data, v)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// The package makes the decisions that testdata/vectors.json lists.
func TestVectors(t *testing.T) {
	var vectors struct {
		Revision string
		Cases    []caseVector
		Long     []struct {
			Pad  int
			Case *caseVector
		}
	}
	readVectors(t, &vectors)
	if vectors.Revision != Revision || len(vectors.Cases) == 0 {
		t.Fatalf("%d cases of revision %s, want some of revision %s", len(vectors.Cases), vectors.Revision, Revision)
	}
	for _, v := range vectors.Long {
		if v.Case != nil {
			v.Case.Message = padded(v.Case.Message, v.Pad)
			vectors.Cases = append(vectors.Cases, *v.Case)
		}
	}
	for _, v := range vectors.Cases {
		if got, want := Classify(v.Code, v.Message), v.Decision.decision(t); got != want {
			t.Errorf("Classify(%q, %.300q)\n got  %+v\n want %+v", v.Code, v.Message, got, want)
		}
		e := &Error{Code: v.Code, Message: v.Message}
		for name, text := range v.Values {
			if got, ok := e.Value(name); got != text || !ok {
				t.Errorf("value %s of %.300q: got %q, %v, want %q", name, v.Message, got, ok, text)
			}
		}
	}
}

type caseVector struct {
	Code     Code
	Message  string
	Decision verdict
	Values   map[string]string
}

// padded returns a text with spaces for its pads.
func padded(text string, spaces int) string {
	return strings.ReplaceAll(text, "<pad>", strings.Repeat(" ", spaces))
}

// Policy.Next returns the waits that testdata/vectors.json lists.
func TestPauseVectors(t *testing.T) {
	var vectors struct {
		Pauses []struct {
			Code         Code
			Message      string
			Attempt      int
			RetryAfterMS int64 `json:"retry_after_ms"`
			Fraction     float64
			PauseMS      *int64 `json:"pause_ms"`
		}
	}
	readVectors(t, &vectors)
	for _, v := range vectors.Pauses {
		p := Policy{Rand: func() float64 { return v.Fraction }}
		wire, err := json.Marshal(v.Code) // 0 is a code only as sent
		if err != nil {
			t.Fatal(err)
		}
		e := &Error{Code: v.Code, Wire: strings.Trim(string(wire), `"`), Message: v.Message, RetryAfter: time.Duration(v.RetryAfterMS) * time.Millisecond}
		pause, ok := p.Next(context.Background(), v.Attempt, e)
		if ok != (v.PauseMS != nil) || ok && (pause-time.Duration(*v.PauseMS)*time.Millisecond).Abs() > time.Millisecond {
			t.Errorf("%+v: got %v, %v", v, pause, ok)
		}
	}
}

// ParseRetryAfter returns the waits that testdata/vectors.json lists.
func TestRetryAfterVectors(t *testing.T) {
	var vectors struct {
		RetryAfter []struct {
			Value, Now string
			MS         *int64
		} `json:"retry_after"`
	}
	readVectors(t, &vectors)
	if len(vectors.RetryAfter) == 0 {
		t.Fatal("no values")
	}
	for _, v := range vectors.RetryAfter {
		now, err := time.Parse("Mon, 02 Jan 2006 15:04:05 GMT", v.Now)
		if err != nil {
			t.Fatal(err)
		}
		wait, ok := ParseRetryAfter(v.Value, now)
		if ok != (v.MS != nil) || ok && wait.Round(time.Millisecond).Milliseconds() != *v.MS {
			t.Errorf("%q: got %v, %v", v.Value, wait, ok)
		}
	}
}

// A verdict is a decision in the format of the vectors.
type verdict struct {
	Code                       Code
	Known, Automatic, Throttle bool
	Subtype                    Subtype
	Class                      Class
	Action, Charged            string
	Wait                       struct{ Min, Max string }
}

func (v verdict) decision(t *testing.T) Decision {
	t.Helper()
	d := Decision{
		Code: v.Code, Known: v.Known, Subtype: v.Subtype, Class: v.Class, Automatic: v.Automatic, Throttle: v.Throttle,
		Wait: Wait{length(t, v.Wait.Min), length(t, v.Wait.Max)},
	}
	for ; d.Action.String() != v.Action; d.Action++ {
		if d.Action > 100 {
			t.Fatalf("unknown action %q", v.Action)
		}
	}
	for want := cmp.Or(v.Charged, "unknown"); d.Charged.String() != want; d.Charged++ {
		if d.Charged > 100 {
			t.Fatalf("unknown charged %q", v.Charged)
		}
	}
	return d
}

func length(t *testing.T, s string) time.Duration {
	if s == "" {
		return 0
	}
	d, err := time.ParseDuration(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
