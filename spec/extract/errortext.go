package extract

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/errspec/errspec/spec"
)

// errorText finds the text of a generated package's Error in a line:
//
//	evolink: quota_exceeded: too many requests (task t-1)
//
// Programs wrap errors, so other text may stand around it. Where a line holds
// several, the first one counts: it is the outermost. Their codes have to agree
// before anything is automatic. A text in quotes, or of a key that is not one for
// what happened, may be cited only.
func (x *Extractor) errorText(line string, nested int) Match {
	var first Match
	other := false // the package says something before it that is no Error
	quotes := quotedValues{line: line}
	for at := 0; ; {
		i := strings.Index(line[at:], x.prefix)
		if i < 0 {
			return first
		}
		start := at + i
		at = start + len(x.prefix)
		if start > 0 && isWord(line[start-1]) && !endsInEscape(line[:start]) {
			continue
		}
		if first.Source != None {
			code, _, ok := x.codeAfter(line[at:])
			switch {
			case !ok: // what the package says of something that is not an Error
				first.unsure = true
			case code != first.Code && !x.automatic(code):
				first.mixed = true
			}
			continue
		}
		if value, quote, ok := quotes.around(start); ok {
			f := x.errorText(value, nested)
			if around, within := x.embedded(value, f.start, nested+1); within && nested+1 < maxNested {
				f = around
			}
			f.start = start
			f.unsure = f.unsure || !isIdentifying(keyBefore(line, quote)) || isCited(line, quote)
			return f
		}
		if first = x.afterPrefix(line[at:]); first.Source != None {
			first.start = start
			first.unsure = first.unsure || other || isCited(line, start)
		}
		other = true
	}
}

// afterPrefix reads what follows the name of the table.
func (x *Extractor) afterPrefix(s string) Match {
	code, rest, ok := x.codeAfter(s)
	if !ok {
		return Match{}
	}
	f := Match{Source: ErrorText, Code: code, text: rest}
	if !isStandard(rest) {
		rest = " " + strings.TrimLeft(rest, " ,;:.!?")
	}
	f.Message, f.Task = cutTask(strings.TrimPrefix(rest, ": "))
	f.Message = strings.TrimSpace(f.Message)
	f.unsure = x.unknownWithout(f.Task)
	return f
}

// unknownWithout reports whether an Error in text leaves the outcome open because it
// names no task. The text does not tell which HTTP status the Error has: after a 503
// the same code is not automatic. A failed task has an ID.
func (x *Extractor) unknownWithout(task string) bool {
	return task == "" && x.roles.status >= 0 && !x.roles.guessed
}

// codeAfter reads the code that follows the name of the table. Nothing, a message
// or the task has to stand behind it. Text of another form is none of an Error,
// unless it begins with a listed code: then a program's own words follow.
func (x *Extractor) codeAfter(s string) (code, rest string, ok bool) {
	code, rest, ok = cutCode(s)
	if !ok || isStandard(rest) {
		return x.unnamed(code), rest, ok
	}
	code = strings.TrimRight(code, ",;.!?")
	return code, rest, x.listed[code] && s != "no error"
}

// unnamed returns the number in Code(9), which is what integer codes without a
// name are called, and any other code as it is.
func (x *Extractor) unnamed(code string) string {
	if x.table.Wire != spec.WireInteger {
		return code
	}
	number, ok := strings.CutPrefix(code, "Code(")
	if !ok || !strings.HasSuffix(number, ")") {
		return code
	}
	return strings.TrimSuffix(number, ")")
}

// isStandard reports whether the text of an Error may go on like this behind its
// code.
func isStandard(rest string) bool {
	return rest == "" || strings.HasPrefix(rest, ": ") || strings.HasPrefix(rest, taskOpen)
}

// taskOpen is what stands before the task.
const taskOpen = " (task "

// The texts that stand for a code where an error has none.
const (
	noCode     = "no code"
	httpPrefix = "HTTP "
)

// cutCode cuts the code off that s begins with, as the package writes it: plain,
// or quoted if it could be taken for something else.
func cutCode(s string) (code, rest string, ok bool) {
	if rest, ok := strings.CutPrefix(s, noCode); ok && isStandard(rest) {
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
	return r <= ' ' || strings.ContainsRune(`:"'[]{}`, r) || !unicode.IsGraphic(r)
}

// codeOfText returns the code that LogValue wrote as text.
func (x *Extractor) codeOfText(s string) string {
	if code, rest, ok := cutCode(s); ok && rest == "" {
		return x.unnamed(code)
	}
	return s
}

// cutTask cuts the task off a message: the last "(task ID)". What a program wrote
// behind it goes with the message.
func cutTask(s string) (message, task string) {
	start := strings.LastIndex(s, taskOpen)
	if start < 0 {
		return s, ""
	}
	id, behind, ok := strings.Cut(s[start+len(taskOpen):], ")")
	if !ok || id == "" {
		return s, ""
	}
	return s[:start] + behind, id
}

// quotedValues goes through the values of pairs key="value" of a line, for places
// that are asked for in order.
type quotedValues struct {
	line string
	at   int // no value that begins before has to be looked at again
}

// around returns the value that a place lies in, without its quotes and escapes,
// and where its opening quote is.
func (q *quotedValues) around(place int) (value string, quote int, ok bool) {
	for q.at < place {
		i := strings.Index(q.line[q.at:place], `="`)
		if i < 0 {
			q.at = place - 1 // which may be the equals sign
			return "", 0, false
		}
		start := q.at + i + 1
		end := quotedEnd(q.line, start)
		if end < 0 {
			q.at = len(q.line)
			return "", 0, false
		}
		if end > place {
			value, err := strconv.Unquote(q.line[start:end])
			q.at = start - 1
			return value, start, err == nil
		}
		q.at = end
	}
	return "", 0, false
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
