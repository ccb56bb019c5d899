package names

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// initialisms are the words that Go writes in one case: the list of
// https://go.dev/wiki/CodeReviewComments#initialisms as in Go linters, and further words of
// error tables. Do not add or remove words: that would rename constants.
var initialisms = strings.Fields(`
	ACL AMQP API ASCII CPU CSS DB DNS EOF GID GUID HTML HTTP HTTPS ID IP JSON QPS RAM RPC RTP
	SIP SLA SMTP SQL SSH TCP TLS TS TTL UDP UI UID URI URL UTF8 UUID VM XML XMPP XSRF XSS
	AWS CDN CORS CSRF CSV FTP GCP GIF GPU GRPC HMAC IAM IO JPEG JPG JWT KMS LDAP MFA MIME NSFW
	OIDC OS OTP PDF PII PNG SASL SAML SDK SMS SSL SSO SVG TOTP USB VPC VPN YAML`)

// isInitialism contains the initialisms.
var isInitialism = func() map[string]bool {
	set := make(map[string]bool)
	for _, word := range initialisms {
		set[word] = true
	}
	return set
}()

const longestInitialism = len("ASCII")

// segments splits a wire value or name at every character that is neither an ASCII
// letter nor a digit.
func segments(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return r >= utf8.RuneSelf || !isLower(byte(r)) && !isUpper(byte(r)) && !isDigit(byte(r))
	})
}

// words splits a segment before an upper-case letter that follows a lower-case letter, and
// before an upper-case letter that a lower-case letter follows: HTTP Server Error, Invalid S3
// Key. A hexadecimal number is one word.
func words(segment string) []string {
	if isHex(segment) {
		return []string{segment}
	}
	var all []string
	start := 0
	for i := 1; i < len(segment); i++ {
		if isUpper(segment[i]) && (isLower(segment[i-1]) || i+1 < len(segment) && isLower(segment[i+1])) {
			all = append(all, segment[start:i])
			start = i
		}
	}
	return append(all, segment[start:])
}

// isHex reports whether a segment is a hexadecimal number: 0xC000000A.
func isHex(segment string) bool {
	return len(segment) > len("0x") && segment[0] == '0' && (segment[1] == 'x' || segment[1] == 'X') &&
		strings.Trim(segment[2:], "0123456789abcdefABCDEF") == ""
}

// isMixed reports whether one of the segments has both upper-case and lower-case
// letters. If so, upper case has a meaning, and words in capitals are acronyms. If not,
// RATE_LIMIT is the same name as rate_limit. The digits of hexadecimal numbers do not count.
func isMixed(segments []string) bool {
	return slices.ContainsFunc(segments, func(s string) bool {
		return !isHex(s) && strings.ToUpper(s) != s && strings.ToLower(s) != s
	})
}

func isLower(c byte) bool { return c >= 'a' && c <= 'z' }
func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// camel returns the Go name made of the parts: ContentPolicyViolation, UserID. The letter
// case of each part is interpreted separately. It returns "" if the parts contain no ASCII
// letter or digit.
func camel(parts ...string) string {
	var b strings.Builder
	for _, part := range parts {
		all := segments(part)
		mixed := isMixed(all)
		for _, segment := range all {
			for _, w := range words(segment) {
				if isDigit(w[0]) && b.Len() > 0 && isDigit(b.String()[b.Len()-1]) {
					b.WriteByte('_') // separates two numbers: 1.2 and 12 are different codes
				}
				b.WriteString(capitalized(w, mixed))
			}
		}
	}
	return b.String()
}

// capitalized returns a word in the form that it has within a Go name. If keep is true, the
// letters after the first keep their case; otherwise they become lower case.
func capitalized(w string, keep bool) string {
	upper := strings.ToUpper(w)
	switch {
	case len(w) <= longestInitialism && isInitialism[upper]:
		return upper
	case isDigit(w[0]): // a number stays unchanged: 42P01
		return w
	case keep:
		return upper[:1] + w[1:]
	}
	return upper[:1] + strings.ToLower(w[1:])
}
