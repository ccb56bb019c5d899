package logstream

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"unicode/utf16"

	"github.com/errspec/errspec/internal/longtest"
)

// failed returns a task response with an error.
func failed(id, code, message string) string {
	text, err := json.Marshal(map[string]any{"id": id, "status": "failed", "error": map[string]any{"code": code, "message": message}})
	if err != nil {
		panic(err)
	}
	return string(text)
}

// indented returns an object indented over several lines.
func indented(object, prefix string) string {
	var v any
	if err := json.Unmarshal([]byte(object), &v); err != nil {
		panic(err)
	}
	text, err := json.MarshalIndent(v, prefix, "  ")
	if err != nil {
		panic(err)
	}
	return string(text)
}

// wantBusy returns the line of output for an error with the code busy. Without a task,
// a text only mentions the code, and the error is not automatic.
func wantBusy(line int, task string) string {
	return fmt.Sprintf(`{"file":"f1","line":%d,"code":"busy","known":true,"subtype":"","class":"","action":"wait","automatic":%v,`+
		`"wait":{"min":"1s","max":"1m30s"},"task":%q}`+"\n", line, task != "", task)
}

func TestDecisions(t *testing.T) {
	o := run(Job{Extractor: extractorOf(t)}, strings.NewReader(
		failed("t-1", "bad_input", "the file exceeds 10.5MB, \"really\"")+"\n"+
			`{"id":"t-2","status":"completed"}`+"\n"+
			"nothing to see\n\n"+
			failed("t-3", "rate_limited", "slow down")+"\n"+
			failed("t\x1b-\u202e4", "new_\u00e9\u0085\"\\", "")+"\n"+
			`{"id":"t-5","status":"failed"}`+"\n"+
			"time=1 level=ERROR err.table=shop err.code=bad_input err.task=t-6 err.message=\"file exceeds 3MB\"\n"+
			"upload: the file exceeds 10MB"))
	want := `{"file":"f1","line":1,"code":"bad_input","known":true,"subtype":"bad_input/too_big","class":"client","action":"fix","automatic":false,"values":{"limit_mb":"10.5"},"task":"t-1"}
{"file":"f1","line":5,"code":"busy","known":true,"subtype":"","class":"","action":"wait","automatic":true,"wait":{"min":"1s","max":"1m30s"},"task":"t-3"}
{"file":"f1","line":6,"code":"new_é\u0085\"\\","known":false,"subtype":"","class":"","action":"support","automatic":false,"task":"t\u001b-\u202e4"}
{"file":"f1","line":7,"code":"","known":false,"subtype":"","class":"","action":"support","automatic":false,"task":"t-5"}
{"file":"f1","line":8,"code":"bad_input","known":true,"subtype":"bad_input/too_big","class":"client","action":"fix","automatic":false,"values":{"limit_mb":"3"},"task":"t-6"}
{"file":"f1","line":9,"code":"bad_input","known":true,"subtype":"bad_input/too_big","class":"client","action":"fix","automatic":false,"values":{"limit_mb":"10"},"task":""}
{485 8 6 0} <nil>
`
	if got := strings.Replace(o.String(), "Bytes:", "", 1); normal(got) != normal(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for line := range strings.Lines(o.out) {
		if !json.Valid([]byte(line)) {
			t.Errorf("not JSON: %s", line)
		}
	}
}

// normal removes the names of the numbers.
func normal(s string) string {
	return strings.NewReplacer("Bytes:", "", "Records:", "", "Errors:", "", "Bad:", "").Replace(s)
}

// Records of every form are read, with the line in which each starts.
func TestForms(t *testing.T) {
	a, b := failed("t-1", "busy", "a\nb"), failed("t-2", "busy", "")
	for name, c := range map[string]struct{ text, want string }{
		"lines":                {a + "\n" + b + "\n", wantBusy(1, "t-1") + wantBusy(2, "t-2")},
		"no last line end":     {a + "\n" + b, wantBusy(1, "t-1") + wantBusy(2, "t-2")},
		"DOS lines":            {a + "\r\n" + b + "\r\n", wantBusy(1, "t-1") + wantBusy(2, "t-2")},
		"a byte order mark":    {"\ufeff" + a, wantBusy(1, "t-1")},
		"one after the other":  {a + b + " " + a, wantBusy(1, "t-1") + wantBusy(1, "t-2") + wantBusy(1, "t-1")},
		"indented":             {indented(a, "") + "\n" + indented(b, "") + "\n", wantBusy(1, "t-1") + wantBusy(9, "t-2")},
		"indented as a whole":  {"  " + indented(a, "  ") + "\n" + a, wantBusy(1, "t-1") + wantBusy(9, "t-1")},
		"blank lines":          {"\n\n" + a + "\n\n\n" + b, wantBusy(3, "t-1") + wantBusy(6, "t-2")},
		"an array":             {"[" + a + "," + b + "]", wantBusy(1, "t-1") + wantBusy(1, "t-2")},
		"an indented array":    {indented("["+a+","+b+"]", "") + "\n" + a, wantBusy(2, "t-1") + wantBusy(10, "t-2") + wantBusy(19, "t-1")},
		"no array":             {"[]\n[ ]" + a + "[{}]" + a, wantBusy(2, "t-1") + wantBusy(2, "t-1")},
		"other elements":       {`[{},1,null,"a\"]",[1,{"b":2}],-1.5e3,` + a + `, true ]` + b, wantBusy(1, "t-1") + wantBusy(1, "t-2")},
		"text after JSON":      {a + " said the server\n" + a + ", [busy]\n", wantBusy(1, "t-1") + wantBusy(2, "t-1") + wantBusy(2, "")},
		"JSON after text":      {"INFO got " + a + "\n" + b, wantBusy(1, "t-1") + wantBusy(2, "t-2")},
		"brackets in text":     {"{busy} no\n[2026] x\n{ \n[ {x} ] [busy] y\n{'a':1} [busy]\n" + a, wantBusy(4, "") + wantBusy(5, "") + wantBusy(6, "t-1")},
		"JSON text sequences":  {"\x1e" + a + "\n\x1e" + b + "\n", wantBusy(1, "t-1") + wantBusy(2, "t-2")},
		"lines without indent": {strings.ReplaceAll(strings.ReplaceAll(indented(a, ""), "\n ", "\n"), "\n ", "\n") + "\n" + b, wantBusy(1, "t-1") + wantBusy(9, "t-2")},
		"text between objects": {indented(a, "") + "\n2026 [busy] x\n" + indented(b, ""), wantBusy(1, "t-1") + wantBusy(9, "") + wantBusy(10, "t-2")},
		"many blanks":          {"{" + strings.Repeat(" ", 4000) + a[1:] + "\n" + b, wantBusy(1, "t-1") + wantBusy(2, "t-2")},
		"nothing":              {"", ""},
	} {
		o := run(Job{Extractor: extractorOf(t)}, strings.NewReader(c.text))
		if o.out != c.want || o.stats.Bad > 0 || o.err != nil {
			t.Errorf("%s: %q\n got %s\nwant %s", name, c.text, o, c.want)
		}
	}
}

// Records that cannot be read are reported with a line and a reason, and the records
// after them are read.
func TestBad(t *testing.T) {
	a := failed("t-1", "busy", "")
	for name, c := range map[string]struct {
		text string
		bad  string // line and reason, joined
		want string
	}{
		"cut off, in lines":               {`{"id":"t-9","status":"fai` + "\n" + a, "1 unclosed string", wantBusy(2, "t-1")},
		"cut off, at the end":             {a + "\n" + `{"id":"t-9","status":"fai`, "2 unexpected end of JSON", wantBusy(1, "t-1")},
		"cut off, before text":            {`{"id":"t-9",` + "\n" + `2026 [busy] x`, "2 expected a key in double quotes", ""},
		"cut off, before an object":       {`{"id":"t-9"` + "\n" + a, "1 unexpected end of JSON", wantBusy(2, "t-1")},
		"cut off, indented":               {"{\n  \"id\": \"t-9\"\n\n\n" + a, "2 unexpected end of JSON", wantBusy(5, "t-1")},
		"a bad value":                     {`{"id":nil}` + a + "\n" + a, "1 invalid literal: expected true, false or null", wantBusy(1, "t-1") + wantBusy(2, "t-1")},
		"a bad value, indented":           {"{\n  \"id\": nil,\n  \"code\": \"busy\"\n}\n" + a, "2 invalid literal: expected true, false or null", wantBusy(5, "t-1")},
		"trailing comma":                  {"{\n  \"id\": 1,\n}\n" + a, "3 expected a key in double quotes", wantBusy(4, "t-1")},
		"a bad escape":                    {`{"id":"\x"}` + "\n" + a, "1 invalid escape", wantBusy(2, "t-1")},
		"too deep":                        {`{"id":` + strings.Repeat("[", 600) + strings.Repeat("]", 600) + "}\n" + a, "1 objects and arrays are nested too deeply", wantBusy(2, "t-1")},
		"two":                             {`{"id":nil}` + "\n" + a + "\n" + `{"id":01}` + "\n", "1 invalid literal: expected true, false or null\n3 invalid number", wantBusy(2, "t-1")},
		"a bad element":                   {"[" + a + ",\n{\"id\":nil},\n" + a + "]", "2 invalid literal: expected true, false or null", wantBusy(1, "t-1") + wantBusy(3, "t-1")},
		"a bad word":                      {"[" + a + ",\nnil,\n" + a + "]", "2 invalid literal: expected true, false or null", wantBusy(1, "t-1") + wantBusy(3, "t-1")},
		"no comma":                        {"[" + a + " " + a + "]" + a, "1 missing comma before this element", wantBusy(1, "t-1") + wantBusy(1, "t-1") + wantBusy(1, "t-1")},
		"two commas":                      {"[" + a + ",\n " + a + ",," + a + "]", "2 missing element before this comma", wantBusy(1, "t-1") + wantBusy(2, "t-1") + wantBusy(2, "t-1")},
		"a last comma":                    {"[" + a + ",\n]\n" + a, "2 missing element after the comma before this bracket", wantBusy(1, "t-1") + wantBusy(3, "t-1")},
		"an array without end":            {"[" + a + ",\n" + a + "\n\n", "4 unexpected end of the array", wantBusy(1, "t-1") + wantBusy(2, "t-1")},
		"an array without end, then text": {"[" + a + "\n2026 [busy] x\n", "2 unexpected end of the array", wantBusy(1, "t-1") + wantBusy(2, "")},
		"an element without end":          {"[" + a + ",\n{\"id\":\n2\n" + a + "\n", "3 unexpected end of JSON", wantBusy(1, "t-1") + wantBusy(4, "t-1")},
		"a string without end":            {"[" + a + ",\n\"x\n" + a + "\n", "2 unclosed string", wantBusy(1, "t-1") + wantBusy(3, "t-1")},
	} {
		o := run(Job{Extractor: extractorOf(t)}, strings.NewReader(c.text))
		var bad []string
		for _, b := range o.bad {
			bad = append(bad, fmt.Sprint(b.Line, " ", b.Reason))
		}
		if got := strings.Join(bad, "\n"); got != c.bad || o.out != c.want || int(o.stats.Bad) != len(bad) || o.err != nil {
			t.Errorf("%s: %q\n got %s\n%s\nwant %s\n%s", name, c.text, got, o, c.bad, c.want)
		}
	}
}

// Streams may be UTF-16. Input that is not text is an error.
func TestEncodings(t *testing.T) {
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		var b []byte
		for _, unit := range utf16.Encode([]rune("\ufeff" + failed("t-é😀", "busy", "") + "\r\n[busy] x\r\n")) {
			b = order.AppendUint16(b, unit)
		}
		o := run(Job{Extractor: extractorOf(t)}, strings.NewReader(string(b)))
		if want := wantBusy(1, "t-é😀") + wantBusy(2, ""); o.out != want || o.err != nil || o.stats.Bad > 0 {
			t.Errorf("got %s\nwant %s", o, want)
		}
		compareCuts(t, Job{Extractor: extractorOf(t)}, string(b), 7)
	}
	o := run(Job{Extractor: extractorOf(t)}, strings.NewReader("\x1f\x8b\x08\x08[busy]\n"), strings.NewReader("[busy]\n"))
	if got := fmt.Sprint(o.err); got != "f1: not text: the file is compressed by gzip; decompress it first" || o.stats.Errors != 1 {
		t.Errorf("got %s", o)
	}
	o = run(Job{Extractor: extractorOf(t)}, strings.NewReader("[busy]\n[\x00busy] [busy]\n[busy]"))
	if want := wantBusy(1, "") + wantBusy(3, ""); o.out != want || len(o.bad) != 1 || o.bad[0].Line != 2 || o.bad[0].Reason != reasonBinary {
		t.Errorf("got %s\nwant %s", o, want)
	}
}

