package plaintext_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/errspec/errspec/internal/plaintext"
)

func encode(order binary.AppendByteOrder, text string) string {
	var b []byte
	for _, unit := range utf16.Encode([]rune("\ufeff" + text)) {
		b = order.AppendUint16(b, unit)
	}
	return string(b)
}

func TestReader(t *testing.T) {
	const text = "a: é, 😀\r\nlast"
	for name, c := range map[string]struct{ in, want string }{
		"UTF-8":                      {text, text},
		"UTF-8 with a mark":          {"\ufeff" + text, "\ufeff" + text},
		"UTF-16LE":                   {encode(binary.LittleEndian, text), "\ufeff" + text},
		"UTF-16BE":                   {encode(binary.BigEndian, text), "\ufeff" + text},
		"half a unit":                {encode(binary.BigEndian, "x") + "y", "\ufeffx\ufffd"},
		"half a pair":                {encode(binary.BigEndian, "x") + "\xd8\x3d", "\ufeffx\ufffd"},
		"half a pair, then a letter": {encode(binary.LittleEndian, "x") + "\x3d\xd8y\x00", "\ufeffx\ufffdy"},
		"empty":                      {"", ""},
		"a mark alone":               {"\xff\xfe", "\ufeff"},
		"half a mark":                {"\xff", "\xff"},
		"the start of an archive":    {"PK", "PK"},
		"almost an archive":          {"PKZ is a program", "PKZ is a program"},
		"Latin-1":                    {"gr\xfc\xdfe", "gr\xfc\xdfe"},
		"NUL":                        {"a\x00b", "a\x00b"},
		"long":                       {encode(binary.LittleEndian, strings.Repeat("é😀x", 5000)), "\ufeff" + strings.Repeat("é😀x", 5000)},
	} {
		for way, src := range map[string]io.Reader{
			"at once": strings.NewReader(c.in), "byte by byte": iotest.OneByteReader(strings.NewReader(c.in)),
			"with its end": iotest.DataErrReader(strings.NewReader(c.in)), "in halves": iotest.HalfReader(strings.NewReader(c.in)),
		} {
			if got, err := io.ReadAll(plaintext.NewReader(src)); string(got) != c.want || err != nil {
				t.Errorf("%s, %s: got %.60q, %v; want %.60q", name, way, got, err, c.want)
			}
		}
		if got, err := plaintext.Decode([]byte(c.in)); string(got) != c.want || err != nil {
			t.Errorf("%s: got %.60q, %v; want %.60q", name, got, err, c.want)
		}
	}
}

func TestNotText(t *testing.T) {
	for in, want := range map[string]string{
		"\x1f\x8b\x08\x08=":        "compressed by gzip",
		"PK\x03\x04\x14":           "a zip archive",
		"\x28\xb5\x2f\xfd\x00":     "compressed by zstd",
		"\xfd7zXZ\x00":             "compressed by xz",
		"BZh91AY&SYx":              "compressed by bzip2",
		"\x04\x22\x4d\x18x":        "compressed by lz4",
		"\xff\xfe\x00\x00x\x00":    "UTF-32",
		"\x00\x00\xfe\xff\x00\x00": "UTF-32",
	} {
		for _, src := range []io.Reader{strings.NewReader(in), iotest.OneByteReader(strings.NewReader(in))} {
			got, err := io.ReadAll(plaintext.NewReader(src))
			var e *plaintext.Error
			if !errors.As(err, &e) || e.Kind != want || len(got) > 0 {
				t.Errorf("%q: got %q, %v", in, got, err)
			}
		}
		if kind, help := plaintext.Foreign(in); kind != want || help == "" {
			t.Errorf("%q is %q, %q", in, kind, help)
		}
	}
	broken := errors.New("disk failure")
	if got, err := io.ReadAll(plaintext.NewReader(io.MultiReader(strings.NewReader("PK"), iotest.ErrReader(broken)))); string(got) != "PK" || err != broken {
		t.Errorf("got %q, %v", got, err)
	}
}

// Bytes must be returned as soon as they arrive.
func TestReaderDoesNotWait(t *testing.T) {
	r, w := io.Pipe()
	text := plaintext.NewReader(r)
	for _, chunk := range []string{"x", "\n", "[busy]\n"} {
		go io.WriteString(w, chunk)
		buf := make([]byte, 16)
		n, err := text.Read(buf)
		if err != nil || !bytes.Equal(buf[:n], []byte(chunk)) {
			t.Fatalf("got %q, %v", buf[:n], err)
		}
	}
}
