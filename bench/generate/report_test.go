package main

import (
	"testing"
	"time"

	"github.com/errspec/errspec/bench/internal/measure"
)

func TestRatio(t *testing.T) {
	runs := func(name string, walls ...int64) result {
		r := result{tool: builtTool{tool: tool{name: name}}}
		for _, w := range walls {
			r.samples = append(r.samples, measure.Sample{Wall: time.Duration(w) * time.Millisecond})
		}
		return r
	}
	results := []result{runs(baseline, 100, 300, 200), runs(subject, 90, 10, 30, 20)}
	if got, ok := ratio(results, subject, result.walls); !ok || got != 0.125 {
		t.Errorf("got %v, %v, want 0.125", got, ok)
	}
	if err := checkRatio(results, 0.125); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	if err := checkRatio(results, 0.12); err == nil {
		t.Error("above the limit: no error")
	}
	if err := checkRatio(results[:1], 0.12); err == nil {
		t.Error("errspec not timed: no error")
	}
}
