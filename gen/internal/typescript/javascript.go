package typescript

import (
	"strings"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/internal/lazyregexp"
)

// EmitJavaScript returns the JavaScript module of a plan, and its types as a declaration
// file. mark is the first line of both.
//
// The runtime without types is committed in runtime/js. Node.js removes the types, so that
// errspec needs neither a compiler nor a parser of TypeScript; see CONTRIBUTING.md.
func EmitJavaScript(p *plan.Plan, mark string) (source, declared []byte, err error) {
	m := newModule(p)
	types, err := m.source(mark)
	if err != nil {
		return nil, nil, err
	}
	m.javascript = true
	source, err = m.source(mark)
	return source, []byte(declarationsOf(string(types))), err
}

var (
	asConst       = lazyregexp.New(`(?m) as const;$`)
	constantType  = lazyregexp.New(`(?m)^((?:export )?const \w+): [^=]+? =`)
	signature     = lazyregexp.New(`(?m)^((?:export )?function \w+)\((.*)\): .* \{$`)
	parameterType = lazyregexp.New(`^(\{ \w+ \}|\w+): .*$`)
)

// constant returns the start of a constant, with its type in TypeScript.
func (m *module) constant(name, typ string) string {
	if m.javascript {
		return "const " + name + " = "
	}
	return "const " + name + ": " + typ + " = "
}

// untyped returns source that this package writes without types.
func untyped(source string) string {
	var b strings.Builder
	for _, d := range declarations(source) {
		code := strings.TrimPrefix(strings.TrimLeft(d.code, "\n"), "export ")
		if strings.HasPrefix(code, "interface ") || strings.HasPrefix(code, "type ") {
			continue
		}
		b.WriteString(d.text)
	}
	source = asConst.ReplaceAllString(b.String(), ";")
	source = constantType.ReplaceAllString(source, "$1 =")
	return signature.ReplaceAllStringFunc(source, func(line string) string {
		found := signature.FindStringSubmatch(line)
		parameter := ""
		if name := parameterType.FindStringSubmatch(found[2]); name != nil {
			parameter = name[1] // each of these functions has at most one
		}
		return found[1] + "(" + parameter + ") {"
	})
}
