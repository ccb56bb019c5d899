package golang

import (
	"fmt"
	"go/format"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/response"
)

// emitSettings writes the constants of the table that copied files use:
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
	emitIdempotency(f, p)
	if p.HasWaiter() {
		f.decl("pollInterval is the time between two polls.",
			jen.Const().Id("pollInterval").Op("=").Add(duration(p.PollInterval())))
	}
}

// emitResponse writes the description of responses, and the functions that set the
// fields of Error and Task.
func emitResponse(f *file, p *pkg) {
	emitFormat(f, p)
	emitDelays(f, p)
	emitComplete(f, p)
	if p.HasTask() {
		emitTaskFields(f, p)
	}
	emitSubtypeOf(f, p)
}

// emitFormat writes
//
//	var responseFormat = format{
//		fields: []field{
//			{role: roleRetryAfter, header: "Retry-After"},
//			{role: roleCode}, // error.code
//			…
//		},
//		body: []node{
//			{key: "error", below: []node{
//				{key: "code", field: 1},
//			}},
//		},
//		…
//	}
func emitFormat(f *file, p *pkg) {
	t := p.Response.Reader.Table()
	var b strings.Builder
	b.WriteString("var responseFormat = format{\nfields: []field{\n")
	for i, field := range t.Fields {
		b.WriteString(fieldLiteral(field, i) + ", // " + commentText(p.Response.FieldPath(i)) + "\n")
	}
	b.WriteString("},\n")
	if len(t.Body) > 0 {
		b.WriteString("body: " + nodesLiteral(t.Body) + ",\n")
	}
	if len(t.HTTP) > 0 {
		b.WriteString("http: []statusCode{\n")
		for _, h := range t.HTTP {
			fmt.Fprintf(&b, "{%d, %d}, // %s\n", h.Status, h.Code, commentText(p.Codes[h.Code].Wire))
		}
		b.WriteString("},\n")
	}
	if t.Integers {
		b.WriteString("integers: true,\n")
	}
	if t.Tasks {
		b.WriteString("tasks: true,\n")
	}
	writeSelectors(&b, "codes", t.Codes)
	writeSelectors(&b, "subtypes", t.Subtypes)
	b.WriteString("}")
	source, err := format.Source([]byte(b.String()))
	if err != nil {
		f.fail(err)
	}
	f.raw("responseFormat describes responses: their fields, and the codes that HTTP statuses and conditions select. Codes and subtypes are indexes of the table.", string(source))
}

// commentText returns text for the end of a comment line.
func commentText(s string) string { return strings.TrimPrefix(commentLine(s), "// ") }

