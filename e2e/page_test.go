package e2e

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/errspec/errspec/spec"
)

func hashOf(data []byte) []byte {
	sum := sha256.Sum256(data)
	return sum[:8]
}

// The codes of EvoLink, in the order of the page.
var evolinkCodes = evolinkCodesWith(func(*spec.Code) bool { return true })

// evolinkCodesWith returns the codes of EvoLink that have a property, in the order of the page: by
// class, then as in the table.
func evolinkCodesWith(property func(*spec.Code) bool) []string {
	table, _, err := spec.Load("builtin:evolink")
	if err != nil {
		panic(err) // it is embedded
	}
	var codes []string
	for _, class := range table.Classes {
		for i := range table.Codes {
			if c := &table.Codes[i]; c.Class == class.Name && property(c) {
				codes = append(codes, c.Wire)
			}
		}
	}
	return codes
}

// quotas are the codes that a search for "quota" finds.
var quotas = strings.Fields(`quota_exceeded insufficient_quota_error insufficient_quota insufficient_user_quota quota_not_enough
	insufficient_token_quota key_quota_exhausted token_daily_quota_exceeded key_daily_quota_exhausted 40003`)

func wantShown(t *testing.T, p *tab, want ...string) {
	t.Helper()
	if got := shown(p, "article"); !slices.Equal(got, want) {
		t.Errorf("codes shown: %q, want %q", got, want)
	}
	for i := range want {
		want[i] = "#" + want[i]
	}
	for place, selector := range map[string]string{"contents": ".index a", "overview": ".o a"} {
		if got := shown(p, selector); !slices.Equal(got, want) {
			t.Errorf("codes in the %s: %q, want %q", place, got, want)
		}
	}
}

func click(selector string) step { return chromedp.Click(chromedp.CSS(selector)) }

// search enters text into the empty field.
func search(p *tab, text string) {
	p.t.Helper()
	eval[any](p, `{ const s = document.getElementById("uiSearch"); s.value = ""; s.focus(); null }`)
	p.run(chromedp.KeyEvent(text))
}

func TestPageSearch(t *testing.T) {
	p := open(t, htmlOf(t, "builtin:evolink"))
	wantShown(t, p, slices.Clone(evolinkCodes)...)
	for typed, want := range map[string][]string{
		"QUOTA":             slices.Clone(quotas),                             // code
		"failed generation": {"generation_failed_no_content"},                 // title, words in any order
		"nudity detected":   {"content_policy_violation"},                     // message
		"heic":              {"invalid_parameters", "image_processing_error"}, // tips
		"  billing page ":   {"quota_exceeded"},

		// Names in programs, logs and responses.
		"adult_nsfw":                                     {"content_policy_violation"},
		"content_policy_violation/adult_nsfw":            {"content_policy_violation"},
		"SubtypeContentPolicyViolationAdultNSFW":         {"content_policy_violation"},
		"evolink.SubtypeContentPolicyViolationAdultNSFW": {"content_policy_violation"},
		"CodeServiceError":                               {"service_error"},
		"429":                                            {"rate_limit_error", "upload_token_rate_limited"},
		"HTTP 429":                                       {"rate_limit_error", "upload_token_rate_limited"},
		"no such word anywhere":                          {},
	} {
		search(p, typed)
		wantShown(t, p, want...)
		count := eval[string](p, `document.getElementById("uiCount").textContent`)
		if len(want) == 0 && count != "No code matches." || len(want) == 1 && count != "1 of 79 codes" {
			t.Errorf("%q: the page shows %q", typed, count)
		}
	}
	search(p, "billing page")
	if got := shown(p, "section"); !slices.Equal(got, []string{"SECTION", "uiFind", "uiOverview", "class-server", "uiAgain", "uiPractice"}) {
		t.Errorf("visible sections: %q", got)
	}
	p.run(chromedp.KeyEvent(kb.Escape))
	wantShown(t, p, slices.Clone(evolinkCodes)...)
}

func TestPageFilters(t *testing.T) {
	p := open(t, htmlOf(t, "builtin:evolink"))
	class := func(value string) {
		eval[any](p, `{ const s = document.getElementById("uiClass"); s.value = %s; s.dispatchEvent(new Event("input")); null }`, value)
	}
	class("class-client")
	wantShown(t, p, slices.Clone(evolinkCodes[:5])...)
	p.run(click(".chip.fix input"))
	wantShown(t, p, slices.Clone(evolinkCodes[:4])...)
	class("")
	p.run(click(".chip.check input"))
	wantShown(t, p, evolinkCodesWith(func(c *spec.Code) bool {
		return c.Retry.Action == spec.ActionFix || c.Retry.Action == spec.ActionCheck
	})...)
	p.run(click(".chip.fix input"), click(".chip.check input"), click(".chip.auto input"))
	wantShown(t, p, evolinkCodesWith(func(c *spec.Code) bool { return c.Retry.Automatic })...)
	search(p, "peak")
	wantShown(t, p, "generation_timeout", "resource_exhausted")
	if got := shown(p, "nav h2 a"); !slices.Equal(got, []string{"#class-server"}) {
		t.Errorf("classes in the contents: %q", got)
	}
}

