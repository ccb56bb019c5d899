package jsonscan

import "strings"

// Paths are the paths of the wanted values. They may be used by several goroutines at once.
type Paths struct {
	root  node
	count int
}

// A node is one key of the paths.
type node struct {
	key      string
	value    int // index of the path that ends here, or -1
	children []node
}

// Compile compiles paths, which are keys joined by dots, such as "error.code". The index of a path is
// the index of its value in [Paths.Object].
func Compile(paths ...string) *Paths {
	p := &Paths{root: node{value: -1}, count: len(paths)}
	for i, path := range paths {
		n := &p.root
		for key := range strings.SplitSeq(path, ".") {
			n = n.child(key)
		}
		n.value = i
	}
	return p
}

// child returns the node of a key under n. It adds one if there is none.
func (n *node) child(key string) *node {
	if found := n.find(key); found != nil {
		return found
	}
	n.children = append(n.children, node{key: key, value: -1})
	return &n.children[len(n.children)-1]
}

func (n *node) find(key string) *node {
	for i := range n.children {
		if n.children[i].key == key {
			return &n.children[i]
		}
	}
	return nil
}

// clear clears the values at and under n, because a duplicate key replaces the earlier one.
func (n *node) clear(values []string) {
	if n.value >= 0 {
		values[n.value] = ""
	}
	for i := range n.children {
		n.children[i].clear(values)
	}
}

// Object checks the JSON object at the start of text and returns its end. It stores the undecoded
// value of each path in values, or "" if there is none. values must have [Paths.Len] elements. Object
// ignores the text after the object.
func (p *Paths) Object(text string, values []string) (end int, err *SyntaxError) {
	p.root.clear(values)
	c := checker{text: text, values: values}
	if text == "" || text[0] != '{' {
		end = c.fail(0, reasonObject)
	} else {
		end = c.object(0, &p.root, 1)
	}
	if end < 0 {
		e := c.err // a copy, so that c stays on the stack
		return 0, &e
	}
	return end, nil
}

// Value checks the JSON value at the start of text and returns its end.
func Value(text string) (end int, err *SyntaxError) {
	c := checker{text: text}
	if end = c.skip(0, 0); end < 0 {
		e := c.err
		return 0, &e
	}
	return end, nil
}

// object checks the object at text[at:], which is nested depth levels deep, and stores the values
// under n. It is recursive only along wanted paths.
func (c *checker) object(at int, n *node, depth int) int {
	at = c.space(at + 1)
	if at < len(c.text) && c.text[at] == '}' {
		return at + 1
	}
	for {
		from := at + 1
		at = c.key(at)
		if at < 0 {
			return -1
		}
		child := n.find(c.text[from:c.keyEnd])
		if child == nil && c.keyEscaped {
			child = n.find(unquote(c.text[from:c.keyEnd]))
		}
		if at = c.member(at, child, depth); at < 0 {
			return -1
		}
		at = c.space(at)
		switch {
		case at >= len(c.text):
			return c.fail(at, ReasonEnd)
		case c.text[at] == '}':
			return at + 1
		case c.text[at] != ',':
			return c.fail(at, reasonComma)
		}
		at = c.space(at + 1)
	}
}

// member checks the value of a key at text[at:]. child is nil if no path contains the key.
func (c *checker) member(at int, child *node, depth int) int {
	if child == nil {
		return c.skip(at, depth)
	}
	child.clear(c.values)
	from := at
	if len(child.children) > 0 && at < len(c.text) && c.text[at] == '{' {
		at = c.object(at, child, depth+1)
	} else {
		at = c.skip(at, depth)
	}
	if at >= 0 && child.value >= 0 {
		c.values[child.value] = c.text[from:at]
	}
	return at
}

// Len returns the number of paths.
func (p *Paths) Len() int { return p.count }
