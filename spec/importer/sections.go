package importer

// A section is a part of a page: what stands below a heading, or in a component
// with a title.
type section struct {
	title    spans
	line     int
	level    int
	barrier  string // name of the component, "" for a heading
	blocks   []block
	children []*section
	parent   *section
}

// sections returns the page as a tree.
func sections(pieces []piece) (*section, error) {
	root := &section{}
	at := root
	var titled []bool // of the open components, whether each is a section
	for _, p := range pieces {
		switch {
		case p.opens:
			titled = append(titled, p.title != "")
			if p.title != "" {
				title, err := parseBlocks(p.title, p.line)
				if err != nil {
					return nil, err
				}
				at = at.child(&section{title: titleOf(title, p.title), line: p.line, barrier: p.name})
			}
		case p.closes:
			last := len(titled) - 1
			if titled[last] {
				for at.barrier == "" {
					at = at.parent
				}
				at = at.parent
			}
			titled = titled[:last]
		default:
			blocks, err := parseBlocks(p.text, p.line)
			if err != nil {
				return nil, err
			}
			at = at.add(blocks)
		}
	}
	return root, nil
}

// titleOf returns the spans of a title, which is a paragraph unless it looks like
// something else.
func titleOf(parsed []block, title string) spans {
	if len(parsed) == 1 && parsed[0].kind == paragraph {
		return parsed[0].spans
	}
	return spans{{text: title}}
}

func (s *section) child(c *section) *section {
	c.parent = s
	s.children = append(s.children, c)
	return c
}

// add puts blocks into a section and into those that their headings begin, and
// returns the one that is open at the end. A heading ends no component.
func (s *section) add(blocks []block) *section {
	for _, b := range blocks {
		if b.kind != heading {
			s.blocks = append(s.blocks, b)
			continue
		}
		for s.parent != nil && s.barrier == "" && s.level >= b.level {
			s = s.parent
		}
		s = s.child(&section{title: b.spans, line: b.line, level: b.level})
	}
	return s
}

// walk calls f with a section and those in it until f returns false, which leaves
// out what is in that one.
func (s *section) walk(f func(*section) bool) {
	if !f(s) {
		return
	}
	for _, c := range s.children {
		c.walk(f)
	}
}
