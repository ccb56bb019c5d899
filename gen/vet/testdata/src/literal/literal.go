package literal

import (
	"example.com/broker"
	"example.com/shop"
)

type answer struct {
	Code    shop.Code
	Subtype shop.Subtype
}

func take(...shop.Code) {}

// Own codes have to be named by somebody.
const (
	codeUpstream shop.Code = "upstream_error"
	codeTimeOut            = shop.Code("timeouts")
)

func bad(a answer, c shop.Code, n broker.Code) shop.Code {
	_ = c == "quota_exceeded"                // want `"quota_exceeded" is shop.CodeQuotaExceeded \[code-literal\]`
	_ = "quota_exceeded" != a.Code           // want `is shop.CodeQuotaExceeded`
	_ = a.Subtype == "content_policy/nudity" // want `is shop.SubtypeContentPolicyNudity`
	_ = shop.Code("timeout")                 // want `is shop.CodeTimeout`
	_ = shop.Code(`timeout`)                 // want `is shop.CodeTimeout`
	c = ("timeout")                          // want `is shop.CodeTimeout`
	take(c, "content_policy")                // want `is shop.CodeContentPolicy`
	const listed shop.Code = "timeout"       // want `is shop.CodeTimeout`
	_ = answer{Code: "timeout"}              // want `is shop.CodeTimeout`
	_ = map[shop.Code]int{"timeout": 1}      // want `is shop.CodeTimeout`
	switch c {
	case "content_policy", // want `is shop.CodeContentPolicy`
		"timeout": // want `is shop.CodeTimeout`
	default:
	}
	_ = string(c) == "timeout"               // want `is shop.CodeTimeout; compare the Code itself`
	_ = a.Code.String() != "timeout"         // want `is shop.CodeTimeout; compare the Code itself`
	_ = "timeout" == c.Error()               // want `is shop.CodeTimeout; compare the Code itself`
	_ = n == 6                               // want `6 is broker.CodeNotLeader`
	_ = n == -1                              // want `-1 is broker.CodeUnknownServerError`
	_ = broker.Code(7)                       // want `7 is broker.CodeRequestTimedOut`
	_ = int64(n) == 6                        // want `6 is broker.CodeNotLeader; compare the Code itself`
	_ = c == "quota_exeeded"                 // want `shop lists no "quota_exeeded"; did you mean shop.CodeQuotaExceeded\?`
	_ = string(c) == "time_out"              // want `did you mean shop.CodeTimeout\?`
	_ = shop.Subtype("content_policy/nudty") // want `did you mean shop.SubtypeContentPolicyNudity\?`
	return "timeout"                         // want `is shop.CodeTimeout`
}

func switches(c shop.Code, n broker.Code) {
	switch c.String() {
	case "timeout": // want `is shop.CodeTimeout; compare the Code itself`
	case "unknown":
	}
	switch int(n) {
	case 6: // want `is broker.CodeNotLeader; compare the Code itself`
	}
}

func near(a answer, c shop.Code, s string, n broker.Code) {
	_ = c == ""               // no code at all
	_ = s == "timeout"        // no Code
	_ = c == "upstream_error" // the set is open
	_ = c == "time"+"out"     // nobody writes that
	_ = n == 0                // not listed
	_ = n == 8                // numbers are not misspelt
	_ = n.String() == "6"     // numbers have names
	_ = c == codeUpstream     // a constant
	_ = []byte(c)[0] == 't'   // a part of it
	_ = len(c) == 6           // a length
	_ = string(c)+"x" == "timeout"
	_ = int(n)+1 == 6
}

func good(c shop.Code, n broker.Code) bool {
	return c == shop.CodeTimeout || n == broker.CodeNotLeader
}
