package plan

import (
	"fmt"
	"go/token"
	"slices"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// All transforms of names, and the checks that no two of them meet, are in this
// file.

// Rules that the names of a table can break.
const (
	ruleIdentifier = "identifier"           // no Go name can be made of it
	ruleCollision  = "identifier-collision" // two entries, one Go name
	rulePackage    = "package-name"
)

// initialisms are the words that Go writes in one case: the list of
// https://go.dev/wiki/CodeReviewComments#initialisms as its linters have it, and
// what error tables need besides. A word is never added or removed: that would
// rename constants.
var initialisms = strings.Fields(`
	ACL AMQP API ASCII CPU CSS DB DNS EOF GID GUID HTML HTTP HTTPS ID IP JSON QPS RAM RPC RTP
	SIP SLA SMTP SQL SSH TCP TLS TS TTL UDP UI UID URI URL UTF8 UUID VM XML XMPP XSRF XSS
	AWS CDN CORS CSRF CSV FTP GCP GIF GPU GRPC HMAC IAM IO JPEG JPG JWT KMS LDAP MFA MIME NSFW
	OIDC OS OTP PDF PII PNG SASL SAML SDK SMS SSL SSO SVG TOTP USB VPC VPN YAML`)

const longestInitialism = len("ASCII")

// exportedNames are the names that a generated package declares besides its
// constants.
var exportedNames = strings.Fields(`
	Action Class Classify Code CodeOf Codes DecodeTask Decision DecisionOf Deprecation Error Explain
	Fault Info Match ParseCode ParseRetryAfter Policy PollError Revision Subtype SubtypeInfo Task
	Wait Waiter`)

// words splits a wire value or name where a word of it ends: at every character
// that is neither letter nor digit, before an upper-case letter that follows a
// lower-case one, and before the last of several upper-case letters or digits
// if it begins a word: HTTP ServerError, Invalid S3 Key.
func words(s string) []string {
	var all []string
	start := 0
	flush := func(end int) {
		if end > start {
			all = append(all, s[start:end])
		}
		start = end
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case isLower(c), isDigit(c):
		case isUpper(c):
			if i > 0 && (isLower(s[i-1]) || i+1 < len(s) && isLower(s[i+1])) {
				flush(i)
			}
		default:
			flush(i)
			start = i + 1
		}
	}
	flush(len(s))
	return all
}

func isLower(c byte) bool { return c >= 'a' && c <= 'z' }
func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// camel returns the Go spelling of a name: ContentPolicyViolation, UserID. It is
// "" when the name has no letter or digit of ASCII.
func camel(s string) string {
	var b strings.Builder
	for _, w := range words(s) {
		upper := strings.ToUpper(w)
		switch {
		case len(w) <= longestInitialism && slices.Contains(initialisms, upper):
			w = upper
		case !isDigit(w[0]): // what begins with a digit is a number and stays as it is: 42P01
			w = upper[:1] + strings.ToLower(w[1:])
		case b.Len() > 0 && isDigit(b.String()[b.Len()-1]):
			w = "_" + w // two numbers stay apart: 1.2 and 12 are different codes
		}
		b.WriteString(w)
	}
	return b.String()
}

// anchor returns the name of a place on a page: letters in lower case, digits,
// _ and -. Such anchors are those that GitHub and documentation sites give a
// heading that is a code.
func anchor(s string) string {
	var b strings.Builder
	dash := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case isUpper(c):
			c += 'a' - 'A'
		case isLower(c), isDigit(c), c == '_':
		default:
			dash = true
			continue
		}
		if dash && b.Len() > 0 {
			b.WriteByte('-')
		}
		dash = false
		b.WriteByte(c)
	}
	return b.String()
}

// A namer hands out Go identifiers and reports those that meet.
type namer struct {
	taken    map[string]claim
	findings diag.List
}

// A claim is who has a name.
//
// The place is worked out only when it is needed: most tables have thousands of
// names and none that meet.
type claim struct {
	at      func() diag.Location
	kind    string // "code"; "" for a name of the package itself
	mend    string
	subject string // what is called so, by its own name
}

