// The named parts of a message.

package match

import "strings"

// value returns what the placeholder called name stands for, given a message in which the
// phrase occurs.
func (p *phrase) value(message, name string) (string, bool) {
	message = head(message)
	want := p.placeholder(name)
	if want < 0 {
		return "", false
	}
	search := p.search
	if search == nil {
		search = plain
	}
	lo, hi := search(p.text, message, want)
	if lo < 0 {
		return "", false
	}
	return message[lo:hi], true
}

// placeholder returns the index in the pattern of the placeholder called name, -1 if it has none.
func (p *phrase) placeholder(name string) int {
	if name == "_" {
		return -1
	}
	for i, names := 0, p.names; names != ""; i++ {
		if p.text[i] != numByte && p.text[i] != gapByte {
			continue
		}
		var this string
		if this, names, _ = strings.Cut(names, " "); this == name {
			return i
		}
	}
	return -1
}
