package export

import (
	"strconv"

	"github.com/errspec/errspec/spec"
)

func (e Options) response(t *spec.Table, r *spec.Response) object {
	var o object
	o.Text("send", r.Send)
	var codes object
	for _, h := range r.HTTP {
		if !e.hides(h.Code) {
			codes.Add(strconv.Itoa(h.Status), wireValue(t, h.Code))
		}
	}
	if len(codes) > 0 {
		o.Add("http", codes)
	}
	fields := func(key string, all []spec.Field) {
		var fields object
		for i := range all {
			fields.Add(all[i].Path, responseField(&all[i]))
		}
		if len(fields) > 0 {
			o.Add(key, fields)
		}
	}
	fields("headers", r.Headers)
	fields("fields", r.Fields)
	var examples []object
	for i := range r.Examples {
		if x := &r.Examples[i]; !e.hides(x.Gives.Code) {
			examples = append(examples, example(t, x))
		}
	}
	list(&o, "examples", examples)
	extensions(&o, r.Entry)
	return o
}

func example(t *spec.Table, e *spec.Example) object {
	var o object
	o.Add("name", e.Name)
	o.Text("call", e.Call)
	if e.HTTP != 0 {
		o.Add("http", e.HTTP)
	}
	if len(e.Headers) > 0 {
		var headers object
		for _, h := range e.Headers {
			headers.Add(h.Name, h.Value)
		}
		o.Add("headers", headers)
	}
	o.Text("body", e.Body)
	o.Add("gives", gives(t, &e.Gives))
	extensions(&o, e.Entry)
	return o
}

func gives(t *spec.Table, g *spec.Gives) object {
	var o object
	o.Text("outcome", g.Outcome)
	if g.Code != "" {
		o.Add("code", wireValue(t, g.Code))
	}
	if g.Known != nil {
		o.Add("known", *g.Known)
	}
	o.Text("subtype", g.Subtype)
	o.Text("message", g.Message)
	o.Text("task", g.Task)
	o.Text("param", g.Param)
	o.Text("request_id", g.RequestID)
	if g.RetryAfter != nil {
		o.Add("retry_after", duration(*g.RetryAfter))
	}
	if g.Automatic != nil {
		o.Add("automatic", *g.Automatic)
	}
	extensions(&o, g.Entry)
	return o
}

// conditions adds the member when, unless there are no conditions.
func conditions(o *object, when []spec.Condition) {
	var all object
	for _, c := range when {
		all.Add(c.Name, c.Values)
	}
	if len(all) > 0 {
		o.Add("when", all)
	}
}

func responseField(f *spec.Field) object {
	var o object
	if f.Role == spec.RoleNone {
		o.Add("type", f.Type.String())
	} else {
		o.Add("role", f.Role.String())
	}
	o.Text("description", f.Description)
	conditions(&o, f.When)
	list(&o, "ok", f.OK)
	if f.Cut.After+f.Cut.Before != "" {
		var cut object
		cut.Text("after", f.Cut.After)
		cut.Text("before", f.Cut.Before)
		extensions(&cut, f.Cut.Entry)
		o.Add("cut", cut)
	}
	o.Text("unit", f.Unit)
	o.Text("match", f.Match)
	list(&o, "running", f.Running)
	list(&o, "completed", f.Completed)
	list(&o, "failed", f.Failed)
	extensions(&o, f.Entry)
	return o
}
