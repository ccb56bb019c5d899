package extract

import "strings"

// kind says what a key of a log record stands for.
type kind uint8

const (
	keyOther kind = iota
	keyTable
	keyRevision
	keyCode
	keyError
	keyTask
	keyMessage
	keyBody
)

// keyKind returns the kind of a key: of its last part, if it is made of several
// joined by dots.
func keyKind(key string) kind {
	if dot := strings.LastIndexByte(key, '.'); dot >= 0 {
		key = key[dot+1:]
	}
	if len(key) < 3 || len(key) > len("error_message") {
		return keyOther
	}
	switch strings.ToLower(key) {
	case "table":
		return keyTable
	case "revision":
		return keyRevision
	case "code", "error_code", "errorcode", "err_code", "errcode":
		return keyCode
	case "err", "error", "reason":
		return keyError
	case "task", "task_id", "taskid":
		return keyTask
	case "message", "msg", "error_message", "errmsg", "err_msg":
		return keyMessage
	case "body", "response":
		return keyBody
	}
	return keyOther
}

// mentionsCode reports whether a line can hold a key for a code at all. It is
// there because most lines of a log do not.
func mentionsCode(line string) bool {
	return strings.Contains(line, "code") || strings.Contains(line, "Code") || strings.Contains(line, "CODE")
}

// mentionsError reports the same of a key for an error, which may be a code alone:
// the codes of generated packages are errors themselves.
func mentionsError(line string) bool {
	return strings.Contains(line, "err=") || strings.Contains(line, "error=") || strings.Contains(line, "reason=")
}

// plausible reports whether a text after a key for a code is one. Codes that the
// table does not list have to look like one: an identifier, or a number where the
// table has such, so that neither an exit status nor a word of prose counts.
func (x *Extractor) plausible(code string) bool {
	switch {
	case x.listed[code]:
		return true
	case isNumber(code):
		return x.numeric && !isSuccess(code)
	}
	letter := false
	for i := range len(code) {
		switch b := code[i]; {
		case isLetter(b):
			letter = true
		case isDigit(b), b == '_', b == '-', b == '.', b == ':', b == '/':
		default:
			return false
		}
	}
	switch strings.ToLower(code) {
	case "nil", "null", "none", "undefined", "true", "false", "ok", "success":
		return false
	}
	return letter
}

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

func isDigit(b byte) bool { return b-'0' <= 9 }

// isWord reports whether b can be part of a name.
func isWord(b byte) bool { return isLetter(b) || isDigit(b) || b == '_' }

// isNumber reports whether s is a whole number.
func isNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}
