package extract

import "strings"

// mention finds a code in a line of text: a listed one in brackets, as in
// "[quota_exceeded]", or one after a key for codes, as in `"code": "x"`. Listed codes
// take precedence.
func (x *Extractor) mention(line string) Match {
	var best Match
	offer := func(code string, start, end int) {
		best = x.prefer(best, Match{Source: Mention, Code: code, Message: around(line, start, end), text: line})
	}
	if mentionsCode(line) {
		x.keyed(line, offer)
	}
	x.bracketed(line, offer)
	return best
}

// bracketed finds listed codes in brackets. A bracket directly after a word is an index
// or an argument.
func (x *Extractor) bracketed(line string, offer func(code string, start, end int)) {
	for at := 0; ; {
		i := strings.IndexByte(line[at:], '[')
		if i < 0 {
			return
		}
		start := at + i + 1
		at = start
		inside := line[start:min(len(line), start+x.longest+1)]
		end := strings.IndexByte(inside, ']')
		if end < 0 || !x.listed[inside[:end]] || start > 1 && isWord(line[start-2]) {
			continue
		}
		offer(inside[:end], start, start+end)
		at = start + end
	}
}

// maxKey is the maximum length of a key for a code.
const maxKey = len("error_code")

// keyed finds codes after a key: code=x, code: x, "code":"x", error_code=x.
func (x *Extractor) keyed(line string, offer func(code string, start, end int)) {
	words := finder{text: line, words: [3]string{"code", "Code", "CODE"}}
	for at := 0; ; {
		i := words.next(at)
		if i < 0 {
			return
		}
		end := i + len("code")
		at = end
		start := i
		for start > 0 && end-start <= maxKey && isWord(line[start-1]) {
			start--
		}
		if keyKind(line[start:end]) != keyCode || inURL(line, start) {
			continue
		}
		code, from, loose := valueAfter(line, end)
		if code == "" || !x.plausible(code) {
			continue
		}
		// "code: word" may also be prose.
		if !x.listed[code] && (otherCode(line[:start]) || loose && !strings.ContainsAny(code, "_-.0123456789")) {
			continue
		}
		offer(code, from, from+len(code))
		at = from + len(code)
	}
}

// A finder finds the indexes of several words in a text. It searches the text for each
// word once.
type finder struct {
	text  string
	words [3]string
	found [3]int // next index of each word plus one; 0 if it is unknown
}

// next returns the first index of a word in text[at:]. It returns -1 if there is none.
// The argument must not decrease from call to call.
func (f *finder) next(at int) int {
	best := -1
	for i, word := range f.words {
		if f.found[i] <= at && f.found[i] >= 0 {
			f.found[i] = strings.Index(f.text[at:], word) + at + 1
			if f.found[i] == at {
				f.found[i] = -1 // no further index
			}
		}
		if place := f.found[i] - 1; place >= 0 && (best < 0 || place < best) {
			best = place
		}
	}
	return best
}

// inURL reports whether a key is part of the query of a URL, in which "code" usually
// belongs to a login.
func inURL(line string, start int) bool {
	return start > 0 && (line[start-1] == '?' || line[start-1] == '&')
}

// otherCode reports whether the word before a key makes it a key for codes of another
// kind, as in "exit code: 1".
func otherCode(before string) bool {
	before = strings.TrimRight(before, " .")
	start := len(before)
	for start > 0 && len(before)-start <= len("response") && isLetter(before[start-1]) {
		start--
	}
	switch strings.ToLower(before[start:]) {
	case "exit", "status", "http", "grpc", "return", "response", "zip", "country":
		return true
	}
	return false
}

// valueAfter returns the value after a key that ends at line[at:], and the index of the
// value. It returns "" if there is none. loose reports whether neither an equals sign
// nor quotes separate the value from prose.
func valueAfter(line string, at int) (value string, start int, loose bool) {
	at = skipAny(line, at, `\"'`)
	at = skipAny(line, at, " ")
	if at >= len(line) || line[at] != '=' && line[at] != ':' {
		return "", 0, false
	}
	loose = line[at] == ':'
	at = skipAny(line, at+1, " ")
	start = skipAny(line, at, `\"'`)
	loose = loose && start == at
	end := start
	for end < len(line) && inCode(line[end]) {
		end++
	}
	if start == at {
		// A period or a colon ends the sentence and is not part of the code.
		value = strings.TrimRight(line[start:end], ".:/-")
	} else {
		value = line[start:end]
	}
	return value, start, loose
}

func skipAny(s string, at int, chars string) int {
	for at < len(s) && strings.IndexByte(chars, s[at]) >= 0 {
		at++
	}
	return at
}

// inCode reports whether a code in prose may contain b.
func inCode(b byte) bool {
	return isWord(b) || b == '-' || b == '.' || b == ':' || b == '/' || b >= 0x80
}

// around returns the text after the code at line[start:end], or the text before it if
// no text follows.
func around(line string, start, end int) string {
	const junk = " \t\r\n]})>\"'`,;:.|-"
	if behind := strings.TrimLeft(line[end:], junk); behind != "" {
		return behind
	}
	return strings.TrimSpace(line[:max(0, start-1)])
}
