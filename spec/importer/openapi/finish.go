package openapi

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/importer"
	"github.com/errspec/errspec/spec/importer/draft"
	"github.com/errspec/errspec/spec/importer/facts"
	"github.com/errspec/errspec/spec/response"
)

// finish proves the table by the examples and prints it.
func (r *reader) finish() importer.Result {
	if r.budget == 0 {
		return failed(r.file, 1, "import a part of the file", fmt.Sprintf("has more than %d values and schemas", maxNodes))
	}
	if len(r.codes) == 0 {
		result := importer.Result{Report: r.report()}
		if result.Findings = r.lost(result.Report); len(result.Findings) == 0 {
			result.Findings = diag.List{finding(r.file, importer.RuleCodes, 1, "found no codes", "codes are read from the bodies of error responses, from extensions such as x-error-codes, and from error statuses")}
		}
		result.Report.Unuse("there is no table, because there are no codes")
		return result
	}
	proofs := r.prove()
	text := r.table(proofs, false)
	_, findings := draft.Check(text)
	if len(findings) > 0 {
		text = r.table(withoutExamples(proofs, findings), false)
		_, findings = draft.Check(text)
	}
	if len(findings) > 0 {
		text = r.table(nil, true)
		_, findings = draft.Check(text)
	}
	report := r.report()
	if len(findings) > 0 {
		report.Unuse("there is no table, because of errors")
		return importer.Result{Report: report, Findings: diag.List{finding(r.file, importer.RuleSource, 1,
			"the table would be invalid: "+findings[0].Message, "report this file as a bug of errspec")}}
	}
	return importer.Result{Table: text, Findings: r.lost(report), Report: report}
}

// withoutExamples returns the examples that findings are not about.
func withoutExamples(proofs []proof, findings diag.List) []proof {
	return slices.DeleteFunc(slices.Clone(proofs), func(p proof) bool {
		return slices.ContainsFunc(findings, func(d diag.Diagnostic) bool {
			return d.Subject == p.name || strings.Contains(d.Message, fmt.Sprintf("%q", p.name))
		})
	})
}

// maxMessages is the number of messages of a code that become examples.
const maxMessages = 5

// prove decodes the examples with the table, and returns one for each code and status.
func (r *reader) prove() []proof {
	table, findings := draft.Check(r.table(nil, false))
	if len(findings) > 0 {
		table, _ = draft.Check(r.table(nil, true))
	}
	if table == nil {
		return nil
	}
	reader, err := classify.NewReader(table)
	if err != nil || reader == nil {
		for _, e := range r.samples {
			skip(e.entry, "the bodies of errors have no field that is known as code or message")
		}
		return nil
	}
	p := prover{reader: r, response: reader, seen: make(map[string]bool)}
	for _, e := range r.samples {
		p.example(e)
	}
	return p.proofs
}

// A prover decodes examples.
type prover struct {
	*reader
	response *response.Reader
	proofs   []proof
	seen     map[string]bool // codes with statuses
}

// example decodes an example, which has to give its code.
func (p *prover) example(e *example) {
	want := p.codesOf(e)
	body, status := e.body(), p.statusOf(e)
	if body == "" {
		skip(e.entry, fmt.Sprintf("it is larger than %d KiB, or nested more than %d levels deep", maxBody>>10, maxDepth))
		return
	}
	got := p.response.Read(response.TaskCall, max(status, 200), nil, []byte(body))
	switch {
	case p.byStatus:
		want = []string{fmt.Sprint(status)}
		if p.byWire[want[0]] == nil {
			skip(e.entry, "its response has no single status")
			return
		}
	case len(want) == 0:
		if p.unknownCode(e) {
			lose(e.entry, "it has no known code")
		} else {
			skip(e.entry, "it has no code")
		}
		return
	}
	if !slices.Contains(want, got.Code) || !got.Known {
		lose(e.entry, fmt.Sprintf("it gives %q, not %q", got.Code, want[0]))
		return
	}
	c := p.byWire[got.Code]
	if m := draft.Line(got.Message); m != "" && m != c.about && len(c.messages) < maxMessages && !slices.Contains(c.messages, m) {
		c.messages = append(c.messages, m)
	}
	key := fmt.Sprint(got.Code, " ", status)
	if p.seen[key] {
		used(e.entry, "gives "+got.Code+", as an example before")
		return
	}
	p.seen[key] = true
	used(e.entry, "gives "+got.Code)
	p.proofs = append(p.proofs, proof{name: fmt.Sprintf("%d %s", max(status, 200), got.Code), code: got.Code, body: body, status: status, guessed: e.status == 0 && !e.context.success})
}

// codesOf returns the codes in the first field of an example that has any. An array may have
// several.
func (r *reader) codesOf(e *example) []string {
	for _, f := range r.codeFields {
		var all []string
		for _, v := range f.values {
			if wire := strings.TrimPrefix(draft.Line(v.text), f.cut); v.example == e && r.byWire[wire] != nil {
				all = append(all, wire)
			}
		}
		if all != nil {
			return all
		}
	}
	return nil
}

// unknownCode reports whether an example has a value with the form of a code in a field with
// the name of one.
func (r *reader) unknownCode(e *example) bool {
	for _, f := range r.fields {
		for _, v := range f.values {
			if v.example == e && f.role != "code" && codeName.MatchString(f.name) && isCode(v, false) {
				return true
			}
		}
	}
	return false
}

// report returns the report in the order of the file.
func (r *reader) report() importer.Report {
	report := make(importer.Report, 0, len(r.parts))
	for _, e := range r.parts {
		report = append(report, *e)
	}
	slices.SortStableFunc(report, func(a, b importer.Entry) int { return a.Fact.Line - b.Fact.Line })
	return report
}

// lost returns findings about the parts that look like codes and are not used. Parts of a kind
// with the same reason share one.
func (r *reader) lost(report importer.Report) diag.List {
	type reason struct {
		kind facts.Kind
		what string
	}
	count := make(map[reason]int)
	var first []importer.Entry // of each reason
	for _, e := range report {
		if k := (reason{e.Fact.Kind, e.What}); e.Lost {
			if count[k]++; count[k] == 1 {
				first = append(first, e)
			}
		}
	}
	var all diag.List
	for _, e := range first {
		all = append(all, e.Finding(r.file, count[reason{e.Fact.Kind, e.What}], "correct the file, or add the codes to the table by hand"))
	}
	return all
}
