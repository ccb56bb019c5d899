package runtime

import (
	"bytes"
	"encoding/json"
	"strings" //errspec:if sentheaders
)

// appendValue appends the value of a member. It appends nothing if the member has none.
func (r failureReply) appendValue(b []byte, m sentMember) []byte {
	start := len(b)
	if m.isArray {
		b = append(b, '[')
	}
	before := len(b)
	if m.below != nil {
		b = r.appendObject(b, m.below)
	} else if text, isJSON := r.value(m); isJSON {
		b = append(b, text...)
	} else if text != "" {
		b = appendText(b, text)
	}
	if len(b) == before || m.below != nil && string(b[before:]) == "{}" {
		return b[:start]
	}
	if m.isArray {
		b = append(b, ']')
	}
	return b
}

// appendObject appends the members that have a value.
func (r failureReply) appendObject(b []byte, members []sentMember) []byte {
	b = append(b, '{')
	first := len(b)
	for _, m := range members {
		start := len(b)
		if start > first {
			b = append(b, ',')
		}
		b = append(appendText(b, m.key), ':')
		value := len(b)
		if b = r.appendValue(b, m); len(b) == value {
			b = b[:start]
		}
	}
	return append(b, '}')
}

//errspec:if sentheaders

// headerText returns text for a header. An underscore replaces each character that is not
// printable ASCII: clients read others as UTF-8 or as Latin-1.
func headerText(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '_'
		}
		return r
	}, text))
}

//errspec:end

// appendText appends a JSON string. Bytes that are not UTF-8 become U+FFFD.
func appendText(b []byte, text string) []byte {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if enc.Encode(text) != nil {
		return append(b, `""`...) // a string has no error
	}
	return append(b, bytes.TrimSuffix(buf.Bytes(), []byte("\n"))...)
}
