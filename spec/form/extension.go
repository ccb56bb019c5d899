package form

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"

	"github.com/errspec/errspec/internal/jsonwrite"
	"gopkg.in/yaml.v3"
)

// maxDepth is the maximum nesting of values. The table format needs eight levels; the rest is for
// the values of x- keys.
const maxDepth = 32

// extension returns the value of an x- key as JSON. Keys keep their order.
func extension(d *Decoder, n *yaml.Node, depth int) (json.RawMessage, bool) {
	var buf bytes.Buffer
	if depth > maxDepth {
		return nil, false // reported by inspect
	}
	switch n.Kind {
	case yaml.MappingNode:
		ok := true
		buf.WriteByte('{')
		d.EachPair(n, "the value of an x- key", func(key, val *yaml.Node) {
			raw, good := extension(d, val, depth+1)
			if !good {
				ok = false
				return
			}
			if buf.Len() > 1 {
				buf.WriteByte(',')
			}
			buf.Write(jsonwrite.Value(key.Value))
			buf.WriteByte(':')
			buf.Write(raw)
		})
		buf.WriteByte('}')
		return buf.Bytes(), ok
	case yaml.SequenceNode:
		buf.WriteByte('[')
		for i, c := range n.Content {
			raw, ok := extension(d, c, depth+1)
			if !ok {
				return nil, false
			}
			if i > 0 {
				buf.WriteByte(',')
			}
			buf.Write(raw)
		}
		buf.WriteByte(']')
		return buf.Bytes(), true
	case yaml.ScalarNode:
		return scalarJSON(d, n)
	}
	return nil, false // an alias, which inspect reports
}

// scalarJSON returns the YAML value of a scalar as JSON. Numbers keep their digits if they are
// valid JSON.
func scalarJSON(d *Decoder, n *yaml.Node) (json.RawMessage, bool) {
	switch n.ShortTag() {
	case "!!null":
		return json.RawMessage("null"), true
	case "!!bool", "!!int", "!!float":
		if json.Valid([]byte(n.Value)) {
			return json.RawMessage(n.Value), true
		}
		var v any
		if err := n.Decode(&v); err != nil {
			return nil, false
		}
		if f, isFloat := v.(float64); isFloat && (math.IsInf(f, 0) || math.IsNaN(f)) {
			d.Report(RuleValue, n, "write "+strconv.Quote(n.Value), "number %s cannot be represented in JSON", n.Value).Fix = d.quoted(n)
			return nil, false
		}
		raw, err := json.Marshal(v)
		return raw, err == nil
	}
	return jsonwrite.Value(n.Value), true
}
