package layout

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/form"
)

// Same reports whether two trees have the same meaning in a format: the same keys in any
// order, and the same values in any style. shapes are those of a.
func Same(a, b *yaml.Node, shapes form.Shapes) bool {
	if a.Kind != b.Kind || len(a.Content) != len(b.Content) {
		return false
	}
	switch a.Kind {
	case yaml.ScalarNode:
		return sameScalar(a, b, shapes[a])
	case yaml.MappingNode:
		return sameMapping(a, b, shapes)
	}
	return slices.EqualFunc(a.Content, b.Content, func(x, y *yaml.Node) bool { return Same(x, y, shapes) })
}

func sameScalar(a, b *yaml.Node, shape form.Shape) bool {
	tag, other := a.ShortTag(), b.ShortTag()
	isText := func(tag string) bool { return tag == "!!str" || tag == "!!merge" }
	switch {
	case shape.Bare && strings.TrimRight(a.Value, "\n") == strings.TrimRight(b.Value, "\n") && (shape.Text || a.Value == b.Value):
		return true
	case tag != other && !(isText(tag) && isText(other)):
		return false
	case tag == "!!null":
		return true
	case tag == "!!bool":
		return strings.EqualFold(a.Value, b.Value)
	case shape.Text:
		return strings.TrimRight(a.Value, "\n") == strings.TrimRight(b.Value, "\n")
	}
	return a.Value == b.Value
}

// sameMapping compares mappings whose keys are scalars. The values of a key that occurs
// several times must have the same order.
func sameMapping(a, b *yaml.Node, shapes form.Shapes) bool {
	byKey := make(map[string][]int, len(b.Content)/2)
	for i := 0; i+1 < len(b.Content); i += 2 {
		key := keyText(b.Content[i])
		byKey[key] = append(byKey[key], i)
	}
	for i := 0; i+1 < len(a.Content); i += 2 {
		key := a.Content[i]
		at := byKey[keyText(key)]
		if len(at) == 0 {
			return false
		}
		byKey[keyText(key)] = at[1:]
		if !sameScalar(key, b.Content[at[0]], shapes[key]) || !Same(a.Content[i+1], b.Content[at[0]+1], shapes) {
			return false
		}
	}
	return true
}

// keyText returns the text of a key, in one form for null and booleans.
func keyText(n *yaml.Node) string {
	switch n.ShortTag() {
	case "!!null":
		return "null"
	case "!!bool":
		return strings.ToLower(n.Value)
	}
	return n.Value
}
