package python

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/copied"
	"github.com/errspec/errspec/gen/internal/plan"
)

//go:embed runtime/*.py
var runtimeSource embed.FS

// featuresOf returns the features of a package: those parts of the runtime that only
// some tables need.
func featuresOf(p *pkg) plan.Features {
	features := p.Features()
	features["typed"] = features["decoded"]
	features["fields"] = features["typed"] || features["texts"]
	features["phrases"] = features["phrases"] || len(p.phrases) > 0
	features["find"] = features["subtypes"] || features["phrases"]
	features["matcher"] = features["find"] || len(p.delays) > 0
	for _, phrase := range p.phrases {
		features["values"] = features["values"] || phrase.named()
		features["ambiguous"] = features["ambiguous"] || phrase.ambiguous
	}
	for _, phrase := range p.delays {
		features["ambiguous"] = features["ambiguous"] || phrase.ambiguous
	}
	features["valuein"] = features["values"] || len(p.delays) > 0
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
	kept := marks.Select(p.withInserted(strings.Split(source, "\n")), p.features.Has)
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
