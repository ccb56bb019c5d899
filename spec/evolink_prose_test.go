package spec_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// evolinkProse lists the facts in the page's prose, which the table states in its own words. Any
// wording may change if it keeps these facts.
var evolinkProse = []struct {
	code, part string // the key of a code, with an index for an item of a list
	words      string // regular expressions, separated by spaces; all must match
}{
	{"content_policy_violation", "details", "safety.filters common subtypes"},
	{"content_policy_violation", "avoid 0", "real photos people illustrat cartoon"},
	{"content_policy_violation", "avoid 1", "logos trademarks characters copyright"},
	{"content_policy_violation", "avoid 2", "adult violen self-harm"},
	{"content_policy_violation", "avoid 3", `"a.person" celebrit`},
	{"invalid_parameters", "details", "parameters model"},
	{"invalid_parameters", "fixes 0", "documentation model parameter"},
	{"invalid_parameters", "fixes 1", `JPG,.PNG,.WebP.or.GIF HEIC,.AVIF.and.TIFF.are.not`},
	{"invalid_parameters", "fixes 2", `below.10.MB.*below.30.MB some.models`},
	{"invalid_parameters", "fixes 3", "[Ss]horten.the.prompt long core.descriptions"},
	{"image_processing_error", "details", "image input"},
	{"image_processing_error", "causes 0", "URL authentication CDN expired"},
	{"image_processing_error", "causes 1", "format not.supported HEIC AVIF"},
	{"image_processing_error", "causes 2", "damaged|corrupt"},
	{"image_processing_error", "causes 3", "network download"},
	{"image_processing_error", "fixes 0", "URL authentication region"},
	{"image_processing_error", "fixes 1", "JPG,.PNG.or.WebP"},
	{"image_processing_error", "fixes 2", "File.Upload.API URL"},
	{"image_processing_error", "fixes 3", "browser"},
	{"image_dimension_mismatch", "details", "width|dimension [Ii]mage-to-video"},
	{"image_dimension_mismatch", "fixes 0", "[Rr]esize `aspect_ratio`"},
	{"image_dimension_mismatch", "fixes 1", "change `aspect_ratio`"},
	{"image_dimension_mismatch", "examples 0", `^aspect_ratio=1280x720.\(16:9\).requires.a.1280x720.landscape.image$`},
	{"image_dimension_mismatch", "examples 1", `^aspect_ratio=720x1280.\(9:16\).requires.a.720x1280.portrait.image$`},
	{"request_cancelled", "details", "cancel interrupt process"},
	{"request_cancelled", "fixes 0", "not.intended|intentional submit same.request"},
	{"generation_failed_no_content", "details", "format valid"},
	{"generation_failed_no_content", "causes 0", "Poor.prompt.quality vague contradict"},
	{"generation_failed_no_content", "causes 1", "Model.capability.limits model.is.able|capabilit"},
	{"generation_failed_no_content", "causes 2", "Upstream.service.issues empty.result"},
	{"generation_failed_no_content", "causes 3", "Protected.content.detection watermark logos trademarks prompt reference.image"},
	{"generation_failed_no_content", "fixes 0", "clear specific"},
	{"generation_failed_no_content", "fixes 1", "reference.images watermarks logos"},
	{"generation_failed_no_content", "fixes 2", "resolution complexity"},
	{"generation_failed_no_content", "fixes 3", "[Rr]etry some.cases"},
	{"service_error", "details", "upstream other.available.routes automatically"},
	{"service_error", "causes 0", "upstream not.available|unavailable"},
	{"service_error", "causes 1", "overload traffic"},
	{"service_error", "causes 2", "[Mm]aintenance"},
	{"service_error", "causes 3", "connection network"},
	{"service_error", "fixes 0", "30.to.60.seconds recover"},
	{"service_error", "fixes 1", "technical.support"},
	{"service_error", "fixes 2", "request same"},
	{"generation_timeout", "details", "time.limit"},
	{"generation_timeout", "causes 0", "load queue"},
	{"generation_timeout", "causes 1", "complex resolution long.video"},
	{"generation_timeout", "causes 2", "upstream slow"},
	{"generation_timeout", "fixes 0", "later peak"},
	{"generation_timeout", "fixes 1", "resolution shorter.video"},
	{"generation_timeout", "fixes 2", "simpl prompt"},
	{"resource_exhausted", "details", "upstream computing|compute peak"},
	{"resource_exhausted", "fixes 0", "1.to.5.minutes recover"},
	{"resource_exhausted", "fixes 1", "routes later succe"},
	{"quota_exceeded", "details", "frequent same.time limit"},
	{"quota_exceeded", "causes 0", "rate.limiting requests"},
	{"quota_exceeded", "causes 1", "concurrency.limit same.time"},
	{"quota_exceeded", "causes 2", "quota account"},
	{"quota_exceeded", "fixes 0", "1.to.2.seconds recommended"},
	{"quota_exceeded", "fixes 1", "running complete"},
	{"quota_exceeded", "fixes 2", "recharge billing.page"},
	{"service_unavailable", "details", "internal authentication connection logged.automatically|automatically.logged soon|quickly"},
	{"service_unavailable", "fixes 0", "few.minutes"},
	{"service_unavailable", "fixes 1", "technical.support task.ID"},
	{"resource_not_found", "details", "task ID expired"},
	{"resource_not_found", "fixes 0", "spell task.ID"},
	{"resource_not_found", "fixes 1", "results expir|limited quer"},
	{"resource_not_found", "fixes 2", "ID wait again|retry"},
	{"unknown_error", "details", "type could.not|not.identif"},
	{"unknown_error", "fixes 0", "[Ww]ait again|retry"},
	{"unknown_error", "fixes 1", "complete.task.ID technical.support"},
}

