package form

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/errspec/errspec/internal/lazyregexp"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
)

// Kinds of scalars.
var (
	// Text is prose or a message, which may have several lines. The line end at the end of a
	// YAML block is removed.
	Text = New(text, textSchema)
	// Line is text on one line.
	Line = New(line, lineSchema)
	// Name is the name of a table, a class or a subtype, or a stem of identifiers.
	Name = New(name, Schema{Type: "string", Pattern: namePattern})
	// Integer is a whole number, decimal or hexadecimal.
	Integer = New(integer, Schema{Type: "integer"})
	// Factor is a number from 1 to 1000, not necessarily whole.
	Factor = New(factorOf, Schema{Type: "number", Minimum: 1, Maximum: 1000})
	// Boolean is true or false.
	Boolean = New(boolOf, Schema{Type: "boolean"})
	// Duration is a Go duration that is not negative.
	Duration = New(durationOf, Schema{AnyOf: []Schema{
		{Type: "string", Pattern: `^[+-]?(0|([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+$`}, {Const: 0},
	}})
	// URL is an absolute http or https URL.
	URL = New(urlOf, Schema{Type: "string", Pattern: "^[hH][tT][tT][pP][sS]?://[^ \\t\"<>\\\\^`|\\n]+\\n*$"})
	// Domain is the name of a host in lower case, or one label of such a name.
	Domain = New(domain, Schema{Type: "string", Pattern: domainPattern + `\n*$`})
)

// domainPattern is the start of the pattern of a domain: labels of letters, digits and hyphens.
const domainPattern = `^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*`

var domainText = lazyregexp.New(domainPattern + "$")

// scalarText decodes any text. It reports numbers, booleans, null and dates instead of converting
// them to text, because YAML may have changed them: 00000 becomes 0.
func scalarText(d *Decoder, n *yaml.Node) (string, bool) {
	if !d.Expect(n, yaml.ScalarNode, "text") {
		return "", false
	}
	switch n.ShortTag() {
	case "!!str", "!!merge": // << is a merge key only as a key
		return n.Value, true
	case "!!null":
		d.Report(RuleQuote, n, "write some text, or remove the key", "expected text, got null")
	default:
		d.Report(RuleQuote, n, "write "+strconv.Quote(n.Value), "expected text, got %s", describe(n)).Fix = d.quoted(n)
	}
	return "", false
}

// text decodes [Text].
func text(d *Decoder, n *yaml.Node) (string, bool) {
	s, ok := scalarText(d, n)
	if !ok {
		return "", false
	}
	d.note(n, Shape{Text: true})
	s = strings.TrimRight(s, "\n")
	if strings.TrimSpace(s) == "" {
		if _, unsafe := findUnsafe(s); unsafe != "" {
			return "", false // reported by inspect
		}
		d.Report(RuleValue, n, "write some text, or remove the key", "text is empty")
		return "", false
	}
	return s, true
}

// line decodes [Line].
func line(d *Decoder, n *yaml.Node) (string, bool) {
	s, ok := text(d, n)
	if ok && strings.Contains(s, "\n") {
		d.Report(RuleValue, n, "write it on one line", "text spans several lines")
		return "", false
	}
	return s, ok
}

// namePattern is the expression that IsName implements, for schemas.
const namePattern = `^[a-z][a-z0-9_]*$`

// IsName reports whether s is a [Name].
func IsName(s string) bool {
	return s != "" && 'a' <= s[0] && s[0] <= 'z' && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
}

// name decodes [Name].
func name(d *Decoder, n *yaml.Node) (string, bool) {
	reported := len(d.findings)
	s, ok := scalarText(d, n)
	if !ok && len(d.findings) > reported && !IsName(n.Value) {
		d.findings[reported].Fix = nil // the quoted text would not be a name
	}
	if ok && !IsName(s) {
		help := "start with a-z, then use a-z, 0-9 and _"
		if lower := strings.ToLower(strings.NewReplacer(" ", "_", "-", "_", ".", "_").Replace(s)); IsName(lower) {
			help = "write " + lower + "; a name starts with a-z, then uses a-z, 0-9 and _"
		}
		d.Report(RuleValue, n, help, "invalid name %q", s)
		return "", false
	}
	return s, ok
}

var (
	decimalPattern = lazyregexp.New(`^-?(0|[1-9][0-9]*)$`)
	hexPattern     = lazyregexp.New(`^0x[0-9A-Fa-f]+$`)
)

// IsDecimal reports whether s is a whole number of any size in decimal digits, without a plus sign
// or leading zeros.
func IsDecimal(s string) bool { return decimalPattern.MatchString(s) }

const helpBare = "write it without quotes"

// integer decodes [Integer]. It reports octal numbers, because the versions of YAML read them
// differently.
func integer(d *Decoder, n *yaml.Node) (int64, bool) {
	if !d.Expect(n, yaml.ScalarNode, "an integer") {
		return 0, false
	}
	if n.ShortTag() == "!!str" {
		help := ""
		if IsDecimal(n.Value) {
			help = helpBare
		}
		finding := d.Report(RuleType, n, help, "expected an integer, got %s", describe(n))
		if help != "" {
			finding.Fix = d.Bare(n, n.Value)
		}
		return 0, false
	}
	if IsDecimal(n.Value) || hexPattern.MatchString(n.Value) {
		if number, err := strconv.ParseInt(n.Value, 0, 64); err == nil {
			return number, true
		}
		d.Report(RuleValue, n, "", "%s does not fit in 64 bits", n.Value)
		return 0, false
	}
	d.Report(RuleType, n, "write decimal digits, or 0x and hexadecimal digits", "expected an integer, got %s", describe(n))
	return 0, false
}

