package runtime

import "strings"

// Match returns the code and subtype of the phrase that message contains, for text
// without a code. It returns false if message contains no phrase. Like [Classify], it
// reads only the first 64 KiB of message.
func Match(message string) (Code, Subtype, bool) {
	var none Code
	p := anyPhrase(message)
	if p == nil {
		return none, "", false
	}
	owner := p.owner
	if owner < 0 {
		return decisionAt(-1 - owner).Code, "", true
	}
	d := subtypeDecisionAt(owner)
	return d.Code, d.Subtype, true
}

// at returns the phrase at index i, or nil if i is negative.
func at(phrases []phrase, i int) *phrase {
	if i < 0 {
		return nil
	}
	return &phrases[i]
}

// subtypeIn returns the index of the code's subtype that message selects, or -1.
func subtypeIn(code int, message string) int {
	if p := phraseIn(code, message); p != nil {
		return p.owner
	}
	if strings.TrimSpace(head(message)) == "" {
		return -1
	}
	return fallbackOf(code)
}

// valueIn returns a named value of the message of a code.
func valueIn(code Code, message, name string) (string, bool) {
	//errspec:if values
	if i := code.index(); i >= 0 {
		if p := phraseIn(i, message); p != nil {
			return p.value(message, name)
		}
	}
	//errspec:end
	return "", false
}
