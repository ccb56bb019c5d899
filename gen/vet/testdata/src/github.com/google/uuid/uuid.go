// Package uuid has the part of github.com/google/uuid that fixtures use.
package uuid

type UUID [16]byte

func New() UUID                         { return UUID{} }
func NewString() string                 { return "" }
func NewSHA1(space UUID, _ []byte) UUID { return space }
func (UUID) String() string             { return "" }
