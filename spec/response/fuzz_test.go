package response

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// readers returns the readers of the gallery, with all of its responses.
func readers(t testing.TB) (all []*Reader, responses [][]galleryResponse) {
	names, _ := filepath.Glob(gallery + "/*.yaml")
	for _, name := range names {
		all = append(all, compileTable(t, readTable(t, name)))
		responses = append(responses, readResponses(t, name))
	}
	return append(all, compileTable(t, everything())), append(responses, mutations(json.RawMessage(everythingBody)))
}

// FuzzRead reads any bytes with any table of the gallery.
func FuzzRead(f *testing.F) {
	all, responses := readers(f)
	for i := range responses {
		for _, r := range responses[i] {
			f.Add(uint8(i), r.HTTP, "X-Retry", "false", r.body())
		}
	}
	f.Fuzz(func(t *testing.T, table uint8, status int, name, value string, body []byte) {
		r := all[int(table)%len(all)]
		header := map[string][]string{name: {value}, "Retry-After": {value}}
		before := bytes.Clone(body)
		for _, call := range []Call{TaskCall, PlainCall} {
			got := r.Read(call, status, header, body)
			switch {
			case !bytes.Equal(body, before):
				t.Fatal("the body was changed")
			case got.RetryAfter < 0:
				t.Errorf("delay %v", got.RetryAfter)
			case got.Automatic && (!got.Known || got.Outcome != Failed && got.Outcome != Error):
				t.Errorf("automatic: %+v", got)
			case (status < 200 || status > 299) && got.Outcome != Error:
				t.Errorf("HTTP %d: %v", status, got.Outcome)
			case got.Known && got.Index < 0, got.Subtype >= 0 && got.Subtype >= len(r.table.codes[got.Index].Subtypes):
				t.Errorf("indexes: %+v", got)
			}
		}
	})
}

// scalars take the place of objects and arrays.
var scalars = []string{"7", "true", `"text"`}

// damage returns a body with one damage: cut short, with a value replaced by one of another type,
// or with a changed byte that makes it no JSON. The body is JSON.
func damage(rnd *rand.Rand, body []byte) []byte {
	if rnd.IntN(3) == 0 {
		return body[:1+rnd.IntN(len(body)-1)]
	}
	var places [][2]int // of values
	s := facts{body: string(body)}
	for at := range body {
		if at > 0 && strings.IndexByte("[:,", body[at-1]) >= 0 && strings.IndexByte(`]}, `, body[at]) < 0 {
			if end := s.skip(at); json.Valid(body[at:end]) && (end == len(body) || body[end] != ':') {
				places = append(places, [2]int{at, end})
			}
		}
	}
	if len(places) == 0 {
		return body
	}
	p := places[rnd.IntN(len(places))]
	others := []string{`{"x":1}`, `[{"x":1}]`, "{}", "[]", `tru`, `"`, `{`, "\x00"}
	if c := body[p[0]]; c == '{' || c == '[' {
		others = append([]string{`tru`, `"`, `{`, "\x00"}, scalars...)
	}
	return []byte(string(body[:p[0]]) + others[rnd.IntN(len(others))] + string(body[p[1]:]))
}

// checkDamage reads a response that is not automatic, damaged in many ways: it must not become so.
func checkDamage(t *testing.T, reader *Reader, r *galleryResponse, rnd *rand.Rand, times int) {
	t.Helper()
	body := r.body()
	if len(body) < 2 || !json.Valid(body) || body[0] != '{' && body[0] != '[' {
		return
	}
	s := facts{format: &reader.format, status: r.HTTP}
	if s.scan(body); s.doubtful {
		return // it is damaged already: further damage may repair it
	}
	for _, call := range []Call{TaskCall, PlainCall} {
		if reader.Read(call, r.HTTP, r.header(), body).Automatic {
			continue
		}
		for range times {
			damaged := damage(rnd, body)
			got := reader.Read(call, r.HTTP, r.header(), damaged)
			// Tables may have a message where an object with more is in other responses.
			if isMessage := slices.Contains(scalars, got.Message) || got.Message == "text"; got.Automatic && !isMessage {
				t.Errorf("%s: HTTP %d: %s is automatic, %s is not", r.Name, r.HTTP, damaged, body)
			}
		}
	}
}

func TestDamage(t *testing.T) {
	all, responses := readers(t)
	rnd := rand.New(rand.NewPCG(1, 2))
	for i, reader := range all {
		for j := range responses[i] {
			checkDamage(t, reader, &responses[i][j], rnd, 50)
		}
	}
}

func FuzzDamage(f *testing.F) {
	all, responses := readers(f)
	f.Add(uint8(0), uint16(0), uint64(1), 429)
	f.Fuzz(func(t *testing.T, table uint8, response uint16, seed uint64, status int) {
		i := int(table) % len(all)
		r := responses[i][int(response)%len(responses[i])]
		r.HTTP = status
		checkDamage(t, all[i], &r, rand.New(rand.NewPCG(seed, 1)), 20)
	})
}

// A condition on a field that has an object instead of a value does not hold; the code that it is
// about may be meant all the same.
func TestConditionOnObject(t *testing.T) {
	reader := compileTable(t, readTable(t, gallery+"/kubernetes.yaml"))
	for kind, automatic := range map[string]bool{`{}`: false, `[]`: false, `"List"`: true} {
		body := []byte(`{"kind":` + kind + `,"reason":"Conflict"}`)
		if got := reader.Read(PlainCall, 429, nil, body); got.Automatic != automatic {
			t.Errorf("%s: automatic: %v", body, got.Automatic)
		}
	}
}
