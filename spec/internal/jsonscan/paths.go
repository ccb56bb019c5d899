package jsonscan

import "strings"

// Paths are the places of the values that are wanted. They may be used by several
// goroutines at once.
type Paths struct {
	root  node
	count int
}

// A node is one key on the way to wanted values.
type node struct {
	key      string
	value    int // index of the path that ends here, -1 if none does
	children []node
}

// Compile returns the paths, each of which is keys joined by dots: "error.code".
// The index of a path is that of its value in [Paths.Object].
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

// child returns the node of a key below n, a new one if there is none.
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

// forget empties the values at and below n: what a key says replaces what it
// said before.
func (n *node) forget(values []string) {
	if n.value >= 0 {
		values[n.value] = ""
	}
	for i := range n.children {
		n.children[i].forget(values)
	}
}

// Object checks the JSON object that text begins with and returns where it ends.
// values gets, for each path, the value there as it is written, or "". It must be
// as long as there are paths. What follows the object is not looked at.
func (p *Paths) Object(text string, values []string) (end int, err *SyntaxError) {
	p.root.forget(values)
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

// Value checks the JSON value that text begins with and returns where it ends.
func Value(text string) (end int, err *SyntaxError) {
	c := checker{text: text}
	if end = c.skip(0, 0); end < 0 {
		e := c.err
		return 0, &e
	}
	return end, nil
}

// object checks the object at text[at:], which lies depth deep, and notes the
// values below n. It calls itself only along wanted paths.
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

// member checks the value at text[at:] of a key; child is nil if nothing below
// the key is wanted.
func (c *checker) member(at int, child *node, depth int) int {
	if child == nil {
		return c.skip(at, depth)
	}
	child.forget(c.values)
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
