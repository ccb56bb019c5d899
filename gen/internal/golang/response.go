package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
)

// emitSettings writes what the copied files need to know of the table:
//
//	const tableName = "evolink"
//
//	const (
//		backoffAttempts   = 3
//		backoffInitial    = 5 * time.Second
//		backoffMultiplier = 2
//		backoffCap        = 10 * time.Minute
//	)
func emitSettings(f *file, p *pkg) {
	f.decl("tableName is the prefix of every error text.", jen.Const().Id("tableName").Op("=").Lit(p.Table))
	f.decl("Default backoff, for codes without a wait.",
		jen.Const().Defs(
			jen.Id("backoffAttempts").Op("=").Lit(p.Backoff.Attempts),
			jen.Id("backoffInitial").Op("=").Add(duration(p.Backoff.Initial)),
			jen.Id("backoffMultiplier").Op("=").Lit(p.Backoff.Multiplier),
			jen.Id("backoffCap").Op("=").Add(duration(p.Backoff.Cap)),
		))
	if p.HasWaiter() {
		f.decl("pollInterval is the time between two polls.",
			jen.Const().Id("pollInterval").Op("=").Add(duration(p.PollInterval())))
	}
}

// emitTask writes the type Task and how a document becomes one.
func emitTask(f *file, p *pkg) {
	emitTaskType(f, p)
	emitTaskRoles(f, p)
	emitDocumentTask(f, p)
	emitStatuses(f, p)
	emitCodeOfStatus(f, p)
}

// emitTaskType writes
//
//	type Task struct {
//		ID     string
//		Status string
//		err    Error
//	}
func emitTaskType(f *file, p *pkg) {
	var fields []jen.Code
	for _, field := range p.Response.TaskFields() {
		if len(field.Doc) > 0 && len(fields) > 0 {
			fields = append(fields, jen.Line())
		}
		fields = append(fields, comments(field.Doc)...)
		fields = append(fields, jen.Id(field.GoName).Add(goType(field)))
	}
	fields = append(fields, jen.Line(), jen.Id("err").Id("Error").Comment("// failure reported by the response; see Err"))
	f.decl("Task is the service's response to a submission or a poll. Fields that are missing in the response, or have an unexpected type, are zero.",
		jen.Type().Id("Task").Struct(fields...))
}

// emitTaskRoles writes how the copied files, which do not know what the table
// calls them, read the fields with a role:
//
//	func (t *Task) status() string { return t.Status }
func emitTaskRoles(f *file, p *pkg) {
	role := func(name, doc string, field *plan.Field) {
		f.decl(doc, jen.Func().Params(jen.Id("t").Op("*").Id("Task")).Id(name).Params().String().Block(
			jen.Return(jen.Id("t").Dot(field.GoName)),
		))
	}
	if p.Response.ID != nil {
		role("id", "id returns the field with the role id.", p.Response.ID)
	}
	role("status", "status returns the field with the role status.", p.Response.Status)
}

// goType writes the type of a field of Task: int64 or json.RawMessage.
func goType(f *plan.Field) *jen.Statement {
	if f.GoType == rawMessage {
		return jen.Qual("encoding/json", "RawMessage")
	}
	return jen.Id(f.GoType)
}

const rawMessage = "json.RawMessage"

// isTyped reports whether a field is a number or boolean.
func isTyped(f *plan.Field) bool { return f.GoType != "string" && f.GoType != rawMessage }

// emitDocumentTask writes
//
//	func (d document) task() *Task {
//		t := &Task{
//			ID:       d.text("id"),
//			Progress: decode[int64](d.at("progress")),
//		}
//		t.err = Error{
//			Wire:    d.text("error", "code"),
//			Message: d.text("error", "message"),
//		}
//		t.err.Code = codeOfWire(t.err.Wire)
//		return t
//	}
func emitDocumentTask(f *file, p *pkg) {
	var fields []jen.Code
	for _, field := range p.Response.TaskFields() {
		fields = append(fields, key(field.GoName, taskFieldValue(field)))
	}
	e := []jen.Code{key("Wire", text(p.Response.Code))}
	if p.Response.Message != nil {
		e = append(e, key("Message", text(p.Response.Message)))
	}
	if p.Response.ID != nil {
		e = append(e, key("TaskID", jen.Id("t").Dot(p.Response.ID.GoName)))
	}
	if p.Response.Model != nil {
		e = append(e, key("Model", jen.Id("t").Dot(p.Response.Model.GoName)))
	}
	f.decl("task decodes the fields that the table defines.",
		jen.Func().Params(jen.Id("d").Id("document")).Id("task").Params().Op("*").Id("Task").Block(
			jen.Id("t").Op(":=").Op("&").Id("Task").Add(rows(fields...)),
			jen.Id("t").Dot("err").Op("=").Id("Error").Add(rows(e...)),
			jen.If(jen.Id("t").Dot("err").Dot("Wire").Op("!=").Lit("")).Block(
				jen.List(jen.Id("t").Dot("err").Dot("Code"), jen.Id("_")).Op("=").Id("ParseCode").Call(jen.Id("t").Dot("err").Dot("Wire")),
			),
			jen.Return(jen.Id("t")),
		))
}

func taskFieldValue(f *plan.Field) *jen.Statement {
	at := jen.Id("d").Dot("at").Call(path(f)...)
	switch {
	case isTyped(f):
		return jen.Id("decode").Types(goType(f)).Call(at)
	case f.GoType == rawMessage:
		return at
	}
	return text(f)
}

// text writes d.text("error", "code").
func text(f *plan.Field) *jen.Statement { return jen.Id("d").Dot("text").Call(path(f)...) }

func path(f *plan.Field) []jen.Code {
	var keys []jen.Code
	for _, k := range f.Keys() {
		keys = append(keys, jen.Lit(k))
	}
	return keys
}

// emitStatuses writes
//
//	var completedStatuses = [...]string{"completed"}
//	var failedStatuses = [...]string{"failed"}
func emitStatuses(f *file, p *pkg) {
	list := func(values []string) *jen.Statement {
		var elements []jen.Code
		for _, v := range values {
			elements = append(elements, jen.Lit(v))
		}
		return jen.Index(jen.Op("...")).String().Values(elements...)
	}
	f.decl("Status values that end a task.", jen.Var().Defs(
		jen.Id("completedStatuses").Op("=").Add(list(p.Response.Status.Completed)),
		jen.Id("failedStatuses").Op("=").Add(list(p.Response.Status.Failed)),
	))
}

// emitCodeOfStatus writes
//
//	func codeOfStatus(status int) Code {
//		switch status {
//		case 429:
//			return CodeQuotaExceeded
//		}
//		return ""
//	}
func emitCodeOfStatus(f *file, p *pkg) {
	var cases []jen.Code
	for _, h := range p.Response.HTTP {
		cases = append(cases, jen.Case(jen.Lit(h.Status)).Block(jen.Return(jen.Id(h.Code.Const))))
	}
	var body []jen.Code
	if len(cases) > 0 {
		body = append(body, jen.Switch(jen.Id("status")).Block(cases...))
	}
	body = append(body, jen.Return(zeroCode(p)))
	f.decl("codeOfStatus returns the code for the status of an HTTP response without a code.",
		jen.Func().Id("codeOfStatus").Params(jen.Id("status").Int()).Id("Code").Block(body...))
}

// zeroCode returns the Code that is none.
func zeroCode(p *pkg) *jen.Statement {
	if p.Wire == spec.WireInteger {
		return jen.Lit(0)
	}
	return jen.Lit("")
}
