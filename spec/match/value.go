// Named values of a message.

package match

import "strings"

// value returns the part of message that matches the placeholder named name. The phrase must occur
// in message.
func (p *phrase) value(message, name string) (string, bool) {
	message = head(message)
	want := p.placeholder(name)
	if want < 0 {
		return "", false
	}
	search := plain
	//errspec:if searches
	if p.search != nil {
		search = p.search
	}
	//errspec:end
	lo, hi := search(p.text, message, want)
	if lo < 0 {
		return "", false
	}
	return message[lo:hi], true
}

// placeholder returns the index in the pattern of the placeholder named name, or -1.
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
