package errortext

import (
	"strings"

	"example.com/shop"
)

func bad(err error, e *shop.Error) bool {
	switch {
	case strings.Contains(err.Error(), "quota_exceeded"): // want `strings\.Contains searches the text of an error for shop\.CodeQuotaExceeded; use errors\.Is \[error-text\]`
	case !strings.HasPrefix(strings.ToLower(e.Error()), "timeout"): // want `strings\.HasPrefix searches the text of an error for shop\.CodeTimeout; use errors\.Is`
	case strings.Contains((err.Error()), ("content_policy/nudity")): // want `strings\.Contains searches the text of an error for shop\.SubtypeContentPolicyNudity; use errors\.Is`
	case strings.Index(err.Error(), "timeout") >= 0: // want `strings\.Index searches the text of an error for shop\.CodeTimeout; use errors\.Is`
	case err.Error() == "timeout": // want `text of an error compared with shop\.CodeTimeout; use errors\.Is`
	case "timeout" != err.Error(): // want `text of an error compared with shop\.CodeTimeout; use errors\.Is`
	}
	return strings.EqualFold(err.Error(), `timeout`) // want `strings\.EqualFold searches the text of an error for shop\.CodeTimeout; use errors\.Is`
}

func held(err error) bool {
	message := strings.ToLower(err.Error())
	switch message {
	case "quota_exceeded": // want `text of an error compared with shop\.CodeQuotaExceeded; use errors\.Is`
	case "unknown":
	}
	return strings.Contains(message, "timeout") // want `strings\.Contains searches the text of an error for shop\.CodeTimeout; use errors\.Is`
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
	_ = strings.Contains(message, "quota_exceeded")     // not an error
	_ = strings.Contains(err.Error(), "quota")          // not a code
	_ = strings.Contains(err.Error(), code)             // unknown value
	_ = strings.Contains("quota_exceeded", err.Error()) // reversed
	_ = strings.TrimPrefix(err.Error(), "timeout")      // not a search
	_ = err.Error() == "no such file"
}
