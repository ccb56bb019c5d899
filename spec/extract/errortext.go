package extract

import (
	"strconv"
	"strings"
	"unicode"
)

// errorText finds the text of a generated package's Error in a line:
//
//	evolink: quota_exceeded: too many requests (task t-1)
//
// Programs wrap errors, so other text may stand around it. Where a line holds
// several, the first one counts: it is the outermost. Their codes have to agree
// before anything is automatic.
func (x *Extractor) errorText(line string) Finding {
	var first Finding
	for at := 0; ; {
		i := strings.Index(line[at:], x.prefix)
		if i < 0 {
			return first
		}
		start := at + i
		at = start + len(x.prefix)
		if start > 0 && isWord(line[start-1]) {
			continue
		}
		if first.Source == None {
			if value, ok := enclosing(line, start); ok {
				f := x.errorText(value)
				f.start = start
				return f
			}
		}
		f, ok := x.afterPrefix(line[at:])
		switch {
		case !ok:
		case first.Source == None:
			first = f
			first.start = start
			if f.Source == Lost {
				return f
			}
		case f.Source == ErrorText && f.Code != first.Code && !x.automatic(f.Code):
			first.mixed = true
		}
	}
}

// lostText is how the text of a PollError goes on.
const lostText = "lost sight of task "

// afterPrefix reads what follows the name of the table: a code, then nothing, a
// message or the task. Text of another form is none of an Error, unless it begins
// with a listed code: then something stands behind it without a colon.
func (x *Extractor) afterPrefix(s string) (Finding, bool) {
	if id, ok := strings.CutPrefix(s, lostText); ok {
		id, _, _ = strings.Cut(id, ": ")
		return Finding{Source: Lost, Task: id, Message: s}, true
	}
	code, rest, ok := cutCode(s)
	if !ok {
		return Finding{}, false
	}
	f := Finding{Source: ErrorText, Code: code, text: rest}
	switch {
	case rest == "", strings.HasPrefix(rest, " (task "):
	case strings.HasPrefix(rest, ": "):
		rest = rest[len(": "):]
	default:
		if f.Code = strings.TrimRight(code, ",;.!?"); !x.listed[f.Code] || s == "no error" {
			return Finding{}, false
		}
		rest = " " + strings.TrimLeft(rest, " ,;:.!?")
	}
	f.Message, f.Task = cutTask(rest)
	f.Message = strings.TrimSpace(f.Message)
	return f, true
}

// The texts that stand for a code where an error has none.
const (
	noCode     = "no code"
	httpPrefix = "HTTP "
)

// cutCode cuts the code off that s begins with, as the package writes it: plain,
// or quoted if it could be taken for something else.
func cutCode(s string) (code, rest string, ok bool) {
	if rest, ok := strings.CutPrefix(s, noCode); ok && (rest == "" || strings.HasPrefix(rest, ": ") || strings.HasPrefix(rest, " (task ")) {
		return "", rest, true
	}
	if status, ok := strings.CutPrefix(s, httpPrefix); ok {
		if rest := strings.TrimLeft(status, "-0123456789"); rest != status {
			return "", rest, true
		}
	}
	if strings.HasPrefix(s, `"`) {
		quoted, err := strconv.QuotedPrefix(s)
		if err != nil {
			return "", "", false
		}
		code, err := strconv.Unquote(quoted)
		return code, s[len(quoted):], err == nil
	}
	end := strings.IndexFunc(s, notInCode)
	if end < 0 {
		end = len(s)
	}
	return s[:end], s[end:], end > 0
}

// notInCode is the generated package's own rule for codes that it quotes.
func notInCode(r rune) bool {
	return r <= ' ' || strings.ContainsRune(`:"'[](){}`, r) || !unicode.IsGraphic(r)
}

// codeOfText returns the code that LogValue wrote as text.
func codeOfText(s string) string {
	if code, rest, ok := cutCode(s); ok && rest == "" {
		return code
	}
	return s
}

// cutTask cuts the task off a message: the last "(task ID)". What a program wrote
// behind it goes with the message.
func cutTask(s string) (message, task string) {
	const open = " (task "
	start := strings.LastIndex(s, open)
	if start < 0 {
		return s, ""
	}
	id, behind, ok := strings.Cut(s[start+len(open):], ")")
	if !ok || id == "" {
		return s, ""
	}
	return s[:start] + behind, id
}

// enclosing returns the value, without its quotes and escapes, of the pair
// key="value" that the place at is in.
func enclosing(line string, at int) (string, bool) {
	for from := 0; ; {
		i := strings.Index(line[from:at], `="`)
		if i < 0 {
			return "", false
		}
		start := from + i + 1
		end := quotedEnd(line, start)
		if end < 0 {
			return "", false
		}
		if end > at {
			value, err := strconv.Unquote(line[start:end])
			return value, err == nil
		}
		from = end
	}
}

// quotedEnd returns where the quoted text ends that begins at s[start:], -1 if
// nothing closes it.
func quotedEnd(s string, start int) int {
	for i := start + 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return -1
}
