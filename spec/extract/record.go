package extract

import (
	"strings"

	"github.com/errspec/errspec/spec/internal/jsonscan"
)

// maxWalk is the maximum depth to which a log record in JSON is searched. Each level
// reads its content again, so the limit keeps the time linear.
const maxWalk = 8

// record finds an error in an object that is not a task response, such as a line of
// slog's JSON handler: a nested task response, the output of LogValue, the text of an
// Error, or a code.
func (x *Extractor) record(object string, values []string, nested int) Match {
	w := walker{x: x, nested: nested}
	switch isLog := isLogRecord(object); {
	case x.isError(values):
		w.trust = trustNothing
	case !isLog:
		w.trust = trustFields
	}
	w.object("", object, 0)
	if w.best.Task == "" {
		w.best.Task = w.task
	}
	return w.best
}

// isError reports whether an object has an error at the location that the response: of
// the table defines. Any match in the object is part of that error.
func (x *Extractor) isError(values []string) bool {
	for _, group := range x.fields.groups {
		if !x.fields.guessed && strings.IndexAny(x.fields.value(values, group), "{[") == 0 {
			return true
		}
	}
	return false
}

// isLogRecord reports whether a program wrote the object as a log record. Responses
// have no level, and responses with a time have a status.
func isLogRecord(object string) bool {
	timed, status := false, false
	for key := range jsonscan.Members(object) {
		switch strings.ToLower(key) {
		case "level", "lvl", "severity", "loglevel", "log.level", "@level", "@l":
			return true
		case "time", "ts", "timestamp", "@timestamp", "@t":
			timed = true
		case "status":
			status = true
		}
	}
	return timed && !status
}

// trust determines which parts of a record may be automatic.
type trust uint8

const (
	trustAll     trust = iota // a log record: output of LogValue, and texts that describe an event
	trustFields               // an object that may be the response of any service, also within a log record: no texts
	trustNothing              // part of an error
)

// A walker searches all parts of a log record for the best match.
type walker struct {
	x      *Extractor
	nested int
	trust  trust
	cited  bool // a response at this location may be an example or part of a request
	best   Match
	task   string // the first task ID in the record
}

// offer keeps a match if it is more reliable than the previous ones.
func (w *walker) offer(f Match) {
	f.unsure = f.unsure || w.trust == trustNothing || w.cited && f.Source == Response
	switch {
	case f.Source >= ErrorText && w.best.Source >= ErrorText:
		better, other := w.best, f
		if f.Source > w.best.Source {
			better, other = f, w.best
		}
		w.best = w.x.With(better, other)
	case f.Source > w.best.Source:
		w.best = f
	case f.Source == Mention && w.best.Source == Mention:
		w.best = w.x.prefer(w.best, f)
	}
}

// members are the members of an object that can form an error together.
type members struct {
	table, revision, code, message, task string
}

// A member is a key of an object and its unparsed value.
type member struct{ key, value string }

// object searches one object. Its members as a group come first, because the output of
// LogValue contains a message, which may have any text.
func (w *walker) object(name, object string, depth int) {
	var m members
	var buf [32]member
	inside := buf[:0]
	for key, value := range jsonscan.Members(object) {
		switch value[0] {
		case '{', '[', '"':
			inside = append(inside, member{key, value})
		}
		if k := keyKind(key); k != keyOther {
			if s, ok := jsonscan.Text(value); ok {
				w.x.note(&m, k, s)
			}
		}
	}
	if w.task == "" {
		w.task = m.task
	}
	logged := w.x.logged(m)
	if logged.Source != Mention || !otherCode(name) || w.x.listed[logged.Code] {
		w.offer(logged)
	}
	if logged.Source == LogValue {
		return
	}
	for _, i := range inside {
		switch i.value[0] {
		case '{':
			w.inner(i.key, i.value, depth+1)
		case '[':
			w.array(i.key, i.value, depth+1)
		case '"':
			w.str(i.key, i.value)
		}
	}
}

