package runtime

import (
	"cmp"
	"encoding/json"
	"os"
	"testing"
	"time"
)

// The package makes the decisions that testdata/vectors.json lists for every language.
func TestVectors(t *testing.T) {
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors struct {
		Revision string
		Cases    []struct {
			Code     Code
			Message  string
			Decision verdict
			Values   map[string]string
		}
	}
	if err := json.Unmarshal(data, &vectors); err != nil {
		t.Fatal(err)
	}
	if vectors.Revision != Revision || len(vectors.Cases) == 0 {
		t.Fatalf("%d cases of revision %s, want some of revision %s", len(vectors.Cases), vectors.Revision, Revision)
	}
	for _, v := range vectors.Cases {
		if got, want := Classify(v.Code, v.Message), v.Decision.decision(t); got != want {
			t.Errorf("Classify(%q, %q)\n got  %+v\n want %+v", v.Code, v.Message, got, want)
		}
		e := &Error{Code: v.Code, Message: v.Message}
		for name, text := range v.Values {
			if got, ok := e.Value(name); got != text || !ok {
				t.Errorf("value %s of %q: got %q, %v, want %q", name, v.Message, got, ok, text)
			}
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
