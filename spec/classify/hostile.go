package classify

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/internal/jsonwrite"
	"github.com/errspec/errspec/spec"
)

// Text is text of a vector. It may contain unpaired surrogates, which JSON can express but
// UTF-8 cannot, in the encoding of surrogate. [ReadVectors] replaces them with U+FFFD, as
// [json.Unmarshal] does.
type Text string

// The unpaired surrogates of vectors.
const (
	highSurrogate = 0xD83D
	lowSurrogate  = 0xDE00
)

// surrogate returns a surrogate in three bytes, as UTF-8 would encode it.
func surrogate(r rune) string {
	return string([]byte{0xE0 | byte(r>>12), 0x80 | byte(r>>6&0x3F), 0x80 | byte(r&0x3F)})
}

// escaped returns the JSON escape of a surrogate.
func escaped(r rune) string { return fmt.Sprintf(`\u%04x`, r) }

// MarshalJSON implements [json.Marshaler]. It escapes unpaired surrogates.
func (t Text) MarshalJSON() ([]byte, error) { return t.append(nil), nil }

func (t Text) append(data []byte) []byte {
	if strings.IndexByte(string(t), 0xED) < 0 {
		return jsonwrite.AppendText(data, string(t))
	}
	data = append(data, '"')
	for s := string(t); s != ""; {
		plain := 0
		for plain < len(s) && !startsWithSurrogate(s[plain:]) {
			plain++
		}
		quoted := jsonwrite.Value(s[:plain])
		data = append(data, quoted[1:len(quoted)-1]...)
		if s = s[plain:]; s != "" {
			data = append(data, escaped(0xD000|rune(s[1]&0x3F)<<6|rune(s[2]&0x3F))...)
			s = s[3:]
		}
	}
	return append(data, '"')
}

func startsWithSurrogate(s string) bool { return len(s) >= 3 && s[0] == 0xED && s[1] >= 0xA0 }

// unpaired returns the text of a message that the reader decoded from a body. Go decodes an
// unpaired surrogate as U+FFFD; other languages keep it.
func unpaired(message, body string) Text {
	for _, r := range []rune{highSurrogate, lowSurrogate} {
		if strings.Contains(body, escaped(r)) {
			message = strings.ReplaceAll(message, "\uFFFD", surrogate(r))
		}
	}
	return Text(message)
}

// hostileExamples returns the cases that hostile is applied to: an example of a subtype, and
// one with a number, if the table has them.
func hostileExamples(t *spec.Table) []Case {
	var plain, number []Case
	for i := range t.Codes {
		for _, s := range t.Codes[i].Subtypes {
			for _, example := range s.Examples {
				c := Case{t.Codes[i].Wire, example}
				switch {
				case s.Fallback:
				case strings.ContainsAny(example, "0123456789"):
					number = append(number, c)
				case strings.Contains(example, " "):
					plain = append(plain, c)
				}
			}
		}
	}
	return append(plain[:min(len(plain), 1)], number[:min(len(number), 1)]...)
}

// hostile returns an example with characters that languages classify differently: as white
// space, as letters of another case, as digits and as parts of words. Others are the only
// character of a message.
func hostile(example string) []string {
	var all []string
	replace := func(pairs ...string) {
		if changed := strings.NewReplacer(pairs...).Replace(example); changed != example {
			all = append(all, changed)
		}
	}
	for _, space := range []string{"\u0085", "\uFEFF", "\x1c", "\u00A0"} {
		replace(" ", space)
		all = append(all, space)
	}
	replace("k", "\u212A", "K", "\u212A")
	replace("s", "\u017F", "S", "\u017F")
	replace("0", "\u0660", "1", "\u0661", "2", "\u0662", "3", "\u0663", "4", "\u0664", "7", "\u0667")
	high, low := surrogate(highSurrogate), surrogate(lowSurrogate)
	return append(all, "é"+example, example+"é", example+high, low+example, high)
}
