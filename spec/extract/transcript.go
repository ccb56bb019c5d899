package extract

import (
	"strconv"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/internal/jsonscan"
)

// A Transcript is a text with HTTP responses, such as the output of curl -i.
type Transcript struct {
	Responses []Transcribed
	Rest      string // the other parts of the text
}

// A Transcribed response is a match and the index of its status line in the text.
type Transcribed struct {
	Match
	At int
}

// statusLine matches the status line of a response, also as curl -v marks it.
var statusLine = lazyregexp.New(`^(?:< )?HTTP/[0-9](?:\.[0-9])? ([1-5][0-9]{2})(?: [^\r\n]*)?\r?$`)

// IsHead reports whether text starts with a status line that a header or an empty line
// follows. A status line alone is also common in logs.
func IsHead(text string) bool {
	line, rest, ok := strings.Cut(text, "\n")
	if !ok || !strings.HasPrefix(strings.TrimPrefix(line, "< "), "HTTP/") || !statusLine.MatchString(line) {
		return false
	}
	next, _, _ := strings.Cut(rest, "\n")
	if next = strings.TrimRight(next, "\r"); strings.HasPrefix(line, "< ") {
		next = strings.TrimPrefix(strings.TrimPrefix(next, "<"), " ")
	}
	_, _, isHeader := headerLine(next)
	return next == "" || isHeader
}

// headerLine splits the line of a header.
func headerLine(line string) (name, value string, ok bool) {
	name, value, ok = strings.Cut(line, ":")
	if !ok || name == "" || strings.IndexFunc(name, func(r rune) bool { return r >= 0x80 || !isWord(byte(r)) && r != '-' && r != '.' }) >= 0 {
		return "", "", false
	}
	return name, strings.TrimSpace(value), true
}

// Transcript reads the HTTP responses of a text. Of several, an interim response such as
// 100 Continue and a redirect that another response follows do not count. It returns false
// if the text contains none.
func (x *Extractor) Transcript(text string) (t Transcript, ok bool) {
	starts := heads(text)
	if len(starts) == 0 {
		return t, false
	}
	var rest strings.Builder
	rest.WriteString(text[:starts[0]])
	for i, start := range starts {
		end, last := len(text), i == len(starts)-1
		if !last {
			end = starts[i+1]
		}
		r, after := cutResponse(text[start:end])
		rest.WriteString(after)
		if r.status < 200 || r.status/100 == 3 && !last {
			continue
		}
		f := x.read(r)
		f.unsure = f.unsure || strings.TrimSpace(after) != ""
		t.Responses = append(t.Responses, Transcribed{f, start})
	}
	t.Rest = rest.String()
	return t, len(t.Responses) > 0
}

// heads returns the indexes of all status lines with a head. A status line within the head
// of another response is part of that head.
func heads(text string) (starts []int) {
	for at := 0; at < len(text); {
		if IsHead(text[at:]) {
			starts = append(starts, at)
		}
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			break
		}
		at += end + 1
	}
	return starts
}

// cutResponse reads the response at the start of a text, and returns the text after it.
func cutResponse(text string) (r raw, rest string) {
	line, rest, _ := strings.Cut(text, "\n")
	marked := strings.HasPrefix(line, "< ")
	r.status, _ = strconv.Atoi(statusLine.FindStringSubmatch(line)[1])
	r.header, r.hasHeaders = make(map[string][]string), true
	for rest != "" {
		line, after, _ := strings.Cut(rest, "\n")
		line = strings.TrimRight(line, "\r")
		if marked {
			line = strings.TrimPrefix(strings.TrimPrefix(line, "<"), " ")
		}
		name, value, ok := headerLine(line)
		switch {
		case ok:
			r.header[name] = append(r.header[name], value)
		case line != "": // the end of the head is lost
			r.body, rest = cutBody(rest)
			return r, rest
		}
		rest = after
		if line == "" {
			break
		}
	}
	if marked {
		rest = skipProgress(rest)
	}
	r.body, rest = cutBody(rest)
	return r, rest
}

// skipProgress skips the lines that curl -v writes between head and body.
func skipProgress(text string) string {
	for strings.HasPrefix(text, "* ") || strings.HasPrefix(text, "{ [") || strings.HasPrefix(text, "} [") {
		_, text, _ = strings.Cut(text, "\n")
	}
	return text
}

// cutBody splits a body from the text after it: JSON ends where its value ends, and any
// other body at the end of the text.
func cutBody(text string) (body, rest string) {
	trimmed := strings.TrimLeft(text, " \t\r\n")
	if strings.HasPrefix(trimmed, "{") || strings.HasPrefix(trimmed, "[") {
		if end, err := jsonscan.Value(trimmed); err == nil {
			return trimmed[:end], trimmed[end:]
		}
	}
	return strings.TrimSpace(text), ""
}