// what names the entry in messages: code "x".
func (c claim) what() string { return fmt.Sprintf("%s %q", c.kind, c.subject) }

func newNamer() *namer {
	n := &namer{taken: make(map[string]claim)}
	for _, name := range exportedNames {
		n.taken[name] = claim{}
	}
	for _, a := range spec.Actions() {
		n.taken["Action"+camel(a.String())] = claim{}
	}
	for _, f := range spec.Faults() {
		n.taken["Fault"+camel(f.String())] = claim{}
	}
	return n
}

// fieldNamer hands out the names of the fields of Task, which must not be those
// of its methods.
func fieldNamer() *namer {
	return &namer{taken: map[string]claim{"Err": {}, "Done": {}}}
}

// identifier claims prefix and stem for an entry, which is called subject.
func (n *namer) identifier(prefix, stem string, by claim, subject string) string {
	name := prefix + camel(stem)
	by.subject = subject
	before, taken := n.taken[name]
	switch {
	case name == prefix || !token.IsIdentifier(name):
		n.report(ruleIdentifier, by, nil,
			fmt.Sprintf("%s has no letter or digit that a Go name could hold", by.what()))
	case taken && before.kind == "":
		n.report(ruleCollision, by, nil,
			fmt.Sprintf("%s would be %s, which the package itself declares", by.what(), name))
	case taken:
		n.report(ruleCollision, by, []diag.Related{{Location: before.at(), Message: "the other one"}},
			fmt.Sprintf("%s and %s would both be %s", before.what(), by.what(), name))
	default:
		n.taken[name] = by
	}
	return name
}

func (n *namer) report(rule string, by claim, related []diag.Related, message string) {
	n.findings = append(n.findings, diag.Diagnostic{
		Rule: rule, Message: message, Location: by.at(), Related: related, Subject: by.subject,
		Help: by.mend,
	})
}

// packageName checks the name of a Go package.
func (n *namer) packageName(name string, at diag.Location) {
	if problem := PackageProblem(name); problem != "" {
		n.findings = append(n.findings, diag.Diagnostic{
			Rule: rulePackage, Location: at, Subject: name, Message: problem,
			Help: "choose another one with --package, or package: in errspec.yaml",
		})
	}
}

// PackageProblem returns why a Go package cannot have a name, "" if it can.
func PackageProblem(name string) string {
	switch {
	case !token.IsIdentifier(name) || name == "_":
		return fmt.Sprintf("%q cannot be the name of a Go package", name)
	case name == "main", name == "init", name == "documentation":
		// The go command never compiles a package called documentation.
		return fmt.Sprintf("a package called %s cannot be imported", name)
	}
	return ""
}

// unique hands out names, each of them once: anchors of a page, pages of a folder.
// What would meet another name gets a number, in the order in which they are asked
// for.
type unique map[string]int // by name: the number to try next for another one

func (u unique) claim(base string) string {
	name, n := base, max(u[base], 2)
	for ; u[name] != 0; n++ {
		name = fmt.Sprintf("%s-%d", base, n)
	}
	u[base] = n
	if u[name] == 0 {
		u[name] = 2
	}
	return name
}

// longestPage is how many characters the name of a page has, its number aside:
// file systems have a limit, and codes need not.
const longestPage = 100

// meaningfulFiles are names that a file system or a site gives a meaning: devices
// of Windows, whatever their ending, and what stands for a whole folder.
var meaningfulFiles = lazyregexp.New(`^(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|index|readme|license)$`)

// pageName returns the base name of the page of a code with the given anchor:
// letters in lower case, digits, and single hyphens between them.
func pageName(anchor string) string {
	words := strings.FieldsFunc(anchor, func(r rune) bool { return r == '_' || r == '-' })
	name := strings.Join(words, "-")
	name = strings.TrimSuffix(name[:min(len(name), longestPage)], "-")
	if name == "" || meaningfulFiles.MatchString(name) {
		name = strings.TrimSuffix("code-"+name, "-")
	}
	return name
}
