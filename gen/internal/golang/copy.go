package golang

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/copied"
	"github.com/errspec/errspec/gen/internal/lookup"
	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec/advice"
	"github.com/errspec/errspec/spec/match"
	"github.com/errspec/errspec/spec/response"
)

//go:embed runtime/attempts.go runtime/attempts_keys.go runtime/attempts_keys_test.go runtime/attempts_json.go runtime/classify.go runtime/codes_test.go runtime/codetable.go runtime/decode.go runtime/error.go runtime/explain.go
//go:embed runtime/response_vectors_test.go runtime/stored.go runtime/task.go
//go:embed runtime/packed.go runtime/packed_info.go runtime/packed_subtypes.go
//go:embed runtime/policy.go runtime/vectors_test.go runtime/waiter.go
var runtimeSource embed.FS

// A copiedFile does not depend on the table. Packages with its feature contain it.
type copiedFile struct {
	source  string
	name    string
	feature string // "" for all packages
}

// featuresOf returns the features of a package: those parts of the run time that only
// some tables need.
func featuresOf(p *pkg) plan.Features {
	features := p.Features()
	if p.HasResponse() {
		declared := slices.Concat(p.Response.TaskFields(), p.Response.ErrorFields())
		features["typed"] = slices.ContainsFunc(declared, func(f *plan.Field) bool { return isTyped(f) && f.GoType != rawMessage })
		features["json"] = slices.ContainsFunc(declared, func(f *plan.Field) bool { return f.GoType == rawMessage })
	}
	features["keyless"] = !features["keys"]
	features["packedcodes"], features["packedsubtypes"] = p.packedCodes(), p.packedSubtypes()
	features["packed"] = p.packedCodes() || p.packedSubtypes()
	features["searches"] = p.hasSearches()
	features["values"] = slices.Contains(matcherFiles(p), "value.go") // a placeholder has a name
	return features
}

func copies() []copiedFile {
	return []copiedFile{
		{"attempts.go", "attempts.go", ""},
		{"attempts_json.go", "attempts_json.go", ""},
		{"attempts_keys.go", "attempts_keys.go", "keys"},
		{"attempts_keys_test.go", "attempts_keys_test.go", "keys"},
		{"classify.go", "classify.go", ""},
		{"error.go", "error.go", ""},
		{"explain.go", "explain.go", ""},
		{"policy.go", "policy.go", ""},
		{"packed.go", "packed.go", "packed"},
		{"packed_info.go", "packed_info.go", "packedcodes"},
		{"packed_subtypes.go", "packed_subtypes.go", "packedsubtypes"},
		{"codetable.go", "codetable.go", "response"},
		{"decode.go", "decode.go", "response"},
		{"stored.go", "stored.go", "response"},
		{"task.go", "task.go", "task"},
		{"waiter.go", "waiter.go", "poll"},
		{"codes_test.go", "codes_test.go", ""},
		{"vectors_test.go", "vectors_test.go", ""},
		{"response_vectors_test.go", "response_vectors_test.go", "response"},
	}
}

// copyRuntime returns the files that do not depend on the table.
func copyRuntime(p *pkg, header string) ([]File, error) {
	features := featuresOf(p)
	var files []File
	for _, c := range copies() {
		if !features.Has(c.feature) {
			continue
		}
		data, err := runtimeSource.ReadFile("runtime/" + c.source)
		if err != nil {
			return nil, err
		}
		source, err := repackage(string(data), "runtime", p.Package, header, features)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.source, err)
		}
		files = append(files, File{c.name, []byte(source)})
	}
	source, err := repackage(advice.Source(), "advice", p.Package, header, features)
	if err != nil {
		return nil, fmt.Errorf("advice.go: %w", err)
	}
	files = append(files, File{"advice.go", []byte(source)})
	for _, name := range matcherFiles(p) {
		source, err := repackage(string(match.Source(name)), "match", p.Package, header, features)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		files = append(files, File{"match_" + name, []byte(source)})
	}
	names, own := []string{response.Duration}, make(plan.Features)
	if p.HasResponse() {
		names = response.Sources(p.Response.Reader.Features())
		for _, name := range p.Response.Reader.Features() {
			own[name] = true
		}
	}
	for _, name := range names {
		source, err := repackage(string(response.Source(name)), "response", p.Package, header, own)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		files = append(files, File{"response_" + name, []byte(source)})
	}
	for _, name := range lookupFiles(p) {
		data, err := lookup.Source(name)
		if err != nil {
			return nil, err
		}
		source, err := repackage(string(data), "lookup", p.Package, header, features)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		files = append(files, File{"lookup_" + name, []byte(source)})
	}
	return files, nil
}

// matcherFiles returns the files of the matcher that the phrases need.
func matcherFiles(p *pkg) []string {
	var names []string
	if p.Phrases.List != nil {
		names = p.Phrases.List.Sources()
	} else {
		names = match.Sources(append([]match.Table{p.Phrases.All}, p.Phrases.Codes...)...)
	}
	for _, list := range p.delays {
		for _, name := range list.Sources() {
			if !slices.Contains(names, name) && name != "list.go" {
				names = append(names, name)
			}
		}
	}
	return names
}

// hasSearches reports whether a phrase is found by its own search of the message.
func (p *pkg) hasSearches() bool {
	if p.Phrases.List == nil {
		return true
	}
	lists := []match.List{*p.Phrases.List}
	for _, list := range p.delays {
		lists = append(lists, list)
	}
	return slices.ContainsFunc(lists, func(l match.List) bool {
		return slices.ContainsFunc(l.Phrases, func(p match.TablePhrase) bool { return p.Search != "" })
	})
}

// repackage returns a source file of package from with another package clause and
// header. It omits the lines of features that the package does not have, and the
// comments above the original clause, which are for developers of errspec.
//
// The source is formatted with and without the lines of any feature, as a test
// checks. To format it here would take longer than all other steps for a small package.
func repackage(source, from, pkg, header string, features plan.Features) (string, error) {
	lines := strings.Split(source, "\n")
	clause := slices.Index(lines, "package "+from)
	if clause < 0 {
		return "", fmt.Errorf("no line %q", "package "+from)
	}
	kept := copied.Slashes.Select(lines[clause+1:], features.Has)
	return strings.Join(append([]string{header, "", "package " + pkg}, kept...), "\n"), nil
}
