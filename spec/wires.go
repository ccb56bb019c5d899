package spec

// OtherWires returns the wire values that mean the code beside its own.
func (c *Code) OtherWires() []string {
	all := make([]string, 0, len(c.Aliases)+len(c.RenamedFrom))
	return append(append(all, c.Aliases...), c.RenamedFrom...)
}

// Stem returns what identifiers of the code are made from, and what an integer
// code is called: its name, or its wire value, where a minus is spelt out.
func (c *Code) Stem() string {
	if c.Name != "" {
		return c.Name
	}
	return WireStem(c.Wire)
}

// WireStem returns what identifiers are made from a wire value. A name has no
// minus, so that of a negative number is spelt out.
func WireStem(wire string) string {
	if len(wire) > 1 && wire[0] == '-' && wire[1] >= '0' && wire[1] <= '9' {
		return "minus_" + wire[1:]
	}
	return wire
}
