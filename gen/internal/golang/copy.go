package golang

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/copied"
	"github.com/errspec/errspec/gen/internal/lookup"
	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/advice"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/match"
	"github.com/errspec/errspec/spec/response"
)

//go:embed runtime/attempts.go runtime/attempts_keys.go runtime/attempts_keys_test.go runtime/attempts_json.go runtime/classify.go runtime/codes_test.go runtime/codetable.go runtime/decode.go runtime/error.go runtime/explain.go
//go:embed runtime/failure.go runtime/failure_encode.go runtime/failure_values.go runtime/failure_vectors_test.go
//go:embed runtime/response_vectors_test.go runtime/stored.go runtime/task.go
//go:embed runtime/packed.go runtime/packed_info.go runtime/packed_subtypes.go
//go:embed runtime/policy.go runtime/vectors_test.go runtime/waiter.go
var runtimeSource embed.FS

// A copiedFile does not depend on the table. Packages with its feature contain it.
type copiedFile struct {
	source  string
	name    string
	feature feature
}

// A feature is a part of generated packages that only some tables need.
type feature string

const (
	always    feature = ""
	hasID     feature = "id"     // responses contain the ID of a task
	hasModel  feature = "model"  // responses contain the model of a task
	hasTask   feature = "task"   // responses contain the status of a task
	hasPoll   feature = "poll"   // tasks can be polled
	hasValues feature = "values" // a placeholder has a name

	hasKeys     feature = "keys"     // the service knows idempotency keys
	keyless     feature = "keyless"  // the service knows none
	hasOptIn    feature = "optin"    // programs must enable keys
	hasPending  feature = "pending"  // a code means that the first submission with a key is still being processed
	hasConflict feature = "conflict" // a code means that a key belongs to another request
	hasCharged  feature = "charged"  // a code specifies whether requests are charged
	hasNoCharge feature = "nocharge" // requests that end with some code are not charged
	hasFree     feature = "free"     // so are submissions of tasks

	hasSearches feature = "searches" // a phrase starts with a placeholder or contains <any>, or there are many phrases

	hasResponse feature = "response" // responses can be read; also features of [response.Reader]
	hasHidden   feature = "hidden"   // only responses select a stricter subtype of an automatic code
	hasStricter feature = "stricter" // an automatic code has a stricter subtype
	hasRequest  feature = "request"  // responses contain the ID of the request
	hasParam    feature = "param"    // responses contain the parameter that caused the error
	hasTexts    feature = "texts"    // fields without a role contain text
	hasTyped    feature = "typed"    // fields without a role contain numbers, true or false
	hasJSON     feature = "json"     // fields without a role contain any value
	hasDecoded  feature = "decoded"  // fields without a role contain other values than text
	hasPrefixes feature = "prefixes" // a code has prefixes

	hasServer     feature = "server" // the package contains the service's half
	hasFilled     feature = "filled" // messages that the service sends have values
	hasNumbers    feature = "numbers"
	hasWords      feature = "words"
	hasProblem    feature = "problem" // responses are problem details
	sendsURL      feature = "senturl" // the code of a problem is a URL
	sendsHeaders  feature = "sentheaders"
	sendsSubtype  feature = "sentsubtype"  // responses contain a field that selects the subtype
	sendsSubtypes feature = "sentsubtypes" // the table has subtypes
	sendsOthers   feature = "sentothers"   // responses contain fields that fulfill conditions
	sendsParam    feature = "sentparam"    // responses contain the parameter in the body
	sendsDelay    feature = "sentdelay"    // responses contain the delay also in a field

	packedAny      feature = "packed" // the table of codes or of subtypes is packed
	packedCodes    feature = "packedcodes"
	packedSubtypes feature = "packedsubtypes"
)

