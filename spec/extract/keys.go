package extract

import "strings"

// kind is the kind of a key in a log record.
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

// keyKind returns the kind of a key. If dots join several parts, the last part
// determines the kind.
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

// mentionsCode reports whether a line can contain a key for a code. It excludes most
// lines of a log quickly.
func mentionsCode(line string) bool {
	return strings.Contains(line, "code") || strings.Contains(line, "Code") || strings.Contains(line, "CODE")
}

// mentionsError reports whether a line can contain a key for an error. Its value may be
// only a code: the codes of generated packages are errors.
func mentionsError(line string) bool {
	return strings.Contains(line, "err=") || strings.Contains(line, "error=") || strings.Contains(line, "reason=")
}

// plausible reports whether a text after a key for a code is a code. An unlisted code
// must be an identifier, or a number if listed codes are numbers. This excludes exit
// statuses and words of prose.
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
