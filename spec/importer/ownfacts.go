package importer

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/errspec/errspec/internal/lazyregexp"
)

// rules are the sentences by which errspec's pages say what a program may do. A
// * stands for a wait.
var rules = []struct {
	sentence  string
	action    string
	automatic bool
}{
	{"A program may send the same request again on its own after a pause.", "wait", true},
	{"A program may send the same request again on its own after *.", "wait", true},
	{"A program may send the same request again on its own, * later.", "retry", true},
	{"A program may send the same request again on its own.", "retry", true},
	{"The same request may succeed later, but a program must not repeat it on its own.", "wait", false},
	{"The same request may succeed after *, but a program must not repeat it on its own.", "wait", false},
	{"The same request may succeed * later, but a program must not repeat it on its own.", "retry", false},
	{"The same request may succeed, but a program must not repeat it on its own.", "retry", false},
	{"Change the request before you send it again.", "fix", false},
	{"The task was cancelled; a person decides whether to submit it again.", "resubmit", false},
	{"Correct what the request refers to.", "check", false},
	{"Tell the service; a program must not repeat the request on its own.", "support", false},
	{"The same request will never succeed.", "never", false},
	{"The table does not say whether the same request may succeed.", "unknown", false},
}

var rulePatterns = sync.OnceValue(func() []*regexp.Regexp {
	patterns := make([]*regexp.Regexp, len(rules))
	for i, r := range rules {
		wait := `([0-9][0-9.a-zµ]*)(?: to ([0-9][0-9.a-zµ]*))?`
		patterns[i] = regexp.MustCompile(`(?:^|[\s\n])` + strings.ReplaceAll(regexp.QuoteMeta(r.sentence), `\*`, wait) + `$`)
	}
	return patterns
})

// readRule reads the sentence that a text ends with.
func (r *retry) readRule(s string) {
	for i, pattern := range rulePatterns() {
		m := pattern.FindStringSubmatch(strings.TrimSpace(s))
		if m == nil {
			continue
		}
		r.action = rules[i].action
		if yes := true; rules[i].automatic {
			r.automatic = &yes
		}
		if len(m) > 1 {
			r.min, _ = time.ParseDuration(m[1])
			r.max = r.min
			if m[2] != "" {
				r.max, _ = time.ParseDuration(m[2])
			}
		}
		return
	}
}

// readResponse reads what the service sends.
func (p *ownPage) readResponse(blocks []block) {
	r := new(response)
	for _, b := range blocks {
		switch {
		case b.kind == codeBlock:
			r.example = text(b.text)
		case b.kind == htmlBlock && strings.HasPrefix(b.text, "<pre><code>"):
			r.example = text(unescape(strings.TrimSuffix(strings.TrimSpace(strings.TrimPrefix(b.text, "<pre><code>")), "</code></pre>")))
		case b.kind == tableBlock:
			for _, row := range b.rows {
				r.addField(row)
			}
		case b.kind == paragraph && len(b.spans) > 0 && b.spans[0].kind == codeSpan:
			r.statusField(b.spans)
		case b.kind == paragraph:
			r.statuses(b.spans)
		}
	}
	for _, f := range r.fields {
		if f.role == "" && p.guessRole(f, r) && f.kind == "integer" {
			p.integer = true
		} else if f.role == "code" {
			p.integer = false
		}
	}
	if r.example != "" || len(r.fields) > 0 || len(r.http) > 0 {
		p.response = r
	}
}

// addField reads a row of the table of fields.
func (r *response) addField(row []spans) {
	if len(row) < 3 {
		return
	}
	r.fields = append(r.fields, &field{path: row[0].plain(), kind: row[1].plain(), description: row[2].prose()})
}

// statusField reads "`status` is `completed` when the task has succeeded and
// `failed` when it has failed; any other value …".
func (r *response) statusField(all spans) {
	i := slices.IndexFunc(r.fields, func(f *field) bool { return f.path == all[0].text })
	if i < 0 {
		return
	}
	f := r.fields[i]
	f.role, f.kind = "status", ""
	var values []string
	for _, s := range all[1:] {
		switch {
		case s.kind == codeSpan:
			values = append(values, s.text)
		case strings.HasPrefix(s.text, " when the task has succeeded"):
			f.completed, values = values, nil
		case strings.HasPrefix(s.text, " when it has failed"):
			f.failed, values = values, nil
		}
	}
}