func (w *walker) array(key, array string, depth int) {
	for value := range jsonscan.Elements(array) {
		switch value[0] {
		case '{':
			w.inner(key, value, depth)
		case '"':
			w.str("", value)
		}
	}
}

// inner searches a nested object, which may be a task response.
func (w *walker) inner(key, object string, depth int) {
	if depth > maxWalk {
		return
	}
	cited := w.cited
	defer func() { w.cited = cited }()
	w.cited = cited || !mayContainResponse(key)
	isError := false
	var buf [maxKeys]string
	values := w.x.fields.values(buf[:])
	if _, err := w.x.fields.paths.Object(object, values); err == nil {
		f, ok := w.x.exchange(object, values)
		if !ok && !w.x.fields.guessed {
			f, ok = w.x.body(object, values)
			isError = w.x.isError(values) && !w.x.fields.isLogValue(values)
		}
		if ok {
			w.offer(f)
			return
		}
	}
	before := w.trust
	if w.trust = max(w.trust, trustFields); isError {
		w.trust = trustNothing
	}
	w.object(key, object, depth)
	w.trust = before
}

// str searches a text of the record. Only texts that describe an event are searched for
// codes and phrases. Other texts, such as a prompt, may contain the same words with
// another meaning.
func (w *walker) str(key, value string) {
	identifying := isIdentifying(key)
	if !identifying && !strings.Contains(value, w.x.prefix) && !strings.HasPrefix(value, `"{`) {
		return
	}
	s, _ := jsonscan.Text(value)
	var f Match
	switch {
	case identifying && w.nested < maxNested:
		f = w.x.line(s, w.nested+1)
	case strings.HasPrefix(s, "{") && w.nested < maxNested:
		f, _ = w.x.embedded(s, -1, w.nested+1)
	default:
		f = w.x.errorText(s, w.nested)
	}
	f.unsure = f.unsure || !identifying || w.trust != trustAll
	w.offer(f)
}

// isIdentifying reports whether the value of a key in a log record describes an event.
func isIdentifying(key string) bool {
	switch strings.ToLower(key) {
	case "msg", "message", "error", "err", "reason", "detail", "details", "exception", "cause", "event", "log", "body", "response", "textpayload":
		return true
	}
	return false
}

// mayContainResponse reports whether the value of a key in a record may be a response.
// A response under another key, such as a prompt, may be an example.
func mayContainResponse(key string) bool {
	switch strings.ToLower(key) {
	case "data", "result", "results", "task", "tasks", "res", "resp", "payload", "output", "job", "jobs", "http", "items", "errors", "fields",
		"attributes", "extra", "context", "jsonpayload", "value", "record", "answer", "reply", "meta", "metadata":
		return true
	}
	return isIdentifying(key)
}

// note records a member that can be part of an error.
func (x *Extractor) note(m *members, k kind, value string) {
	switch k {
	case keyTable:
		m.table = value
	case keyRevision:
		m.revision = value
	case keyCode:
		m.code = value
	case keyError:
		if m.code == "" && x.listed[value] {
			m.code = value
		}
	case keyTask:
		m.task = value
	case keyMessage:
		m.message = value
	}
}

// logged returns the error that the members of one object, or of one group of a log
// line, form: the output of LogValue, or otherwise a code.
func (x *Extractor) logged(m members) Match {
	if m.code == "" {
		return Match{}
	}
	f := Match{Code: m.code, Message: m.message, Task: m.task, text: m.message}
	switch {
	case m.table == x.table.Name:
		f.Source = LogValue
		f.Code = x.codeOfText(m.code)
		f.unsure = m.revision == "" || x.unknownWithout(m.task) // LogValue writes both fields
	case m.table != "" && m.revision != "":
		// Another table's error.
		return Match{}
	case x.plausible(m.code):
		f.Source = Mention
	}
	if f.Source == None {
		return Match{}
	}
	return f
}
