package python

import (
	"embed"
	"fmt"
	"slices"
	"strings"

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
	features["matcher"] = features["subtypes"] || features["phrases"] || len(p.delays) > 0
	for _, phrase := range p.phrases {
		features["values"] = features["values"] || phrase.named()
		features["ambiguous"] = features["ambiguous"] || phrase.ambiguous
	}
	for _, phrase := range p.delays {
		features["ambiguous"] = features["ambiguous"] || phrase.ambiguous
	}
	features["valuein"] = features["values"] || len(p.delays) > 0
	features["replace"] = features["response"] || features["stricter"]
	return features
}

// Marks in the runtime. Lines between markIf and markEnd, and lines that end with markIf,
// belong to packages with the feature. Lines between markInsert and markEnd are replaced by
// what the table needs. All lines above markCopy are for developers of errspec; their
// imports are those of the file.
//
//	# errspec:if id
//	self.task_id = task_id
//	# errspec:end
//
//	task_id: str = "",  # errspec:if id
const (
	markCopy   = "# errspec:copy"
	markIf     = "# errspec:if "
	markInsert = "# errspec:insert "
	markEnd    = "# errspec:end"
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
	var kept []string
	var skips []bool // of the blocks around the line
	for line := range strings.Lines(source) {
		code, feature, marked := strings.Cut(strings.TrimSuffix(line, "\n"), markIf)
		place, insert := strings.CutPrefix(strings.TrimSpace(line), markInsert)
		skip := len(skips) > 0 && skips[len(skips)-1]
		switch {
		case strings.TrimSpace(line) == markEnd:
			skips = skips[:len(skips)-1]
		case insert:
			if !skip {
				indent := line[:strings.Index(line, "#")]
				kept = append(kept, indented(p.inserted(place), indent)...)
			}
			skips = append(skips, true)
		case marked && strings.TrimSpace(code) == "":
			skips = append(skips, skip || !p.features[feature])
		case skip || marked && !p.features[feature]:
		case marked:
			kept = append(kept, strings.TrimRight(code, " "))
		default:
			kept = append(kept, strings.TrimSuffix(line, "\n"))
		}
	}
	return p.named(strings.Join(tidy(kept), "\n")), nil
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