var meansPattern = lazyregexp.New(`(\d{3}) means $`)

// statuses reads "Where an HTTP answer names no code, its status decides: 429
// means `code`."
func (r *response) statuses(all spans) {
	for i, s := range all[:max(len(all)-1, 0)] {
		m := meansPattern.FindStringSubmatch(s.text)
		if next := all[i+1]; m != nil && s.kind == plain && next.kind == linkSpan {
			number, _ := strconv.Atoi(m[1])
			r.http = append(r.http, httpCode{number, next.text})
		}
	}
}

// practices reads polling, backoff and what covers unlisted codes.
func (p *ownPage) practices(blocks []block) {
	part := ""
	for _, b := range blocks {
		switch {
		case b.kind == heading:
			part = b.spans.plain()
		case b.kind == bulletList && part == "Watching a task":
			p.polling = new(polling)
			for _, item := range b.items {
				p.pollingItem(firstSpans(item))
			}
		case b.kind == bulletList && part == "Sending a request again":
			p.readBackoff(b.items)
		case b.kind == paragraph && part == "Codes that are not listed":
			for _, s := range b.spans {
				if s.kind == linkSpan && strings.HasPrefix(s.url, "#") {
					p.unknown = s.text
				}
			}
		}
	}
}

func firstSpans(item []block) spans {
	if len(item) == 0 {
		return nil
	}
	return item[0].spans
}

var everyPattern = lazyregexp.New(`^Poll every (\S+) until `)

func (p *ownPage) pollingItem(all spans) {
	s := all.plain()
	switch {
	case strings.HasPrefix(s, "Ask for the state of a task at "):
		p.polling.url = firstOf(all.codes()...)
	case strings.HasPrefix(s, "Send the API key as a bearer token"):
		p.polling.auth = "bearer"
	default:
		if m := everyPattern.FindStringSubmatch(s); m != nil {
			p.polling.interval, _ = time.ParseDuration(m[1])
		}
	}
}

// hints reads the lists of what may be retried: "`code` — hint".
func (p *ownPage) hints(blocks []block) {
	for _, b := range blocks {
		for _, item := range b.items {
			all := firstSpans(item)
			if len(all) < 2 || all[0].kind != linkSpan {
				continue
			}
			c := p.byWire[all[0].text]
			if c == nil {
				continue
			}
			rest := slices.Clone(all[1:])
			rest[0].text = strings.TrimPrefix(rest[0].text, " — ")
			for i := range rest[:len(rest)-1] {
				// The sub-types that the hint does not hold for.
				if before, ok := strings.CutSuffix(rest[i].text, " (but not "); ok && strings.HasPrefix(rest[i+1].url, "#") {
					rest = rest[:i+1]
					rest[i].text = before
					break
				}
			}
			if hint := rest.prose(); hint != c.retry.advice {
				c.retry.hint = hint
			}
		}
	}
}

// findURL works out the address that the codes' addresses are made of.
func (p *ownPage) findURL() {
	if len(p.urls) == 0 || len(p.urls) != len(p.codes) {
		return
	}
	longest := p.codes[0]
	for _, c := range p.codes {
		if len(c.wire) > len(longest.wire) {
			longest = c
		}
	}
	escape := func(c *code) string { return strings.ReplaceAll(url.QueryEscape(c.wire), "+", "%20") }
	base, isAnchor := strings.CutSuffix(p.urls[longest], "#"+p.anchors[longest])
	template := strings.ReplaceAll(p.urls[longest], escape(longest), "{code}")
	for _, c := range p.codes {
		isAnchor = isAnchor && p.urls[c] == base+"#"+p.anchors[c]
		if strings.ReplaceAll(template, "{code}", escape(c)) != p.urls[c] {
			template = ""
		}
	}
	switch {
	case isAnchor:
		p.docsURL = base
	case strings.Contains(template, "{code}"):
		p.docsURL = template
	}
}
