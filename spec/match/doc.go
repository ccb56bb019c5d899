// Package match refines error messages: it finds which phrase of a set a message contains, and
// what the phrase's placeholders stand for in it.
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
//   - Literal bytes stand for themselves, ASCII letters of either case for both. No other letters
//     are folded: the Kelvin sign is no k.
//   - A run of white space stands for any other run, [ \t\n\v\f\r]+.
//   - <num> stands for a whole number, [0-9]+(\.[0-9]+)?
//   - <any> stands for any text, as little as will do, .*? with line ends.
//   - <num:name> and <any:name> also name the text that they stand for. Names match
//     [a-z][a-z0-9_]* and differ within a phrase. At the end of a phrase <any> stands for nothing.
//   - \< and \\ stand for "<" and "\". A backslash before anything else is an error, since it is
//     hardly meant to be one. Every other "<" stands for itself.
//   - Where a phrase begins or ends with a byte of [A-Za-z0-9_], the byte before or after must not
//     be one: "prompt" does not occur in "prompts". Nothing is asked where it begins or ends with
//     a placeholder.
//   - Bytes from 0x80 up are literal and no word bytes. Messages may hold any bytes, phrases only
//     UTF-8 without control characters other than white space.
//
// [Parse] reads a phrase, [Derive] makes one from an example message.
//
// # Sets
//
// [Compile] makes a [Set], and [Set.Find] chooses among its phrases that occur in a message: those
// that are no fallback's before those that are, then the one with more literal bytes (see
// [Phrase.Literals]), then the one whose entry is first. [Set.Value] returns what a name stands
// for. What is chosen and returned is what package regexp would match, leftmost-first. A phrase
// occurs in its negation too, "not a nudity detected error": a message can be evidence, never
// proof.
//
// # Long messages
//
// Only the first 64 KiB of a message are matched, [MaxMessage] bytes of UTF-8: a longer message is
// read as if it ended there, before the character that would be cut in two. [Head] returns that
// part. Every implementation cuts at the same byte.
//
// # Costs
//
// Find and Value take time linear in the matched part of the message, whatever it holds, allocate
// nothing and do not panic. Find reads a message of 200 bytes in about the time in which a loop
// adds them up, and twice that if a phrase occurs; a thousand phrases take three to four times as
// long. If thousands of phrases share most of their text, the time is that of the shared text and
// of a binary search. Only phrases that differ just in how they combine the same pieces around
// <any> are searched for one after the other. The one bound that a phrase may run into: if a <num>
// can run into what is beside it (digits, a full stop, another placeholder), it must be of less
// than 256 bytes; [Parse] says so.
//
// # Generated packages
//
// Generated code holds copies of the files that [Sources] names, and the static tables that
// [Set.Table] returns. The copied files need nothing but the standard library of Go 1.22, declare
// nothing that is exported, and have nothing to initialise.
package match
