package runtime

import (
	"errors"
	"strings"
	"testing"
)

// Methods that a busy program calls for every error allocate nothing.
func TestNoAllocations(t *testing.T) {
	long := strings.Repeat("nothing to see here, file exceeds nothing, version 1.x, field ", 50)
	messages := []string{"", "file exceeds 10MB", "field a is required", "version 1.2", "whatever", "quota is used up", "\xff", long}
	codes := []Code{CodeBadInput, CodeBusy, "rate_limited", "unlisted", ""}
	var errs []error
	for _, code := range codes {
		for _, message := range messages {
			errs = append(errs, &Error{Code: code, Message: message})
		}
	}
	wrapped := errors.Join(errors.New("another"), &Error{Code: CodeBusy, Message: "quota is used up"})
	for name, f := range map[string]func(){
		"Classify": func() {
			for _, code := range codes {
				for _, message := range messages {
					sink = Classify(code, message)
				}
			}
		},
		"Code.Decision": func() {
			for _, code := range codes {
				sink = code.Decision()
			}
		},
		"Code.Known, Subtype.Code, ParseCode": func() {
			for _, code := range codes {
				known = code.Known()
				_, known = ParseCode(string(code))
			}
			known = SubtypeBusyUsedUp.Code().Known()
		},
		"Match": func() {
			for _, message := range messages {
				_, _, known = Match(message)
			}
		},
		"Error.Decision and Value": func() {
			for _, err := range errs {
				sink = err.(*Error).Decision()
				_, known = err.(*Error).Value("limit_mb")
				_, known = err.(*Error).Value("minor")
				_, known = err.(*Error).Value("field")
			}
		},
		"errors.Is": func() {
			for _, err := range errs {
				known = errors.Is(err, CodeBusy) || errors.Is(err, CodeTooFast) || errors.Is(err, SubtypeBusyUsedUp)
			}
			known = errors.Is(wrapped, CodeGone) || errors.Is(wrapped, CodeBusy)
		},
	} {
		if n := testing.AllocsPerRun(100, f); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

// The memory for an error text does not depend on the length of the message.
func TestLinesOfLongMessages(t *testing.T) {
	lineOf := func(n int) float64 {
		err := &Error{Code: CodeBusy, Message: strings.Repeat("x", n)}
		return testing.AllocsPerRun(10, func() { known = err.Error() == "" })
	}
	if short, long := lineOf(2*maxText), lineOf(1<<20); short != long {
		t.Errorf("%v allocations, %v if the message is longer", short, long)
	}
}

// Results are assigned to these variables, so that the compiler does not omit the calls.
var (
	sink  Decision
	known bool
)
