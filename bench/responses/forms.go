package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// A form is an output format of responses.
type form struct {
	name                   string
	before, between, after string
	render                 func(response, *source) string
}

var forms = []form{
	{"ndjson", "", "\n", "\n", func(a response, _ *source) string { return a.json("") }},
	{"pretty", "", "\n", "\n", func(a response, _ *source) string { return a.json("  ") }},
	{"array", "[", ",", "]\n", func(a response, _ *source) string { return a.json("") }},
	{"log", "", "\n", "\n", logLine},
}

func formNames() []string {
	var names []string
	for _, f := range forms {
		names = append(names, f.name)
	}
	return names
}

// json writes the response like the service, indented if indent is not empty.
func (a response) json(indent string) string {
	type errorObject struct {
		Code    string `json:"code,omitempty"`
		Message string `json:"message,omitempty"`
	}
	doc := struct {
		Created  int64        `json:"created"`
		ID       string       `json:"id"`
		Model    string       `json:"model"`
		Object   string       `json:"object"`
		Progress int          `json:"progress"`
		Results  []string     `json:"results,omitempty"`
		Status   string       `json:"status"`
		Error    *errorObject `json:"error,omitempty"`
		TaskInfo any          `json:"task_info"`
		Type     string       `json:"type"`
		Usage    any          `json:"usage,omitempty"`
	}{
		Created: a.created, ID: a.id, Model: a.model, Object: a.object, Progress: a.progress, Results: a.results,
		Status: a.status, TaskInfo: map[string]any{"can_cancel": !a.failed, "estimated_time": 45},
		Type: strings.SplitN(a.object, ".", 2)[0],
	}
	if a.failed && (a.code != "" || a.message != "") {
		doc.Error = &errorObject{a.code, a.message}
	}
	if !a.failed {
		doc.Usage = map[string]any{"billing_rule": "per_call", "credits_reserved": 2.5, "user_group": "default"}
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	if err := enc.Encode(doc); err != nil {
		panic(err) // only strings and numbers
	}
	return strings.TrimSuffix(buf.String(), "\n")
}

// logLine writes the log line of a client about the response: from the two handlers of
// slog, the text of an error, or a custom line.
func logLine(a response, s *source) string {
	if !a.failed {
		return fmt.Sprintf("time=%s level=INFO msg=polled task=%s status=%s progress=%d", a.clock(), a.id, a.status, a.progress)
	}
	message := strings.Join(strings.Fields(a.message), " ")
	text := fmt.Sprintf("evolink: %s: %s (task %s)", a.code, message, a.id)
	if a.code == "" {
		text = fmt.Sprintf("evolink: no code: %s (task %s)", message, a.id)
	}
	switch s.rand.IntN(5) {
	case 0:
		return fmt.Sprintf("%s ERROR generating: %s", a.clock(), text)
	case 1:
		return fmt.Sprintf("time=%s level=ERROR msg=\"generation failed\" err=%s", a.clock(), strconv.Quote(text))
	case 2:
		return fmt.Sprintf("time=%s level=ERROR msg=\"generation failed\" err.table=evolink err.revision=0123456789ab err.code=%s err.task=%s err.message=%s",
			a.clock(), logWord(a.code), a.id, strconv.Quote(message))
	case 3:
		return fmt.Sprintf(`{"time":%q,"level":"ERROR","msg":"generation failed","err":{"table":"evolink","revision":"0123456789ab","code":%s,"task":%q,"message":%s}}`,
			a.clock(), jsonWord(a.code), a.id, jsonString(message))
	}
	return fmt.Sprintf("%s [ERROR] Client error [%s]: %s", a.clock(), a.code, message)
}

// logWord writes a code like the LogValue of the package.
func logWord(code string) string {
	if code == "" {
		return `"no code"`
	}
	return code
}

func jsonWord(code string) string {
	if code == "" {
		return `"no code"`
	}
	return jsonString(code)
}

func jsonString(s string) string {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err) // strings can always be encoded
	}
	return string(text)
}
