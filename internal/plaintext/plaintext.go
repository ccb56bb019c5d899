// Package plaintext reads text in UTF-8, or in UTF-16 with a byte order mark, which
// Windows PowerShell writes when it redirects output. It recognizes files that are
// not text by their first bytes.
package plaintext

import (
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A start is the first bytes of a kind of file.
type start struct {
	bytes string
	kind  string
	help  string
	order binary.ByteOrder // of UTF-16, nil for anything else
}

const (
	helpUnpack = "decompress it first"
	helpUTF8   = "save it as UTF-8"
)

// starts lists longer starts before those that are a prefix of them.
var starts = [...]start{
	{"\xff\xfe\x00\x00", "UTF-32", helpUTF8, nil},
	{"\x00\x00\xfe\xff", "UTF-32", helpUTF8, nil},
	{"\xff\xfe", "UTF-16", helpUTF8, binary.LittleEndian},
	{"\xfe\xff", "UTF-16", helpUTF8, binary.BigEndian},
	{"\x1f\x8b", "compressed by gzip", helpUnpack, nil},
	{"PK\x03\x04", "a zip archive", helpUnpack, nil},
	{"\x28\xb5\x2f\xfd", "compressed by zstd", helpUnpack, nil},
	{"\xfd7zXZ", "compressed by xz", helpUnpack, nil},
	{"BZh91AY&SY", "compressed by bzip2", helpUnpack, nil},
	{"\x04\x22\x4d\x18", "compressed by lz4", helpUnpack, nil},
}

// startOf returns the start of a text. certain is false if more text could change
// the result. all reports that there is no more text.
func startOf(text string, all bool) (found start, certain bool) {
	for _, s := range starts {
		switch {
		case strings.HasPrefix(text, s.bytes):
			return s, true
		case !all && strings.HasPrefix(s.bytes, text):
			return start{}, false
		}
	}
	return start{}, true
}

// Foreign returns the kind of a text that is not UTF-8, such as "UTF-16" or
// "compressed by gzip", and the help for it. It returns "" if the first bytes are
// not those of a known kind.
func Foreign(text string) (kind, help string) {
	s, _ := startOf(text, true)
	return s.kind, s.help
}

// An Error reports a file that is not text.
type Error struct {
	Kind string // such as "compressed by gzip"
	Help string
}

// Error returns one line.
func (e *Error) Error() string { return "not text: the file is " + e.Kind + "; " + e.Help }

// NewReader returns a reader of the same text in UTF-8. It returns an [*Error] if
// src is not text. A UTF-8 byte order mark remains part of the text, and a UTF-16
// one becomes a UTF-8 one.
func NewReader(src io.Reader) io.Reader { return &reader{src: src} }

// A reader checks the start of a stream, and then passes it through or decodes it.
type reader struct {
	src     io.Reader
	known   bool             // whether the start was checked
	order   binary.ByteOrder // nil unless the stream is UTF-16
	in, out []byte           // bytes that were read, and bytes to return
	err     error            // of src
}

func (r *reader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if r.known && r.order == nil && len(r.out) == 0 && r.err == nil {
		return r.src.Read(p)
	}
	if len(r.out) == 0 && r.err == nil {
		if err := r.fill(len(p)); err != nil {
			return 0, err
		}
	}
	n := copy(p, r.out)
	r.out = r.out[n:]
	if len(r.out) == 0 && r.err != nil {
		return n, r.err
	}
	return n, nil
}

// fill reads once, at most approximately n bytes.
func (r *reader) fill(n int) error {
	buf := make([]byte, max(n, 16))
	n, r.err = r.src.Read(buf)
	r.in = append(r.in, buf[:n]...)
	if !r.known {
		start, certain := startOf(string(r.in[:min(len(r.in), 16)]), r.err != nil)
		if r.known = certain; !r.known {
			return nil
		}
		if start.kind != "" && start.order == nil {
			r.err = &Error{start.kind, start.help}
			return r.err
		}
		r.order = start.order
	}
	if r.order == nil {
		r.out, r.in = r.in, nil
		return nil
	}
	r.decode()
	return nil
}

// decode converts complete units of UTF-16 to UTF-8.
func (r *reader) decode() {
	last := r.err != nil
	for len(r.in) >= 2 {
		unit := rune(r.order.Uint16(r.in))
		size := 2
		if utf16.IsSurrogate(unit) {
			if len(r.in) < 4 && !last {
				return
			}
			pair := utf8.RuneError
			if len(r.in) >= 4 {
				pair = utf16.DecodeRune(unit, rune(r.order.Uint16(r.in[2:])))
			}
			if unit = pair; pair != utf8.RuneError {
				size = 4
			}
		}
		r.out = utf8.AppendRune(r.out, unit)
		r.in = r.in[size:]
	}
	if last && len(r.in) > 0 {
		r.out = utf8.AppendRune(r.out, utf8.RuneError)
		r.in = nil
	}
}

// Decode returns a text in UTF-8. Errors are of type [*Error].
func Decode(text []byte) ([]byte, error) {
	if kind, _ := Foreign(string(text[:min(len(text), 16)])); kind == "" {
		return text, nil
	}
	return io.ReadAll(NewReader(strings.NewReader(string(text))))
}