// The target of a permalink is shown even if a filter hides it.
func TestPagePermalinks(t *testing.T) {
	file := htmlOf(t, "builtin:evolink")
	p := open(t, file)
	search(p, "quota")
	wantShown(t, p, slices.Clone(quotas)...)
	eval[any](p, `new Promise(done => { addEventListener("hashchange", () => setTimeout(done, 50, null)); location.hash = "#content_policy_violation-adult_nsfw"; })`)
	wantShown(t, p, slices.Clone(evolinkCodes)...)
	if got := eval[string](p, `document.querySelector(":target").textContent`); !strings.Contains(got, "Adult/NSFW") {
		t.Errorf("the target is %q", got)
	}
	if !eval[bool](p, `(() => { const r = document.querySelector(":target").getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight; })()`) {
		t.Error("the target is not visible")
	}

}

// The buttons of a code copy its URL and a reply for a customer.
func TestPageCopies(t *testing.T) {
	file := htmlOf(t, "builtin:evolink")
	p := open(t, file)
	// Browsers allow writing to the clipboard only after a user action, so the test
	// checks the text that the page writes.
	eval[any](p, `navigator.clipboard.writeText = async text => { window.copied = text; }, null`)
	copied := func(button string) string {
		t.Helper()
		p.run(click(button))
		if got := eval[string](p, `new Promise(done => setTimeout(done, 20)).then(() => document.getElementById("uiSaid").textContent)`); got != "Copied" {
			t.Errorf("the page shows %q", got)
		}
		return eval[string](p, `document.getElementById("uiSaid").textContent = "", copied`)
	}
	if got, want := copied(`#service_error .buttons button:first-child`), "file://"+file+"#service_error"; got != want {
		t.Errorf("copied %q, want %q", got, want)
	}
	if got := copied(`#service_error .buttons button:last-child`); !strings.HasPrefix(got, "Your request could not be completed: Service Error. Internal service error.\n\n"+
		"What to do: Auto-recovers, retry later.\n- Retry after 30 to 60 seconds") || !strings.HasSuffix(got, "\n\nError code: service_error") {
		t.Errorf("the reply is %q", got)
	}
	// Without the clipboard API, the former method is used.
	eval[any](p, `navigator.clipboard.writeText = async () => { throw new Error("not allowed"); },
		document.addEventListener("copy", () => { window.copied = document.activeElement.value; }), null`)
	if got := copied(`#quota_exceeded .buttons button:first-child`); !strings.HasSuffix(got, "#quota_exceeded") {
		t.Errorf("copied %q", got)
	}

	paste(p, "evolink: content_policy_violation: Nudity detected. (task t-1)")
	eval[any](p, `document.querySelector("#uiResult details").open = true, null`)
	if got := copied(`#uiResult button`); !strings.Contains(got, "Adult/NSFW. Contains nudity or sexually suggestive content.") || !strings.HasSuffix(got, "Task: t-1") {
		t.Errorf("the reply is %q", got)
	}

	eval[any](p, `document.querySelectorAll("#uiPractice details").forEach(d => d.open = true), null`)
	for i, language := range []string{"go", "python", "javascript"} {
		if got := copied(fmt.Sprintf(`#uiPractice details:nth-of-type(%d) button`, i+1)); strings.ReplaceAll(got, "\t", "    ") != strings.ReplaceAll(sampleOf(t, "builtin:evolink", language), "\t", "    ") {
			t.Errorf("the program in %s is\n%s", language, got)
		}
	}
}

// Every link within the page has a target, and every ID is unique.
func TestPageAnchors(t *testing.T) {
	p := open(t, htmlOf(t, "builtin:evolink"))
	if lost := eval[[]string](p, `[...document.links].filter(a => a.protocol === "file:" && !document.getElementById(a.hash.slice(1))).map(a => a.href)`); len(lost) > 0 {
		t.Errorf("links without a target: %q", lost)
	}
	if twice := eval[[]string](p, `[...document.querySelectorAll("[id]")].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i)`); len(twice) > 0 {
		t.Errorf("duplicate IDs: %q", twice)
	}
}

