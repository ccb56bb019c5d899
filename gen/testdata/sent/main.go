// Command send sends random failures and prints their responses with the facts that clients must
// read, as JSON on each line: send COUNT SEED. It reads each response as clients in Go do.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand"
	"os"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode"

	. "sending/service"
)

// constructors return failures with random values. Another file of the package lists them.
var constructors []func(*rand.Rand) *Failure

// A sent response, and the facts that it contains.
type sent struct {
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body"`
	Want    facts             `json:"want"`
}

type facts struct {
	Code         string            `json:"code"`
	Subtype      string            `json:"subtype"`
	Automatic    bool              `json:"automatic"`
	Message      string            `json:"message"`
	Values       map[string]string `json:"values"`
	Param        string            `json:"param"`
	RequestID    string            `json:"request_id"`
	RetryAfterMS float64           `json:"retry_after_ms"`
}

func main() {
	count, _ := strconv.Atoi(os.Args[1])
	seed, _ := strconv.ParseInt(os.Args[2], 10, 64)
	rnd := rand.New(rand.NewSource(seed))
	out := json.NewEncoder(os.Stdout)
	for i := 0; i < count; i++ {
		arguments = nil
		f := constructors[i%len(constructors)](rnd)
		checkArguments(f)
		f = change(rnd, f)
		status, header, body := f.Encode()
		s := sent{status, make(map[string]string), string(body), wanted(f)}
		for name, values := range header {
			s.Headers[name] = values[0]
		}
		s.Want.RequestID = s.Headers["X-Request-Id"]
		var e *Error
		if err := DecodeError(status, header, body); !errors.As(err, &e) || !reflect.DeepEqual(read(e, s.Want.Values), s.Want) {
			fmt.Fprintf(os.Stderr, "%s: read %+v, want %+v\n", body, read(e, s.Want.Values), s.Want)
			os.Exit(1)
		}
		if err := out.Encode(s); err != nil {
			panic(err)
		}
	}
}

// arguments are the words that were passed to a constructor.
var arguments []string

// checkArguments exits if a word was replaced although all words consist of letters and digits.
func checkArguments(f *Failure) {
	_, _, _, metadata := f.GRPC()
	written := make(map[string]bool)
	for _, value := range metadata {
		written[value] = true
	}
	for _, word := range arguments {
		if word == "" || strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			return
		}
	}
	for _, word := range arguments {
		if !written[word] {
			fmt.Fprintf(os.Stderr, "%v: no value is %q\n", f, word)
			os.Exit(1)
		}
	}
}

// change returns a failure with random facts.
func change(rnd *rand.Rand, f *Failure) *Failure {
	if rnd.Intn(2) == 0 {
		f = f.WithParam(word(rnd))
	}
	if rnd.Intn(2) == 0 {
		f = f.WithRequestID(word(rnd))
	}
	if rnd.Intn(3) == 0 {
		f = f.WithRetryAfter(time.Duration(rnd.Int63() >> uint(rnd.Intn(63))))
	}
	return f.WithCause(fmt.Errorf("cause %s", word(rnd)))
}

// wanted returns the facts of a failure.
func wanted(f *Failure) facts {
	_, reason, _, values := f.GRPC()
	code, ok := ParseCode(reason)
	if !ok {
		panic(reason)
	}
	w := facts{Code: text(code), Message: f.Message(), Values: values, Param: values["param"], RetryAfterMS: float64(f.RetryAfter()) / 1e6}
	if subtype := values["subtype"]; subtype != "" {
		w.Subtype = string(f.Subtype())
	}
	for _, name := range []string{"subtype", "param", "request_id"} {
		delete(values, name)
	}
	w.Automatic = Classify(code, f.Message()).Automatic
	return w
}

// read returns the facts of a received error.
func read(e *Error, names map[string]string) facts {
	if e == nil {
		return facts{}
	}
	d := e.Decision()
	got := facts{text(e.Code), string(d.Subtype), d.Automatic, e.Message, make(map[string]string), e.Param, e.RequestID, float64(e.RetryAfter) / 1e6}
	for name := range names {
		if value, ok := e.Value(name); ok {
			got.Values[name] = value
		}
	}
	return got
}

// text returns a code as text.
func text(c Code) string {
	if v := reflect.ValueOf(c); v.CanInt() {
		return strconv.FormatInt(v.Int(), 10)
	}
	return reflect.ValueOf(c).String()
}

// number returns a number, which may be large, small, negative or not a number.
func number(rnd *rand.Rand) float64 {
	switch rnd.Intn(8) {
	case 0:
		return []float64{0, -1, math.Copysign(0, -1), math.NaN(), math.Inf(1), math.Inf(-1), 1e21, 1e-9, math.MaxFloat64, math.SmallestNonzeroFloat64}[rnd.Intn(10)]
	case 1:
		return math.Float64frombits(rnd.Uint64())
	case 2, 3:
		return float64(rnd.Intn(1000)) / 8
	}
	return float64(rnd.Intn(1 << uint(1+rnd.Intn(40))))
}

var parts = []string{
	"a", "b", "x", "name", "größe", "\u212a", "😀", " ", "  ", "\t", "\r\n", "\u00a0", "\u2028", "\x00", "\x1b", "\x7f", "\xff", "\xc3", "\xed\xa0\x80", "\ufeff", "\u202e",
	`"`, `\`, "'", "{", "}", "<", ">", "<num>", "<any:x>", "{limit_mb}", "{file}", "7", "1.5", ".", ",", ":", ";", "%", "/", "_", "-", "</script>", "&", "#",
	" has 7 MB", "at most 7 pages", " MB are allowed", "is taken", " of ", "'s account", "sorry", "too large", "busy", "not", "\"code\":\"x\"", "field a of b is required: 7 MB",
}

// word returns text of parts that may have a meaning in messages, JSON or headers.
func word(rnd *rand.Rand) string {
	var b strings.Builder
	n := rnd.Intn(5)
	if rnd.Intn(40) == 0 {
		n = 600
	}
	for i := 0; i < n; i++ {
		b.WriteString(parts[rnd.Intn(len(parts))])
	}
	arguments = append(arguments, b.String())
	return b.String()
}