func fieldLiteral(field response.TableField, index int) string {
	parts := []string{"role: " + field.Role}
	text := func(key, value string) {
		if value != "" {
			parts = append(parts, key+": "+strconv.Quote(value))
		}
	}
	list := func(key string, values []string) {
		if len(values) > 0 {
			parts = append(parts, key+": "+stringsLiteral(values))
		}
	}
	text("header", field.Header)
	list("ok", field.OK)
	list("completed", field.Completed)
	list("failed", field.Failed)
	list("running", field.Running)
	if len(field.When) > 0 {
		parts = append(parts, "when: "+conditionsLiteral(field.When))
	}
	text("before", field.Before)
	text("after", field.After)
	text("unit", field.Unit)
	if field.Match != "" {
		parts = append(parts, "number: "+delayName(index))
	}
	if field.Arrays[0] > 0 {
		parts = append(parts, fmt.Sprintf("arrays: [2]uint8{%d, %d}", field.Arrays[0], field.Arrays[1]))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func stringsLiteral(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = strconv.Quote(v)
	}
	return "[]string{" + strings.Join(quoted, ", ") + "}"
}

func conditionsLiteral(when []response.TableCondition) string {
	all := make([]string, len(when))
	for i, c := range when {
		all[i] = fmt.Sprintf("{%d, %s}", c.Field, stringsLiteral(c.Values))
	}
	return "[]condition{" + strings.Join(all, ", ") + "}"
}

func nodesLiteral(nodes []response.TableNode) string {
	var b strings.Builder
	b.WriteString("[]node{\n")
	for _, n := range nodes {
		b.WriteString(nodeLiteral(n) + ",\n")
	}
	return b.String() + "}"
}

func nodeLiteral(n response.TableNode) string {
	var parts []string
	if n.Key != "" {
		parts = append(parts, "key: "+strconv.Quote(n.Key))
	}
	if n.Field > 0 {
		parts = append(parts, "field: "+strconv.Itoa(n.Field))
	}
	if len(n.Below) > 0 {
		parts = append(parts, "below: "+nodesLiteral(n.Below))
	}
	if n.Each != nil {
		parts = append(parts, "each: &node"+nodeLiteral(*n.Each))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func writeSelectors(b *strings.Builder, name string, all []response.TableSelector) {
	if len(all) == 0 {
		return
	}
	b.WriteString(name + ": []selector{\n")
	for _, s := range all {
		fmt.Fprintf(b, "{code: %d, subtype: %d, when: %s},\n", s.Code, s.Subtype, conditionsLiteral(s.When))
	}
	b.WriteString("},\n")
}

// emitComplete writes
//
//	func (r *response) complete(e *Error) {
//		e.TaskID = r.text(r.first(roleID, -1))
//	}
func emitComplete(f *file, p *pkg) {
	var set []jen.Code
	role := func(role spec.Role, field, constant string) {
		if p.Response.Has(role) {
			set = append(set, jen.Id("e").Dot(field).Op("=").Id("r").Dot("text").Call(jen.Id("r").Dot("first").Call(jen.Id(constant), jen.Lit(-1))))
		}
	}
	role(spec.RoleID, "TaskID", "roleID")
	role(spec.RoleModel, "Model", "roleModel")
	role(spec.RoleRequestID, "RequestID", "roleRequestID")
	if p.Response.Has(spec.RoleParam) {
		set = append(set, jen.Id("e").Dot("Param").Op("=").Id("r").Dot("reading").Dot("param"))
	}
	for _, field := range p.Response.ErrorFields() {
		set = append(set, jen.Id("e").Dot(field.GoName).Op("=").Add(fieldValue(field)))
	}
	if p.HasTask() {
		set = append(set, jen.Id("e").Dot("unsettled").Op("=").Id("r").Dot("status").Op("==").Lit(0))
	}
	f.decl("complete sets the fields of an error that the table describes.",
		jen.Func().Params(jen.Id("r").Op("*").Id("response")).Id("complete").Params(jen.Id("e").Op("*").Id("Error")).Block(set...))
}

// emitTaskFields writes
//
//	func (r *response) newTask() *Task {
//		return &Task{
//			ID:       r.text(r.first(roleID, -1)),
//			Progress: decode[int64](r.raw(5)), // progress
//		}
//	}
func emitTaskFields(f *file, p *pkg) {
	var fields []jen.Code
	for _, field := range p.Response.TaskFields() {
		fields = append(fields, key(field.GoName, fieldValue(field)))
	}
	f.decl("newTask returns a task with the fields that the table describes.",
		jen.Func().Params(jen.Id("r").Op("*").Id("response")).Id("newTask").Params().Op("*").Id("Task").Block(
			jen.Return(jen.Op("&").Id("Task").Add(rows(fields...))),
		))
}

// fieldValue writes the expression that reads a field.
func fieldValue(field *plan.Field) *jen.Statement {
	r := func(method string) *jen.Statement { return jen.Id("r").Dot(method).Call(jen.Lit(field.Index)) }
	roles := map[spec.Role]string{spec.RoleID: "roleID", spec.RoleStatus: "roleStatus", spec.RoleModel: "roleModel"}
	switch {
	case roles[field.Role] != "":
		return jen.Id("r").Dot("text").Call(jen.Id("r").Dot("first").Call(jen.Id(roles[field.Role]), jen.Lit(-1)))
	case field.GoType == rawMessage:
		return r("fieldJSON")
	case isTyped(field):
		return jen.Id("decode").Types(goType(field)).Call(r("raw"))
	}
	return r("fieldText")
}

// emitSubtypeOf writes
//
//	func (codeTable) subtypeOf(code int, value string) int {
//		switch {
//		case code == 2 && value == "real_people":
//			return 7
//		case code == 2 && strings.ToLower(value) == "people": // has other values
//			return -1
//		}
//		return Subtype(decisionAt(code).Code.String() + "/" + strings.ToLower(value)).index()
//	}
func emitSubtypeOf(f *file, p *pkg) {
	if !p.has("refined") {
		return
	}
	lower := jen.Qual("strings", "ToLower").Call(jen.Id("value"))
	var sent, names []jen.Code
	for _, s := range p.subtypes {
		is := func(value *jen.Statement, text string, index int) jen.Code {
			return jen.Case(jen.Id("code").Op("==").Lit(s.Code.Index).Op("&&").Add(value).Op("==").Lit(text)).Block(jen.Return(jen.Lit(index)))
		}
		for _, value := range s.Values {
			sent = append(sent, is(jen.Id("value"), value, s.Index))
		}
		if len(s.Values) > 0 {
			names = append(names, is(lower.Clone(), s.Name, -1))
		}
	}
	var body []jen.Code
	if len(sent) > 0 {
		body = append(body, jen.Switch().Block(append(sent, names...)...))
	}
	name := jen.Id("decisionAt").Call(jen.Id("code")).Dot("Code").Dot("String").Call().Op("+").Lit("/").Op("+").Add(lower)
	body = append(body, jen.Return(jen.Id("Subtype").Call(name).Dot("index").Call()))
	f.decl("subtypeOf returns the index of the subtype that a field selects, or -1.",
		jen.Func().Params(jen.Id("codeTable")).Id("subtypeOf").Params(jen.Id("code").Int(), jen.Id("value").String()).Int().Block(body...))
}
