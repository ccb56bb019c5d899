package logstream

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"

	"github.com/errspec/errspec/internal/plaintext"
)

// chunk is the size of a read. It is large enough for the fixed cost of a batch to be
// negligible, and small enough for several batches to fit into the cache of a
// processor.
const chunk = 256 << 10

// maxIdle is the maximum number of consecutive reads that return no data.
const maxIdle = 100

// A reader splits streams into batches, at the last definite line end of its input,
// which is quick to find. If there is none, as in an array of objects on one line, it
// splits after the last record that the tracker has completed. Input from a slow writer
// is passed on immediately.
type reader struct {
	inputs    []Input
	maxRecord int
	send      func(*batch) bool // returns false after the run has ended
}

// run reads all inputs.
func (r *reader) run(ctx context.Context) {
	for _, in := range r.inputs {
		s := &stream{reader: r, name: in.Name, line: 1, track: resume(atTop, false, 0)}
		src, err := in.Open()
		if err == nil {
			text := bufio.NewReaderSize(plaintext.NewReader(src), maxHead)
			if isTranscript(text) {
				err = s.readTranscripts(ctx, text)
			} else {
				err = s.read(ctx, text)
			}
			src.Close()
		}
		if ctx.Err() != nil || err != nil && !r.send(&batch{file: in.Name, err: err, done: closed}) {
			return
		}
	}
}

// closed is the channel done of batches that no worker reads.
var closed = func() chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()

// pathless returns an error without its file name, which the caller adds.
func pathless(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// A stream is the state of reading one input.
type stream struct {
	*reader
	name       string
	line       int     // number of the line in which buf starts
	buf        []byte  // input that is not in a batch yet
	solid      int     // index in buf after the last byte that is not white space
	startState state   // state at the start of buf
	newLine    bool    // whether white space with a line end before buf was removed
	track      tracker // tracker of buf
	tooLong    bool    // buf is part of a record that is skipped
	skipped    int64   // bytes skipped since the last batch
	sent       bool    // whether a batch was sent
}

func (s *stream) read(ctx context.Context, src io.Reader) error {
	space := make([]byte, 2*chunk) // buf is the start of space
	for idle := 0; idle < maxIdle; idle++ {
		if len(space)-len(s.buf) < chunk {
			space = append(make([]byte, 0, 2*len(space)), s.buf...)[:2*len(space)]
		}
		n, err := src.Read(space[len(s.buf) : len(s.buf)+chunk])
		if ctx.Err() != nil {
			return ctx.Err()
		}
		s.buf = space[:len(s.buf)+n]
		if n > 0 || err != nil {
			idle = -1
			if !s.pass(err != nil) {
				return nil
			}
			s.buf = space[:copy(space, s.buf)]
		}
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
	return io.ErrNoProgress
}

// pass sends the complete records of buf, or all of buf at the end of the input.
func (s *stream) pass(all bool) bool {
	if s.tooLong {
		s.track.cut = -1
		advance(&s.track, s.buf, all, true)
		if s.tooLong = s.track.cut < 0; s.tooLong {
			s.skip(len(s.buf))
			return true
		}
		s.skip(s.track.cut)
	}
	s.advance(all)
	if cut := s.track.cut; cut > 0 || all && (s.startState.inArray() || s.skipped > 0) {
		b := &batch{
			file: s.name, first: !s.sent, line: s.line, text: string(s.buf[:cut]), startState: s.startState, newLine: s.newLine, endState: s.track.cutState,
			done: make(chan struct{}), stats: Stats{Bytes: s.skipped},
		}
		s.skipped, s.sent = 0, true
		if s.drop(cut); !s.send(b) {
			return false
		}
	}
	// White space does not count, but its size is limited as well.
	if s.tooLong = s.solid > s.maxRecord || len(s.buf) > 2*s.maxRecord+chunk; s.tooLong {
		b := &batch{file: s.name, line: s.line, done: closed, stats: Stats{Records: 1}}
		b.reject(s.line, reasonTooLong)
		s.skip(len(s.buf))
		return s.send(b)
	}
	return true
}

// skip removes the input of a record that is too long.
func (s *stream) skip(n int) {
	s.skipped += int64(n)
	s.drop(n)
}

// advance moves the tracker to the end of buf, and through the last definite line end
// if there is one.
func (s *stream) advance(all bool) {
	if all {
		s.track = resume(atTop, false, len(s.buf))
		s.solid = 0 // all of buf was sent
		return
	}
	before := resume(s.startState, false, 0).last
	if s.solid > 0 {
		before = s.buf[s.solid-1]
	}
	if line := lastDefinite(s.buf, s.solid, before); line >= 0 {
		s.track = resume(atTop, false, line)
	}
	advance(&s.track, s.buf, false, false)
	for s.solid = len(s.buf); s.solid > 0 && isSpace(s.buf[s.solid-1]); {
		s.solid--
	}
}

// drop removes the start of buf.
func (s *stream) drop(n int) {
	s.line += bytes.Count(s.buf[:n], []byte("\n"))
	s.buf = s.buf[n:]
	s.solid = max(0, s.solid-n)
	s.startState, s.newLine = s.track.cutState, s.track.cutLine
	s.track.pos -= n
	s.track.cut = -1
}
