package logstream

import (
	"cmp"
	"slices"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/extract"
	"github.com/errspec/errspec/spec/prose"
)

// A Summary counts decisions by code and subtype. The zero value is ready for use by a
// [Job].
type Summary struct {
	rows     map[rowKey]*Row
	unlisted int   // number of rows with unlisted codes
	more     int64 // errors without a row
}

// A Row is a row of a [Summary]: one code and subtype.
type Row struct {
	Code    string // "" for errors without one
	Cut     bool   // whether Code is only the start of an unlisted code, which can have any length
	Known   bool   // whether the table lists the code
	Subtype string // including its code; "" if there is none
	Action  string
	Count   int64
	Phrase  int64  // number of errors that only a phrase identified
	File    string // location of the first error
	Line    int
	Samples []string // first distinct messages, for an unlisted code or no code
}

// A rowKey identifies a row.
type rowKey struct {
	code    string
	known   bool
	subtype *spec.Subtype
}

// Limits of the data that a summary retains from a stream.
const (
	maxUnlisted   = 1000 // distinct unlisted codes
	maxSamples    = 3    // messages of each code
	maxSampleSize = 300  // bytes of a message, or of an unlisted code
)

// Rows returns the rows: first unlisted codes, with the most frequent ones first, then
// errors without a code, then listed codes. Listed codes are sorted by order, which
// returns the position of a code, and then by subtype.
func (s *Summary) Rows(order func(code string) int) []Row {
	var rows []Row
	for _, r := range s.rows {
		rows = append(rows, *r)
	}
	slices.SortFunc(rows, func(a, b Row) int {
		if c := cmp.Compare(a.rank(), b.rank()); c != 0 {
			return c
		}
		if a.Known {
			return cmp.Or(cmp.Compare(order(a.Code), order(b.Code)), cmp.Compare(a.Subtype, b.Subtype))
		}
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code))
	})
	return rows
}

func (r Row) rank() int {
	switch {
	case r.Known:
		return 2
	case r.Code == "":
		return 1
	}
	return 0
}

// More returns the number of errors with unlisted codes that have no row, because there
// were too many distinct codes.
func (s *Summary) More() int64 { return s.more }

// A tally contains the errors that one batch adds to a summary, in the order of the
// stream.
type tally struct {
	rows  []*Row
	keys  []rowKey // keys of the rows
	index map[rowKey]*Row
}

func (t *tally) count(file string, line int, d extract.Decision) {
	key := rowKey{d.Code, d.Entry != nil, d.Subtype}
	if !key.known {
		key.code = prose.ShortenBytes(key.code, maxSampleSize)
	}
	r := t.index[key]
	if r == nil {
		if t.index == nil {
			t.index = make(map[rowKey]*Row)
		}
		key.code = strings.Clone(key.code) // so that the text of the batch can be freed
		r = &Row{
			Code: key.code, Cut: key.code != d.Code, Known: key.known, Subtype: d.SubtypeName(), Action: d.Retry.Action.String(), File: file, Line: line,
		}
		t.index[key] = r
		t.rows, t.keys = append(t.rows, r), append(t.keys, key)
	}
	r.Count++
	if d.Source == extract.Phrase {
		r.Phrase++
	}
	if !key.known {
		r.sample(d.Message)
	}
}

// sample adds a message, unless there are enough or it is already included.
func (r *Row) sample(message string) {
	message = prose.ShortenBytes(strings.TrimSpace(message), maxSampleSize)
	if message != "" && len(r.Samples) < maxSamples && !slices.Contains(r.Samples, message) {
		r.Samples = append(r.Samples, strings.Clone(message))
	}
}

// add adds the tally of the next batch.
func (s *Summary) add(t tally) {
	if s.rows == nil {
		s.rows = make(map[rowKey]*Row)
	}
	for i, row := range t.rows {
		key := t.keys[i]
		unlisted := !row.Known && row.Code != ""
		have := s.rows[key]
		switch {
		case have != nil:
			have.Count += row.Count
			have.Phrase += row.Phrase
			for _, m := range row.Samples {
				have.sample(m)
			}
		case unlisted && s.unlisted == maxUnlisted:
			s.more += row.Count
		default:
			s.rows[key] = row
			if unlisted {
				s.unlisted++
			}
		}
	}
}
