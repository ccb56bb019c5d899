package openapi

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf16"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/diag"
)

// maxDepth limits chains of references, and the levels of schemas and values that are read.
const maxDepth = 32

// A document is a parsed OpenAPI file.
type document struct {
	file  *diag.File
	root  *yaml.Node
	index map[*yaml.Node]map[string]*yaml.Node // keys of large mappings
}

// yamlLine matches the line in an error of yaml.v3.
var yamlLine = lazyregexp.New(`^yaml: (?:line (\d+): )?`)

// parse reads a file. An error has the line of the problem, or 0.
func parse(file *diag.File) (d *document, line int, err error) {
	defer func() {
		if r := recover(); r != nil { // yaml.v3 may panic for invalid files
			err = errors.New("the YAML parser failed")
		}
	}()
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(asYAML(file.Text)), &doc); err != nil {
		m := yamlLine.FindStringSubmatch(err.Error())
		if m != nil {
			line, _ = strconv.Atoi(m[1])
		}
		return nil, line, errors.New(yamlLine.ReplaceAllString(err.Error(), ""))
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, 1, errors.New("expected a mapping at the top")
	}
	return &document{file, doc.Content[0], make(map[*yaml.Node]map[string]*yaml.Node)}, 0, nil
}

// jsonEscape matches the escapes of JSON that yaml.v3 does not accept, and escaped backslashes.
var jsonEscape = lazyregexp.New(`\\\\|\\/|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}`)

// asYAML returns JSON in the form that yaml.v3 accepts, with the same lines. Other texts are
// not changed.
func asYAML(text string) string {
	text = strings.TrimPrefix(text, "\uFEFF")
	if !strings.HasPrefix(strings.TrimSpace(text), "{") {
		return text
	}
	text = strings.ReplaceAll(text, "\t", " ") // JSON has tabs between values only
	return jsonEscape.ReplaceAllStringFunc(text, func(s string) string {
		switch s {
		case `\\`:
			return s
		case `\/`:
			return "/"
		}
		high, _ := strconv.ParseUint(s[2:6], 16, 16)
		low, _ := strconv.ParseUint(s[8:12], 16, 16)
		return string(utf16.DecodeRune(rune(high), rune(low)))
	})
}

// errNoTarget is the error of a reference to nothing.
var errNoTarget = errors.New("the target does not exist")

// follow returns the target of a chain of references and aliases. It returns the node itself
// if it is neither, and nil with an error if the chain has no end in the file.
func (d *document) follow(n *yaml.Node) (*yaml.Node, error) {
	for range maxDepth {
		if n == nil {
			return nil, errNoTarget
		}
		if n.Kind == yaml.AliasNode {
			n = n.Alias
			continue
		}
		ref := d.key(n, "$ref")
		if ref == nil || ref.Kind != yaml.ScalarNode {
			return n, nil
		}
		target, err := d.pointer(ref.Value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", ref.Value, err)
		}
		n = target
	}
	return nil, errors.New("the references form a cycle, or a chain of more than 32")
}

// pointer returns the node that a reference within the file names.
func (d *document) pointer(ref string) (*yaml.Node, error) {
	pointer, isLocal := strings.CutPrefix(ref, "#")
	if !isLocal {
		return nil, errors.New("it refers to another file")
	}
	if pointer != "" && pointer[0] != '/' {
		return nil, errors.New("references to anchors are not supported")
	}
	n := d.root
	if pointer == "" {
		return n, nil
	}
	for step := range strings.SplitSeq(pointer[1:], "/") {
		if s, err := url.PathUnescape(step); err == nil {
			step = s
		}
		step = strings.NewReplacer("~1", "/", "~0", "~").Replace(step)
		if n.Kind == yaml.AliasNode {
			n = n.Alias
		}
		if n.Kind == yaml.SequenceNode {
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(n.Content) {
				return nil, errNoTarget
			}
			n = n.Content[i]
			continue
		}
		if n = d.key(n, step); n == nil {
			return nil, errNoTarget
		}
	}
	return n, nil
}

// key returns the value of a key of a mapping, or nil.
func (d *document) key(n *yaml.Node, key string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	if len(n.Content) <= 32 {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == key {
				return n.Content[i+1]
			}
		}
		return nil
	}
	keys := d.index[n]
	if keys == nil {
		keys = make(map[string]*yaml.Node)
		for i := 0; i+1 < len(n.Content); i += 2 {
			keys[n.Content[i].Value] = n.Content[i+1]
		}
		d.index[n] = keys
	}
	return keys[key]
}

// get returns the value at a path of keys after following references, or nil.
func (d *document) get(n *yaml.Node, path ...string) *yaml.Node {
	n, _ = d.follow(n)
	for _, key := range path {
		n, _ = d.follow(d.key(n, key))
	}
	return n
}

// text returns the text at a path of keys, or "".
func (d *document) text(n *yaml.Node, path ...string) string {
	if n = d.get(n, path...); n == nil || n.Kind != yaml.ScalarNode || n.ShortTag() == "!!null" {
		return ""
	}
	return n.Value
}

// A pair is a key of a mapping with its value.
type pair struct{ key, value *yaml.Node }

func (p pair) name() string { return p.key.Value }

// pairs returns the content of a mapping after following references.
func (d *document) pairs(n *yaml.Node) []pair {
	n, _ = d.follow(n)
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	var all []pair
	for i := 0; i+1 < len(n.Content); i += 2 {
		all = append(all, pair{n.Content[i], n.Content[i+1]})
	}
	return all
}

// items returns the elements of a list after following references.
func (d *document) items(n *yaml.Node) []*yaml.Node {
	n, _ = d.follow(n)
	if n == nil || n.Kind != yaml.SequenceNode {
		return nil
	}
	return n.Content
}

// versionPattern matches the versions of OpenAPI that are read.
var versionPattern = lazyregexp.New(`^3\.[012](?:\.|$)`)
