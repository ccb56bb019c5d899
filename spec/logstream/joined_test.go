package logstream

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec/extract"
)

const (
	busyText = "shop: busy: m (task t-1)"
	stopText = "shop: stopped polling task t-2: EOF"
)

// A part of a joined error that is automatic on a separate line is not automatic next
// to a report that polling stopped.
func TestJoinedErrors(t *testing.T) {
	lines := func(n int, text string) string { return strings.Repeat(text+"\n", n) }
	for text, want := range map[string][]bool{ // for each decision, whether it is automatic
		busyText:                                                       {true},
		busyText + "\n" + stopText:                                     {false},
		stopText + "\n" + busyText:                                     {false},
		busyText + "\ncontext deadline exceeded":                       {false},
		"submit: EOF\n" + busyText:                                     {false},
		busyText + "\nERROR context deadline exceeded":                 {true},
		"2026-01-02 ERROR submit: " + busyText + "\npoll: " + stopText: {false},
		"ERROR submit: " + busyText + "\nPost \"https://x\": EOF\n\n" + stopText: {false},
		busyText + "\n2026-01-02 " + stopText:                                    {true},
		"2026 " + busyText + "\nlevel=ERROR msg=x\n" + stopText:                  {true},
		"2026 " + busyText + "\n[worker] x\n" + stopText:                         {true},
		busyText + "\n" + `{"a":1}` + "\n" + stopText:                            {true},
		busyText + "\n" + lines(15, "x") + stopText:                              {false},
		busyText + "\n" + lines(16, "x") + stopText:                              {true},
		stopText + "\n" + lines(15, "x") + busyText:                              {false},
		stopText + "\n" + lines(16, "x") + busyText:                              {true},
		lines(40, busyText) + stopText + "\n" + lines(40, busyText):              append(append(repeat(24, true), repeat(32, false)...), repeat(24, true)...),
	} {
		for _, text := range []string{text, strings.ReplaceAll(text, "\n", "\r\n")} {
			o := run(Job{Extractor: extractorOf(t)}, strings.NewReader(text))
			var got []bool
			for line := range strings.Lines(o.out) {
				got = append(got, strings.Contains(line, `"automatic":true`))
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%q: got %v, want %v", text, got, want)
			}
		}
	}
	// Lines of two inputs are not part of the same error.
	if o := run(Job{Extractor: extractorOf(t)}, strings.NewReader(busyText+"\n"), strings.NewReader(stopText)); !strings.Contains(o.out, `"automatic":true`) {
		t.Error(o)
	}
}

func repeat(n int, v bool) (all []bool) {
	for range n {
		all = append(all, v)
	}
	return all
}

// The sizes of reads do not affect joined errors.
func TestCutsOfJoinedErrors(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	x := extractorOf(t)
	parts := []string{busyText, stopText, "x", "ERROR x", "2026 x", `{"a":1}`, failed("t-1", "busy", ""), ""}
	for range 200 {
		var b strings.Builder
		for range rnd.IntN(60) {
			b.WriteString(parts[rnd.IntN(len(parts))] + "\n")
		}
		compareCuts(t, Job{Extractor: x}, b.String(), rnd.Uint64())
	}
}

// If polling stopped anywhere in a pasted text, its outcome is unknown.
func TestPastedStops(t *testing.T) {
	for _, text := range []string{
		busyText + "\n" + stopText, busyText + "\n> shop: stopped polling\n  task t-2: EOF", "2026 " + busyText + "\n2026 " + stopText,
		"{\n  error: { code: 'busy' },\n  cause: '" + stopText + "'\n}",
	} {
		if f, _ := Best(extractorOf(t), text); f.Source != extract.PollStopped || f.Task != "t-2" {
			t.Errorf("%q: got %+v", text, f)
		}
	}
}

// Objects of other languages may span lines of a pasted text.
func TestPastedObjects(t *testing.T) {
	for _, text := range []string{
		"Error: 429\n{\n  id: 't-1',\n  status: 'failed',\n  error: {\n    code: 'busy',\n    message: 'code: bad_input' +\n      'x',\n  },\n}\n",
		"{'id': 't-1',\n 'status': 'failed',\n 'error': {'code': 'busy',\n           'message': 'code: bad_input'\n                      'x'}}",
	} {
		f, count := Best(extractorOf(t), text)
		if f.Source != extract.Response || f.Code != "busy" || f.Message != "code: bad_inputx" || f.Task != "t-1" || count != 1 {
			t.Errorf("%q: got %+v, %d", text, f, count)
		}
	}
}
