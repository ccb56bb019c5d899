//go:build go1.25

//go:debug asynctimerchan=0

package worker

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"
)

var (
	schedules = flag.Int("schedules", 0, "number of simulated schedules; default: 1,000, or 20,000 with ERRSPEC_LONG=1")
	printed   = flag.Bool("figures", false, "print the figures as JSON, without checking them")
)

// Figures are the results of all schedules, for programs with and without keys.
type Figures struct {
	Schedules, Possible int // Possible are the documented ones that an oracle finishes
	Keys, NoKeys        Counts
}

// Counts are the results of all schedules for one program.
type Counts struct {
	Finished    int // of the possible ones
	All         int // finished ones of all
	Twice       int // paid more than once
	Submissions int
}

func (c *Counts) add(r result, possible bool) {
	c.Submissions += r.submissions
	if r.charges > 1 {
		c.Twice++
	}
	if r.finished {
		c.All++
	}
	if r.finished && possible {
		c.Finished++
	}
}

// In random schedules of faults, restarts and workers, no work is paid twice. With keys, at
// least 95 % of the work that can be finished without paying twice is finished.
func TestPaidOnce(t *testing.T) {
	if *schedules == 0 {
		if *schedules = 1000; os.Getenv("ERRSPEC_LONG") != "" {
			*schedules = 20_000
		}
	}
	events := make(map[string]int)
	unfinished := make(map[string]int)
	f := Figures{Schedules: *schedules}
	for seed := range schedule(*schedules) {
		possible := seed.conditions().documented() && seed.possible()
		if possible {
			f.Possible++
		}
		with, without := simulate(t, seed, true, events), simulate(t, seed, false, make(map[string]int))
		if possible && !with.finished {
			unfinished[with.unfinished]++
		}
		f.Keys.add(with, possible)
		f.NoKeys.add(without, possible)
		if !*printed && max(with.charges, without.charges) > 1 {
			t.Errorf("seed %d: %d charges with keys, %d without; %+v", seed, with.charges, without.charges, seed.conditions())
		}
	}
	if *printed {
		figures, _ := json.Marshal(f)
		fmt.Printf("figures: %s\n", figures)
		return
	}
	rate := func(n int) float64 { return 100 * float64(n) / float64(f.Possible) }
	t.Logf("%d schedules, of which %d can be finished: %.1f %% are finished with keys, %.1f %% without", f.Schedules, f.Possible, rate(f.Keys.Finished), rate(f.NoKeys.Finished))
	t.Logf("unfinished with keys: %v", unfinished)
	t.Logf("paid twice: %d with keys, %d without", f.Keys.Twice, f.NoKeys.Twice)
	if rate(f.Keys.Finished) < 95 {
		t.Errorf("only %.1f %% of the work is finished", rate(f.Keys.Finished))
	}
	for _, event := range slices.Sorted(maps.Keys(events)) {
		t.Logf("%7d %s", events[event], event)
	}
	for _, event := range expected() {
		if events[event] == 0 {
			t.Errorf("no event %q in the schedules", event)
		}
	}
}

// expected returns the names of all events.
func expected() []string {
	all := []string{"callback", "forged callback", "known key", "second worker", "crash before the send", "crash after the send", "crash while polling"}
	for _, e := range submissions {
		all = append(all, "submission: "+e.name)
	}
	for _, e := range ends {
		all = append(all, "task: "+string(e.event))
	}
	return all
}
