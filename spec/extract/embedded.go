package extract

import "strings"

// embedded finds an error in JSON that a line of text holds. It tries the first
// object only: each try may read all of the line.
func (x *Extractor) embedded(line string, nested int) Finding {
	at := strings.Index(line, `{"`)
	if at < 0 {
		return Finding{}
	}
	f, _, err := x.object(line[at:], nested)
	if err != nil {
		return Finding{}
	}
	return f
}
