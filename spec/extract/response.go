package extract

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/internal/jsonscan"
)

// roles are the places in the service's response of what makes an error.
type roles struct {
	paths             *jsonscan.Paths
	id, status        int   // index of the path, -1 if there is none
	code, message     []int // the alternatives; a code goes with the message at the same place
	completed, failed []string
	guessed           bool // the table does not say where the code is
}

// maxPaths is how many paths roles have at most.
const maxPaths = 6

// The shapes in which services commonly send an error, for tables that do not say
// how theirs does.
var (
	commonCodes    = []string{"error.code", "code"}
	commonMessages = []string{"error.message", "message"}
)

func rolesOf(response *spec.Response) roles {
	r := roles{id: -1, status: -1}
	var paths []string
	add := func(path string) int {
		paths = append(paths, path)
		return len(paths) - 1
	}
	if f, ok := response.Field(spec.RoleID); ok {
		r.id = add(f.Path)
	} else if response == nil {
		r.id = add("id")
	}
	if f, ok := response.Field(spec.RoleStatus); ok {
		r.status, r.completed, r.failed = add(f.Path), f.Completed, f.Failed
	}
	if f, ok := response.Field(spec.RoleCode); ok {
		r.code = []int{add(f.Path)}
		r.message = []int{-1}
		if m, ok := response.Field(spec.RoleMessage); ok {
			r.message[0] = add(m.Path)
		}
	} else {
		r.guessed = true
		for i := range commonCodes {
			r.code = append(r.code, add(commonCodes[i]))
			r.message = append(r.message, add(commonMessages[i]))
		}
	}
	r.paths = jsonscan.Compile(paths...)
	return r
}

// text returns the text at one of the paths, "" if there is none.
func text(values []string, i int) string {
	if i < 0 {
		return ""
	}
	s, _ := jsonscan.Text(values[i])
	return s
}

// A SyntaxError says where and why a text is not JSON.
type SyntaxError = jsonscan.SyntaxError

// Object reads the JSON object that text begins with, a task response or a log
// record, and returns where it ends. The error is that of text that is not JSON.
func (x *Extractor) Object(text string) (f Finding, end int, err *SyntaxError) {
	return x.object(text, 0)
}

func (x *Extractor) object(text string, nested int) (Finding, int, *SyntaxError) {
	var buf [maxPaths]string
	values := buf[:x.roles.paths.Len()]
	end, err := x.roles.paths.Object(text, values)
	if err != nil {
		return Finding{}, 0, err
	}
	f, task := x.response(values)
	if !task {
		f = x.record(text[:end], values, nested)
	}
	return f, end, nil
}

// response reads the values of a task response as the generated package does. It
// is false for what is no task response: nothing in it says how a task stands.
func (x *Extractor) response(values []string) (f Finding, task bool) {
	r := &x.roles
	status := text(values, r.status)
	failed := status != "" && slices.Contains(r.failed, status)
	switch {
	case failed:
	case status != "" && slices.Contains(r.completed, status):
		return Finding{}, true
	case status != "":
		// A task that is still running; but log records have a "status" too.
		return Finding{}, r.id >= 0 && values[r.id] != ""
	}
	f = x.failure(values)
	if !failed && r.guessed && isSuccess(f.Code) && !x.listed[f.Code] {
		return Finding{}, true
	}
	if !failed && f.Code == "" {
		return Finding{}, false
	}
	return f, true
}

// failure reads code, message and ID, be there a code or not.
func (x *Extractor) failure(values []string) Finding {
	r := &x.roles
	which := 0
	for i := range r.code {
		if text(values, r.code[i]) != "" {
			which = i
			break
		}
	}
	return Finding{
		Source:  Response,
		Code:    text(values, r.code[which]),
		Message: text(values, r.message[which]),
		Task:    text(values, r.id),
	}
}

// isSuccess reports whether a service that sends a code with every answer means
// by this one that nothing went wrong.
func isSuccess(code string) bool {
	switch strings.ToLower(code) {
	case "0", "200", "ok", "success":
		return true
	}
	return false
}

// bare returns the error of an answer that names no code but has an error
// message, such as {"error": {"message": "…"}}. Log records look much the same,
// so what has a level or a time is none.
func (x *Extractor) bare(object string, values []string) Finding {
	f := x.failure(values)
	if f.Message == "" || x.roles.guessed {
		return Finding{}
	}
	for key := range jsonscan.Members(object) {
		switch strings.ToLower(key) {
		case "level", "lvl", "severity", "time", "ts", "timestamp", "@timestamp", "msg", "message":
			return Finding{}
		}
	}
	return f
}
