package runtime

// codeTable provides the codes and subtypes of the table to the reader of responses.
type codeTable struct{}

func (codeTable) listed(value string) (code int, prefix bool) {
	c, ok := ParseCode(value)
	if !ok {
		return -1, false
	}
	prefix = Code(value).isPrefixed() //errspec:if prefixes
	return c.index(), prefix
}

//errspec:if phrases

func (codeTable) codeIn(message string) int {
	code, _, ok := Match(message)
	if !ok {
		return -1
	}
	return code.index()
}

//errspec:end
//errspec:if subtypes

func (codeTable) subtypeIn(code int, message string) int {
	if p := phraseIn(code, message); p != nil {
		return p.owner
	}
	return -1
}

func (codeTable) fallback(code int) int { return fallbackOf(code) }

//errspec:end
//errspec:if refined

func (codeTable) stricter(a, b int) int {
	x, y := subtypeDecisionAt(a), subtypeDecisionAt(b)
	if x.Automatic && !y.Automatic || x.Automatic == y.Automatic && x.Wait.Min < y.Wait.Min {
		return b
	}
	return a
}

func (codeTable) uniform(code int) bool {
	d := decisionAt(code)
	for i := int(firstSubtype[code]); i < int(firstSubtype[code+1]); i++ {
		if s := subtypeDecisionAt(i); s.Automatic != d.Automatic || s.Wait.Min > d.Wait.Min || s.Wait.Max > d.Wait.Max {
			return false
		}
	}
	return true
}

//errspec:end
//errspec:if arrays

func (codeTable) repeatable(code int) bool {
	d := decisionAt(code)
	for i := int(firstSubtype[code]); i < int(firstSubtype[code+1]); i++ {
		d.Automatic = d.Automatic && subtypeDecisionAt(i).Automatic
	}
	return d.Automatic
}

//errspec:end
