// Package jsonscan reads a few values from JSON texts, in one pass that also checks the syntax.
//
// [Paths.Object] accepts the same texts as encoding/json, except for deeper nesting: it is strict
// about escapes, numbers, control characters in strings and the text after a value, and accepts
// invalid UTF-8. If an object has a key twice, the last one counts. It allocates no memory: the
// results are parts of the text, which [Text] decodes when they are needed. That makes it about ten
// times as fast as decoding into a struct (see BenchmarkObject), which matters for gigabytes of logs.
//
// [Literal] converts objects as printed by Python, JavaScript and Ruby to JSON. [Members] and
// [Elements] iterate over a valid text.
package jsonscan

// MaxDepth is the maximum nesting of objects and arrays. It bounds the memory of a pass and is much
// more than real texts need.
const MaxDepth = 512

// A SyntaxError describes why a text is not valid JSON.
type SyntaxError struct {
	Offset int // of the first invalid byte, or the length of the text if it is too short
	Reason string
}

// Error returns the reason.
func (e *SyntaxError) Error() string { return e.Reason }

// ReasonEnd is the reason for a text that is too short.
const ReasonEnd = "unexpected end of JSON"

// The other reasons.
const (
	reasonObject  = "expected an object"
	reasonValue   = "expected a value"
	reasonKey     = "expected a key in double quotes"
	reasonColon   = "expected a colon after the key"
	reasonComma   = "expected a comma or a closing bracket after the value"
	reasonNumber  = "invalid number"
	reasonLiteral = "invalid literal: expected true, false or null"
	reasonEscape  = "invalid escape"
	reasonControl = "control character in a string"
	reasonLineEnd = "unclosed string"
	reasonDepth   = "objects and arrays are nested too deeply"
)