// Number returns a whole number from low to high.
func Number(low, high int64) Value[int] {
	return New(func(d *Decoder, n *yaml.Node) (int, bool) {
		i, ok := integer(d, n)
		if ok && (i < low || i > high) {
			d.Report(RuleValue, n, "", "%d is not between %d and %d", i, low, high)
			return 0, false
		}
		return int(i), ok
	}, Schema{Type: "integer", Minimum: low, Maximum: high})
}

// factorOf decodes [Factor].
func factorOf(d *Decoder, n *yaml.Node) (float64, bool) {
	if !d.Expect(n, yaml.ScalarNode, "a number") {
		return 0, false
	}
	f, err := strconv.ParseFloat(n.Value, 64)
	if tag := n.ShortTag(); tag != "!!int" && tag != "!!float" {
		help := ""
		if err == nil {
			help = helpBare
		}
		finding := d.Report(RuleType, n, help, "expected a number, got %s", describe(n))
		if help != "" && IsDecimal(n.Value) {
			finding.Fix = d.Bare(n, n.Value)
		}
		return 0, false
	}
	if err != nil || !(f >= 1 && f <= 1000) {
		d.Report(RuleValue, n, "", "%s is not a number between 1 and 1000", n.Value)
		return 0, false
	}
	return f, true
}

// boolOf decodes [Boolean].
func boolOf(d *Decoder, n *yaml.Node) (bool, bool) {
	if !d.Expect(n, yaml.ScalarNode, "true or false") {
		return false, false
	}
	if n.ShortTag() != "!!bool" || n.Style != 0 {
		d.Report(RuleType, n, "write true or false, without quotes", "expected true or false, got %s", describe(n)).Fix = d.boolean(n)
		return false, false
	}
	return strings.EqualFold(n.Value, "true"), true
}

// booleans are the words that other versions of YAML read as booleans.
var booleans = map[string]string{"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false", "off": "false"}

func (d *Decoder) boolean(n *yaml.Node) *diag.Fix {
	if value := booleans[strings.ToLower(n.Value)]; value != "" {
		return d.Bare(n, value)
	}
	return nil
}

// durationOf decodes [Duration].
func durationOf(d *Decoder, n *yaml.Node) (time.Duration, bool) {
	const help = `write a number and a unit, such as 500ms, 30s, 1m30s or 2h`
	if !d.Expect(n, yaml.ScalarNode, "a duration") {
		return 0, false
	}
	length, err := time.ParseDuration(n.Value)
	switch {
	case n.ShortTag() == "!!null":
		d.Report(RuleType, n, help, "expected a duration, got %s", describe(n))
	case err != nil:
		d.Report(RuleValue, n, help, "invalid duration %q", n.Value)
	case length < 0:
		d.Report(RuleValue, n, help, "duration %s is negative", n.Value)
	default:
		return length, true
	}
	return 0, false
}

// OneOf returns one of the given words, decoded to its index. Messages call it noun.
func OneOf[T ~uint8](noun string, names []string) Value[T] {
	word := OneWord(noun, names)
	return WithSchema(func(d *Decoder, n *yaml.Node) (T, bool) {
		word, ok := word.decode(d, n)
		return T(max(slices.Index(names, word), 0)), ok
	}, word.schema)
}

// OneWord returns one of the given words. Messages call it noun.
func OneWord(noun string, names []string) Value[string] {
	return New(func(d *Decoder, n *yaml.Node) (string, bool) {
		if !d.Expect(n, yaml.ScalarNode, noun) {
			return "", false
		}
		isText := n.ShortTag() == "!!str"
		if isText && slices.Contains(names, n.Value) {
			return n.Value, true
		}
		help := "use one of " + strings.Join(names, ", ")
		if meant := diag.Suggest(n.Value, names); meant != "" {
			help = "did you mean " + meant + "?"
		}
		shown := strconv.Quote(n.Value)
		if !isText {
			shown = describe(n) // quoting it would not help
		}
		finding := d.Report(RuleValue, n, help, "%s is not %s", shown, noun)
		if meant, only := diag.Nearest(n.Value, names); only && isText {
			finding.Fix = d.Fix(n, meant)
		}
		return "", false
	}, Schema{Type: "string", Enum: names})
}

// urlOf decodes [URL].
func urlOf(d *Decoder, n *yaml.Node) (string, bool) {
	s, ok := line(d, n)
	if !ok {
		return "", false
	}
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Hostname() == "" || strings.ContainsAny(s, " \t\"<>\\^`|") {
		d.Report(RuleValue, n, "write a URL that starts with https:// and contains no spaces, quotes or brackets", "invalid URL %q", s)
		return "", false
	}
	return s, true
}

// domain decodes [Domain].
func domain(d *Decoder, n *yaml.Node) (string, bool) {
	s, ok := line(d, n)
	if !ok {
		return "", false
	}
	if !domainText.MatchString(s) {
		d.Report(RuleValue, n, "write lower-case letters, digits and hyphens, separated by dots: shop.example.com", "invalid domain %q", s)
		return "", false
	}
	return s, true
}
