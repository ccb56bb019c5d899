// The description of responses as static data.

package response

// A format lists the fields of responses. The first one is the header Retry-After; then come those
// of the body, then other headers. Earlier fields take precedence over later ones of their role.
type format struct {
	fields   []field
	body     []node
	http     []statusCode // for errors that name no listed code
	integers bool         // whether codes are integers
	//errspec:if task
	// tasks reports whether a field has the status of a task.
	tasks bool
	//errspec:end
	//errspec:if when
	// codes are selected by conditions, in the order of the table.
	codes []selector
	//errspec:end
	//errspec:if refined
	// subtypes are selected by conditions.
	subtypes []selector
	//errspec:end
}

// A field is a value of interest in a response.
type field struct {
	role   role
	header string   // its name, "" for a field of the body
	ok     []string // values of a code or success that mean that there is no error
	//errspec:if task
	// completed, failed and running are values of the status of a task.
	completed, failed, running []string
	//errspec:end
	//errspec:if when
	// when has conditions, which must hold or the field is ignored.
	when []condition
	//errspec:end
	//errspec:if cut
	// before and after are the texts at which a code is cut, "" for none.
	before, after string
	//errspec:end
	//errspec:if unit
	// unit is that of a delay: "ms", "epoch", or "" for seconds.
	unit string
	//errspec:end
	//errspec:if delaytext
	// number returns the number in the text of a delay.
	number func(text string) (string, bool)
	//errspec:end
	//errspec:if arrays
	// arrays are those that the field is in, the outermost first; 0 is none.
	arrays [2]uint8
	//errspec:end
}

// A role is the meaning of a field.
type role uint8

const (
	roleNone role = iota
	roleCode
	roleMessage
	roleParam
	roleRequestID
	roleRetryAfter
	roleSubtype
	roleSuccess
	roleFailure
	roleRetryable
	roleID     //errspec:if task
	roleStatus //errspec:if task
	roleModel  //errspec:if task
)

// A node is a place in the body that is a field or leads to fields.
type node struct {
	key   string
	field int    // 0 if it is not a field
	below []node // by the keys of an object
	each  *node  // the elements of an array //errspec:if arrays
}

// A statusCode is the code of an HTTP status.
type statusCode struct{ status, code int }

//errspec:if when

// A condition holds if a field, or the HTTP status if field is 0, has one of the values.
type condition struct {
	field  int
	values []string
}

// A selector selects a code or subtype if all conditions hold.
type selector struct {
	code, subtype int
	when          []condition
}

//errspec:end

// A responseTable has the codes and subtypes of a table, by index; -1 is none.
type responseTable interface {
	// listed returns the code that a value is, or that its beginning is a prefix of.
	listed(value string) (code int, prefix bool)
	//errspec:if phrases
	// codeIn returns the code whose phrase a message contains.
	codeIn(message string) int
	//errspec:end
	//errspec:if subtypes
	// subtypeIn returns the subtype whose phrase a message contains.
	subtypeIn(code int, message string) int
	// fallback returns the subtype for the other cases of a code.
	fallback(code int) int
	//errspec:end
	//errspec:if refined
	// subtypeOf returns the subtype that a value is.
	subtypeOf(code int, value string) int
	// stricter returns the subtype with the stricter retry settings, a if they are equal.
	stricter(a, b int) int
	// uniform reports whether no subtype has stricter retry settings than its code.
	uniform(code int) bool
	//errspec:end
	//errspec:if arrays
	// repeatable reports whether a code and all its subtypes are automatic.
	repeatable(code int) bool
	//errspec:end
}
