package draft

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/errspec/errspec/spec/names"
)

// A namer contains names by their Go identifiers. Its values are the last numbers at the end of
// names.
type namer map[string]int

func identifier(name string) string { return strings.ToLower(names.Title(name)) }

// add adds a name. It returns false if the identifier is taken.
func (n namer) add(name string) bool {
	id := identifier(name)
	if n[id] > 0 {
		return false
	}
	n[id] = 1
	return true
}

// claim returns a name, with a number if it is taken.
func (n namer) claim(name, fallback string) string {
	name = cmp.Or(name, fallback)
	for free := name; ; free = fmt.Sprintf("%s_%d", name, n[identifier(name)]) {
		if n.add(free) {
			return free
		}
		n[identifier(name)]++
	}
}
