// What a table says about responses.

package response

// A format lists what a service sends that is of interest, as static data.
type format struct {
	fields []field // the header Retry-After, then fields of the body, then of headers: earlier ones take precedence
	body   node    // where the fields of the body are

	http  []statusCode // codes of responses that name none
	tasks bool         // whether a field has the status of a task

	integers bool // whether codes are integers

	//errspec:if when

	codes    []conditions // of codes, in the order of the table
	subtypes []conditions // of subtypes
	//errspec:end
}

// A field is one value of a response that the table names.
type field struct {
	role   role
	header string // canonical name of a header, "" for a field of the body

	completed, failed, running []string // values of a status

	//errspec:if ok

	ok []string // values of a code that mean that there is no error
	//errspec:end

	//errspec:if success

	success []string // values of a success field that mean that there is no error
	//errspec:end

	//errspec:if cut

	before, after string // what a code is cut off at, "" for nothing
	//errspec:end

	//errspec:if unit

	unit string // of a delay: "ms" or "epoch", "" for seconds
	//errspec:end

	//errspec:if delaytext

	number func(text string) (string, bool) // finds the number in the text of a delay
	//errspec:end

	//errspec:if arrays

	arrays [2]uint8 // the arrays that the field is in, outermost first; 0 is none
	//errspec:end

	//errspec:if when

	when []condition // the field is ignored unless all hold
	//errspec:end
}

// A role is what a field means. Fields without a role are read as they are.
type role uint8

const (
	roleNone role = iota
	roleCode
	roleMessage
	roleID
	roleStatus
	roleModel
	roleParam
	roleRequestID
	roleRetryAfter
	roleSubtype
	roleSuccess
	roleFailure
	roleRetryable
)

// A node is a place in the body that leads to fields.
type node struct {
	key   string
	field int    // index of the field that is here, 0 if none is
	below []node // by the keys of an object

	//errspec:if arrays

	each *node // the elements of an array
	//errspec:end
}

// A statusCode is the code that an HTTP status stands for.
type statusCode struct {
	status, code int
}

//errspec:if when

// A condition holds if a field, or the HTTP status where field is 0, has one of the values.
type condition struct {
	field  int
	values []string
}

// conditions select a code or a subtype if all of them hold.
type conditions struct {
	code, subtype int // indexes; subtype is -1 for the code itself
	when          []condition
}

//errspec:end

// A responseTable has the codes of a table and their subtypes, by index; -1 is none.
type responseTable interface {
	// listed returns the code that a value means, and whether only a prefix of it does.
	listed(value string) (code int, prefix bool)

	//errspec:if phrases

	// codeIn returns the code of the phrase that a message without a code contains.
	codeIn(message string) int
	//errspec:end

	//errspec:if subtypes

	// subtypeIn returns the subtype of a code whose phrase a message contains.
	subtypeIn(code int, message string) int
	// fallback returns the subtype of a code for all messages without a phrase.
	fallback(code int) int
	//errspec:end

	//errspec:if refined

	// subtypeOf returns the subtype of a code that a value means.
	subtypeOf(code int, value string) int
	// stricter returns the subtype with the stricter retry settings, a if they are equal.
	stricter(a, b int) int
	// uniform reports whether no subtype of a code has stricter retry settings than the code.
	uniform(code int) bool
	//errspec:end

	//errspec:if arrays

	// repeatable reports whether a code and all of its subtypes are automatic.
	repeatable(code int) bool
	//errspec:end
}
