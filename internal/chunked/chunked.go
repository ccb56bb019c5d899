// Package chunked collects large texts. A [bytes.Buffer] that grows to tens of megabytes
// copies its text again and again, and in the end it is up to twice as large as the text.
package chunked

import "slices"

// chunk is the size of most chunks.
const chunk = 256 << 10

// A Buffer collects a text in chunks. The zero Buffer is empty.
type Buffer struct {
	full [][]byte
	last []byte
	size int // of full
}

// Len returns the number of bytes.
func (b *Buffer) Len() int { return b.size + len(b.last) }

// Write appends bytes. It never fails.
func (b *Buffer) Write(p []byte) (int, error) {
	b.reserve(len(p))
	b.last = append(b.last, p...)
	return len(p), nil
}

// WriteString appends a string. It never fails.
func (b *Buffer) WriteString(s string) (int, error) {
	b.reserve(len(s))
	b.last = append(b.last, s...)
	return len(s), nil
}

// WriteByte appends a byte. It never fails.
func (b *Buffer) WriteByte(c byte) error {
	b.reserve(1)
	b.last = append(b.last, c)
	return nil
}

// reserve starts a new chunk if n bytes would make the last one larger than a chunk.
func (b *Buffer) reserve(n int) {
	if len(b.last)+n <= max(chunk, cap(b.last)) {
		return
	}
	b.size += len(b.last)
	b.full = append(b.full, b.last)
	b.last = make([]byte, 0, max(chunk, n))
}

// Bytes returns the text. The buffer must not be used afterwards.
func (b *Buffer) Bytes() []byte {
	if len(b.full) == 0 {
		return b.last
	}
	return slices.Concat(append(b.full, b.last)...)
}
