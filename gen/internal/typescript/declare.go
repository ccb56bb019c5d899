package typescript

import (
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
)

// declarationsOf returns the declaration file of a module: its exports, and the types that
// they use.
func declarationsOf(source string) string {
	all := declarations(source)
	var b strings.Builder
	for _, d := range all {
		code := strings.TrimPrefix(strings.TrimLeft(d.code, "\n"), "export ")
		isType := strings.HasPrefix(code, "interface ") || strings.HasPrefix(code, "type ")
		switch {
		case d.name == "" || isType:
			b.WriteString(d.text)
		case d.exported:
			b.WriteString(declared(d))
		}
	}
	b.WriteString("export {};\n") // without it, all types would be exported
	return strings.TrimRight(used(strings.TrimRight(b.String(), "\n")), "\n") + "\n"
}

// declared returns the declaration of an exported value.
func declared(d declaration) string {
	at := strings.Index(d.text, "\nexport ") + 1
	if strings.HasPrefix(d.text, "export ") {
		at = 0
	}
	doc, code := d.text[:at], strings.TrimRight(strings.TrimPrefix(d.text[at:], "export "), "\n")
	code = strings.TrimPrefix(code, "async ")
	var lines []string
	switch {
	case strings.HasPrefix(code, "class "):
		lines = classMembers(strings.Split(code, "\n"))
	case strings.HasPrefix(code, "function "):
		lines = signatureOf(strings.Split(code, "\n"))
	case strings.HasSuffix(code, "} as const;"):
		lines = constantMembers(d.name, strings.Split(code, "\n"))
	default:
		kind, _, _ := strings.Cut(code, " =")
		if !strings.Contains(kind, ": ") {
			kind += ": string" // the revision
		}
		lines = []string{kind + ";"}
	}
	lines[0] = "export declare " + lines[0]
	var out []string
	for _, line := range lines {
		out = append(out, breakSignature(line)...)
	}
	return doc + strings.Join(out, "\n") + "\n\n"
}

// constantMembers returns the type of an object of constants.
func constantMembers(name string, lines []string) []string {
	out := []string{"const " + name + ": {"}
	for _, line := range lines[1 : len(lines)-1] {
		if isCode(line) {
			if indentOf(line) == 2 {
				line = "  readonly " + strings.TrimSpace(line)
			}
			if value, isLast := strings.CutSuffix(line, ","); isLast {
				line = value + ";"
			}
		}
		if last := len(out) - 1; isCode(line) && indentOf(line) == 4 && strings.HasSuffix(out[last], ":") {
			out[last] += " " + strings.TrimSpace(line) // Prettier does not break types here
			continue
		}
		out = append(out, line)
	}
	return append(out, "};")
}

var defaultValue = lazyregexp.New(`(\w+)(: [^=,]+?)? = ([^,()]+(?:\(\))?)`)

// signatureOf returns the signature of a function, whose body starts after a line that ends
// with an opening brace.
func signatureOf(lines []string) []string {
	var out []string
	for _, line := range lines {
		text, isLast := strings.CutSuffix(line, " {")
		text = defaultValue.ReplaceAllStringFunc(text, func(parameter string) string {
			found := defaultValue.FindStringSubmatch(parameter)
			if found[2] == "" {
				found[2] = ": string"
			}
			return found[1] + "?" + found[2]
		})
		text = strings.Replace(text, ", origin?: Origin", "", 1) // only for the module itself
		if isLast {
			return append(out, text+";")
		}
		out = append(out, text)
	}
	return out
}

// classMembers returns a class without the bodies of its methods, and without what only
// the class uses.
func classMembers(lines []string) []string {
	out := []string{lines[0]}
	var doc []string
	for i := 1; i < len(lines)-1; i++ {
		line := lines[i]
		switch {
		case indentOf(line) != 2 && !strings.HasPrefix(line, "   *"):
		case !isCode(line):
			doc = append(doc, line)
		case strings.HasSuffix(line, ";"):
			out, doc = append(append(out, doc...), line), nil
		case strings.HasSuffix(line, " {") || strings.HasSuffix(line, "("):
			end := i
			for !strings.HasSuffix(lines[end], " {") {
				end++
			}
			head := signatureOf(lines[i : end+1])
			head[0] = strings.Replace(head[0], "static override", "static", 1)
			out, doc = append(append(out, doc...), head...), nil
			i = end
		}
	}
	return append(out, "}")
}
