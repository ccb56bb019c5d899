package logstream

import (
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/errspec/errspec/internal/longtest"
)

// endless repeats a text, up to a limit if there is one.
type endless struct {
	unit  string
	limit int64
	read  int64
}

func (e *endless) Read(b []byte) (int, error) {
	if e.limit > 0 && e.read >= e.limit {
		return 0, io.EOF
	}
	n := 0
	for n < len(b) {
		n += copy(b[n:], e.unit[(e.read+int64(n))%int64(len(e.unit)):])
	}
	e.read += int64(n)
	return n, nil
}

// Memory does not grow with the length of a stream, for any kind of records.
func TestConstantMemory(t *testing.T) {
	const limit = 128 << 20 // for the workers, the longest record and garbage
	longtest.Only(t, "reads 700 MiB")
	a := failed("t-1", "busy", "slow down")
	for name, c := range map[string]struct{ before, unit string }{
		"lines":                       {"", a + "\n"},
		"an array on one line":        {"[" + a, "," + a},
		"an indented array":           {"[" + a, ",\n" + indented(a, "  ")},
		"text":                        {"", "2026-01-01 [busy] slow down\n"},
		"unlisted codes":              {"", "code=a_1 x\ncode=b_2 y\n"},
		"bad lines":                   {"", "{\"id\":nil}\n"},
		"one line without end":        {"", "x"},
		"one string without end":      {`{"id":"`, `x\"`},
		"one object without end":      {`{"id":1`, `,"a":[1,{}]`},
		"one element without end":     {`[{"id":1`, `,"a":[1,{}]`},
		"blanks":                      {"", " \n"},
		"blanks in an object":         {`{"id":`, " \n"},
		"blanks in an array":          {`[{}`, " \n"},
		"a number in an array":        {`[{}`, "1"},
		"brackets":                    {`{"id":`, `[`},
		"many records on a long line": {"", a},
	} {
		t.Run(name, func(t *testing.T) {
			size := int64(8 << 20)
			if name == "lines" || name == "text" || name == "one line without end" {
				size = 3 * limit / 2 // too large to fit into the limit
			}
			peak, next := uint64(0), int64(0)
			job := Job{Extractor: extractorOf(t), Out: io.Discard, Summary: new(Summary), Workers: 2}
			job.Progress = func(s Stats) {
				if s.Bytes < next {
					return
				}
				next = s.Bytes + 8<<20
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapInuse)
			}
			o := run(job, io.MultiReader(strings.NewReader(c.before), &endless{unit: c.unit, limit: size}))
			if o.stats.Bytes < size {
				t.Errorf("only %d bytes were read", o.stats.Bytes)
			}
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			if peak = max(peak, m.HeapInuse); peak > limit || o.err != nil {
				t.Errorf("%d MiB, %v", peak>>20, o.err)
			}
		})
	}
}

func TestTooLong(t *testing.T) {
	const most = 100
	ok, long := failed("t-1", "busy", ""), failed("t-2", "busy", strings.Repeat("y", 3*most))
	if len(ok) > most {
		t.Fatal("the short record is too long")
	}
	exact := "[busy]" + strings.Repeat("z", most-len("[busy]"))
	for name, c := range map[string]struct {
		text string
		line int
		want string
	}{
		"a line":                {ok + "\n[busy]" + strings.Repeat("z", most) + "\n" + ok, 2, wantBusy(1, "t-1") + wantBusy(3, "t-1")},
		"no line":               {exact + "\n" + exact + "  \r\n" + ok, 0, wantBusy(1, "") + wantBusy(2, "") + wantBusy(3, "t-1")},
		"an object":             {ok + "\n" + long + ok + "\n", 2, wantBusy(1, "t-1") + wantBusy(2, "t-1")},
		"an indented object":    {ok + "\n\n" + indented(long, "") + "\n" + ok, 3, wantBusy(1, "t-1") + wantBusy(11, "t-1")},
		"an element":            {"[" + ok + ",\n" + long + ",\n" + ok + "]\n" + ok, 2, wantBusy(1, "t-1") + wantBusy(3, "t-1") + wantBusy(4, "t-1")},
		"an object without end": {ok + "\n" + long[:len(long)-1] + "\n" + ok, 2, wantBusy(1, "t-1") + wantBusy(3, "t-1")},
		"at the end":            {ok + "\n" + long[:len(long)-1], 2, wantBusy(1, "t-1")},
		"an array":              {"[" + strings.Repeat(ok+",", 10) + "{}]", 0, strings.Repeat(wantBusy(1, "t-1"), 10)},
	} {
		job := Job{Extractor: extractorOf(t), MaxRecord: most}
		o := run(job, strings.NewReader(c.text))
		if o.out != c.want || c.line == 0 && len(o.bad) > 0 || c.line > 0 && (len(o.bad) != 1 || o.bad[0] != (Bad{"f1", c.line, reasonTooLong})) {
			t.Errorf("%s: %q\n got %s\nwant %d %s", name, c.text, o, c.line, c.want)
		}
		compareCuts(t, job, c.text, 7)
	}
}
