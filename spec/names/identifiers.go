package names

import (
	"slices"
	"strings"
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
