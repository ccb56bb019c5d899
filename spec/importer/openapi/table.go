package openapi

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/form"
	"github.com/errspec/errspec/spec/importer/draft"
)

// A proof is an example with the code that it gives.
type proof struct {
	name, code, body string
	status           int
	guessed          bool // the status is not that of its response
}

// table returns the table with examples. A plain table has neither examples nor retry settings.
func (r *reader) table(proofs []proof, plain bool) string {
	t := draft.New()
	t.IsText = slices.ContainsFunc(r.codes, func(c *code) bool { return !c.integer || !form.IsDecimal(c.wire) })
	t.PutText("name", cmp.Or(r.options.Name, draft.TableName(r.file.Name)))
	t.Set("title", cmp.Or(r.options.Title, r.text(r.root, "info", "title")))
	for _, c := range r.codes {
		d := r.describe(t.AddCode(c.wire, 0), c)
		if !plain {
			r.retry(d.Retry, c.retry)
			d.Add("examples", c.messages...)
		}
	}
	t.Complete()
	t.PutEntry("response", r.response(t, proofs))
	return t.Print(r.file.Name)
}

// describe adds texts and the HTTP status of a code to its entry.
func (r *reader) describe(d *draft.Code, c *code) *draft.Code {
	d.Set("title", c.title)
	if n, err := strconv.Atoi(c.wire); err == nil && r.byStatus && c.title == "" {
		d.Set("title", draft.StatusName(n))
	}
	d.Describe(c.about)
	switch {
	case len(c.statuses) > 1:
		d.Remark("sent with several HTTP statuses: " + strings.Trim(fmt.Sprint(c.statuses), "[]"))
	case len(c.statuses) == 1:
		d.PutNumber("http", c.statuses[0])
		if c.shared {
			d.Doubt("http", "from an example")
		}
	}
	return d
}

// retry adds the retry settings of the extension of errspec, except for automatic.
func (r *reader) retry(d *draft.Entry, settings *yaml.Node) {
	for _, key := range []string{"action", "throttle", "advice"} {
		if n := r.get(settings, key); n != nil && n.Kind == yaml.ScalarNode {
			d.Put(key, draft.Scalar(n.ShortTag(), draft.Line(n.Value)))
		}
	}
	wait := draft.NewEntry()
	wait.Set("min", r.text(settings, "wait", "min"))
	wait.Set("max", r.text(settings, "wait", "max"))
	d.PutEntry("wait", wait)
}

// response returns the description of the responses.
func (r *reader) response(t *draft.Table, proofs []proof) *draft.Entry {
	e, byStatus, fields := draft.NewEntry(), draft.NewEntry(), draft.NewEntry()
	if r.byStatus {
		for _, c := range r.codes {
			byStatus.Content = append(byStatus.Content, draft.Scalar("!!int", c.wire), t.Wire(c.wire))
		}
	}
	e.PutEntry("http", byStatus)
	for _, h := range r.headers {
		e.Sub("headers").Sub(h).Set("role", "request_id")
	}
	for _, guess := range roles {
		for _, f := range r.fields {
			if f.role != guess.role || !slices.Contains(guess.names, f.name) || fields.Get(f.path) != nil {
				continue
			}
			fields.Sub(f.path).Set("role", f.role)
			if f.cut != "" {
				fields.Sub(f.path).Sub("cut").PutText("after", f.cut)
			}
		}
	}
	e.PutEntry("fields", fields)
	for _, p := range proofs {
		x := draft.NewEntry()
		x.PutText("name", p.name)
		if p.status != 0 && p.status != 200 {
			x.PutNumber("http", p.status)
			if p.guessed {
				x.Doubt("http", "the response has no single status")
			}
		}
		x.PutText("body", p.body)
		x.Sub("gives").Put("code", t.Wire(p.code))
		e.AddEntry("examples", x)
	}
	return e
}
