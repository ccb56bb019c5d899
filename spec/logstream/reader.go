package logstream

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"

	"github.com/errspec/errspec/internal/plaintext"
)

// chunk is how much is read at once. It is big enough for what a batch costs to
// vanish beside it, and small enough for several to fit into a processor's cache.
const chunk = 256 << 10

// maxIdle is how often in a row a Read may return nothing.
const maxIdle = 100

// A reader cuts streams into batches: at the last sure line end of what it has
// read, which takes hardly any time to find, and where there is none, as in an
// array of objects on one line, behind the last record that a tracker has seen
// the end of. What a slow writer sends is passed on as it comes.
type reader struct {
	inputs    []Input
	maxRecord int
	send      func(*batch) bool // false: it is of no use any more
}

// run reads all inputs.
func (r *reader) run(ctx context.Context) {
	for _, in := range r.inputs {
		s := &stream{reader: r, name: in.Name, line: 1, track: resume(atTop, false, 0)}
		src, err := in.Open()
		if err == nil {
			err = s.read(ctx, plaintext.NewReader(src))
			src.Close()
		}
		if ctx.Err() != nil || err != nil && !r.send(&batch{file: in.Name, err: err, done: closed}) {
			return
		}
	}
}

// closed is the done of batches that nobody has to work on.
var closed = func() chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()

// pathless leaves out of an error the name of the file, which is given anyway.
func pathless(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// A stream is one input as it is read.
type stream struct {
	*reader
	name    string
	line    int     // number of the line in which buf begins
	buf     []byte  // what is not in a batch yet
	solid   int     // the place in buf behind the last byte that is no white space
	began   state   // the state where buf begins
	newLine bool    // whether white space with a line end was cut off before buf
	track   tracker // of buf
	tooLong bool    // buf lies in a record that is passed over
	skipped int64   // bytes passed over since the last batch
	sent    bool    // whether a batch was sent
}

func (s *stream) read(ctx context.Context, src io.Reader) error {
	space := make([]byte, 2*chunk) // of which buf is the beginning
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

// pass sends on what is complete of buf, all of it if nothing follows.
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
	if cut := s.track.cut; cut > 0 || all && (s.began.inArray() || s.skipped > 0) {
		b := &batch{
			file: s.name, first: !s.sent, line: s.line, text: string(s.buf[:cut]), began: s.began, newLine: s.newLine, ended: s.track.cutState,
			done: make(chan struct{}), stats: Stats{Bytes: s.skipped},
		}
		s.skipped, s.sent = 0, true
		if s.drop(cut); !s.send(b) {
			return false
		}
	}
	// White space does not count, but it has to end somewhere too.
	if s.tooLong = s.solid > s.maxRecord || len(s.buf) > 2*s.maxRecord+chunk; s.tooLong {
		b := &batch{file: s.name, line: s.line, done: closed, stats: Stats{Records: 1}}
		b.reject(s.line, reasonTooLong)
		s.skip(len(s.buf))
		return s.send(b)
	}
	return true
}

// skip drops what belongs to a record that is too long.
func (s *stream) skip(n int) {
	s.skipped += int64(n)
	s.drop(n)
}

// advance moves the tracker on to the end of buf, by way of the last sure line
// end if there is one.
func (s *stream) advance(all bool) {
	if all {
		s.track = resume(atTop, false, len(s.buf))
		s.solid = 0 // all of buf is sent
		return
	}
	before := resume(s.began, false, 0).last
	if s.solid > 0 {
		before = s.buf[s.solid-1]
	}
	if line := lastSure(s.buf, s.solid, before); line >= 0 {
		s.track = resume(atTop, false, line)
	}
	advance(&s.track, s.buf, false, false)
	for s.solid = len(s.buf); s.solid > 0 && isSpace(s.buf[s.solid-1]); {
		s.solid--
	}
}

// drop forgets the beginning of buf.
func (s *stream) drop(n int) {
	s.line += bytes.Count(s.buf[:n], []byte("\n"))
	s.buf = s.buf[n:]
	s.solid = max(0, s.solid-n)
	s.began, s.newLine = s.track.cutState, s.track.cutLine
	s.track.pos -= n
	s.track.cut = -1
}
