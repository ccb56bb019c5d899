package openapi

import (
	"cmp"
	"fmt"
	"go/token"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/canonical"
	"github.com/errspec/errspec/spec/importer/draft"
)

// A mapping builds a YAML mapping.
type mapping struct{ yaml.Node }

func newMapping() *mapping { return &mapping{yaml.Node{Kind: yaml.MappingNode}} }

// add adds a value, with a TODO comment if todo is not "".
func (m *mapping) add(key string, v *yaml.Node, todo string) {
	if todo != "" {
		v.LineComment = "# TODO: " + draft.Line(todo)
	}
	m.Content = append(m.Content, scalar("!!str", key), v)
}

// text adds a text unless it is empty.
func (m *mapping) text(key, s string) {
	if s != "" {
		m.add(key, scalar("!!str", s), "")
	}
}

func (m *mapping) number(key string, n int, todo string) {
	m.add(key, scalar("!!int", strconv.Itoa(n)), todo)
}

func scalar(tag, s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: s} }

func list(items ...*yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.SequenceNode, Content: items}
}

// A proof is an example with the code that it gives.
type proof struct {
	name, code, body string
	status           int
	guessed          bool // the status is not that of its response
}

// table returns the table with examples. A plain table has neither examples nor retry settings.
func (r *reader) table(proofs []proof, plain bool) string {
	integer := !slices.ContainsFunc(r.codes, func(c *code) bool { return !c.integer || !isDecimal(c.wire) })
	t := newMapping()
	t.number("errspec", 1, "")
	name := cmp.Or(r.options.Name, tableName(r.file.Name))
	t.text("name", name)
	title := draft.Line(cmp.Or(r.options.Title, r.text(r.root, "info", "title")))
	if title == "" {
		t.add("title", scalar("!!str", "Errors"), "missing in the source")
	} else {
		t.text("title", title)
	}
	if integer {
		t.text("wire", "integer")
	}
	if n := r.response(integer, proofs); len(n.Content) > 0 {
		t.add("response", &n.Node, "")
	}
	codes, names := list(), make(namer)
	for _, c := range r.codes {
		codes.Content = append(codes.Content, r.code(c, integer, plain, names))
	}
	t.add("codes", codes, "")
	head := "# Created from " + draft.Line(path.Base(strings.ReplaceAll(r.file.Name, `\`, "/"))) + " by errspec import. TODO marks missing information and guesses.\n" +
		"# Choose the action of each code: fix, retry, wait, resubmit, check, support or never. With retry and wait, add\n" +
		"# automatic: true only if clients may retry the same request automatically.\n"
	return string(canonical.Print(&yaml.Node{Kind: yaml.DocumentNode, Content: []*yaml.Node{&t.Node}, HeadComment: head}))
}

// isDecimal reports whether a text is an integer as tables write it.
func isDecimal(s string) bool {
	n, err := strconv.ParseInt(s, 10, 64)
	return err == nil && strconv.FormatInt(n, 10) == s
}

// wire returns a code as a value.
func wire(s string, integer bool) *yaml.Node {
	if integer {
		return scalar("!!int", s)
	}
	return scalar("!!str", s)
}

// code returns the entry of a code.
func (r *reader) code(c *code, integer, plain bool, names namer) *yaml.Node {
	m := newMapping()
	m.add("code", wire(c.wire, integer), "")
	if name, unique := names.claim(c.wire, c.title); !unique {
		m.add("name", scalar("!!str", name), "the code has no unique Go name")
	}
	title, todo := c.title, ""
	if title == "" && r.byStatus {
		n, _ := strconv.Atoi(c.wire)
		title = http.StatusText(n)
	}
	if title == "" {
		title, todo = headline(c.wire), "derived from the code"
	}
	m.add("title", scalar("!!str", title), todo)
	about, details, _ := strings.Cut(strings.ReplaceAll(c.about, "\r\n", "\n"), "\n\n")
	if about = draft.Line(about); about != "" {
		m.text("description", about)
		m.text("details", cleanText(details))
	} else {
		m.add("description", scalar("!!str", title), "missing in the source")
	}
	m.add("retry", r.retry(c, plain), "")
	switch {
	case len(c.statuses) == 1 && c.shared:
		m.number("http", c.statuses[0], "from an example")
	case len(c.statuses) == 1:
		m.number("http", c.statuses[0], "")
	case len(c.statuses) > 1:
		m.HeadComment = "# TODO: sent with several HTTP statuses: " + strings.Trim(fmt.Sprint(c.statuses), "[]")
	}
	if len(c.messages) > 0 && !plain {
		examples := list()
		for _, s := range c.messages {
			examples.Content = append(examples.Content, scalar("!!str", s))
		}
		m.add("examples", examples, "")
	}
	return &m.Node
}

// retry returns the retry settings of a code: those of the extension of errspec, except for
// automatic.
func (r *reader) retry(c *code, plain bool) *yaml.Node {
	m := newMapping()
	for _, key := range []string{"action", "throttle", "advice"} {
		if n := r.get(c.retry, key); n != nil && n.Kind == yaml.ScalarNode && !plain {
			m.add(key, scalar(n.ShortTag(), draft.Line(n.Value)), "")
		}
	}
	if w := r.get(c.retry, "wait"); w != nil && !plain {
		wait := newMapping()
		wait.text("min", draft.Line(r.text(w, "min")))
		wait.text("max", draft.Line(r.text(w, "max")))
		m.add("wait", &wait.Node, "")
	}
	if r.text(c.retry, "action") == "" || plain {
		m.add("action", scalar("!!str", "unknown"), "missing in the source")
	}
	return &m.Node
}

// response returns the description of the responses.
func (r *reader) response(integer bool, proofs []proof) *mapping {
	m := newMapping()
	if r.byStatus {
		codes := newMapping()
		for _, c := range r.codes {
			codes.Content = append(codes.Content, scalar("!!int", c.wire), wire(c.wire, integer))
		}
		m.add("http", &codes.Node, "")
	}
	headers, fields := newMapping(), newMapping()
	for _, h := range r.headers {
		role := newMapping()
		role.text("role", "request_id")
		headers.add(h, &role.Node, "")
	}
	for _, guess := range roles {
		for _, f := range r.fields {
			if f.role != guess.role || !slices.Contains(guess.names, f.name) || r.key(&fields.Node, f.path) != nil {
				continue
			}
			role := newMapping()
			role.text("role", f.role)
			if f.cut != "" {
				cut := newMapping()
				cut.text("after", f.cut)
				role.add("cut", &cut.Node, "")
			}
			fields.add(f.path, &role.Node, "")
		}
	}
	if len(headers.Content) > 0 {
		m.add("headers", &headers.Node, "")
	}
	if len(fields.Content) > 0 {
		m.add("fields", &fields.Node, "")
	}
	examples := list()
	for _, p := range proofs {
		e, gives, todo := newMapping(), newMapping(), ""
		if p.guessed {
			todo = "the response has no single status"
		}
		e.text("name", p.name)
		if p.status != 0 && p.status != 200 {
			e.number("http", p.status, todo)
		}
		e.text("body", p.body)
		gives.add("code", wire(p.code, integer), "")
		e.add("gives", &gives.Node, "")
		examples.Content = append(examples.Content, &e.Node)
	}
	if len(examples.Content) > 0 {
		m.add("examples", examples, "")
	}
	return m
}

// cleanText returns prose of several paragraphs without characters that tables must not have.
func cleanText(s string) string {
	var paragraphs []string
	for p := range strings.SplitSeq(s, "\n\n") {
		if p = draft.Line(p); p != "" {
			paragraphs = append(paragraphs, p)
		}
	}
	return strings.Join(paragraphs, "\n\n")
}

// headline derives a title from a code: "quotaExceeded" becomes "Quota Exceeded".
func headline(wire string) string {
	parts := strings.FieldsFunc(wordsOf(wire), func(r rune) bool { return strings.ContainsRune(" /:#", r) })
	for i, w := range parts {
		parts[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	title := draft.Line(strings.Join(parts, " "))
	if !strings.ContainsFunc(title, func(r rune) bool { return r >= 'A' && r <= 'Z' }) {
		return "Error " + draft.Line(wire)
	}
	return title
}

// tableName derives the name of the table from the name of a file.
func tableName(file string) string {
	base := path.Base(strings.ReplaceAll(file, `\`, "/"))
	name := slug(strings.TrimSuffix(base, path.Ext(base)))
	switch {
	case name == "", name == "stdin":
		return "errors"
	case token.IsKeyword(name), name == "main", name == "init", name == "documentation":
		return name + "_errors" // a Go package cannot have the name
	}
	return name
}

// slug returns a name for tables. It returns "" if s has no ASCII letters to start with.
func slug(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return r
		}
		return '_'
	}, wordsOf(s))
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '_' })
	return strings.TrimLeft(strings.Join(parts, "_"), "0123456789_")
}

// A namer finds identifiers that are not unique.
type namer map[string]bool

// claim returns the name of a code. It returns true if the wire value is enough for a unique
// identifier.
func (n namer) claim(wire, title string) (string, bool) {
	fold := func(s string) string { return strings.ReplaceAll(slug("x "+s), "_", "") }
	if strings.HasPrefix(wire, "-") {
		wire = "minus " + wire
	} else if slug("x "+wire) != "x" && !n[fold(wire)] {
		n[fold(wire)] = true
		return "", true
	}
	stem := cmp.Or(slug(wire), slug(title), "code")
	name := stem
	for i := 2; n[fold(name)]; i++ {
		name = fmt.Sprintf("%s_%d", stem, i)
	}
	n[fold(name)] = true
	return name, false
}
