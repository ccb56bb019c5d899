package errortext

import (
	"strings"

	"example.com/shop"
)

func bad(err error, e *shop.Error) bool {
	switch {
	case strings.Contains(err.Error(), "quota_exceeded"): // want `strings.Contains looks for shop.CodeQuotaExceeded in the text of an error; ask errors.Is \[error-text\]`
	case !strings.HasPrefix(strings.ToLower(e.Error()), "timeout"): // want `strings.HasPrefix looks for shop.CodeTimeout`
	case strings.Contains((err.Error()), ("content_policy/nudity")): // want `looks for shop.SubtypeContentPolicyNudity`
	case strings.Index(err.Error(), "timeout") >= 0: // want `strings.Index looks for shop.CodeTimeout`
	case err.Error() == "timeout": // want `the text of an error is compared with shop.CodeTimeout`
	case "timeout" != err.Error(): // want `the text of an error is compared`
	}
	return strings.EqualFold(err.Error(), `timeout`) // want `looks for shop.CodeTimeout`
}

func held(err error) bool {
	message := strings.ToLower(err.Error())
	switch message {
	case "quota_exceeded": // want `the text of an error is compared with shop.CodeQuotaExceeded`
	case "unknown":
	}
	return strings.Contains(message, "timeout") // want `looks for shop.CodeTimeout`
}

func changed(err error) bool {
	message := err.Error()
	message = "timeout"
	other := err.Error()
	fill(&other)
	return strings.Contains(message, "timeout") || strings.Contains(other, "timeout")
}

func fill(*string) {}

func near(err error, message, code string) {
	_ = strings.Contains(message, "quota_exceeded")     // no error
	_ = strings.Contains(err.Error(), "quota")          // no code
	_ = strings.Contains(err.Error(), code)             // who knows
	_ = strings.Contains("quota_exceeded", err.Error()) // the other way round
	_ = strings.TrimPrefix(err.Error(), "timeout")      // not looked for
	_ = err.Error() == "no such file"
}
