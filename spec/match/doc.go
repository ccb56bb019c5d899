// Package match matches error messages with phrases. It finds the best phrase of a set that occurs
// in a message, and the values of the phrase's placeholders.
//
// # Phrases
//
// A phrase is literal text with placeholders:
//
//	photorealistic people
//	file size exceeds <num:limit_mb>MB
//	model <any:model> is not available
//
// It may occur anywhere in a message. Its meaning is a regular expression, which [Phrase.Regexp]
// returns:
//
//   - Literal bytes match themselves. ASCII letters match both cases. Case is not ignored for other
//     letters: k does not match the Kelvin sign.
//   - A run of white space matches any run of white space, [ \t\n\v\f\r]+.
//   - <num> matches a whole number with optional decimals, [0-9]+(\.[0-9]+)?
//   - <any> matches any text, as short as possible, .*? including line ends. At the end of a phrase
//     it matches the empty text.
//   - <num:name> and <any:name> also name the text that they match. Names match [a-z][a-z0-9_]* and
//     must be unique in a phrase.
//   - \< and \\ match "<" and "\". A backslash before another character is an error. Every other "<"
//     is literal.
//   - If a phrase starts or ends with a byte of [A-Za-z0-9_], the byte before or after it must not
//     be one: "prompt" does not occur in "prompts". There is no such condition if it starts or ends
//     with a placeholder.
//   - Bytes from 0x80 up are literal and not word bytes. Messages may contain any bytes. Phrases must
//     be UTF-8 without control characters other than white space.
//
// [Parse] parses a phrase. [Derive] derives one from an example message.
//
// # Sets
//
// [Compile] returns a [Set], and [Set.Find] returns the best of its phrases that occur in a message.
// Phrases of fallbacks come last. Then more literal bytes are better (see [Phrase.Literals]), then
// earlier entries. [Set.Value] returns the text that a named placeholder matches. The results are
// those of package regexp with leftmost-first matching. A phrase also occurs in its negation, "not a
// nudity detected error", so a match is evidence, not proof.
//
// # Long messages
//
// Only the first 64 KiB of a message are matched, [MaxMessage] bytes of UTF-8. A longer message is
// matched as if it ended there, without a character that would be split. [Head] returns that part.
// Implementations in other languages use the same limit.
//
// # Costs
//
// Find and Value take time linear in the length of the matched part, allocate no memory and do not
// panic. Find matches a message of 200 bytes in about the time in which a loop adds up its bytes,
// and in twice that time if a phrase occurs. A thousand phrases take three to four times as long. If
// thousands of phrases share most of their text, Find compares the shared text once and uses a
// binary search. Only phrases that combine the same parts around <any> in different ways are
// searched one after the other.
//
// There is one limit for phrases: a <num> next to digits, a full stop or another placeholder has an
// ambiguous end. A phrase with such a <num> must have at most 256 states: three for each <num>, one
// for each other byte, and one for the end. [Parse] returns an error if it has more.
//
// # Generated packages
//
// Generated packages contain copies of the files that [Sources] returns, and the static tables that
// [Set.Table] returns. The copied files need only the standard library of Go 1.22, declare no
// exported names, and need no initialization.
package match
