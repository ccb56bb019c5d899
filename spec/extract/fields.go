package extract

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/internal/jsonscan"
	"github.com/errspec/errspec/spec/response"
)

// fields are the parts of a table's `response:` that tell a response from another object.
type fields struct {
	paths   *jsonscan.Paths // the first keys of all paths, and the keys of exchanges
	index   map[string]int  // by key: its value in paths
	own     []bool          // by value: whether it is the first key of a path
	shows   []bool          // by value: whether it can show an error, by itself
	says    []bool          // by value: whether it is a message at the top level
	states  map[string]bool // values of the status that show how a task has ended
	groups  []string        // the first keys of nested codes and messages
	settles []settle        // fields that show by themselves that there is no error
	guessed bool            // the table does not say where the code is
	// absent reports what a body without its status and headers may lack.
	absent struct{ status, headers bool }
	tasks  bool // whether a field is the status of a task
}

// A settle is a field by its index, and the first key of its path.
type settle struct {
	field int
	key   string
}

// maxKeys is the number of values that are read without an allocation.
const maxKeys = 48

// guess describes the common shapes of errors, for tables that do not describe theirs.
// Some services send a code with every response.
func guess(d *response.Description, t *spec.Table) {
	var ok []string
	for _, value := range []string{"0", "200", "ok", "OK", "success", "Success", "SUCCESS"} {
		if _, listed := t.Code(value); !listed {
			ok = append(ok, value)
		}
	}
	add := func(path string, role response.Role) {
		f := response.Field{Path: path, Role: role}
		if role == response.RoleCode {
			f.OK = ok
		}
		if !slices.ContainsFunc(d.Fields, func(f response.Field) bool { return f.Path == path }) {
			d.Fields = append(d.Fields, f)
		}
	}
	add("error.code", response.RoleCode)
	add("code", response.RoleCode)
	add("error.message", response.RoleMessage)
	add("message", response.RoleMessage)
	if t.Response == nil {
		add("id", response.RoleID)
	}
}

// compileResponse returns the reader of the table's responses and their fields.
func compileResponse(t *spec.Table) (*response.Reader, fields, error) {
	d := classify.Describe(t)
	f := fields{index: make(map[string]int), states: make(map[string]bool)}
	_, code := t.Response.Source(spec.RoleCode)
	_, message := t.Response.Source(spec.RoleMessage)
	if f.guessed = !code && !message; f.guessed {
		guess(&d, t)
	}
	var keys []string
	key := func(name string, own bool) {
		if _, ok := f.index[name]; !ok {
			f.index[name] = len(keys)
			keys = append(keys, name)
			f.own = append(f.own, false)
			f.shows, f.says = append(f.shows, false), append(f.says, false)
		}
		f.own[f.index[name]] = f.own[f.index[name]] || own
	}
	for i, field := range d.Fields {
		top, nested := firstKey(field.Path)
		key(top, true)
		f.tell(f.index[top], nested, &field)
		if nested && (field.Role == response.RoleCode || field.Role == response.RoleMessage) && !slices.Contains(f.groups, top) {
			f.groups = append(f.groups, top)
		}
		if field.Role == response.RoleSuccess {
			f.settles = append(f.settles, settle{i, top})
		}
		f.tasks = f.tasks || field.Role == response.RoleStatus
	}
	for _, names := range [][]string{statusKeys, headerKeys, bodyKeys, {"table", "revision", "encoding", "isBase64Encoded"}} {
		for _, name := range names {
			key(name, false)
		}
	}
	f.paths = jsonscan.Compile(keys...)
	f.needed(&d)
	reader, err := response.Compile(d)
	return reader, f, err
}

// needed finds out whether the status or headers may make a decision stricter.
func (f *fields) needed(d *response.Description) {
	for _, h := range d.Headers {
		f.absent.headers = f.absent.headers || h.Role == response.RoleCode || h.Role == response.RoleSubtype || h.Role == response.RoleRetryable
	}
	when := func(all []response.Condition) {
		for _, c := range all {
			isField := slices.ContainsFunc(d.Fields, func(field response.Field) bool { return field.Path == c.Name })
			f.absent.status = f.absent.status || c.Name == "http"
			f.absent.headers = f.absent.headers || c.Name != "http" && !isField
		}
	}
	for _, field := range d.Fields {
		when(field.When)
	}
	for _, c := range d.Codes {
		when(c.When)
		for _, s := range c.Subtypes {
			when(s.When)
		}
	}
}

// firstKey returns the first key of a path, and whether others follow.
func firstKey(path string) (key string, nested bool) {
	key, _, nested = strings.Cut(path, ".")
	bare := strings.TrimSuffix(key, "[]")
	return bare, nested || bare != key
}

// values returns room for the values of all keys, in buf if it is large enough.
func (f *fields) values(buf []string) []string {
	if n := f.paths.Len(); n > len(buf) {
		return make([]string, n)
	}
	return buf[:f.paths.Len()]
}

// value returns the undecoded value of a key, "" if the object does not have it.
func (f *fields) value(values []string, key string) string {
	if i, ok := f.index[key]; ok {
		return values[i]
	}
	return ""
}

// text returns the value of a key as text.
func (f *fields) text(values []string, key string) string {
	s, _ := jsonscan.Text(f.value(values, key))
	return s
}

// tell notes whether a field can show how a request has ended. A status at the top level
// does only if its value is a listed one: most log records have a key of that name.
func (f *fields) tell(value int, nested bool, field *response.Field) {
	switch field.Role {
	case response.RoleMessage:
		f.shows[value] = f.shows[value] || nested
		f.says[value] = true
	case response.RoleCode, response.RoleSuccess, response.RoleFailure:
		f.shows[value] = true
	case response.RoleStatus:
		f.shows[value] = f.shows[value] || nested
		for _, state := range slices.Concat(field.Completed, field.Failed, field.Running) {
			f.states[state] = true
		}
	}
}

// mayBeResponse reports whether an object has a field that shows how a request has ended.
// A message at the top level shows it unless the object is a log record.
func (f *fields) mayBeResponse(object string, values []string) bool {
	says := false
	for i, own := range f.own {
		if !own || values[i] == "" {
			continue
		}
		if f.shows[i] {
			return true
		}
		if s, _ := jsonscan.Text(values[i]); f.states[s] {
			return true
		}
		says = says || f.says[i]
	}
	return says && !isLogRecord(object)
}

// isLogValue reports whether an object, or the one at a key for errors, is the output of
// LogValue, which has a table and a revision.
func (f *fields) isLogValue(values []string) bool {
	if f.text(values, "table") != "" && f.text(values, "revision") != "" {
		return true
	}
	for _, group := range f.groups {
		object := f.value(values, group)
		if !strings.HasPrefix(object, "{") {
			continue
		}
		found := 0
		for key, value := range jsonscan.Members(object) {
			if s, _ := jsonscan.Text(value); s != "" && (key == "table" || key == "revision") {
				found++
			}
		}
		if found == 2 {
			return true
		}
	}
	return false
}
