package main

import (
	"fmt"
	"io"
	"os"
	"strings"
)

// readReasons reads equivalent.txt: the keys of mutants, each followed by the reason
// why the mutant does not change the behavior of the program.
func readReasons(name string) (map[string]string, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return parseReasons(string(data))
}

func parseReasons(text string) (map[string]string, error) {
	reasons := map[string]string{}
	var key string
	for i, line := range strings.Split(text, "\n") {
		switch indented := strings.HasPrefix(line, "\t"); {
		case strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#"):
		case !indented:
			key = strings.TrimSpace(line)
			reasons[key] = ""
		case key == "":
			return nil, fmt.Errorf("equivalent.txt:%d: reason without a mutant", i+1)
		default:
			reasons[key] = strings.TrimSpace(reasons[key] + " " + strings.TrimSpace(line))
		}
	}
	for key, reason := range reasons {
		if reason == "" {
			return nil, fmt.Errorf("equivalent.txt: missing reason for %s", key)
		}
	}
	return reasons, nil
}

// reasonOf returns the reason why a mutant, or every mutant of its line, is equivalent.
func reasonOf(reasons map[string]string, m *mutant) (string, bool) {
	if reason, ok := reasons[m.key()]; ok {
		return reason, true
	}
	reason, ok := reasons[m.anyKey()]
	return reason, ok
}

// report prints the survivors of an area, and the percentage of killed mutants with and
// without the equivalent ones.
func report(name string, mutants []*mutant, reasons map[string]string, o options, w io.Writer) error {
	count := map[fate]int{}
	equivalent := 0
	for _, m := range mutants {
		count[m.fate]++
		reason, ok := reasonOf(reasons, m)
		switch {
		case m.fate == survived && ok:
			equivalent++
			fmt.Fprintf(w, "equivalent: %s\n\t%s\n", m, reason)
		case m.fate == survived:
			fmt.Fprintf(w, "survived:   %s\n\t%s\n", m, m.key())
		case m.fate == killed && ok:
			fmt.Fprintf(w, "killed, but listed in equivalent.txt: %s\n", m)
		}
	}
	tried := count[killed] + count[survived]
	if tried == 0 {
		return fmt.Errorf("%s: no mutant compiles", name)
	}
	share := func(of int) float64 { return 100 * float64(count[killed]) / float64(max(of, 1)) }
	fmt.Fprintf(w, "%s: %d killed, %d survived, %d of them equivalent, %d did not compile: %.1f %% killed, %.1f %% of the non-equivalent ones\n",
		name, count[killed], count[survived], equivalent, count[noCompile], share(tried), share(tried-equivalent))
	if got := share(tried - equivalent); o.only == nil && got < o.atLeast {
		return fmt.Errorf("%s: %.1f %% of the mutants are killed, fewer than %.1f %%", name, got, o.atLeast)
	}
	return nil
}