func featuresOf(p *pkg) []feature {
	features := []feature{always}
	add := func(f feature, has bool) {
		if has {
			features = append(features, f)
		}
	}
	r := p.Response
	add(hasResponse, p.HasResponse())
	add(hasHidden, p.hasHidden() && p.HasResponse())
	add(hasStricter, p.hasStricter())
	add(hasID, r.Has(spec.RoleID))
	add(hasModel, r.Has(spec.RoleModel))
	add(hasRequest, r.Has(spec.RoleRequestID))
	add(hasTask, p.HasTask())
	add(hasPoll, p.HasWaiter())
	add(hasPrefixes, slices.ContainsFunc(p.Codes, func(c *plan.Code) bool { return len(c.Prefixes) > 0 }))
	if p.HasResponse() {
		declared := slices.Concat(r.TaskFields(), r.ErrorFields())
		add(hasTyped, slices.ContainsFunc(declared, func(f *plan.Field) bool { return isTyped(f) && f.GoType != rawMessage }))
		add(hasJSON, slices.ContainsFunc(declared, func(f *plan.Field) bool { return f.GoType == rawMessage }))
		add(hasDecoded, slices.ContainsFunc(declared, isTyped))
		add(hasTexts, slices.ContainsFunc(declared, func(f *plan.Field) bool { return f.Role == spec.RoleNone && !isTyped(f) }))
		for _, name := range r.Reader.Features() {
			switch name {
			case "task", "typed": // Error and Task may lack these fields
			default:
				add(feature(name), true)
			}
		}
	}
	add(hasKeys, p.Idempotency != nil)
	add(keyless, p.Idempotency == nil)
	if k := p.Idempotency; k != nil {
		add(hasOptIn, k.OptIn)
		add(hasPending, len(k.Pending) > 0)
		add(hasConflict, len(k.Conflict) > 0)
	}
	add(hasCharged, slices.ContainsFunc(p.Codes, func(c *plan.Code) bool { return c.Charged != spec.ChargedUnknown }))
	noCharge := slices.ContainsFunc(p.Codes, func(c *plan.Code) bool { return c.Charged == spec.ChargedNo })
	add(hasNoCharge, noCharge)
	add(hasFree, noCharge && p.HasTask())
	if s := p.Server; s != nil {
		add(hasServer, true)
		add(hasFilled, s.Numbers || s.Words)
		add(hasNumbers, s.Numbers)
		add(hasWords, s.Words)
		add(hasProblem, s.Problem)
		add(sendsURL, p.sends(classify.SentType))
		add(sendsHeaders, len(s.Form.Headers) > 0)
		add(sendsSubtype, p.sends(classify.SentSubtype))
		add(sendsSubtypes, len(p.subtypes) > 0)
		add(sendsOthers, len(s.Form.Others) > 0)
		add(sendsParam, sends(s.Form.Body, classify.SentParam))
		add(sendsDelay, p.sends(classify.SentDelay, classify.SentDelayMS))
	}
	add(packedAny, p.packedCodes() || p.packedSubtypes())
	add(packedCodes, p.packedCodes())
	add(packedSubtypes, p.packedSubtypes())
	add(hasSearches, p.hasSearches())
	add(hasValues, slices.Contains(matcherFiles(p), "value.go"))
	return features
}

func copies() []copiedFile {
	return []copiedFile{
		{"attempts.go", "attempts.go", always},
		{"attempts_json.go", "attempts_json.go", always},
		{"attempts_keys.go", "attempts_keys.go", hasKeys},
		{"attempts_keys_test.go", "attempts_keys_test.go", hasKeys},
		{"classify.go", "classify.go", always},
		{"error.go", "error.go", always},
		{"explain.go", "explain.go", always},
		{"failure.go", "failure.go", hasServer},
		{"failure_encode.go", "failure_encode.go", hasServer},
		{"failure_values.go", "failure_values.go", hasFilled},
		{"failure_vectors_test.go", "failure_vectors_test.go", hasServer},
		{"policy.go", "policy.go", always},
		{"packed.go", "packed.go", packedAny},
		{"packed_info.go", "packed_info.go", packedCodes},
		{"packed_subtypes.go", "packed_subtypes.go", packedSubtypes},
		{"codetable.go", "codetable.go", hasResponse},
		{"decode.go", "decode.go", hasResponse},
		{"stored.go", "stored.go", hasResponse},
		{"task.go", "task.go", hasTask},
		{"waiter.go", "waiter.go", hasPoll},
		{"codes_test.go", "codes_test.go", always},
		{"vectors_test.go", "vectors_test.go", always},
		{"response_vectors_test.go", "response_vectors_test.go", hasResponse},
	}
}

// copyRuntime returns the files that do not depend on the table.
func copyRuntime(p *pkg, header string) ([]File, error) {
	features := featuresOf(p)
	var files []File
	for _, c := range copies() {
		if !slices.Contains(features, c.feature) {
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
	names, own := []string{response.Duration}, []feature(nil)
	if p.HasResponse() {
		names = response.Sources(p.Response.Reader.Features())
		for _, name := range p.Response.Reader.Features() {
			own = append(own, feature(name))
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
func repackage(source, from, pkg, header string, features []feature) (string, error) {
	lines := strings.Split(source, "\n")
	clause := slices.Index(lines, "package "+from)
	if clause < 0 {
		return "", fmt.Errorf("no line %q", "package "+from)
	}
	kept := copied.Slashes.Select(lines[clause+1:], func(name string) bool {
		return slices.Contains(features, feature(name))
	})
	return strings.Join(append([]string{header, "", "package " + pkg}, kept...), "\n"), nil
}
