package literal

import (
	"example.com/broker"
	"example.com/shop"
)

type result struct {
	Code    shop.Code
	Subtype shop.Subtype
}

func take(...shop.Code) {}

// Programs declare constants for unlisted codes.
const (
	codeUpstream shop.Code = "upstream_error"
	codeTimeOut            = shop.Code("timeouts")
)

func bad(a result, c shop.Code, n broker.Code) shop.Code {
	_ = c == "quota_exceeded"                // want `use the constant shop\.CodeQuotaExceeded instead of "quota_exceeded" \[code-literal\]`
	_ = "quota_exceeded" != a.Code           // want `use the constant shop\.CodeQuotaExceeded instead of "quota_exceeded"`
	_ = a.Subtype == "content_policy/nudity" // want `use the constant shop\.SubtypeContentPolicyNudity instead of "content_policy/nudity"`
	_ = shop.Code("timeout")                 // want `use the constant shop\.CodeTimeout instead of "timeout"`
	_ = shop.Code(`timeout`)                 // want `use the constant shop\.CodeTimeout instead of .timeout.`
	c = ("timeout")                          // want `use the constant shop\.CodeTimeout instead of \("timeout"\)`
	take(c, "content_policy")                // want `use the constant shop\.CodeContentPolicy instead of "content_policy"`
	const listed shop.Code = "timeout"       // want `use the constant shop\.CodeTimeout instead of "timeout"`
	_ = result{Code: "timeout"}              // want `use the constant shop\.CodeTimeout instead of "timeout"`
	_ = map[shop.Code]int{"timeout": 1}      // want `use the constant shop\.CodeTimeout instead of "timeout"`
	switch c {
	case "content_policy", // want `use the constant shop\.CodeContentPolicy instead of "content_policy"`
		"timeout": // want `use the constant shop\.CodeTimeout instead of "timeout"`
	default:
	}
	_ = string(c) == "timeout"               // want `"timeout" is shop\.CodeTimeout; compare the Code directly`
	_ = a.Code.String() != "timeout"         // want `"timeout" is shop\.CodeTimeout; compare the Code directly`
	_ = "timeout" == c.Error()               // want `"timeout" is shop\.CodeTimeout; compare the Code directly`
	_ = n == 6                               // want `use the constant broker\.CodeNotLeader instead of 6`
	_ = n == -1                              // want `use the constant broker\.CodeUnknownServerError instead of -1`
	_ = broker.Code(7)                       // want `use the constant broker\.CodeRequestTimedOut instead of 7`
	_ = int64(n) == 6                        // want `6 is broker\.CodeNotLeader; compare the Code directly`
	_ = c == "quota_exeeded"                 // want `shop has no code or subtype "quota_exeeded"; did you mean shop\.CodeQuotaExceeded\?`
	_ = string(c) == "time_out"              // want `did you mean shop.CodeTimeout\?`
	_ = shop.Subtype("content_policy/nudty") // want `did you mean shop.SubtypeContentPolicyNudity\?`
	return "timeout"                         // want `use the constant shop\.CodeTimeout instead of "timeout"`
}

func switches(c shop.Code, n broker.Code) {
	switch c.String() {
	case "timeout": // want `"timeout" is shop\.CodeTimeout; compare the Code directly`
	case "unknown":
	}
	switch int(n) {
	case 6: // want `6 is broker\.CodeNotLeader; compare the Code directly`
	}
}

func near(a result, c shop.Code, s string, n broker.Code) {
	_ = c == ""               // empty
	_ = s == "timeout"        // not a Code
	_ = c == "upstream_error" // the set is open
	_ = c == "time"+"out"     // not a literal
	_ = n == 0                // not listed
	_ = n == 8                // numbers are never misspelled
	_ = n.String() == "6"     // numbers have names
	_ = c == codeUpstream     // a constant
	_ = []byte(c)[0] == 't'   // part of the text
	_ = len(c) == 6           // a length
	_ = string(c)+"x" == "timeout"
	_ = int(n)+1 == 6
}

func good(c shop.Code, n broker.Code) bool {
	return c == shop.CodeTimeout || n == broker.CodeNotLeader
}
