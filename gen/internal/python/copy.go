package python

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/copied"
	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
)

//go:embed runtime/*.py
var runtimeSource embed.FS

// featuresOf returns the features of a package: those parts of the runtime that only
// some tables need.
func featuresOf(p *pkg) map[string]bool {
	r := p.Response
	features := map[string]bool{
		"text":     !p.integer(),
		"integer":  p.integer(),
		"response": p.HasResponse(),
		"id":       r.Has(spec.RoleID),
		"model":    r.Has(spec.RoleModel),
		"request":  r.Has(spec.RoleRequestID),
		"task":     p.HasTask(),
		"poll":     p.HasWaiter(),
		"prefixes": slices.ContainsFunc(p.Codes, func(c *plan.Code) bool { return len(c.Prefixes) > 0 }),
		"stricter": slices.ContainsFunc(p.Codes, func(c *plan.Code) bool { return c.Stricter }),
		"subtypes": len(p.subtypes) > 0,
		"phrases":  len(p.phrases) > 0,
	}
	if p.HasResponse() {
		for _, name := range r.Reader.Features() {
			switch name {
			case "task", "typed": // the package may lack these fields
			default:
				features[name] = true
			}
		}
		for _, f := range slices.Concat(r.TaskFields(), r.ErrorFields()) {
			if f.Role == spec.RoleNone {
				features["fields"] = true
				features["typed"] = features["typed"] || f.GoType != "string"
				features["texts"] = features["texts"] || f.GoType == "string"
			}
		}
		features["hidden"] = slices.ContainsFunc(p.Codes, func(c *plan.Code) bool { return c.Hidden })
	}
	features["keys"] = p.Idempotency != nil
	if k := p.Idempotency; k != nil {
		features["optin"] = k.OptIn
		features["pending"] = len(k.Pending) > 0
		features["conflict"] = len(k.Conflict) > 0
	}
	features["nocharge"] = slices.ContainsFunc(p.Codes, func(c *plan.Code) bool { return c.Charged == spec.ChargedNo })
	features["charged"] = slices.ContainsFunc(p.Codes, func(c *plan.Code) bool { return c.Charged != spec.ChargedUnknown })
	features["free"] = features["nocharge"] && p.HasTask()
	features["matcher"] = features["subtypes"] || features["phrases"] || len(p.delays) > 0
	for _, phrase := range p.phrases {
		features["values"] = features["values"] || phrase.named()
		features["ambiguous"] = features["ambiguous"] || phrase.ambiguous
	}
	for _, phrase := range p.delays {
		features["ambiguous"] = features["ambiguous"] || phrase.ambiguous
	}
	features["valuein"] = features["values"] || len(p.delays) > 0
	features["find"] = features["subtypes"] || features["phrases"]
	features["parseint"] = features["integer"] || features["response"]
	features["replace"] = features["response"] || features["stricter"]
	return features
}

// marks are the marks of Python; see package copied.
var marks = copied.Marks{If: "# errspec:if ", End: "# errspec:end"}

const (
	// markCopy is below the lines of a file that are for developers of errspec. Their
	// imports are those of the file.
	markCopy = "# errspec:copy"
	// markInsert is where lines are inserted that depend on the table.
	markInsert = "# errspec:insert "
)

// copied returns a file of the runtime as part of the package.
func (p *pkg) copied(name string) (string, error) {
	data, err := runtimeSource.ReadFile("runtime/" + name)
	if err != nil {
		return "", err
	}
	_, source, ok := strings.Cut(string(data), markCopy+"\n")
	if !ok {
		return "", fmt.Errorf("%s: no line %q", name, markCopy)
	}
	kept := marks.Select(p.withInserted(strings.Split(source, "\n")), func(feature string) bool { return p.features[feature] })
	return p.named(strings.Join(tidy(kept), "\n")), nil
}

// withInserted returns lines with those that depend on the table.
func (p *pkg) withInserted(lines []string) []string {
	var out []string
	for _, line := range lines {
		indent, place, ok := strings.Cut(line, markInsert)
		if !ok {
			out = append(out, line)
			continue
		}
		out = append(out, indented(p.inserted(place), indent)...)
	}
	return out
}

// named replaces the names of the stand-in table.
func (p *pkg) named(source string) string {
	code := "str"
	if p.integer() {
		code = "int"
	}
	return strings.NewReplacer("Standin", p.names.Prefix, "AnyCode", code).Replace(source)
}

// tidy removes blank lines that are left at the start of a block.
func tidy(lines []string) []string {
	var out []string
	for _, line := range lines {
		if line == "" && len(out) >= 1 && strings.HasSuffix(out[len(out)-1], ":") {
			continue
		}
		if line == "" && len(out) >= 2 && out[len(out)-1] == "" && out[len(out)-2] == "" {
			continue
		}
		out = append(out, line)
	}
	return out
}

func indented(lines []string, indent string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		if line != "" {
			out[i] = indent + line
		}
	}
	return out
}

// imports returns the import lines at the top of the files of the runtime, without
// duplicates.
func imports() []string {
	var all []string
	for _, part := range parts {
		if part.file == "" {
			continue
		}
		data, _ := runtimeSource.ReadFile("runtime/" + part.file)
		head, _, _ := strings.Cut(string(data), markCopy)
		for line := range strings.Lines(head) {
			line = strings.TrimSpace(line)
			if (strings.HasPrefix(line, "import ") || strings.HasPrefix(line, "from ")) && !slices.Contains(all, line) {
				all = append(all, line)
			}
		}
	}
	return all
}
