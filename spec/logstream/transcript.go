package logstream

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/errspec/errspec/spec/extract"
)

// maxHead is the maximum length of the two lines by which HTTP responses are recognized.
const maxHead = 16 << 10

// isTranscript reports whether an input starts with an HTTP response, such as the
// output of curl -i, by its first two lines. It reads no more than they take, because a
// slow writer may follow.
func isTranscript(r *bufio.Reader) bool {
	for n := 1; n <= maxHead; n++ {
		start, err := r.Peek(n)
		if len(start) == 0 || len(start) <= len("HTTP/") && !strings.HasPrefix("HTTP/", string(start)) {
			return false
		}
		if last := start[len(start)-1]; err != nil || last == '\n' && bytes.Count(start, []byte("\n")) == 2 {
			return extract.IsHead(string(start))
		}
	}
	return false
}

// readTranscripts reads an input that consists of HTTP responses as one batch.
func (s *stream) readTranscripts(ctx context.Context, src io.Reader) error {
	text, err := io.ReadAll(io.LimitReader(src, int64(s.maxRecord)+1))
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if len(text) > s.maxRecord {
		return errors.New("HTTP responses are too long")
	}
	s.send(&batch{file: s.name, first: true, line: 1, text: string(text), transcript: true, done: make(chan struct{})})
	return err
}

// readTranscript reads the responses of the batch, each of which is a record.
func (w *worker) readTranscript() {
	t, _ := w.x.Transcript(w.text)
	doubtful := extract.Doubtful(t.Rest)
	for _, r := range t.Responses {
		w.stats.Records++
		f := r.Match
		if doubtful {
			f = f.Unsure()
		}
		w.found(r.At, f)
	}
}
