package response

import (
	"fmt"
	"slices"
	"strings"
)

// tableSource returns the static table, much as the generator emits it, and lookups for the values
// and messages of the test.
func (c copiedCase) tableSource(messages map[string]bool) string {
	var b strings.Builder
	table := c.reader.Table()
	features := c.reader.Features()
	b.WriteString("package copied\n\nimport (\n\"strings\"\n)\n\nvar responseFormat = format{\nfields: []field{\n")
	numbers := ""
	for i, f := range table.Fields {
		fmt.Fprintf(&b, "{role: %s", f.Role)
		list := func(name string, values []string) {
			if len(values) > 0 {
				fmt.Fprintf(&b, ", %s: %#v", name, values)
			}
		}
		text := func(name, value string) {
			if value != "" {
				fmt.Fprintf(&b, ", %s: %q", name, value)
			}
		}
		text("header", f.Header)
		text("before", f.Before)
		text("after", f.After)
		text("unit", f.Unit)
		list("ok", f.OK)
		list("completed", f.Completed)
		list("failed", f.Failed)
		list("running", f.Running)
		b.WriteString(conditionsSource(f.When))
		if f.Arrays != [2]uint8{} {
			fmt.Fprintf(&b, ", arrays: %#v", f.Arrays)
		}
		if f.Match != "" {
			fmt.Fprintf(&b, ", number: number%d", i)
			before, after, _ := strings.Cut(f.Match, "<num>")
			numbers += fmt.Sprintf("func number%d(text string) (string, bool) {\ntext, ok := strings.CutPrefix(text, %q)\nif !ok {\nreturn \"\", false\n}\n"+
				"number, _, ok := strings.Cut(text, %q)\nreturn number, ok\n}\n\n", i, before, after)
		}
		b.WriteString("},\n")
	}
	fmt.Fprintf(&b, "},\nbody: %s,\nintegers: %v,\n", nodesSource(table.Body), table.Integers)
	if table.Tasks {
		b.WriteString("tasks: true,\n")
	}
	b.WriteString("http: []statusCode{")
	for _, h := range table.HTTP {
		fmt.Fprintf(&b, "{%d, %d}, ", h.Status, h.Code)
	}
	b.WriteString("},\n")
	for name, selectors := range map[string][]TableSelector{"codes": table.Codes, "subtypes": table.Subtypes} {
		if len(selectors) > 0 {
			fmt.Fprintf(&b, "%s: []selector{", name)
			for _, s := range selectors {
				fmt.Fprintf(&b, "{code: %d, subtype: %d%s},\n", s.Code, s.Subtype, conditionsSource(s.When))
			}
			b.WriteString("},\n")
		}
	}
	b.WriteString("}\n\nvar _ = strings.Cut\n\n" + numbers)
	t := &c.reader.table
	b.WriteString("type codeTable struct{}\n\nfunc (codeTable) listed(value string) (int, bool) {\nswitch value {\n")
	for _, wire := range slices.Sorted(func(yield func(string) bool) {
		for wire := range t.index {
			if !yield(wire) {
				return
			}
		}
	}) {
		fmt.Fprintf(&b, "case %q:\nreturn %d, false\n", wire, t.index[wire])
	}
	b.WriteString("}\n")
	for _, p := range t.prefixes {
		fmt.Fprintf(&b, "if strings.HasPrefix(value, %q) {\nreturn %d, true\n}\n", p.text, p.code)
	}
	b.WriteString("return -1, false\n}\n")
	b.WriteString("\nfunc head(message string) string { return message }\n")
	one := func(feature, name string, f func(message string) int) {
		if slices.Contains(features, feature) {
			fmt.Fprintf(&b, "\nfunc (codeTable) %s int {\nswitch message {\n", name)
			for message := range messages {
				fmt.Fprintf(&b, "case %q:\nreturn %d\n", message, f(message))
			}
			b.WriteString("}\nreturn -1\n}\n")
		}
	}
	one("phrases", "codeIn(message string)", t.codeIn)
	ints := func(feature, name, result string, f func(code int) any) {
		if slices.Contains(features, feature) {
			fmt.Fprintf(&b, "\nfunc (codeTable) %s(code int) %s {\nreturn [...]%s{", name, result, result)
			for code := range t.codes {
				fmt.Fprintf(&b, "%v, ", f(code))
			}
			b.WriteString("}[code]\n}\n")
		}
	}
	ints("subtypes", "fallback", "int", func(code int) any { return t.fallback(code) })
	ints("refined", "uniform", "bool", func(code int) any { return t.uniform(code) })
	ints("arrays", "repeatable", "bool", func(code int) any { return t.repeatable(code) })
	two := func(feature, name, params string, max int, values map[string]bool, f func(code int, value string) int) {
		if !slices.Contains(features, feature) {
			return
		}
		fmt.Fprintf(&b, "\nfunc (codeTable) %s(%s) int {\nswitch {\n", name, params)
		for code := range max {
			for value := range values {
				if got := f(code, value); got >= 0 {
					fmt.Fprintf(&b, "case code == %d && value == %q:\nreturn %d\n", code, value, got)
				}
			}
		}
		b.WriteString("}\nreturn -1\n}\n")
	}
	two("subtypes", "subtypeIn", "code int, value string", len(t.codes), messages, t.subtypeIn)
	values := make(map[string]bool)
	for _, s := range t.subtypes {
		values[s.Name], values[strings.ToUpper(s.Name)] = true, true
		for _, v := range s.Values {
			values[v] = true
		}
	}
	two("refined", "subtypeOf", "code int, value string", len(t.codes), values, t.subtypeOf)
	if slices.Contains(features, "refined") {
		b.WriteString("\nfunc (codeTable) stricter(a, b int) int {\nswitch [2]int{a, b} {\n")
		for x := range t.subtypes {
			for y := range t.subtypes {
				if t.stricter(x, y) == y && x != y {
					fmt.Fprintf(&b, "case [2]int{%d, %d}:\nreturn b\n", x, y)
				}
			}
		}
		b.WriteString("}\nreturn a\n}\n")
	}
	return b.String()
}

func conditionsSource(when []TableCondition) string {
	if len(when) == 0 {
		return ""
	}
	s := ", when: []condition{"
	for _, c := range when {
		s += fmt.Sprintf("{field: %d, values: %#v}, ", c.Field, c.Values)
	}
	return s + "}"
}

func nodesSource(nodes []TableNode) string {
	s := "[]node{"
	for _, n := range nodes {
		s += nodeSource(n) + ",\n"
	}
	return s + "}"
}

func nodeSource(n TableNode) string {
	s := fmt.Sprintf("{key: %q, field: %d", n.Key, n.Field)
	if len(n.Below) > 0 {
		s += ", below: " + nodesSource(n.Below)
	}
	if n.Each != nil {
		s += ", each: &node" + nodeSource(*n.Each)
	}
	return s + "}"
}
