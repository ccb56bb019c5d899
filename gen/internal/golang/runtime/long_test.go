package runtime

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// Only the first 64 KiB of a message have an effect, in every method.
func TestLongMessage(t *testing.T) {
	const bound = 64 << 10
	spaces := func(n int) string { return strings.Repeat(" ", n) }
	const tooBig, usedUp = "file exceeds 10MB", "quota is used up"
	for _, c := range []struct {
		name, message string
		code          Code
		want          Subtype
	}{
		{"at the end of the bound", spaces(bound-len(tooBig)) + tooBig, CodeBadInput, SubtypeBadInputTooBig},
		{"at the end of the bound of a longer message", spaces(bound-len(tooBig)) + tooBig + strings.Repeat(" and more", 1<<19), CodeBadInput, SubtypeBadInputTooBig},
		{"a byte after the bound", "x" + spaces(bound-len(tooBig)) + tooBig, CodeBadInput, SubtypeBadInputOther},
		{"a byte after the bound, after a multibyte character", "é" + spaces(bound-len(tooBig)-1) + tooBig, CodeBadInput, SubtypeBadInputOther},
		{"blank up to the bound", spaces(bound) + tooBig, CodeBadInput, ""},
		{"blank up to a character that is cut", spaces(bound-1) + "é" + tooBig, CodeBadInput, ""},
		{"of a code without a fallback", spaces(bound) + usedUp, CodeBusy, ""},
		{"at the end of the bound, of such a code", spaces(bound-len(usedUp)) + usedUp, CodeBusy, SubtypeBusyUsedUp},
		{"at the end of the bound, in a word", spaces(bound-len(usedUp)) + usedUp + "s", CodeBusy, SubtypeBusyUsedUp},
		{"far after the bound", strings.Repeat("quota is used down ", 1<<18) + usedUp, CodeBusy, ""},
	} {
		e := &Error{Code: c.code, Message: c.message}
		d := Classify(c.code, c.message)
		var subtype Subtype
		errors.As(e, &subtype)
		if d.Subtype != c.want || e.Decision() != d || subtype != c.want || d.Automatic {
			t.Errorf("%s: %q, %q, %+v", c.name, subtype, e.Decision().Subtype, d)
		}
		for _, s := range []Subtype{SubtypeBadInputTooBig, SubtypeBadInputOther, SubtypeBusyUsedUp} {
			if errors.Is(e, s) != (s == c.want) {
				t.Errorf("%s: errors.Is finds %s: %v", c.name, s, s != c.want)
			}
		}
		phrase := c.want != "" && c.want != SubtypeBadInputOther
		if _, found, ok := Match(c.message); ok != phrase || ok && found != c.want {
			t.Errorf("%s: Match finds %q, %v", c.name, found, ok)
		}
		if value, ok := e.Value("limit_mb"); ok != (c.want == SubtypeBadInputTooBig) || ok && value != "10" {
			t.Errorf("%s: the value is %q, %v", c.name, value, ok)
		}
		if text := Explain(e); strings.Contains(text, "Subtype: ") != (c.want != "") || len(text) > 1000 {
			t.Errorf("%s: explained as %s", c.name, text)
		}
	}
	for code, want := range map[Code]bool{CodeBusy: false, CodeBroken: true, CodeHiccup: true} {
		if d := Classify(code, strings.Repeat("x", bound)); !d.Automatic {
			t.Errorf("%s is not automatic, although its whole message is read", code)
		}
		d := Classify(code, strings.Repeat("x", bound+1))
		_, again := new(Policy).Next(context.Background(), 1, &Error{Code: code, Message: strings.Repeat("x", bound+1)})
		if d.Automatic != want || again != want {
			t.Errorf("%s with a longer message: %v, %v", code, d.Automatic, again)
		}
	}
	e := &Error{Code: CodeBadInput, Message: spaces(bound-len("version 1.23")) + "version 1.23456"}
	if minor, ok := e.Value("minor"); minor != "23" || !ok {
		t.Errorf("a number that crosses the bound has the value %q, %v", minor, ok)
	}
	for text, want := range map[string]string{spaces(bound-1) + "end": "standin: busy: e", spaces(bound) + "end": "standin: busy"} {
		if got := (&Error{Code: CodeBusy, Message: text}).Error(); got != want {
			t.Errorf("after some %d spaces: got %q, want %q", bound, got, want)
		}
	}
}
