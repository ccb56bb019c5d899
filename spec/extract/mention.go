package extract

import "strings"

// mention finds a code in a line of text: a listed one between brackets, as in
// "[quota_exceeded]", or one after a key for codes, as in `"code": "x"`. Listed
// codes go before others.
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

// bracketed looks for listed codes between brackets. What a bracket stands right
// behind a word is an index or an argument.
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

// maxKey is how long a key for a code may be.
const maxKey = len("error_code")

// keyed looks for codes after a key: code=x, code: x, "code":"x", error_code=x.
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
		if keyKind(line[start:end]) != keyCode || inAddress(line, start) {
			continue
		}
		code, from, loose := valueAfter(line, end)
		if code == "" || !x.plausible(code) {
			continue
		}
		// "code: word" is also how a sentence goes on.
		if !x.listed[code] && (otherCode(line[:start]) || loose && !strings.ContainsAny(code, "_-.0123456789")) {
			continue
		}
		offer(code, from, from+len(code))
		at = from + len(code)
	}
}

// A finder finds the places of several words in a text, each of which it looks
// for once.
type finder struct {
	text  string
	words [3]string
	found [3]int // the next place of each word plus one, 0 if it is not known
}

// next returns the first place of a word from text[at:] on, -1 if there is none.
// at must not get smaller from call to call.
func (f *finder) next(at int) int {
	best := -1
	for i, word := range f.words {
		if f.found[i] <= at && f.found[i] >= 0 {
			f.found[i] = strings.Index(f.text[at:], word) + at + 1
			if f.found[i] == at {
				f.found[i] = -1 // there is none
			}
		}
		if place := f.found[i] - 1; place >= 0 && (best < 0 || place < best) {
			best = place
		}
	}
	return best
}

// inAddress reports whether a key is one of an address's query, where a "code" is
// mostly a login's.
func inAddress(line string, start int) bool {
	return start > 0 && (line[start-1] == '?' || line[start-1] == '&')
}

// otherCode reports whether the word before a key says that it is for codes of
// another kind: "exit code: 1".
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

// valueAfter returns the value after a key that ends at line[at:] and where it
// begins; "" if there is none. It is loose if neither an equals sign nor quotes
// set it off from prose.
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
		// A full stop or a colon ends the sentence, not the code.
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

// inCode reports whether a code in running text may hold b.
func inCode(b byte) bool {
	return isWord(b) || b == '-' || b == '.' || b == ':' || b == '/' || b >= 0x80
}

// around returns what a line says beside the code at line[start:end]: what
// follows it, or what goes before if nothing does.
func around(line string, start, end int) string {
	const junk = " \t\r\n]})>\"'`,;:.|-"
	if behind := strings.TrimLeft(line[end:], junk); behind != "" {
		return behind
	}
	return strings.TrimSpace(line[:max(0, start-1)])
}
