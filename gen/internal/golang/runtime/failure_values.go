package runtime

import (
	"math"    //errspec:if numbers
	"strconv" //errspec:if numbers
	"strings"
	"unicode" //errspec:if words
)

// newFilled returns a failure with values in its message.
func newFilled(code Code, subtype Subtype, values ...messageValue) *Failure {
	f := newFailure(code, subtype)
	f.fill(values)
	return f
}

// fill replaces the names in the message of the entry by values.
func (f *Failure) fill(values []messageValue) {
	pairs := make([]string, 0, 2*len(values))
	for _, v := range values {
		pairs = append(pairs, "{"+v.name+"}", v.text)
	}
	f.values, f.message = values, strings.NewReplacer(pairs...).Replace(f.entry().message)
}

// A messageValue is a named value of a message.
type messageValue struct {
	name, text string
	isWord     bool // and not a number //errspec:if words
}

//errspec:if numbers

// numberValue returns a number in decimal notation. A phrase has no signs, so it returns 0
// for NaN, infinity and numbers below 0.
func numberValue(name string, n float64) messageValue {
	if !(n > 0) || math.IsInf(n, 1) {
		n = 0
	}
	return messageValue{name: name, text: strconv.FormatFloat(n, 'f', -1, 64)}
}

//errspec:end
//errspec:if words

// newFilledWords returns a failure with words in its message. If clients would not read the
// same words, such as text that looks like another part of the message, underscores replace
// characters other than letters and digits. If that does not suffice, question marks replace
// the words.
func newFilledWords(code Code, subtype Subtype, values ...messageValue) *Failure {
	f := newFilled(code, subtype, values...)
	for _, replace := range []func(string) string{plainWord, noWord} {
		if f.isReadable() {
			break
		}
		f.fill(replaceWords(values, replace))
	}
	return f
}

// wordValue returns a word. A word may be any text.
func wordValue(name, text string) messageValue {
	return messageValue{name: name, text: sentText(text), isWord: true}
}

// isReadable reports whether clients read the subtype and the values of the message.
func (f *Failure) isReadable() bool {
	if subtypeIn(f.code.index(), f.message) != f.subtype.index() {
		return false
	}
	for _, v := range f.values {
		if text, ok := valueIn(f.code, f.message, v.name); !ok || text != v.text {
			return false
		}
	}
	return true
}

func replaceWords(values []messageValue, replace func(string) string) []messageValue {
	var all []messageValue
	for _, v := range values {
		if v.isWord {
			v.text = replace(v.text)
		}
		all = append(all, v)
	}
	return all
}

func plainWord(word string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return '_'
	}, word)
}

func noWord(string) string { return "?" }

//errspec:end
