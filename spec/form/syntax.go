package form

import (
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
)

// This file explains syntax errors. The errors of yaml.v3 contain at most a line, which is often
// that of the surrounding mapping or of the previous line. So the text is parsed again, one byte
// at a time. The number of bytes read bounds the location of the error, and the text before it
// shows the cause.

// A failure is a syntax error of yaml.v3.
type failure struct {
	text    string // without a byte order mark
	message string // of yaml.v3, without the line
	line    int    // start of the construct according to yaml.v3; 0 if it is not reported
	read    int    // bytes that the parser had read, up to one line after the error
}

// A diagnosis is the explanation of a failure.
type diagnosis struct {
	at, end int // offsets into the text of the failure
	rule    string
	message string
	help    string
}

// syntaxProblem reports the syntax error of the file.
func (d *Decoder) syntaxProblem() {
	f := fail(withoutMark(d.file.Text))
	found := f.diagnose()
	base := len(d.file.Text) - len(f.text)
	d.findings = append(d.findings, diag.Diagnostic{
		Rule:    found.rule,
		Message: found.message,
		Location: diag.Location{File: d.file,
			Start: d.file.Position(base + found.at),
			End:   d.file.Position(base + found.end)},
		Help: found.help,
	})
}

// fail parses an invalid text and returns its failure.
func fail(text string) failure {
	// yaml.v3 omits the line number of the first line, so a line end is put before the text.
	source := &byteReader{text: "\n" + withKnownVersion(text)}
	decoder := yaml.NewDecoder(source)
	for {
		_, err := nextDocument(decoder)
		if errors.Is(err, io.EOF) {
			return failure{text: text, read: len(text), message: "unknown problem"}
		}
		if err != nil {
			f := failure{text: text, read: max(source.read-1, 0)}
			f.message, f.line = splitError(err)
			return f
		}
	}
}

// byteReader returns one byte per call, so that read is the number of bytes that the parser
// needed.
type byteReader struct {
	text string
	read int
}

func (r *byteReader) Read(p []byte) (int, error) {
	if r.read == len(r.text) || len(p) == 0 {
		return 0, io.EOF
	}
	p[0] = r.text[r.read]
	r.read++
	return 1, nil
}

var yamlError = lazyregexp.New(`^yaml: (?:line (\d+): )?((?s).*)$`)

// parserErrors are the errors of the parser of yaml.v3, which counts lines from 0. Its scanner
// counts from 1. The list is complete, because yaml.v3 is no longer developed.
var parserErrors = []string{
	expectedKey, expectedItem, expectedDocument, expectedContent, expectedInList, expectedInMapping,
	"found undefined tag handle", "found duplicate %YAML directive", "found duplicate %TAG directive",
	"found incompatible YAML document", "did not find expected <stream-start>",
}

// splitError returns the message and the line of an error of yaml.v3. It corrects the line for the
// line end that fail puts before the text.
func splitError(err error) (message string, line int) {
	m := yamlError.FindStringSubmatch(err.Error())
	if m == nil {
		return err.Error(), 0
	}
	line, _ = strconv.Atoi(m[1]) // 0 without one
	if !slices.Contains(parserErrors, m[2]) {
		line--
	}
	return m[2], max(line, 0)
}

// Messages of yaml.v3 that are used more than once.
const (
	expectedKey       = "did not find expected key"
	expectedItem      = "did not find expected '-' indicator"
	expectedDocument  = "did not find expected <document start>"
	expectedContent   = "did not find expected node content"
	expectedInList    = "did not find expected ',' or ']'"
	expectedInMapping = "did not find expected ',' or '}'"
)

// mistakes maps prefixes of messages of yaml.v3 to explanations.
var mistakes = []struct {
	prefix  string
	explain func(f failure) (diagnosis, bool)
}{
	{expectedKey, failure.misfit},
	{expectedItem, failure.misfit},
	{expectedDocument, failure.misfit},
	{expectedContent, failure.noValue},
	{expectedInList, failure.bracket},
	{expectedInMapping, failure.bracket},
	{"mapping values are not allowed", failure.colon},
	{"could not find expected ':'", failure.noColon},
	{"found unexpected end of stream", failure.quote},
	{"found unexpected document indicator", failure.quote},
	{"found a tab character", failure.tab},
	{"found character that cannot start any token", failure.firstCharacter},
	{"did not find expected alphabetic or numeric character", failure.anchorName},
	{"unknown anchor", failure.unknownAlias},
	{"found unknown escape character", failure.escape},
	{"found invalid Unicode character escape code", failure.escape},
	{"did not find expected hexdecimal number", failure.escape},
	{"did not find expected comment or line break", failure.blockHeader},
	{"found an indentation indicator equal to 0", failure.blockHeader},
	{"block sequence entries are not allowed", failure.dash},
	{"mapping keys are not allowed", failure.questionMark},
	{"exceeded max depth", failure.depth},
	{"found undefined tag handle", failure.tagName},
	{"did not find expected '!'", failure.tagName},
	{"did not find the expected '>'", failure.tagName},
	{"did not find expected tag URI", failure.tagName},
	{"did not find URI escaped octet", failure.tagName},
	{"did not find expected whitespace or line break", failure.tagName},
}

const helpAround = "check this line and the previous one for an unclosed quote or bracket, a missing space after a colon, or wrong indentation"

// diagnose explains a failure. It returns the message of yaml.v3 if there is no explanation.
func (f failure) diagnose() diagnosis {
	for _, m := range mistakes {
		if !strings.HasPrefix(f.message, m.prefix) {
			continue
		}
		found, ok := m.explain(f)
		if !ok {
			break
		}
		if found.rule == "" {
			found.rule, found.message = RuleSyntax, "invalid YAML: "+found.message
		}
		found.end = max(found.end, found.at)
		return found
	}
	at, end := f.lineAt(f.line)
	if f.line == 0 {
		at, end = f.lineOf(f.read)
	}
	return diagnosis{at: at, end: end, rule: RuleSyntax, message: "invalid YAML: " + f.message,
		help: helpAround}
}
