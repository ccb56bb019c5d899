package match

// A kind is a kind of search for a pattern in a message.
type kind int

const (
	kindPlain     kind = iota // no gap, no ambiguity
	kindGapped                // gaps, no ambiguity
	kindAmbiguous             // the end of a number is ambiguous
)

// kinds contains the search of each kind and its name in generated code.
var kinds = [...]struct {
	name   string
	search searchFunc
}{
	kindPlain:     {"plain", plain},
	kindGapped:    {"gapped", gapped},
	kindAmbiguous: {"ambiguous", ambiguous},
}

// kind returns the fastest kind that is correct for the phrase.
func (p Phrase) kind() kind { return kindOf(p.text) }

func (p Phrase) search() searchFunc { return kinds[p.kind()].search }

func kindOf(text string) kind {
	k := kindPlain
	for i := range len(text) {
		switch {
		case text[i] == gapByte:
			k = kindGapped
		case text[i] == numByte && isAmbiguous(text, i):
			return kindAmbiguous
		}
	}
	return k
}

// isAmbiguous reports whether the end of the number text[i] is ambiguous: the text after it may
// start inside the longest number in the message, so that trying only the longest would miss
// matches. It also returns true for a number after a digit, because a match would be tried at each
// digit of a long number, which is not linear.
func isAmbiguous(text string, i int) bool {
	if i > 0 && isDigit(text[i-1]) {
		return true
	}
	next := i + 1
	for next < len(text) && text[next] == gapByte { // a gap can be empty
		next++
	}
	switch {
	case next == len(text):
		return false
	case text[next] != '.':
		return text[next] == numByte || isDigit(text[next])
	case next+1 == len(text):
		return next > i+1 // numberEnd handles "<num>."
	}
	after := text[next+1]
	return after == numByte || after == gapByte || isDigit(after)
}

// states returns the number of states that [ambiguous] needs for the phrase.
func (p Phrase) states() int {
	n := len(p.text) + 1
	for i := range len(p.text) {
		if p.text[i] == numByte {
			n += statesPerByte - 1
		}
	}
	return n
}
