package spec_test

import (
	"reflect"
	"testing"

	"github.com/errspec/errspec/spec/classify"
)

// evolinkClientMessages are messages that clients of EvoLink recognize with regular expressions of
// their own, or that are in their logs.
var evolinkClientMessages = []struct {
	code, message, subtype string
	values                 []classify.Value
}{
	{"content_policy_violation", "Content policy violation: the prompt contains a public figure.", "celebrity_likeness", nil},
	{"content_policy_violation", "The request depicts a Prominent Figure", "celebrity_likeness", nil},
	{"content_policy_violation", "public person detected", "celebrity_likeness", nil},
	{"content_policy_violation", "celebrity detected in video", "celebrity_likeness", nil},
	{"content_policy_violation", "The image shows a registered trademark.", "copyright_trademark", nil},
	{"content_policy_violation", "possible copyright violation", "copyright_trademark", nil},
	{"content_policy_violation", "brand logo detected", "copyright_trademark", nil},
	{"content_policy_violation", "blocked because of third-party content", "copyright_trademark", nil},
	{"invalid_parameters", "prompt is too long (max 2000)", "prompt_too_long", nil},
	{"invalid_parameters", "file size exceeds 10 MB", "file_too_large", []classify.Value{{Name: "limit_mb", Text: "10"}}},
	{"invalid_parameters", "File size exceeds  20MB limit", "file_too_large", []classify.Value{{Name: "limit_mb", Text: "20"}}},
	{"invalid_parameters", "file size over 30 MB", "file_too_large", []classify.Value{{Name: "limit_mb", Text: "30"}}},
	{"invalid_parameters", "file size larger than 4.5MB", "file_too_large", []classify.Value{{Name: "limit_mb", Text: "4.5"}}},
	{"invalid_parameters", "file size > 10 MB", "file_too_large", []classify.Value{{Name: "limit_mb", Text: "10"}}},
	{"invalid_parameters", "dimensions must be between 240 and 7680", "image_dimension", []classify.Value{{Name: "min", Text: "240"}, {Name: "max", Text: "7680"}}},
	{"invalid_parameters", "image dimension must be between 300 and 6000 px", "image_dimension", []classify.Value{{Name: "min", Text: "300"}, {Name: "max", Text: "6000"}}},
	{"invalid_parameters", "unsupported format: heic", "unsupported_format", nil},
	{"invalid_parameters", "Unsupported image format", "unsupported_format", nil},
	{"image_processing_error", "input media URL could not be fetched (not found)", "url_not_accessible", nil},
	{"image_processing_error", "An input media URL could not be fetched (404/410)", "url_not_accessible", nil},
}

func TestEvolinkClientMessages(t *testing.T) {
	c := evolinkClassifier(t)
	for _, m := range evolinkClientMessages {
		d, values := c.ClassifyValues(m.code, m.message)
		if got := subtypeOf(d); got != m.subtype {
			t.Errorf("Classify(%s, %q) is %q, want %s", m.code, m.message, got, m.subtype)
		}
		if !reflect.DeepEqual(values, m.values) {
			t.Errorf("values of %q are %v, want %v", m.message, values, m.values)
		}
		if got := matched(c, m.message); got != m.code+"/"+m.subtype {
			t.Errorf("Match(%q) is %q, want %s/%s", m.message, got, m.code, m.subtype)
		}
		for _, other := range evolinkCodes {
			if got := subtypeOf(c.Classify(other.code, m.message)); other.code != m.code && got != "" && got != "general_policy" {
				t.Errorf("Classify(%s, %q) is %q, want none", other.code, m.message, got)
			}
		}
	}
}

// evolinkNearMisses resemble messages of clients, but have another meaning or are of another code.
var evolinkNearMisses = []string{
	// Tips may follow any message.
	"Tips: remove brand logos, trademarks and copyrighted characters; do not name celebrities or public figures.",
	"a figure in public", "publicfigure", "republic figure", "a non-public personality", "prominent figures of speech",
	"trademarked", "copyrighted", "copyright_notice", "/assets/trademarks/logo.png", "brand logotype", "login",
	"third party content", "third-partycontent",
	"file size exceeds the limit", "file size exceeds 10 GB", "file size exceeds 10 MBit", "file size overflow 10 MB", "profile size > 10 MB", "file size >= 10 MB",
	"file size smaller than 10 MB", "total file sizes over 10 MB",
	"dimensions must be between 240 and many", "dimensions must be at least 240", "dimensional must be between 240 and 7680", "dimensions do not match 1280x720",
	"unsupported formatting", "unsupported video format", "supported format", "unsupported parameter", "format unsupported",
	"input media could not be fetched", "output media URL could not be fetched", "input media URL could not be fetchedX", "input media URLs could not be fetched",
	// Messages of other codes.
	"File too large", "Task not found or expired", "Rate limit exceeded", "daily limit", "API key limit exceeded", "busy", "empty response", "audio too long",
	"Unauthorized", "The account balance is too low", "retry after 60 seconds", "Content is being processed", "model is temporarily unavailable",
}

func TestEvolinkNearMisses(t *testing.T) {
	c := evolinkClassifier(t)
	for _, message := range evolinkNearMisses {
		if got := matched(c, message); got != "" {
			t.Errorf("Match(%q) is %s", message, got)
		}
		for _, code := range evolinkCodes {
			if got := subtypeOf(c.Classify(code.code, message)); got != "" && got != "general_policy" {
				t.Errorf("Classify(%s, %q) is %s", code.code, message, got)
			}
		}
	}
}

// Clients must not retry automatically because of a message.
func TestEvolinkMessagesNeverAutomatic(t *testing.T) {
	_, reader := evolinkReader(t)
	for _, m := range evolinkClientMessages {
		got := reader.Read(0, 500, nil, []byte(`{"error":{"message":"`+m.message+`"}}`))
		if got.Code != m.code || got.Automatic {
			t.Errorf("%q: %+v", m.message, got)
		}
	}
}
