package python

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/response"
)

// emitResponse writes the description of responses.
func emitResponse(p *pkg) string {
	t := p.Response.Reader.Table()
	var fields []string
	for i, field := range t.Fields {
		row := p.field(i, field)
		var b strings.Builder
		row.write(&b, 4, "", ",")
		line := "    " + b.String()
		if at := p.Response.FieldPath(i); field.Header == "" && !strings.Contains(line, "\n") && displayed(line)+4+displayed(comment(at)) <= width {
			line += "  # " + comment(at)
		}
		fields = append(fields, line)
	}
	var b strings.Builder
	b.WriteString("# The fields of responses: the header Retry-After, those of the body, other headers.\n")
	b.WriteString("_FIELDS: Final[tuple[_Field, ...]] = (\n" + strings.Join(fields, "\n") + "\n)\n\n")
	b.WriteString(assign(0, "_BODY: Final[tuple[_Node, ...]] = ", tuple(nodes(t.Body)...)) + "\n\n")
	var http []node
	for _, h := range t.HTTP {
		http = append(http, keyed(strconv.Itoa(h.Status)+": ", atom(strconv.Itoa(h.Code))))
	}
	b.WriteString("# The codes of HTTP statuses, for errors that name no listed code.\n")
	b.WriteString(assign(0, "_CODES_OF_STATUS: Final[Mapping[int, int]] = ", dict(http)) + "\n")
	if p.features["when"] {
		b.WriteString("\n" + assign(0, "_CODES_WHEN: Final[tuple[_Selector, ...]] = ", selectors(t.Codes)) + "\n")
	}
	if p.features["refined"] {
		b.WriteString("\n" + assign(0, "_SUBTYPES_WHEN: Final[tuple[_Selector, ...]] = ", selectors(t.Subtypes)) + "\n")
	}
	b.WriteString("\n\n" + p.completeError())
	if p.HasTask() {
		b.WriteString("\n\n" + p.newTask())
	}
	if p.features["refined"] {
		b.WriteString("\n\n" + p.subtypeOf())
	}
	return b.String()
}

// comment returns a text for the end of a comment line.
func comment(text string) string {
	return strings.Map(func(r rune) rune {
		if !strconv.IsPrint(r) {
			return ' '
		}
		return r
	}, text)
}

// roles are the names that the runtime has for the roles of the reader.
var roles = map[string]string{
	"roleNone": "none", "roleCode": "code", "roleMessage": "message", "roleParam": "param", "roleRequestID": "request_id",
	"roleRetryAfter": "retry_after", "roleSubtype": "subtype", "roleSuccess": "success", "roleFailure": "failure",
	"roleRetryable": "retryable", "roleID": "id", "roleStatus": "status", "roleModel": "model",
}

func (p *pkg) field(index int, field response.TableField) node {
	items := []node{atom(quote(roles[field.Role]))}
	addText(&items, "header", field.Header)
	addTexts(&items, "ok", field.OK)
	addTexts(&items, "completed", field.Completed)
	addTexts(&items, "failed", field.Failed)
	addTexts(&items, "running", field.Running)
	if len(field.When) > 0 {
		items = append(items, keyed("when=", conditions(field.When)))
	}
	addText(&items, "before", field.Before)
	addText(&items, "after", field.After)
	addText(&items, "unit", field.Unit)
	if phrase, ok := p.delays[index]; ok {
		items = append(items, keyed("number=", phrase.node(p.features["ambiguous"])))
	}
	var arrays []node
	for _, array := range field.Arrays {
		if array > 0 {
			arrays = append(arrays, atom(strconv.Itoa(int(array))))
		}
	}
	if len(arrays) > 0 {
		items = append(items, keyed("arrays=", tuple(arrays...)))
	}
	return call("_Field", items...)
}

func conditions(when []response.TableCondition) node {
	var all []node
	for _, c := range when {
		all = append(all, tuple(atom(strconv.Itoa(c.Field)), strs(c.Values)))
	}
	return tuple(all...)
}

func selectors(all []response.TableSelector) node {
	var rows []node
	for _, s := range all {
		rows = append(rows, call("_Selector", atom(strconv.Itoa(s.Code)), atom(strconv.Itoa(s.Subtype)), conditions(s.When)))
	}
	return tuple(rows...)
}

func nodes(all []response.TableNode) []node {
	var rows []node
	for _, n := range all {
		rows = append(rows, bodyNode(n))
	}
	return rows
}