// The sizes of reads and the number of workers do not affect the result.
func TestReadSizes(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	x := extractorOf(t)
	for range 300 {
		text := randomStream(rnd)
		compareCuts(t, Job{Extractor: x}, text, rnd.Uint64())
	}
}

func FuzzReadSizes(f *testing.F) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 30 {
		f.Add(randomStream(rnd), rnd.Uint64())
	}
	x := extractorOf(f)
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		if len(text) < chunk {
			compareCuts(t, Job{Extractor: x}, text, seed)
		}
	})
}

// compareCuts compares the results of reading a text in one piece and in several
// pieces.
func compareCuts(t *testing.T, job Job, text string, seed uint64) {
	t.Helper()
	want := run(job, iotest.DataErrReader(strings.NewReader(text))).String()
	for name, src := range map[string]io.Reader{
		"then the end": strings.NewReader(text),
		"byte by byte": iotest.OneByteReader(strings.NewReader(text)),
		"in pieces":    &pieces{text: text, rnd: rand.New(rand.NewPCG(seed, 0))},
	} {
		job.Workers = 1 + int(seed%4)
		if got := run(job, src).String(); got != want {
			t.Errorf("%q\n%s:\n%s\nat once:\n%s", text, name, got, want)
		}
	}
}

// pieces reads a text in pieces of random length.
type pieces struct {
	text string
	rnd  *rand.Rand
}

