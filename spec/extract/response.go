package extract

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/internal/jsonscan"
)

// roles are the locations of the parts of an error in the service's response.
type roles struct {
	paths             *jsonscan.Paths
	id, status        int   // index of the path; -1 if there is none
	code, message     []int // the alternatives; a code belongs to the message with the same index
	table, revision   []int // next to each code; the output of LogValue has both
	completed, failed []string
	guessed           bool            // the table does not define the location of the code
	parent            int             // index of the object that contains the message; -1 if there is none
	inParent          *jsonscan.Paths // code and message in that object
	tops              map[string]bool // the first keys of all paths
}

// maxPaths is the maximum number of paths of roles.
const maxPaths = 12

// Common shapes of error responses, for tables that do not define one.
var (
	commonCodes    = []string{"error.code", "code"}
	commonMessages = []string{"error.message", "message"}
)

func rolesOf(response *spec.Response) roles {
	r := roles{id: -1, status: -1, parent: -1, tops: make(map[string]bool)}
	var paths []string
	add := func(path string) int {
		paths = append(paths, path)
		top, _, _ := strings.Cut(path, ".")
		r.tops[top] = true
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
			r.addParent(f.Path, m.Path, add)
		}
	} else {
		r.guessed = true
		for i := range commonCodes {
			r.code = append(r.code, add(commonCodes[i]))
			r.message = append(r.message, add(commonMessages[i]))
		}
	}
	for _, code := range r.code {
		beside := parentOf(paths[code])
		r.table = append(r.table, add(beside+"table"))
		r.revision = append(r.revision, add(beside+"revision"))
	}
	r.paths = jsonscan.Compile(paths...)
	return r
}

// parentOf returns the path of the object that contains the value of a path, with a
// dot. It returns "" for the whole response.
func parentOf(path string) string { return path[:strings.LastIndexByte(path, '.')+1] }

// addParent adds the object that contains the message. Some responses contain a text,
// or a list of such objects, instead of the object.
func (r *roles) addParent(code, message string, add func(string) int) {
	parent := parentOf(message)
	if parent == "" {
		return
	}
	r.parent = add(strings.TrimSuffix(parent, "."))
	r.inParent = jsonscan.Compile(strings.TrimPrefix(code, parent), strings.TrimPrefix(message, parent))
}

// text returns the text at one of the paths. It returns "" if there is none.
func text(values []string, i int) string {
	if i < 0 {
		return ""
	}
	s, _ := jsonscan.Text(values[i])
	return s
}

// A SyntaxError is the location of an error in JSON, and its reason.
type SyntaxError = jsonscan.SyntaxError

// Object reads the JSON object at the start of text, a task response or a log record,
// and returns the index of its end. It returns an error if the text is not JSON.
func (x *Extractor) Object(text string) (f Match, end int, err *SyntaxError) {
	return x.object(text, 0)
}

func (x *Extractor) object(text string, nested int) (Match, int, *SyntaxError) {
	var buf [maxPaths]string
	values := buf[:x.roles.paths.Len()]
	end, err := x.roles.paths.Object(text, values)
	if err != nil {
		return Match{}, 0, err
	}
	f, task := x.response(values)
	if !task {
		f = x.record(text[:end], values, nested)
		f.unsure = f.unsure || f.Source >= ErrorText && doubtful("", text[:end], 0)
	}
	return x.afterStop(f, text[:end], values), end, nil
}

// response reads the values of a task response like the generated package. It returns
// false if the object is not a task response because it has no status of a task.
func (x *Extractor) response(values []string) (f Match, task bool) {
	r := &x.roles
	status := text(values, r.status)
	failed := status != "" && slices.Contains(r.failed, status)
	switch {
	case failed:
	case status != "" && slices.Contains(r.completed, status):
		return Match{}, true
	case status != "":
		// A running task. Log records may also have the key status.
		return Match{}, r.id >= 0 && values[r.id] != ""
	}
	f, logged := x.failure(values)
	if !failed && r.guessed && isSuccess(f.Code) && !x.listed[f.Code] {
		return Match{}, true
	}
	if logged || !failed && f.Code == "" {
		return Match{}, false
	}
	return x.identified(f), true
}

// failure reads the code, message and ID, even without a code. It reports whether they
// are the output of LogValue, which is less reliable than a response.
func (x *Extractor) failure(values []string) (f Match, logged bool) {
	r := &x.roles
	which := 0
	for i := range r.code {
		if text(values, r.code[i]) != "" {
			which = i
			break
		}
	}
	f = Match{
		Source:  Response,
		Code:    text(values, r.code[which]),
		Message: text(values, r.message[which]),
		Task:    text(values, r.id),
	}
	if f.Code == "" && f.Message == "" && r.parent >= 0 {
		f.Code, f.Message = r.instead(values[r.parent])
		f.unsure = f.Message != "" || f.Code != ""
	}
	return f, text(values, r.table[which]) != "" && text(values, r.revision[which]) != ""
}

// instead reads a value in place of the object that contains code and message: a text,
// which is the message, or an array, whose first element applies. The generated package
// reads neither, so the match is not automatic.
func (r *roles) instead(value string) (code, message string) {
	if strings.HasPrefix(value, "[") {
		first := ""
		for first = range jsonscan.Elements(value) {
			break
		}
		value = first
	}
	if strings.HasPrefix(value, "{") {
		var values [2]string
		if _, err := r.inParent.Object(value, values[:]); err != nil {
			return "", ""
		}
		return text(values[:], 0), text(values[:], 1)
	}
	message, _ = jsonscan.Text(value)
	return "", message
}

// identified sets the code of a response without a code if the message consists of a
// listed code or contains a phrase. A code that the message only mentions does not
// count.
func (x *Extractor) identified(f Match) Match {
	if f.Code != "" || f.Message == "" {
		return f
	}
	if x.listed[f.Message] && x.table.Wire != spec.WireInteger {
		f.Source, f.Code, f.text = Mention, f.Message, f.Message
	} else if code, _, ok := x.classifier.Match(f.Message); ok {
		f.Source, f.Code, f.text = Phrase, code.Wire, f.Message
	}
	return f
}

// isSuccess reports whether a code means success, for services that send a code with
// every response.
func isSuccess(code string) bool {
	switch strings.ToLower(code) {
	case "0", "200", "ok", "success":
		return true
	}
	return false
}

// bare returns the error of a response that contains no code but an error message, such
// as {"error": {"message": "…"}}. Log records are similar, so an object with a level or
// a time is not such a response.
func (x *Extractor) bare(object string, values []string) Match {
	f, logged := x.failure(values)
	if f.Message == "" || x.roles.guessed || logged {
		return Match{}
	}
	for key := range jsonscan.Members(object) {
		switch strings.ToLower(key) {
		case "level", "lvl", "severity", "time", "ts", "timestamp", "@timestamp", "msg", "message":
			return Match{}
		}
		if f.unsure && !x.roles.tops[key] { // an error as text is also common in other objects
			return Match{}
		}
	}
	return x.identified(f)
}