func bodyNode(n response.TableNode) node {
	items := []node{atom(quote(n.Key))}
	if n.Field > 0 {
		items = append(items, atom(strconv.Itoa(n.Field)))
	}
	if len(n.Below) > 0 {
		items = append(items, keyed("below=", tuple(nodes(n.Below)...)))
	}
	if n.Each != nil {
		items = append(items, keyed("each=", bodyNode(*n.Each)))
	}
	return call("_Node", items...)
}

// read returns the expression that reads a field.
func read(f *plan.Field) string {
	if f.Role == spec.RoleID || f.Role == spec.RoleStatus || f.Role == spec.RoleModel {
		return "reading.text(" + quote(f.Role.String()) + ")"
	}
	methods := map[string]string{"int64": "field_integer", "float64": "field_number", "bool": "field_boolean", "json.RawMessage": "field_value"}
	method := methods[f.GoType]
	if method == "" {
		method = "field_text"
	}
	return fmt.Sprintf("reading.%s(%d)", method, f.Index)
}

// completeError writes
//
//	def _complete_error(error: EvolinkError, reading: _Reading) -> None:
//	    """Sets the attributes of an error that the table describes."""
//	    error.task_id = reading.text("id")
func (p *pkg) completeError() string {
	lines := []string{
		"def _complete_error(error: " + p.names.Prefix + "Error, reading: _Reading) -> None:",
		docstring(4, "Sets the attributes of an error that the table describes."),
	}
	set := func(has bool, name, value string) {
		if has {
			lines = append(lines, "    error."+name+" = "+value)
		}
	}
	set(p.features["id"], "task_id", `reading.text("id")`)
	set(p.features["model"], "model", `reading.text("model")`)
	set(p.features["request"], "request_id", `reading.text("request_id")`)
	set(p.features["param"], "param", "reading.param")
	for _, f := range p.Response.ErrorFields() {
		set(true, p.names.Fields[f], read(f))
	}
	return strings.Join(lines, "\n") + "\n"
}

// newTask writes
//
//	def _new_task(reading: _Reading) -> Task:
//	    """Returns a task with the fields that the table describes."""
//	    return Task(
//	        id=reading.text("id"),
//	    )
func (p *pkg) newTask() string {
	var items []node
	for _, f := range p.Response.TaskFields() {
		items = append(items, keyed(p.names.Fields[f]+"=", atom(read(f))))
	}
	return "def _new_task(reading: _Reading) -> Task:\n" +
		docstring(4, "Returns a task with the fields that the table describes.") + "\n" +
		assign(4, "return ", call("Task", items...)) + "\n"
}

// subtypeOf writes the lookup of the subtype that a field selects.
func (p *pkg) subtypeOf() string {
	var sent, hidden []node
	for _, s := range p.subtypes {
		for _, value := range s.Values {
			sent = append(sent, keyed(fmt.Sprintf("(%d, %s): ", s.Code.Index, quote(value)), atom(strconv.Itoa(s.Index))))
		}
		if len(s.Values) == 0 {
			hidden = append(hidden, keyed(fmt.Sprintf("(%d, %s): ", s.Code.Index, quote(s.Name)), atom(strconv.Itoa(s.Index))))
		}
	}
	return "# Subtypes by the values that fields have for them, and by their names in any case.\n" +
		assign(0, "_SENT: Final[Mapping[tuple[int, str], int]] = ", dict(sent)) + "\n" +
		assign(0, "_NAMED: Final[Mapping[tuple[int, str], int]] = ", dict(hidden)) + `


def _subtype_of(code: int, value: str) -> int:
    """Returns the subtype that a field selects, or -1."""
    sent = _SENT.get((code, value))
    return _NAMED.get((code, value.lower()), -1) if sent is None else sent
`
}

// inserted returns the lines of a place of the runtime that depend on the table.
func (p *pkg) inserted(place string) []string {
	var lines []string
	if place != "error_fields" {
		return lines
	}
	for _, f := range p.Response.ErrorFields() {
		lines = append(lines, fmt.Sprintf("self.%s: %s = %s", p.names.Fields[f], pythonType(f), zero(f)))
		if doc := docstring(8, paragraphs(f.Description)...); doc != "" {
			for line := range strings.SplitSeq(doc, "\n") {
				lines = append(lines, strings.TrimPrefix(line, "        "))
			}
		}
	}
	return lines
}

func pythonType(f *plan.Field) string {
	types := map[string]string{"int64": "int", "float64": "float", "bool": "bool", "json.RawMessage": "Any"}
	if t := types[f.GoType]; t != "" {
		return t
	}
	return "str"
}

func zero(f *plan.Field) string {
	zeros := map[string]string{"int64": "0", "float64": "0.0", "bool": "False", "json.RawMessage": "None"}
	if z := zeros[f.GoType]; z != "" {
		return z
	}
	return `""`
}
