package spec_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
)

// These tests run the phrases of the EvoLink table on real messages of the service, and on
// text that only resembles them.

func evolinkClassifier(t *testing.T) *classify.Classifier {
	t.Helper()
	table, findings, err := spec.Load("builtin:evolink")
	if err != nil || len(findings) > 0 {
		t.Fatal(err, findings)
	}
	c, err := classify.New(table)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// subtypeOf returns the name of a decision's subtype, or "" if it has none.
func subtypeOf(d classify.Decision) string {
	if d.Subtype == nil {
		return ""
	}
	return d.Subtype.Name
}

// matched returns the result of Match as "code" or "code/subtype", or "" if no phrase matches.
func matched(c *classify.Classifier, message string) string {
	code, subtype, ok := c.Match(message)
	switch {
	case !ok:
		return ""
	case subtype == nil:
		return code.Wire
	}
	return code.Wire + "/" + subtype.Name
}

// evolinkText is the full message on the page.
const evolinkText = "Content policy violation.\nYour request was blocked by safety filters..."

// contexts put an example message into the text that the service sends.
var contexts = map[string]func(string) string{
	"alone":                      func(s string) string { return s },
	"after the text":             func(s string) string { return evolinkText + " " + s },
	"before the text":            func(s string) string { return s + "\n" + evolinkText },
	"between the lines":          func(s string) string { return strings.Replace(evolinkText, "\n", "\n"+s+"\n", 1) },
	"instead of the second line": func(s string) string { return "Content policy violation.\n" + s + "..." },
	"in brackets":                func(s string) string { return strings.Replace(evolinkText, "filters...", "filters ("+s+")", 1) },
	"in another script":          func(s string) string { return "您的请求被拒绝：" + s + "。" + evolinkText },
	"next to invalid UTF-8":      func(s string) string { return "\xff" + s + "\xc3" + evolinkText },
}

var spaceRuns = regexp.MustCompile(`\s+`)

// variants are forms of a message that match the same phrases.
var variants = map[string]func(string) string{
	"unchanged":     func(s string) string { return s },
	"upper case":    strings.ToUpper,
	"lower case":    strings.ToLower,
	"double spaces": func(s string) string { return spaceRuns.ReplaceAllString(s, "  ") },
	"line breaks":   func(s string) string { return spaceRuns.ReplaceAllString(s, " \r\n\t") },
}

func TestEvolinkMessages(t *testing.T) {
	c := evolinkClassifier(t)
	type message struct {
		text   string
		values []classify.Value
	}
	more := map[string][]message{
		"image_dimension": {
			{"image dimensions must be between 240 and 7680", []classify.Value{{Name: "min", Text: "240"}, {Name: "max", Text: "7680"}}},
			{"image dimensions must be between 300 and 8000", []classify.Value{{Name: "min", Text: "300"}, {Name: "max", Text: "8000"}}},
			{"image dimensions must be between 0.5 and 1", []classify.Value{{Name: "min", Text: "0.5"}, {Name: "max", Text: "1"}}},
		},
		"file_too_large": {
			{"file size exceeds 10MB", []classify.Value{{Name: "limit_mb", Text: "10"}}},
			{"file size exceeds 999MB", []classify.Value{{Name: "limit_mb", Text: "999"}}},
			{"file size exceeds 9.5MB", []classify.Value{{Name: "limit_mb", Text: "9.5"}}},
		},
		"video_duration": {
			{"Video duration must be between 1-30 seconds", []classify.Value{{Name: "min_seconds", Text: "1"}, {Name: "max_seconds", Text: "30"}}},
			{"Video duration must be between 1-120 seconds", []classify.Value{{Name: "min_seconds", Text: "1"}, {Name: "max_seconds", Text: "120"}}},
			{"Video duration must be between 2.5-12.75 seconds", []classify.Value{{Name: "min_seconds", Text: "2.5"}, {Name: "max_seconds", Text: "12.75"}}},
		},
	}
	for code, subtypes := range evolinkSubtypes {
		for _, s := range subtypes {
			name, messages := s[0], more[s[0]]
			if messages == nil {
				messages = []message{{s[3], nil}}
			}
			for _, m := range messages {
				for context, put := range contexts {
					for form, vary := range variants {
						text := vary(put(m.text))
						if got := subtypeOf(c.Classify(code, text)); got != name {
							t.Errorf("%s, %s: Classify(%s, %q) is %q, want %s", context, form, code, text, got, name)
						}
						if got := matched(c, text); got != code+"/"+name {
							t.Errorf("%s, %s: Match(%q) is %q, want %s/%s", context, form, text, got, code, name)
						}
						if _, got := c.ClassifyValues(code, text); !reflect.DeepEqual(got, m.values) {
							t.Errorf("%s, %s: ClassifyValues(%s, %q) is %v, want %v", context, form, code, text, got, m.values)
						}
					}
				}
			}
		}
	}
}

// unrelated are texts that match no phrase, although they contain words of phrases.
var unrelated = []string{
	// ports, IDs, prices, dates, URLs
	"dial tcp 10.0.0.1:240: connect: connection refused", "listen on ports between 240 and 7680", "task-unified-1772618027-cmeisy8h",
	"you need 10 credits, USD 7.68", "1-30", "10MB", "between 1-30 seconds", "2026-01-30T10:24:00Z", "exceeds 10MB",
	"https://files.evolink.ai/nudity_detected/240/7680.png?size=10MB", "https://example.com/unsupported-file-type#prompt-is-too-long",
	"https://example.com/violence/content/blocked", "550e8400-e29b-41d4-a716-446655440000",
	// near misses
	"unsupported file typewriter", "unsupported file types", "unsupported filetype", "unsupported file", "file type", "nonunsupported file type",
	"file size exceeds MB", "file size exceeds 10MBit", "file size exceeds ten MB", "file size exceeds -10MB",
	"file size exceeds 1,000MB", "file size exceeds .5MB", "file sizes exceed 10MB", "profile size exceeds 10MB",
	"Prompts is too long", "Prompt is too longish", "Prompt was too long", "The prompt is also too long", "prompt_is_too_long", "prompt-is-too-long",
	"image dimensions must be between 240 and", "image dimensions must be between and 7680", "image dimension must be 240 to 7680",
	"image dimensions must be between 240px and 7680px", "image dimensions must be between 240-7680",
	"Video duration must be between 1 and 30 seconds", "Video duration must be between 1-30 secondsx", "Video duration must be between 1–30 seconds",
	"nudity detectedly", "nudity not detected", "no nudity was detected", "nudity\u00a0detected", "violence content unblocked", "nonviolence content blocked",
	"minor contents not allowed", "minor content allowed", "celebrities detected in images", "third party content violation",
	"third-party contents", "photorealistic peoples", "photorealistic person", "unphotorealistic people", "violence content bloc\u212aed", "nudity detect\u0435d",
	// messages of other codes
	"Image processing failed", "Image dimensions don’t match request", "Request was cancelled", "Model failed to generate output",
	"Internal service error", "Task processing timed out", "Upstream resources temporarily depleted", "Rate limit or quota exceeded",
	"Service temporarily unavailable", "Task ID invalid or expired", "Unclassified error", "aspect_ratio=1280x720 (16:9) requires a 1280x720 landscape image",
	// other scripts, bytes that are not text
	"请求包含违规内容", "検出されたヌード", "обнаружена нагота", "ｎｕｄｉｔｙ ｄｅｔｅｃｔｅｄ", "ɴudity detected", "\xff\xfe\xfd", "nudity\xc0\x80detected", "nudi\xadty detected", "nudity\x00detected",
	"", " \n\t", "\u00a0",
}

// Text that matches no phrase selects no subtype except the fallback, also if it is repeated or
// surrounded by long noise.
func TestEvolinkUnrelated(t *testing.T) {
	c := evolinkClassifier(t)
	r := rand.New(rand.NewPCG(1, 2))
	texts := unrelated
	for _, s := range unrelated {
		texts = append(texts, strings.ToUpper(s), evolinkText+" "+s, strings.Repeat(s+" ", 50))
	}
	for range 4 {
		texts = append(texts, noise(r, 1<<20))
	}
	for _, text := range texts {
		start := text[:min(len(text), 200)]
		for _, code := range []string{"content_policy_violation", "invalid_parameters", "service_error", "never_heard_of"} {
			if got := subtypeOf(c.Classify(code, text)); got != "" && got != "general_policy" {
				t.Errorf("Classify(%s, %q) is %s", code, start, got)
			}
			if _, got := c.ClassifyValues(code, text); got != nil {
				t.Errorf("ClassifyValues(%s, %q) is %v", code, start, got)
			}
		}
		if got := matched(c, text); got != "" && got != "content_policy_violation/general_policy" {
			t.Errorf("Match(%q) is %s", start, got)
		}
	}
}

// noise returns text that mixes words of phrases with other words. It matches no phrase, because
// every second word occurs in none.
func noise(r *rand.Rand, size int) string {
	words := strings.Fields("file size exceeds 10MB unsupported type nudity detected prompt is too long between 240 and 7680 seconds 1-30 content violation blocked")
	var b strings.Builder
	for b.Len() < size {
		b.WriteString(words[r.IntN(len(words))])
		switch r.IntN(3) {
		case 0:
			b.WriteString(" \n")
			b.WriteByte(byte(128 + r.IntN(128)))
		case 1:
			fmt.Fprintf(&b, " x%d ", r.IntN(1e6))
		default:
			b.WriteString("é")
		}
	}
	return b.String()
}

// Messages of one code do not select subtypes of another one, except its fallback.
func TestEvolinkOtherCodes(t *testing.T) {
	c := evolinkClassifier(t)
	for code, subtypes := range evolinkSubtypes {
		for _, s := range subtypes {
			for _, other := range evolinkCodes {
				want := ""
				switch other.code {
				case code:
					continue
				case "content_policy_violation":
					want = "general_policy"
				}
				if got := subtypeOf(c.Classify(other.code, s[3])); got != want {
					t.Errorf("Classify(%s, %q) is %q, want %q", other.code, s[3], got, want)
				}
			}
		}
	}
}
