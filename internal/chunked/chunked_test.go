package chunked_test

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/errspec/errspec/internal/chunked"
)

func TestBuffer(t *testing.T) {
	for range 50 {
		var got chunked.Buffer
		var want bytes.Buffer
		for want.Len() < 1<<20 {
			text := bytes.Repeat([]byte{byte('a' + rand.IntN(26))}, rand.IntN(1<<rand.IntN(20)))
			for _, b := range []interface {
				Write([]byte) (int, error)
				WriteString(string) (int, error)
				WriteByte(byte) error
			}{&got, &want} {
				b.Write(text)
				b.WriteString(string(text))
				b.WriteByte('.')
			}
			if got.Len() != want.Len() {
				t.Fatalf("length %d, want %d", got.Len(), want.Len())
			}
		}
		if !bytes.Equal(got.Bytes(), want.Bytes()) {
			t.Fatal("other text")
		}
	}
	if text := new(chunked.Buffer).Bytes(); len(text) != 0 {
		t.Errorf("empty buffer: %q", text)
	}
}
