package spec

// OtherWires returns the aliases and former wire values of the code.
func (c *Code) OtherWires() []string {
	all := make([]string, 0, len(c.Aliases)+len(c.RenamedFrom))
	return append(append(all, c.Aliases...), c.RenamedFrom...)
}

// Stem returns the stem of the code's identifiers, which is also the text of an integer code:
// its name:, or its wire value with the minus spelled out.
func (c *Code) Stem() string {
	if c.Name != "" {
		return c.Name
	}
	return WireStem(c.Wire)
}

// WireStem returns the stem of the identifiers for a wire value. The minus of a negative number
// is spelled out, because identifiers cannot contain it.
func WireStem(wire string) string {
	if len(wire) > 1 && wire[0] == '-' && wire[1] >= '0' && wire[1] <= '9' {
		return "minus_" + wire[1:]
	}
	return wire
}