// The script adds no global name, neither a property of the window nor a constant.
func TestPageGlobals(t *testing.T) {
	file := htmlOf(t, "builtin:evolink")
	const names = `Object.getOwnPropertyNames(window)`
	without := eval[[]string](open(t, file, devtools(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})), names)
	p := open(t, file)
	left := slices.DeleteFunc(eval[[]string](p, names), func(name string) bool { return slices.Contains(without, name) })
	constants, err := chromedp.Run(p.ctx, func(ctx context.Context, target *chromedp.Target) (runtime.GlobalLexicalScopeNamesResult, error) {
		return cdp.Call(ctx, target, runtime.GlobalLexicalScopeNames, runtime.GlobalLexicalScopeNamesParams{})
	})
	if err != nil {
		t.Fatal(err)
	}
	if left = append(left, constants.Names...); len(left) > 0 {
		t.Errorf("new globals: %q", left)
	}
}

// The page is usable with the keyboard, and the focus is visible.
func TestPageKeyboard(t *testing.T) {
	p := open(t, htmlOf(t, "builtin:evolink"))
	active := func() string {
		return eval[string](p, `(e => e.id || e.className || e.hash || e.value || e.tagName)(document.activeElement)`)
	}
	visible := func() {
		t.Helper()
		if !eval[bool](p, `(e => [e, e.closest(".chip")].some(x => x && getComputedStyle(x).outlineStyle !== "none"))(document.activeElement)`) {
			t.Errorf("%s does not show that it has the focus", active())
		}
	}
	p.run(chromedp.KeyEvent(kb.Tab))
	if active() != "skip" {
		t.Errorf("the first stop is %s", active())
	}
	p.run(chromedp.KeyEvent(kb.Enter), chromedp.KeyEvent(kb.Tab))
	if active() != "uiPaste" {
		t.Errorf("the skip link leads to %s", active())
	}
	visible()
	stops := []string{"uiSearch", "uiClass", "auto", "fix", "wait", "resubmit", "check", "support", "#invalid_request_error", "#authentication_error"}
	for _, want := range stops {
		p.run(chromedp.KeyEvent(kb.Tab))
		if active() != want {
			t.Errorf("the next stop is %s, want %s", active(), want)
		}
		visible()
		if want == "wait" {
			p.run(chromedp.KeyEvent(" "))
			wantShown(t, p, evolinkCodesWith(func(c *spec.Code) bool { return c.Retry.Action == spec.ActionWait && !c.Retry.Automatic })...)
			p.run(chromedp.KeyEvent(" "))
		}
	}
	p.run(chromedp.KeyEvent("/"))
	if active() != "uiSearch" {
		t.Fatalf("a slash leads to %s", active())
	}
	p.run(chromedp.KeyEvent(kb.Escape)) // releases the slash key
	p.run(chromedp.KeyEvent("upstream/"), chromedp.KeyEvent(kb.Backspace), chromedp.KeyEvent(kb.Enter))
	if got := eval[string](p, `location.hash`); got != "#generation_failed_no_content" || active() != got {
		t.Errorf("Enter leads to %s, the focus is on %s", got, active())
	}
}

