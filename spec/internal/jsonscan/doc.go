// Package jsonscan reads a few values out of JSON texts, in one pass that also
// checks all of the text.
//
// [Paths.Object] accepts what encoding/json accepts, save for nesting: it is
// strict about escapes, numbers, control characters in strings and what follows
// a value, and lenient about bytes that are not UTF-8. Of keys that a JSON object
// has twice, the last one counts. It builds nothing and allocates nothing: what
// it finds are parts of the text, which [Text] decodes when they are needed. That
// makes it about ten times as fast as decoding into a struct (see
// BenchmarkObject), which is what a program that reads logs by the gigabyte spends
// its time on.
//
// [Literal] translates objects as Python, JavaScript and Ruby print them into JSON.
// Members and Elements walk through a text that has been checked.
package jsonscan

// MaxDepth is how deep objects and arrays may be nested. It keeps the memory of a
// pass fixed; what people write by hand and what services send stays far below.
const MaxDepth = 512

// A SyntaxError says why a text is not JSON.
type SyntaxError struct {
	Offset int // of the first byte that cannot stand where it does; the length of the text if it ends too early
	Reason string
}

// Error returns the reason.
func (e *SyntaxError) Error() string { return e.Reason }

// ReasonEnd is the reason of a text that goes on too short.
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