func TestEvolinkProse(t *testing.T) {
	parts := make(map[string]string) // by code and part
	unchecked := make(map[string]bool)
	for _, c := range onPage(t, evolink(t)) {
		add := func(part, text string) {
			parts[c.Code+" "+part] = text
			unchecked[c.Code+" "+part] = true
		}
		add("details", c.Details)
		for part, items := range map[string][]string{"avoid": c.Avoid, "fixes": c.Fixes, "examples": c.Examples, "causes": texts(c.Causes)} {
			for i, item := range items {
				add(part+" "+string(rune('0'+i)), item)
			}
		}
	}
	for _, fact := range evolinkProse {
		part := fact.code + " " + fact.part
		delete(unchecked, part)
		for _, word := range strings.Fields(fact.words) {
			if !regexp.MustCompile(word).MatchString(parts[part]) {
				t.Errorf("%s does not match %q: %q", part, word, parts[part])
			}
		}
	}
	for part := range unchecked {
		t.Errorf("no facts for %s", part)
	}
}

// texts returns the texts of causes, with their titles if they have any.
func texts(causes []json.RawMessage) []string {
	var out []string
	for _, raw := range causes {
		var titled struct{ Title, Text string }
		var text string
		if json.Unmarshal(raw, &text) != nil && json.Unmarshal(raw, &titled) == nil {
			text = titled.Title + ": " + titled.Text
		}
		out = append(out, text)
	}
	return out
}

// If a text version of the page is available, it contains the same texts. Cells of its tables
// are not separated, so a row is the concatenation of its cells.
func TestEvolinkPage(t *testing.T) {
	paths, _ := filepath.Glob("../../shared/seed/*.txt")
	if len(paths) == 0 {
		t.Skip("no text of the page in ../../shared/seed")
	}
	var page strings.Builder
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		page.Write(data)
	}
	text := page.String()
	once := func(code, line string) {
		t.Helper()
		if n := strings.Count("\n"+text+"\n", "\n"+line+"\n"); n != 1 {
			t.Errorf("%s: the page contains the line %q %d times, want once", code, line, n)
		}
	}
	e := evolink(t)
	if !strings.Contains(text, e.Response.Examples[0].Body) {
		t.Errorf("the page does not contain the example response")
	}
	for _, c := range onPage(t, e) {
		once(c.Code, c.Code+c.Description+c.Retry.Advice)
		if !strings.Contains(text, "\n"+c.Code+"\n\n"+c.Title+"\n") {
			t.Errorf("%s: the page does not contain the title %q", c.Code, c.Title)
		}
		if c.Retry.Automatic || c.Retry.Action == "fix" {
			once(c.Code, "  • "+c.Code+" — "+c.Retry.Hint)
		}
		for _, s := range c.Subtypes[:len(evolinkSubtypes[c.Code])] {
			once(c.Code, s.Title+s.Description+s.Examples[0])
		}
		for _, example := range c.Examples {
			once(c.Code, "  • "+example)
		}
	}
}
