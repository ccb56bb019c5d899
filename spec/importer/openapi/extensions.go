package openapi

import (
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/importer"
	"github.com/errspec/errspec/spec/importer/draft"
	"github.com/errspec/errspec/spec/importer/facts"
)

// codesExtension is the extension that errspec export --openapi writes.
const codesExtension = "x-errspec-codes"

// codesKey matches the names of extensions that may list codes.
var codesKey = lazyregexp.New(`(?i)^x-(?:.*error.*|(?:.*[-_])?codes|errspec-codes)$`)

// readExtensions reads the extensions of the whole file that list codes.
func (r *reader) readExtensions(n *yaml.Node, depth int) {
	if depth > 4*maxDepth {
		return
	}
	for i, c := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 1 {
			if name := n.Content[i-1].Value; codesKey.MatchString(name) {
				r.readExtension(name, n.Content[i-1], c)
				continue
			}
		}
		r.readExtensions(c, depth+1)
	}
}

func (r *reader) readExtension(name string, key, n *yaml.Node) {
	e := r.part(facts.ExtensionFact, key, name)
	n, err := r.follow(n)
	if err != nil {
		lose(e, err.Error())
		return
	}
	count, certain := 0, strings.Contains(strings.ToLower(name), "code") || strings.HasSuffix(strings.ToLower(name), "errors")
	switch n.Kind {
	case yaml.SequenceNode:
		for _, item := range n.Content {
			item, _ = r.follow(item)
			if item != nil && r.listedCode(item, certain, name) {
				count++
			}
		}
	case yaml.MappingNode:
		if r.listedCode(n, certain, name) {
			count++
			break
		}
		for _, p := range r.pairs(n) {
			v := &value{text: p.name(), integer: p.key.ShortTag() == "!!int"}
			about, _ := r.follow(p.value)
			if about == nil || about.Kind == yaml.SequenceNode || !isCode(v, certain) || slices.Contains(notCodes, draft.Key(p.name())) {
				continue
			}
			c := r.add(p.name(), v.integer)
			if about.Kind == yaml.ScalarNode && about.ShortTag() == "!!str" {
				c.describe("", about.Value)
			}
			r.describeCode(c, about, name)
			count++
		}
	}
	switch {
	case count > 0:
		used(e, importer.Counted(count, "code"))
	case r.mentionsCodes(n, 0):
		lose(e, "its structure is unknown")
	default:
		skip(e, "it lists no codes")
	}
}

// notCodes are keys of the properties of one code.
var notCodes = []string{"message", "description", "title", "status", "http", "http status", "status code", "summary", "retryable", "type", "details", "value", "name"}

// listedCode adds an element of a list: a code, or a mapping that has one.
func (r *reader) listedCode(n *yaml.Node, certain bool, extension string) bool {
	if n.Kind == yaml.ScalarNode {
		v := &value{text: n.Value, integer: n.ShortTag() == "!!int"}
		if !isCode(v, certain) {
			return false
		}
		r.add(v.text, v.integer)
		return true
	}
	for _, key := range []string{"code", "error_code", "errorCode", "error", "name", "type", "id", "key", "value"} {
		k := r.get(n, key)
		if k == nil || k.Kind != yaml.ScalarNode {
			continue
		}
		v := &value{text: k.Value, integer: k.ShortTag() == "!!int"}
		if extension != codesExtension && (!isCode(v, strings.Contains(key, "ode")) || v.isStatus()) {
			continue
		}
		r.describeCode(r.add(v.text, v.integer), n, extension)
		return true
	}
	return false
}

// describeCode reads the properties of a code in an extension.
func (r *reader) describeCode(c *code, n *yaml.Node, extension string) {
	first := func(keys ...string) string {
		for _, k := range keys {
			if s := r.text(n, k); s != "" {
				return s
			}
		}
		return ""
	}
	c.describe(first("title"), first("description", "summary", "detail", "meaning", "message"))
	if s, err := strconv.Atoi(first("http", "httpStatus", "http_status", "status", "statusCode", "status_code")); err == nil && 400 <= s && s <= 599 {
		c.sent(s, nil)
	}
	if extension == codesExtension {
		c.retry = r.get(n, "retry")
	}
}

// mentionsCodes reports whether a value contains texts with the form of codes.
func (r *reader) mentionsCodes(n *yaml.Node, depth int) bool {
	if depth > maxDepth || n == nil {
		return false
	}
	if n.Kind == yaml.ScalarNode {
		return strings.Contains(n.Value, "_") && isCode(&value{text: n.Value}, false)
	}
	return slices.ContainsFunc(n.Content, func(c *yaml.Node) bool { return r.mentionsCodes(c, depth+1) })
}