func (p *pieces) Read(b []byte) (int, error) {
	if p.text == "" {
		return 0, io.EOF
	}
	n := copy(b, p.text[:1+p.rnd.IntN(min(len(p.text), 40))])
	p.text = p.text[n:]
	return n, nil
}

// randomStream joins parts of valid and invalid records.
func randomStream(rnd *rand.Rand) string {
	a := failed("t-1", "busy", "x\"\\y")
	parts := []string{
		a, indented(a, ""), indented("["+a+"]", ""), "[", "]", "{", "}", ",", ":", `"`, `\`, "\n", "\n", "\n", "\r\n", " ", "\t", `{"`, `"id"`, `"status":"failed"`, "[busy] x",
		"2026-01-01 shop: busy: m (task t)", "1", "true", "nul", "x", `{"a":1}`, `{"a":nil}`, `[{"a":1},`, "\x1e", "\ufeff", `"a`, `e"`, "l", "\xff", `{"a":"b` + "\n", a[:len(a)-1], a[1:],
	}
	var b strings.Builder
	for range rnd.IntN(30) {
		b.WriteString(parts[rnd.IntN(len(parts))])
	}
	return b.String()
}

// Results have the order of the stream with any number of workers.
func TestOrder(t *testing.T) {
	var text, want strings.Builder
	for i := range longtest.Choose(10_000, 50_000) {
		task := fmt.Sprint("t-", i)
		fmt.Fprintf(&text, "%s\n", failed(task, "busy", strings.Repeat("x", i%300)))
		want.WriteString(wantBusy(i+1, task))
	}
	for _, workers := range []int{1, 2, 16} {
		src := &pieces{text: text.String(), rnd: rand.New(rand.NewPCG(1, 1))}
		if got := run(Job{Extractor: extractorOf(t), Workers: workers}, iotest.HalfReader(src), strings.NewReader("")); got.out != want.String() {
			t.Errorf("%d workers: out of order", workers)
		}
	}
}

func TestSeveralInputs(t *testing.T) {
	x, a := extractorOf(t), failed("t-1", "busy", "")
	broken := errors.New("disk on fire")
	missing := Input{Name: "gone", Open: func() (io.ReadCloser, error) {
		return nil, &fs.PathError{Op: "open", Path: "gone", Err: fs.ErrNotExist}
	}}
	o := run(Job{Extractor: x, Inputs: []Input{
		inputOf("one", strings.NewReader("\n"+a)),
		missing,
		inputOf("two", io.MultiReader(strings.NewReader(a+"\n"+`{"id":`), iotest.ErrReader(broken))),
		inputOf("idle", idleReader{}),
		inputOf("three", strings.NewReader(a)),
	}})
	want := strings.ReplaceAll(wantBusy(2, "t-1"), `"f1"`, `"one"`) + strings.ReplaceAll(wantBusy(1, "t-1"), `"f1"`, `"two"`) +
		strings.ReplaceAll(wantBusy(1, "t-1"), `"f1"`, `"three"`)
	if o.out != want || !errors.Is(o.err, broken) || !errors.Is(o.err, fs.ErrNotExist) || !errors.Is(o.err, io.ErrNoProgress) {
		t.Errorf("got %s", o)
	}
	if got := fmt.Sprint(o.err); !strings.HasPrefix(got, "gone: file does not exist\ntwo: disk on fire\nidle: ") {
		t.Errorf("the error is %q", got)
	}
}

type idleReader struct{}

func (idleReader) Read([]byte) (int, error) { return 0, nil }

// A completed record of a slow writer is classified before the writer continues.
func TestLive(t *testing.T) {
	r, w := io.Pipe()
	out, result := io.Pipe()
	job := Job{Extractor: extractorOf(t), Inputs: []Input{{"f1", func() (io.ReadCloser, error) { return r, nil }}}, Out: result}
	done := make(chan error)
	go func() {
		_, err := job.Run(context.Background())
		result.Close()
		done <- err
	}()
	buf := make([]byte, 1<<10)
	for i, text := range []string{
		failed("t", "busy", "") + "\n", "[busy] x\n", indented(failed("t", "busy", ""), "") + "\n", failed("t", "busy", ""),
		"[" + failed("t", "busy", ""), ",\n" + failed("t", "busy", ""), "]\n[busy] y\n",
	} {
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
		n, err := out.Read(buf)
		if err != nil || !strings.Contains(string(buf[:n]), `"code":"busy"`) {
			t.Fatalf("after piece %d: %q, %v", i, buf[:n], err)
		}
	}
	w.Close()
	if n, err := out.Read(buf); err != io.EOF {
		t.Errorf("unexpected output: %q, %v", buf[:n], err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// Run returns when ctx ends, even if an input is idle, before or after its batches have
// been read.
func TestCancel(t *testing.T) {
	for _, whenTaken := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			r, w := io.Pipe()
			defer w.Close()
			job := Job{Extractor: extractorOf(t), Inputs: []Input{{"f1", func() (io.ReadCloser, error) { return r, nil }}}, Out: io.Discard}
			done := make(chan error)
			go func() {
				_, err := job.Run(ctx)
				done <- err
			}()
			io.WriteString(w, "[busy]\n")
			if whenTaken {
				synctest.Wait() // until Run waits for input
			}
			cancel()
			if err := <-done; !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestOutFails(t *testing.T) {
	full := errors.New("disk full")
	o := run(Job{Extractor: extractorOf(t), Out: writerFunc(func([]byte) (int, error) { return 0, full })}, &endless{unit: "[busy] x\n"})
	if !errors.Is(o.err, full) {
		t.Errorf("got %v", o.err)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }
