package spec

import (
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/form"
)

// formatVersion decodes the version of the table format, which must be 1.
var formatVersion = form.New(decodeVersion, form.Schema{Const: 1})

func decodeVersion(d *form.Decoder, n *yaml.Node) (int, bool) {
	version, ok := form.Integer.Decode(d, n)
	if ok && version != 1 {
		d.Report(ruleVersion, n, "write 1, or upgrade errspec", "format version %d is not supported", version)
		return 0, false
	}
	return int(version), ok
}

// wireString decodes a code of wire type string.
var wireString = form.New(decodeWireString, form.Schema{Type: "string", Pattern: `^\S([^\n]*\S)?\n*$`})

func decodeWireString(d *form.Decoder, n *yaml.Node) (string, bool) {
	s, ok := form.Line.Decode(d, n)
	if ok && strings.TrimSpace(s) != s {
		d.Report(form.RuleValue, n, "remove the white space", "code %q starts or ends with white space", s).Fix = d.Fix(n, strings.TrimSpace(s))
		return "", false
	}
	return s, ok
}

// wireInteger decodes a code of wire type integer.
var wireInteger = form.WithSchema(decodeWireInteger, form.Integer.Schema)

func decodeWireInteger(d *form.Decoder, n *yaml.Node) (string, bool) {
	number, ok := form.Integer.Decode(d, n)
	if !ok {
		return "", false
	}
	return strconv.FormatInt(number, 10), true
}

// wireAny decodes a code of either wire type.
var wireAny = form.WithSchema(func(d *form.Decoder, n *yaml.Node) (string, bool) {
	if n.ShortTag() == "!!int" {
		return wireInteger.Decode(d, n)
	}
	return wireString.Decode(d, n)
}, func() form.Schema {
	return form.Schema{AnyOf: []form.Schema{wireString.Schema(), wireInteger.Schema()}}
})

var subtypePattern = lazyregexp.New(`^.+/[a-z][a-z0-9_]*$`)

// subtypeRef decodes a reference to a subtype, "code/name".
var subtypeRef = form.New(decodeSubtypeRef, form.Schema{Type: "string", Pattern: `^[^\n]+/[a-z][a-z0-9_]*\n*$`})

func decodeSubtypeRef(d *form.Decoder, n *yaml.Node) (string, bool) {
	s, ok := form.Line.Decode(d, n)
	if ok && !subtypePattern.MatchString(s) {
		d.Report(form.RuleValue, n, "write CODE/SUBTYPE", "invalid subtype %q", s)
		return "", false
	}
	return s, ok
}

// chargedFormat decodes charged. Other tools write booleans for yes and no.
var chargedFormat = form.WithSchema(func(d *form.Decoder, n *yaml.Node) (Charged, bool) {
	if word := map[string]string{"true": "yes", "false": "no"}[strings.ToLower(n.Value)]; word != "" && n.Kind == yaml.ScalarNode && n.ShortTag() == "!!bool" {
		d.Report(form.RuleValue, n, "write "+word, "expected yes or no, got boolean %s", n.Value).Fix = d.Bare(n, word)
		return ChargedUnknown, false
	}
	c, ok := chargedWords.Decode(d, n)
	if ok {
		d.NotePlain(n)
	}
	return c, ok
}, chargedWords.Schema)

var chargedWords = form.OneOf[Charged]("yes or no", chargedNames)

// grpcStatus decodes the gRPC status of an error.
var grpcStatus = form.WithSchema(func(d *form.Decoder, n *yaml.Node) (string, bool) {
	if n.Kind == yaml.ScalarNode && strings.EqualFold(n.Value, grpcOK) {
		d.Report(form.RuleValue, n, "write the status of an error, such as UNKNOWN: clients read OK as success", "the gRPC status of an error is never OK")
		return "", false
	}
	return grpcStatuses.Decode(d, n)
}, grpcStatuses.Schema)

var grpcStatuses = form.OneWord("a gRPC status", GRPCStatuses())

// codeURL decodes a URL, or none.
var codeURL = form.WithSchema(func(d *form.Decoder, n *yaml.Node) (string, bool) {
	if n.Kind == yaml.ScalarNode && n.Value == NoURL {
		return NoURL, true
	}
	return form.URL.Decode(d, n)
}, func() form.Schema {
	return form.Schema{AnyOf: []form.Schema{form.URL.Schema(), {Const: NoURL}}}
})
