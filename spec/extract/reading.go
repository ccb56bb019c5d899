package extract

import (
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/spec/internal/jsonscan"
	"github.com/errspec/errspec/spec/response"
)

// A Reading is the meaning of a response of the service.
type Reading struct {
	response.Reading
	HTTP int // 0 if the text does not contain the HTTP status

	reader *response.Reader
	read   raw
}

// Places returns where the parts of the response were read. It reads the response again.
func (r *Reading) Places() response.Places {
	return r.reader.Places(response.TaskCall, r.read.status, r.read.header, []byte(r.read.body))
}

// A raw response is what a text contains of a response.
type raw struct {
	status     int // 0 if it is unknown
	header     map[string][]string
	hasHeaders bool
	body       string
}

// read returns the match of a response with an HTTP status. Its source is [None] if it is
// not an error.
func (x *Extractor) read(r raw) Match {
	f := x.matchOf(x.reader.Read(response.TaskCall, r.status, r.header, []byte(r.body)), r)
	f.Reading.HTTP = r.status
	f.unsure = f.unsure || !r.hasHeaders && x.fields.absent.headers
	return f
}

func (x *Extractor) matchOf(got response.Reading, r raw) Match {
	f := Match{Reading: &Reading{Reading: got, reader: x.reader, read: r}}
	if got.Outcome != response.Error && got.Outcome != response.Failed {
		return f
	}
	f.Source, f.Code, f.Message, f.Task = Response, got.Wire, got.Message, got.Task
	if f.Code == "" && got.Index >= 0 {
		f.Code = x.table.Codes[got.Index].Wire
	}
	return f
}

// body reads an object that may be the body of a response, whose HTTP status and headers
// are unknown. It returns false if the object is something else, such as a log record.
func (x *Extractor) body(object string, values []string) (Match, bool) {
	if !x.fields.mayBeResponse(object, values) || x.fields.isLogValue(values) {
		return Match{}, false
	}
	const assumed = 200
	got := x.reader.Read(response.TaskCall, assumed, nil, []byte(object))
	switch {
	case got.Outcome == response.Failed, got.Outcome == response.Error:
		return x.failedBody(object, values, got)
	case got.Status != "" && (got.Outcome == response.OK || got.Outcome == response.Running && got.Task != ""), x.isSettled(object, values):
		return x.matchOf(got, raw{status: assumed, body: object}), true
	}
	return x.refusedBody(object, values)
}

// isSettled reports whether a field of a body, which is not an error, shows success.
func (x *Extractor) isSettled(object string, values []string) bool {
	return slices.ContainsFunc(x.fields.settles, func(s settle) bool {
		return x.fields.value(values, s.key) != "" && x.reader.Has(200, nil, []byte(object))[s.field]
	})
}

// failedBody reads a body that is an error whatever its HTTP status was. The status of a
// task is part of responses with status 200 only. A code that may repeat another HTTP
// status is read as a response with that one.
func (x *Extractor) failedBody(object string, values []string, got response.Reading) (Match, bool) {
	status := 200
	if got.Index < 0 && got.Outcome == response.Error {
		if hint := refusal(got.Wire); hint != 0 {
			status = hint
			got = x.reader.Read(response.TaskCall, status, nil, []byte(object))
		}
	}
	f := x.matchOf(got, raw{status: status, body: object})
	if isLogRecord(object) && isTop(f.Reading.Places().Code) {
		return Match{}, false // many log records have a code
	}
	f.unsure = x.fields.absent.headers || x.fields.absent.status || x.fields.tasks && got.Outcome != response.Failed
	x.grade(&f)
	return f, true
}

// refusedBody reads a body that is an error only if its HTTP status says so. Log records
// and other objects are similar, so it must contain an error message and nothing that
// log records contain. It is never automatic.
func (x *Extractor) refusedBody(object string, values []string) (Match, bool) {
	if x.fields.guessed || isLogRecord(object) {
		return Match{}, false
	}
	status := refusal(x.fields.text(values, "status"))
	got := x.reader.Read(response.TaskCall, status, nil, []byte(object))
	if got.Message == "" && got.Wire == "" {
		return Match{}, false
	}
	f := x.matchOf(got, raw{status: status, body: object})
	if p := f.Reading.Places().Message; isTop(p) && !x.isOnly(object, values, p.Name) {
		return Match{}, false
	}
	f.unsure = true
	x.grade(&f)
	return f, true
}

// isOnly reports whether an object has no other keys than those of the table's responses.
// A message at the top level says little: "message" and "error" are common in log records.
func (x *Extractor) isOnly(object string, values []string, message string) bool {
	if message == "message" || message == "msg" {
		return false
	}
	for key := range jsonscan.Members(object) {
		if i, ok := x.fields.index[key]; !ok || !x.fields.own[i] {
			return false
		}
	}
	return true
}

// grade sets the source of a body whose message alone gives the code.
func (x *Extractor) grade(f *Match) {
	switch f.Reading.Origin {
	case response.FromMessage:
		f.Source, f.text = Mention, f.Message
	case response.FromPhrase:
		f.Source, f.text = Phrase, f.Message
	}
}

func isTop(p response.Place) bool {
	return p.Name != "" && !p.Header && !strings.ContainsAny(p.Name, ".[")
}

// refusal returns the HTTP status of a refused request that a text is, 0 if it is none.
func refusal(text string) int {
	if n, err := strconv.Atoi(text); err == nil && len(text) == 3 && n >= 400 && n < 600 {
		return n
	}
	return 0
}
