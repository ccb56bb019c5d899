package python

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/spec"
)

// emitTask writes the class Task.
func emitTask(p *pkg) string {
	var b strings.Builder
	b.WriteString(`def _hidden() -> Any:
    """Returns an attribute that neither repr nor == considers."""
    return dataclasses.field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class Task:
`)
	b.WriteString(docstring(4, "The service's response to a submission or a poll. Fields that are missing in the response, or have an unexpected type, are empty.") + "\n\n")
	for _, f := range p.Response.TaskFields() {
		fmt.Fprintf(&b, "    %s: %s = %s\n", p.names.Fields[f], pythonType(f), zero(f))
		if doc := docstring(4, paragraphs(f.Description)...); doc != "" {
			b.WriteString(doc + "\n")
		}
	}
	source := `
    _error: Optional[StandinError] = _hidden()
    _source: Optional[_Received] = _hidden()

    @property
    def done(self) -> bool:
        """Whether the task has ended, completed or failed. A task with a status that
        the table does not list has not ended.
        """
        return _is_done(self)

    @property
    def error(self) -> Optional[StandinError]:
        """The error of a failed task, None if it has not failed. A failed task is
        final: polling it again does not change it.
        """
        return _error_of(self)

    def to_json(self) -> str:
        """Returns the response as JSON: its body as the service sent it, and the HTTP
        status and headers under the key "x-errspec". For a task that the program
        created, these are the ID and the status.
        """
        return _task_json(self)

    @classmethod
    def from_json(cls, data: Union[str, bytes]) -> Task:
        """Returns the task that to_json returned, or that a body such as that of a
        webhook request describes. Raises ValueError if it is not a task.
        """
        return _task_from_json(data)


`
	b.WriteString(p.named(source))
	root := newMembers()
	for _, role := range []spec.Role{spec.RoleID, spec.RoleStatus} {
		expr := `""`
		if f := p.Response.Field(role); f != nil {
			expr = "task." + p.names.Fields[f]
			root.add(f.Keys(), expr)
		}
		if role != spec.RoleID || p.features["id"] || p.features["poll"] {
			fmt.Fprintf(&b, "def _%s_of(task: Task) -> str:\n    return %s\n\n\n", role, expr)
		}
	}
	b.WriteString("def _task_members(task: Task) -> dict[str, Any]:\n" + docstring(4, "Returns the ID and the status as the members of a JSON object.") + "\n" + assign(4, "return ", root.node()))
	return b.String()
}

// members are the members of an object, by key, in order.
type members struct {
	keys   []string
	values map[string]string
	inner  map[string]*members
}

func newMembers() *members {
	return &members{values: make(map[string]string), inner: make(map[string]*members)}
}

func (m *members) add(path []string, value string) {
	key := path[0]
	if m.values[key] == "" && m.inner[key] == nil {
		m.keys = append(m.keys, key)
	}
	if len(path) == 1 {
		m.values[key] = value
		return
	}
	if m.inner[key] == nil {
		m.inner[key] = newMembers()
	}
	m.inner[key].add(path[1:], value)
}

func (m *members) node() node {
	var items []node
	for _, key := range m.keys {
		value := atom(m.values[key])
		if m.inner[key] != nil {
			value = m.inner[key].node()
		}
		items = append(items, keyed(quote(key)+": ", value))
	}
	return dict(items)
}
