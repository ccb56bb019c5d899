package match

// A kind says how a pattern is searched for in a whole message.
type kind int

const (
	kindPlain     kind = iota // by plain: no gap, no ambiguity
	kindGapped                // by gapped: gaps, no ambiguity
	kindAmbiguous             // by ambiguous: a number can run into what is beside it
)

// kinds holds the search of each kind and its name in generated code.
var kinds = [...]struct {
	name   string
	search searchFunc
}{
	kindPlain:     {"plain", plain},
	kindGapped:    {"gapped", gapped},
	kindAmbiguous: {"ambiguous", ambiguous},
}

// kind returns the cheapest kind that is right for the phrase.
func (p Phrase) kind() kind { return kindOf(p.text) }

func (p Phrase) search() searchFunc { return kinds[p.kind()].search }

func kindOf(text string) kind {
	k := kindPlain
	for i := range len(text) {
		switch {
		case text[i] == gapByte:
			k = kindGapped
		case text[i] == numByte && runsOn(text, i):
			return kindAmbiguous
		}
	}
	return k
}

// runsOn reports whether the number text[i] is ambiguous: what follows it may have to begin
// within the longest number that stands in the message, so that trying only this one would miss
// matches. Or a digit stands before it, so that each digit of a long number would begin a try
// of its own, and time would not be linear.
func runsOn(text string, i int) bool {
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
		return next > i+1 // "<num>." itself is settled by number
	}
	after := text[next+1]
	return after == numByte || after == gapByte || isDigit(after)
}

// states returns how many states [ambiguous] needs for the phrase.
func (p Phrase) states() int {
	n := len(p.text) + 1
	for i := range len(p.text) {
		if p.text[i] == numByte {
			n += statesPerByte - 1
		}
	}
	return n
}
