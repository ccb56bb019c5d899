package extract

import (
	"encoding/base64"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/spec/internal/jsonscan"
)

// Keys of records of responses, as loggers and HTTP clients write them. The first key that
// has a usable value counts.
var (
	statusKeys = []string{"status", "statusCode", "status_code", "httpStatus", "http_status", "http", "responseStatus", "response_status"}
	headerKeys = []string{"headers", "header", "responseHeaders", "response_headers"}
	bodyKeys   = []string{"body", "responseBody", "response_body", "content", "data", "text"}
)

// exchange reads an object that is the record of a response: an HTTP status with a body or
// with headers. It returns false for any other object. Keys that the responses of the
// table have themselves do not make one.
func (x *Extractor) exchange(object string, values []string) (Match, bool) {
	status, statusKey := x.recordedStatus(values)
	if status == 0 {
		return Match{}, false
	}
	r := raw{status: status}
	for _, key := range headerKeys {
		if value := x.fields.value(values, key); value != "" && !r.hasHeaders {
			r.header, r.hasHeaders = headersOf(value)
		}
	}
	bodyKey := ""
	for _, key := range bodyKeys {
		// Without headers, only the plain keys are those of a body.
		common := key == "content" || key == "data" || key == "text"
		if value := x.fields.value(values, key); bodyKey == "" && value != "" && (r.hasHeaders || !common) {
			bodyKey = key
			r.body = x.bodyOf(value, values)
		}
	}
	if bodyKey == "" && (!r.hasHeaders || isLogRecord(object)) {
		return Match{}, false
	}
	if x.isOwn(statusKey) && x.isOwn(bodyKey) {
		return Match{}, false
	}
	f := x.read(r)
	f.unsure = f.unsure || x.interruptedBeside(object, bodyKey)
	return f, true
}

// isOwn reports whether the responses of the table have a key.
func (x *Extractor) isOwn(key string) bool {
	i, ok := x.fields.index[key]
	return ok && x.fields.own[i]
}

func (x *Extractor) recordedStatus(values []string) (status int, key string) {
	for _, key := range statusKeys {
		text := x.fields.text(values, key)
		if n, err := strconv.Atoi(text); err == nil && len(text) == 3 && n >= 100 && n < 600 {
			return n, key
		}
	}
	return 0, ""
}

// bodyOf returns the body that a record contains: as text, as JSON, or as an object with
// the text, as HAR and ECS write it.
func (x *Extractor) bodyOf(value string, values []string) string {
	encoded := x.fields.text(values, "encoding") == "base64" || x.fields.text(values, "isBase64Encoded") == "true"
	if strings.HasPrefix(value, "{") {
		if text, base64, ok := contentOf(value); ok {
			value, encoded = text, base64
		}
	}
	if !strings.HasPrefix(value, `"`) {
		if value == "null" {
			return ""
		}
		return value
	}
	text, _ := jsonscan.Text(value)
	if encoded {
		if data, err := base64.StdEncoding.DecodeString(text); err == nil {
			return string(data)
		}
	}
	return text
}

// contentOf returns the text of an object that has nothing but a text and facts about it.
func contentOf(object string) (text string, encoded, ok bool) {
	for key, value := range jsonscan.Members(object) {
		switch key {
		case "text", "content":
			text = value
		case "encoding":
			s, _ := jsonscan.Text(value)
			encoded = s == "base64"
		case "mimeType", "size", "bytes", "comment", "compression":
		default:
			return "", false, false
		}
	}
	return text, encoded, strings.HasPrefix(text, `"`)
}

// headersOf reads headers: an object whose values are texts or arrays of texts, an array of
// names and values, or lines of text.
func headersOf(value string) (header map[string][]string, ok bool) {
	header = make(map[string][]string)
	add := func(name, value string) {
		if s, ok := jsonscan.Text(value); ok && name != "" {
			header[name] = append(header[name], s)
		}
	}
	switch value[0] {
	case '{':
		for name, value := range jsonscan.Members(value) {
			if !strings.HasPrefix(value, "[") {
				add(name, value)
				continue
			}
			for each := range jsonscan.Elements(value) {
				add(name, each)
			}
		}
	case '[':
		for each := range jsonscan.Elements(value) {
			name, value := headerOf(each)
			add(name, value)
		}
	case '"':
		lines, _ := jsonscan.Text(value)
		for line := range strings.Lines(lines) {
			if name, value, ok := headerLine(line); ok {
				header[name] = append(header[name], value)
			}
		}
	default:
		return nil, false
	}
	return header, true
}

// headerOf reads an element of an array of headers: {"name": N, "value": V} or [N, V]. The
// value stays undecoded.
func headerOf(element string) (name, value string) {
	switch {
	case strings.HasPrefix(element, "{"):
		for key, text := range jsonscan.Members(element) {
			switch key {
			case "name", "key":
				name, _ = jsonscan.Text(text)
			case "value":
				value = text
			}
		}
	case strings.HasPrefix(element, "["):
		all := slices.Collect(jsonscan.Elements(element))
		if len(all) == 2 {
			name, _ = jsonscan.Text(all[0])
			value = all[1]
		}
	}
	return name, value
}

// interruptedBeside reports whether another part of a record than the response leaves the
// outcome unknown.
func (x *Extractor) interruptedBeside(object, bodyKey string) bool {
	for key, value := range jsonscan.Members(object) {
		if key == bodyKey || slices.Contains(headerKeys, key) || slices.Contains(statusKeys, key) {
			continue
		}
		if doubtful("", value, 0) {
			return true
		}
	}
	return false
}

// Entries returns an iterator over the responses of an HTTP archive (HAR 1.2), with their
// indexes in the text. It returns false if the object is not an archive.
func (x *Extractor) Entries(object string) (iter.Seq2[int, Match], bool) {
	var values [2]string
	if _, err := harPaths.Object(object, values[:]); err != nil || !strings.HasPrefix(values[0], "[") || values[1] == "" {
		return nil, false
	}
	return func(yield func(int, Match) bool) {
		at := strings.Index(object, values[0])
		for entry := range jsonscan.Elements(values[0]) {
			at += strings.Index(object[at:], entry)
			if !yield(at, x.entry(entry)) {
				return
			}
			at += len(entry)
		}
	}, true
}

var (
	harPaths   = jsonscan.Compile("log.entries", "log.version")
	entryPaths = jsonscan.Compile("response")
)

// entry reads an entry of an archive. A status of 0 means that no response arrived.
func (x *Extractor) entry(entry string) Match {
	var response [1]string
	if !strings.HasPrefix(entry, "{") {
		return Match{}
	}
	if _, err := entryPaths.Object(entry, response[:]); err != nil || !strings.HasPrefix(response[0], "{") {
		return Match{}
	}
	values := x.fields.values(nil)
	if _, err := x.fields.paths.Object(response[0], values); err != nil {
		return Match{}
	}
	f, _ := x.exchange(response[0], values)
	return f
}
