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
// Programs wrap errors, so other text may surround it. If a line contains several, the
// first one is returned, because it is the outermost. It is automatic only if all codes
// are the same. A text in quotes, or the value of a key that does not describe an
// event, may only be cited.
func (x *Extractor) errorText(line string, nested int) Match {
	var first Match
	other := false // another text of the package precedes it
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
			case !ok: // a text of the package that is not an Error
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

// afterPrefix reads the text after the name of the table.
func (x *Extractor) afterPrefix(s string) Match {
	code, rest, ok := x.codeAfter(s)
	if !ok {
		return Match{}
	}
	f := Match{Source: ErrorText, Code: code, text: rest}
	f.Code, f.subtype = x.cutSubtype(code)
	if !isStandard(rest) {
		rest = " " + strings.TrimLeft(rest, " ,;:.!?")
	}
	f.Message, f.Task = cutTask(strings.TrimPrefix(rest, ": "))
	f.Message = strings.TrimSpace(f.Message)
	f.unsure = x.unknownWithout(f.Task)
	return f
}

// cutSubtype splits the subtype from a code, which the text of an Error contains if the
// message does not select it.
func (x *Extractor) cutSubtype(text string) (code, subtype string) {
	i := strings.LastIndexByte(text, '/')
	if i < 0 || x.listed[text] {
		return text, ""
	}
	if d := x.classifier.Classify(text[:i], ""); subtypeIndex(d.Code, text[i+1:]) >= 0 {
		return text[:i], text[i+1:]
	}
	return text, ""
}

// unknownWithout reports whether an Error in text is not automatic because the text says
// less than the response, or because the Error contains no task ID. The text does not
// contain the HTTP status of the Error: after a 503, the same code is not automatic. A
// failed task has an ID.
func (x *Extractor) unknownWithout(task string) bool {
	return x.hides || task == "" && x.fields.tasks && !x.fields.guessed
}

// codeAfter reads the code after the name of the table. The end of the text, a message
// or the task must follow the code. Any other text is not that of an Error, unless it
// starts with a listed code, which other words of the program may follow.
func (x *Extractor) codeAfter(s string) (code, rest string, ok bool) {
	code, rest, ok = cutCode(s)
	if !ok || isStandard(rest) {
		return x.unnamed(code), rest, ok
	}
	code = strings.TrimRight(code, ",;.!?")
	return code, rest, x.listed[code] && s != "no error"
}

// unnamed returns the number in Code(9), the text of an integer code without a name. It
// returns any other code unchanged.
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

// isStandard reports whether the text of an Error may continue with rest after its
// code.
func isStandard(rest string) bool {
	return rest == "" || strings.HasPrefix(rest, ": ") || strings.HasPrefix(rest, taskOpen)
}

// taskOpen is the text before the task ID.
const taskOpen = " (task "

// Texts in place of the code if an error has no code.
const (
	noCode     = "no code"
	httpPrefix = "HTTP "
)

// cutCode splits the code from the start of s, as the package writes it: plain, or
// quoted if it is ambiguous.
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

// notInCode reports whether the generated package quotes codes that contain the
// character.
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

// cutTask splits the task ID from a message: the last "(task ID)". The text after it is
// part of the message.
func cutTask(s string) (message, task string) {
	start := strings.LastIndex(s, taskOpen)
	if start < 0 {
		return s, ""
	}
	id, rest, ok := strings.Cut(s[start+len(taskOpen):], ")")
	if !ok || id == "" {
		return s, ""
	}
	return s[:start] + rest, id
}

// quotedValues finds the values of pairs key="value" in a line, for increasing indexes.
type quotedValues struct {
	line string
	at   int // start of the first value that may contain later indexes
}

// around returns the value that contains the index, without quotes and escapes, and the
// index of its opening quote.
func (q *quotedValues) around(index int) (value string, quote int, ok bool) {
	for q.at < index {
		i := strings.Index(q.line[q.at:index], `="`)
		if i < 0 {
			q.at = index - 1 // index-1 may be the equals sign
			return "", 0, false
		}
		start := q.at + i + 1
		end := quotedEnd(q.line, start)
		if end < 0 {
			q.at = len(q.line)
			return "", 0, false
		}
		if end > index {
			value, err := strconv.Unquote(q.line[start:end])
			q.at = start - 1
			return value, start, err == nil
		}
		q.at = end
	}
	return "", 0, false
}

// quotedEnd returns the index of the end of the quoted text that starts at s[start:].
// It returns -1 if there is no closing quote.
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