// Without JavaScript, all of the text is shown, and no control that requires it.
func TestPageWithoutJavaScript(t *testing.T) {
	p := open(t, htmlOf(t, "builtin:evolink"), devtools(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	if got := shown(p, "button, input, textarea, select, .tool"); len(got) > 0 {
		t.Errorf("there are controls: %q", got)
	}
	wantShown(t, p, slices.Clone(evolinkCodes)...)
	p.screenshot("without-javascript")
}

// The printed page contains all codes, independent of the search, and no controls.
func TestPagePrint(t *testing.T) {
	p := open(t, htmlOf(t, "builtin:evolink"))
	search(p, "quota")
	p.run(devtools(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}))
	if got := shown(p, "article"); !slices.Equal(got, evolinkCodes) {
		t.Errorf("codes on paper: %q", got)
	}
	if got := shown(p, "button, input, textarea, select, nav"); len(got) > 0 {
		t.Errorf("controls on paper: %q", got)
	}
	p.screenshot("print")
}

// At 320 pixels, nothing scrolls sideways, for any pasted text.
func TestPageNarrow(t *testing.T) {
	p := open(t, htmlOf(t, "builtin:evolink"), size(320, 640))
	paste(p, `evolink: invalid_parameters: file size exceeds 10MB `+strings.Repeat("x", 400)+` (task `+strings.Repeat("t", 200)+`)`)
	eval[any](p, `document.querySelectorAll("details").forEach(d => d.open = true), null`)
	if got := eval[float64](p, `document.documentElement.scrollWidth`); got > 320 {
		t.Errorf("the page is %v pixels wide", got)
	}
	wide := eval[[]string](p, `[...document.body.querySelectorAll("*")].filter(e => !e.closest(".unseen, .skip") && e.getBoundingClientRect().right > 320.5).map(e => e.outerHTML.slice(0, 80))`)
	if len(wide) > 0 {
		t.Errorf("too wide: %q", wide)
	}
	if small := eval[float64](p, `document.querySelector("svg").getBoundingClientRect().width / 340 * 12.5`); small < 10 {
		t.Errorf("letters in the diagram are %v pixels", small)
	}
	p.screenshot("narrow")
}

// Contents that are folded in a narrow window are shown again in a wide one.
func TestPageContents(t *testing.T) {
	p := open(t, htmlOf(t, "builtin:evolink"), size(320, 640))
	count := func() int { return len(shown(p, "nav a")) }
	if got := count(); got != 0 {
		t.Errorf("%d links are shown in a narrow window", got)
	}
	for width, want := range map[int64]int{1200: 92} {
		p.run(size(320, 640), size(width, 800))
		if got := count(); got != want {
			t.Errorf("%d links are shown in a window of %d pixels, want %d", got, width, want)
		}
	}
	p.run(size(320, 640))
	if got := count(); got != 0 {
		t.Errorf("%d links are shown in a window that is narrow again", got)
	}
}

// The search finds constants that are not derived from the letters of the code.
func TestPageSearchConstants(t *testing.T) {
	file := filepath.Join(t.TempDir(), "t.yaml")
	table := `errspec: 1
name: shop
title: Shop
codes:
  - {code: E1, name: busy, title: Busy, description: D, renamed_from: [too.fast], subtypes: [{name: in_queue, title: Q, match: [queue]}]}
  - {code: "1.2", title: Other, description: D}
`
	if err := os.WriteFile(file, []byte(table), 0o644); err != nil {
		t.Fatal(err)
	}
	p := open(t, htmlOf(t, file))
	for typed, want := range map[string]string{
		"CodeBusy": "e1", "CodeTooFast": "e1", "SubtypeBusyInQueue": "e1", "SubtypeTooFastInQueue": "e1", "too.fast/in_queue": "e1", "Code1_2": "1-2",
	} {
		search(p, typed)
		if got := shown(p, "article"); !slices.Equal(got, []string{want}) {
			t.Errorf("%q finds %q, want %q", typed, got, want)
		}
	}
}

// On a phone, controls are large enough for a finger.
func TestPagePhone(t *testing.T) {
	for name, setup := range map[string][]step{"phone": nil, "phone-dark": {dark()}} {
		p := open(t, htmlOf(t, "builtin:evolink"), append(setup, size(390, 844), fingers())...)
		p.screenshot(name)
		if small := eval[[]string](p, `[...document.querySelectorAll(".tool :is(input[type=search], select, textarea)")].filter(e =>
			parseFloat(getComputedStyle(e).fontSize) < 16).map(e => e.id)`); len(small) > 0 {
			t.Errorf("phones enlarge the page for the small letters of %q", small)
		}
		paste(p, "evolink: content_policy_violation: Nudity detected. (task t-1)")
		eval[any](p, `document.querySelectorAll("details").forEach(d => d.open = true), null`)
		p.run(click(".chip.auto input"))
		p.screenshot(name + "-used")
		if got := eval[float64](p, `document.documentElement.scrollWidth`); got > 390 {
			t.Errorf("the page is %v pixels wide", got)
		}
		small := eval[[]string](p, `[...document.querySelectorAll("button, input, select, textarea, summary, nav a, h3 > a, .facts > a")].filter(e => e.checkVisibility()).map(e =>
			[e.getBoundingClientRect(), e]).filter(([r]) => r.width < 24 || r.height < 24).map(([r, e]) => r.width + "x" + r.height + " " + e.outerHTML.slice(0, 80))`)
		if len(small) > 0 {
			t.Errorf("%s: these are too small for a finger: %q", name, small)
		}
	}
}

func dark() step {
	return devtools(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}},
	})
}

// size sets the size of the tab in pixels, as on a phone.
func size(width, height int64) step {
	return devtools(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: width, Height: height, DeviceScaleFactor: 2, Mobile: true,
	})
}

// fingers makes the tab a touch device.
func fingers() step {
	return devtools(emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true})
}

// The system or the reader selects the dark theme.
func TestPageDark(t *testing.T) {
	p := open(t, htmlOf(t, "builtin:evolink"), dark())
	isDark := func() bool {
		return eval[bool](p, `getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g).every(n => n < 64)`)
	}
	pressed := func() string {
		return eval[string](p, `document.getElementById("uiTheme").getAttribute("aria-pressed")`)
	}
	if !isDark() || pressed() != "true" {
		t.Error("the page is not dark though the system is")
	}
	p.run(click("#uiTheme"))
	if isDark() || pressed() != "false" {
		t.Error("the page stays dark")
	}
	p.run(chromedp.Navigate(p.url))
	if isDark() {
		t.Error("the choice is not stored")
	}
	p.run(click("#uiTheme"))
	if !isDark() {
		t.Error("the page stays light")
	}
	eval[any](p, `localStorage.clear(), null`)
	p.screenshot("dark")
}
