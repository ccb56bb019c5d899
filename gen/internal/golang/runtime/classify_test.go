package runtime

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// looser reports whether decision b is looser than decision a.
func looser(a, b Decision) bool {
	return b.Automatic && !a.Automatic ||
		a.Action == ActionNever && b.Action != ActionNever ||
		(b.Action == ActionRetry || b.Action == ActionWait) && (b.Wait.Min < a.Wait.Min || b.Wait.Max < a.Wait.Max)
}

func checkNotLooser(t *testing.T, code Code, message string) {
	t.Helper()
	alone, with := Classify(code, ""), Classify(code, message)
	if looser(alone, with) {
		t.Errorf("Classify(%q, %q) = %+v is looser than %+v", code, message, with, alone)
	}
	if with.Code != alone.Code || with.Known != alone.Known || with.Class != alone.Class || with.Known != code.Known() {
		t.Errorf("Classify(%q, %q) = %+v, but without the message %+v", code, message, with, alone)
	}
	if with.Subtype != "" && with.Subtype.Code() != with.Code {
		t.Errorf("Classify(%q, %q) has the subtype %q", code, message, with.Subtype)
	}
	if !with.Known && with != (Decision{Code: code, Action: ActionSupport}) {
		t.Errorf("Classify(%q, %q) = %+v for an unlisted code", code, message, with)
	}
	if again := Classify(code, message); again != with {
		t.Errorf("Classify(%q, %q) = %+v, and then %+v", code, message, with, again)
	}
	if other := Classify(code, strings.ToUpper(strings.ReplaceAll(message, " ", "\n"))); isASCII(message) && other != with {
		t.Errorf("Classify(%q, %q) = %+v, but in other letters and white space %+v", code, message, with, other)
	}
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 })
}

func TestClassifyIsNeverLooser(t *testing.T) {
	subtypes := make(map[Subtype]int)
	for seed := range uint64(20_000) {
		message := randomMessage(rand.New(rand.NewPCG(seed, 2)))
		for _, code := range allCodes() {
			checkNotLooser(t, code, message)
			subtypes[Classify(code, message).Subtype]++
		}
	}
	if len(subtypes) != 6 {
		t.Errorf("the messages select %v", subtypes)
	}
}

func FuzzClassify(f *testing.F) {
	for _, code := range allCodes() {
		f.Add(string(code), "quota is used up")
		f.Add(string(code), "file exceeds 10MB and the field a is required")
	}
	f.Fuzz(func(t *testing.T, code, message string) {
		checkNotLooser(t, Code(code), message)
		matched, subtype, ok := Match(message)
		if ok != (matched != "") || subtype != "" && (!ok || subtype.Code() != matched) {
			t.Errorf("Match(%q) = %q, %q, %v", message, matched, subtype, ok)
		}
		e := &Error{Code: Code(code), Message: message}
		for _, name := range []string{"limit_mb", "field", "minor", "_", ""} {
			if value, ok := e.Value(name); ok && !strings.Contains(message, value) || !ok && value != "" {
				t.Errorf("%q of %q is %q, %v", name, message, value, ok)
			}
		}
	})
}

func TestMatch(t *testing.T) {
	for message, want := range map[string]struct {
		code    Code
		subtype Subtype
	}{
		"the request refused to work":           {CodeBadInput, ""},
		"Quota is used up":                      {CodeBusy, SubtypeBusyUsedUp},
		"file exceeds 7 MB":                     {},
		"file exceeds 7MB":                      {CodeBadInput, SubtypeBadInputTooBig},
		"bad input":                             {CodeBadInput, SubtypeBadInputOther},
		"bad input: file exceeds 7MB":           {CodeBadInput, SubtypeBadInputTooBig},
		"field x is required; request refused":  {CodeBadInput, SubtypeBadInputField},
		"busy":                                  {},
		"":                                      {},
		" ":                                     {},
		"requests refused":                      {},
		"file exceeds 7MB and quota is used up": {CodeBusy, SubtypeBusyUsedUp},
	} {
		if code, subtype, ok := Match(message); code != want.code || subtype != want.subtype || ok != (want.code != "") {
			t.Errorf("Match(%q) = %q, %q, %v", message, code, subtype, ok)
		}
	}
}
