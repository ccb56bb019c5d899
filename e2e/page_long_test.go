package e2e

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/logstream"
	"github.com/errspec/errspec/spec/match"
)

const longTable = `errspec: 1
name: shop
title: Shop
codes:
  - code: invalid
    title: Invalid
    description: Invalid
    retry: {action: fix}
    subtypes:
      - {name: too_large, title: Too large, match: ["file size exceeds <num:limit_mb>"]}
      - {name: other, title: Other, fallback: true}
  - code: busy
    title: Busy
    description: Busy
    retry: {action: wait, automatic: true}
    subtypes:
      - {name: used_up, title: Used up, match: [quota is used up], retry: {action: support}}
`

// The page matches the same part of a long message, measured in bytes of UTF-8, as the
// generated package, although its strings use another encoding. For a long text, its
// result is that of the command.
func TestPageLongMessages(t *testing.T) {
	file := filepath.Join(t.TempDir(), "table.yaml")
	writeFile(t, file, longTable)
	table, x := load(t, file)
	classifier, err := classify.New(table)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	var want []answer
	found := make(map[string]int)
	blank := strings.Repeat(" ", match.MaxMessage)
	for _, message := range append(longMessages("file size exceeds 10.25"), blank, blank+"x", blank[1:]+"x", blank[1:]+"é") {
		v := classifier.Vector("invalid", message)
		found[v.Verdict.Subtype+v.Values["limit_mb"]]++
		text, _ := response(t, table, v)
		f, _ := logstream.Best(x, text)
		texts, want = append(texts, text), append(want, explained(table, x, f))
	}
	for _, message := range append(longMessages("quota is used up"), blank, blank+" ") {
		v := classifier.Vector("busy", message)
		found[fmt.Sprint(v.Verdict.Subtype, " is automatic: ", v.Verdict.Automatic)]++
		text, _ := response(t, table, v)
		texts, want = append(texts, text), append(want, answerOf(t, table, v))
	}
	for _, line := range []string{
		"[busy] " + blank + "quota is used up", "[busy] " + strings.Repeat("x ", match.MaxMessage/2-10), "[busy] " + strings.Repeat("€ ", match.MaxMessage/4-10), "[busy] x",
		"[busy] " + strings.Repeat("€ ", match.MaxMessage/4),
	} {
		f, _ := logstream.Best(x, line)
		texts, want = append(texts, line), append(want, explained(table, x, f))
		found[fmt.Sprint("automatic is ", want[len(want)-1].Automatic)]++
	}
	if len(found) != 9 {
		t.Errorf("too many messages have the same decision: %v", found)
	}
	for i, got := range paste(open(t, htmlOf(t, file)), texts...) {
		if d := cmp.Diff(want[i], got); d != "" {
			t.Errorf("text %d: the page differs (-want +got):\n%s", i, d)
		}
	}
}

// longMessages returns messages in which a phrase ends near the end of the matched
// part, after characters of one to four bytes.
func longMessages(phrase string) []string {
	var all []string
	for _, character := range []string{"x", " ", "é", "€", "😀"} {
		for end := match.MaxMessage - 4; end < match.MaxMessage+4; end++ {
			room := end - len(phrase) - 1
			before := strings.Repeat(".", room%len(character)) + strings.Repeat(character, room/len(character)) + ";" + phrase
			all = append(all, before, before+character+character, before+" and more")
		}
	}
	return all
}
