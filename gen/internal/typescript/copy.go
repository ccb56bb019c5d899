package typescript

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/copied"
	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/internal/lazyregexp"
)

//go:embed runtime/*.ts runtime/js/*.js
var runtimeSource embed.FS

// A copiedFile is a file of the runtime. Modules with its feature contain it.
type copiedFile struct {
	name, feature string
}

// copiedFiles are the files of the runtime: first those that programs use.
var copiedFiles = []copiedFile{
	{"classify.ts", ""},
	{"decode.ts", "response"},
	{"error.ts", ""},
	{"wait.ts", "poll"},
	{"policy.ts", ""},
	{"attempts.ts", ""},
	{"attempts_stored.ts", ""},
	{"explain.ts", ""},
	{"stored.ts", "response"},
	{"decide.ts", ""},
	{"response.ts", "response"},
	{"scan.ts", "response"},
	{"table.ts", ""},
	{"rows.ts", ""},
	{"phrases.ts", "matcher"},
	{"match.ts", "matcher"},
	{"ambiguous.ts", "ambiguous"},
	{"retryafter.ts", ""},
	{"sha256.ts", ""},
	{"sleep.ts", ""},
	{"json.ts", ""},
	{"line.ts", ""},
	{"text.ts", ""},
}

// exported are the names of the runtime that modules export. Stand-in names are replaced.
var exported = strings.Fields(`
	classify match Match parseCode valueIn infoOf subtypeInfoOf Wait
	decodeError readError parseError decodeTask readTask parseTask isDone taskError
	ResponseLike HeadersLike Stored
	StandinError StandinErrorFields StandinResponseError StandinPollError
	standinErrorIn WaitOptions SignalLike waitForTask
	RetryOptions nextPauseMs AgainOptions parseRetryAfter explain
	attempts Attempts AttemptsOptions Reason idempotencyHeader`)

// featuresOf returns the features of a module: those parts of the runtime that only some
// tables need.
func featuresOf(m *module) plan.Features {
	features := m.Features()
	features["typed"] = features["decoded"]
	features["phrases"] = features["phrases"] || features["subtypes"] || len(m.data.Phrases) > 0
	phrases := slices.Clone(m.data.Phrases)
	if m.HasResponse() {
		features["delayfield"] = features["unit"] || features["delaytext"]
		features["near"] = features["param"] || features["refined"]
		features["fields"] = features["typed"] || features["texts"]
		features["details"] = len(m.Response.ErrorFields()) > 0
		for _, f := range m.data.Format.Fields {
			if f.Match != nil {
				phrases = append(phrases, *f.Match)
			}
		}
	}
	features["matcher"] = features["phrases"] || len(phrases) > 0
	for _, p := range m.data.Phrases {
		features["values"] = features["values"] || strings.Trim(p.Names, "_ ") != ""
	}
	for _, p := range phrases {
		features[p.Search] = true
	}
	return features
}

// imports matches the import statements at the start of a file.
var imports = lazyregexp.New(`(?m)^import [^;]*;(?: *//.*)?\n`)

// copies returns the files of the runtime that the module needs.
func (m *module) copies() ([]string, error) {
	var all []string
	for _, c := range copiedFiles {
		if !m.features.Has(c.feature) {
			continue
		}
		name := c.name
		if m.javascript {
			name = "js/" + strings.TrimSuffix(name, ".ts") + ".js"
		}
		data, err := runtimeSource.ReadFile("runtime/" + name)
		if err != nil {
			return nil, err
		}
		source, err := m.copied(string(data))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.name, err)
		}
		all = append(all, source)
	}
	return all, nil
}

var exports = lazyregexp.New(`(?m)^export ((?:async |abstract )?(?:function|class|interface|type|const|let) ([A-Za-z_$][A-Za-z0-9_$]*))`)

// copied returns a source as part of the module: without imports, with the names of the
// table, and with the exports that are for programs.
func (m *module) copied(source string) (string, error) {
	_, rest, isHead := strings.Cut(source, "\n\n")
	if isHead && strings.HasPrefix(source, "//") && !strings.HasPrefix(source, "//errspec") {
		source = rest // the comment is for developers of errspec
	}
	source = imports.ReplaceAllString(source, "")
	lines := copied.Slashes.Select(strings.Split(source, "\n"), m.features.Has)
	source = strings.Join(lines, "\n")
	source = exports.ReplaceAllStringFunc(source, func(line string) string {
		name := exports.FindStringSubmatch(line)[2]
		if slices.Contains(exported, name) {
			return line
		}
		return strings.TrimPrefix(line, "export ")
	})
	return reflow(m.named(source)), nil
}

// named replaces the names of the stand-in table.
func (m *module) named(source string) string {
	prefix := m.names.Prefix
	return strings.NewReplacer(
		`"errspec:standin.Standin`, `"errspec:`+m.Table+"."+prefix,
		`"errspec:standin.`, `"errspec:`+m.Table+".",
		"standinError", strings.ToLower(prefix[:1])+prefix[1:]+"Error",
		"Standin", prefix,
	).Replace(source)
}
