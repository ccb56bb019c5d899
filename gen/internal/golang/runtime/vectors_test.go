package runtime

import (
	"encoding/json"
	"os"
	"testing"
	"time"
)

// The cases that clients in every language replay: see testdata/vectors.json.
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
			Decision struct {
				Code                       Code
				Known, Automatic, Throttle bool
				Subtype                    Subtype
				Class                      Class
				Action                     string
				Wait                       struct{ Min, Max string }
			}
			Values map[string]string
		}
	}
	if err := json.Unmarshal(data, &vectors); err != nil {
		t.Fatal(err)
	}
	if vectors.Revision != Revision || len(vectors.Cases) == 0 {
		t.Fatalf("%d cases of revision %s, for a package of revision %s", len(vectors.Cases), vectors.Revision, Revision)
	}
	for _, v := range vectors.Cases {
		want := Decision{
			Code: v.Decision.Code, Known: v.Decision.Known, Subtype: v.Decision.Subtype, Class: v.Decision.Class,
			Automatic: v.Decision.Automatic, Throttle: v.Decision.Throttle,
			Wait: Wait{length(t, v.Decision.Wait.Min), length(t, v.Decision.Wait.Max)},
		}
		got := Classify(v.Code, v.Message)
		want.Action = got.Action // compared by its name
		if got != want || got.Action.String() != v.Decision.Action {
			t.Errorf("Classify(%q, %q)\n is   %+v\n not  %+v with action %s", v.Code, v.Message, got, want, v.Decision.Action)
		}
		e := &Error{Code: v.Code, Message: v.Message}
		for name, text := range v.Values {
			if got, ok := e.Value(name); got != text || !ok {
				t.Errorf("the value %s of %q is %q, %v, not %q", name, v.Message, got, ok, text)
			}
		}
	}
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
