package form

import (
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
)

// nodeKeys are the keys of a mapping. Searching a few is faster than making a map.
type nodeKeys struct {
	few  []*yaml.Node
	many map[string]*yaml.Node
}

// keysOf returns an empty set for the keys of a mapping.
func keysOf(mapping *yaml.Node) nodeKeys {
	const few = 16
	n := len(mapping.Content) / 2
	if n > few {
		return nodeKeys{many: make(map[string]*yaml.Node, n)}
	}
	return nodeKeys{few: make([]*yaml.Node, 0, few)}
}

func (k *nodeKeys) add(key *yaml.Node) {
	if k.many != nil {
		k.many[key.Value] = key
		return
	}
	k.few = append(k.few, key)
}

// get returns the key with a name, or nil.
func (k *nodeKeys) get(name string) *yaml.Node {
	for _, key := range k.few {
		if key.Value == name {
			return key
		}
	}
	return k.many[name]
}

// helpMapping returns help that shows a mapping with its required keys, or with one optional key
// if none is required.
func helpMapping(s Schema) string {
	keys := s.Required
	if len(keys) == 0 && len(s.Properties) > 0 {
		keys = []string{s.Properties[0].Key}
	}
	if len(keys) == 0 {
		return "write a mapping (key: value)"
	}
	return "write a mapping: {" + strings.Join(keys, ": …, ") + ": …}"
}

// unknownKey reports a key that the mapping in must not have. The help suggests a known key with a
// similar name, or the keys under which the key is allowed.
func (d *Decoder) unknownKey(in, key *yaml.Node, noun string, known []string, schema Schema) {
	help := "known keys: " + strings.Join(known, ", ") + "; custom keys must start with x-"
	meant, only := diag.Nearest(key.Value, known)
	if meant != "" {
		help = "did you mean " + meant + "?"
	} else if outer := schema.holders(key.Value); len(outer) > 0 {
		help = "write it under " + strings.Join(outer, ": or ") + ":"
	}
	finding := d.Report(RuleUnknownKey, key, help, "unknown key %q in %s", key.Value, noun)
	if only && d.isMeantOnce(in, meant, known) {
		finding.Fix = d.Fix(key, meant)
	}
}
