package markdown

import (
	"strconv"

	"github.com/errspec/errspec/gen/internal/plan"
)

// response writes the format of responses.
func (w *page) response() {
	r := w.plan.Response
	if r == nil {
		return
	}
	for _, kind := range r.Kinds {
		for _, e := range kind.Examples {
			w.block(text(e.Lead, lineStart))
			w.example(e.Body)
		}
	}
	var rows [][]md
	for _, f := range r.Fields {
		rows = append(rows, []md{code(f.Path, inCell), md(f.JSONType(w.plan.Wire)), inline(f.Description, inCell)})
	}
	w.table([]md{"Field", "Type", "Description"}, rows)
	w.block(statusValues(r.Status))
	w.block(w.httpCodes(r.HTTP))
}

// statusValues writes the meanings of the values of the status field.
func statusValues(f *plan.Field) md {
	if f == nil {
		return ""
	}
	var meanings []md
	if len(f.Completed) > 0 {
		meanings = append(meanings, series(codeWords(f.Completed), "or")+" when the task succeeded")
	}
	if len(f.Failed) > 0 {
		meanings = append(meanings, series(codeWords(f.Failed), "or")+" when it failed")
	}
	if len(meanings) == 0 {
		return ""
	}
	return code(f.Path, 0) + " is " + series(meanings, "and") + "; any other value means that the task is still being processed."
}

// httpCodes writes the codes of HTTP responses that contain none.
func (w *page) httpCodes(all []plan.HTTPCode) md {
	var codes []md
	for _, h := range all {
		if !h.Code.Internal {
			codes = append(codes, md(strconv.Itoa(h.Status))+" means "+w.reference(h.Code, 0))
		}
	}
	if len(codes) == 0 {
		return ""
	}
	return "If an HTTP response contains no code, its status determines the code: " + series(codes, "and") + "."
}
