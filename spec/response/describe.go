package response

import "time"

// A Description contains the `response:` of a table, and as much about its codes as reading
// responses takes.
type Description struct {
	Fields  []Field    // of the body, in order
	Headers []Field    // the Path of each is the name of a header
	HTTP    []HTTPCode // codes of HTTP statuses, for responses that name no listed code
	Codes   []Code     // in the order of the table
	Integer bool       // whether codes are integers
}

// A Role is the meaning of a field, by its name in tables; "" is none.
type Role string

// The roles of fields.
const (
	RoleNone       Role = ""
	RoleCode       Role = "code"
	RoleMessage    Role = "message"
	RoleID         Role = "id"
	RoleStatus     Role = "status"
	RoleModel      Role = "model"
	RoleParam      Role = "param"
	RoleRequestID  Role = "request_id"
	RoleRetryAfter Role = "retry_after"
	RoleSubtype    Role = "subtype"
	RoleSuccess    Role = "success"
	RoleFailure    Role = "failure"
	RoleRetryable  Role = "retryable"
)

// A Field is one value of a response.
type Field struct {
	Path                       string // keys joined by dots, with [] after those of arrays: errors[].code
	Role                       Role
	When                       []Condition // all must hold, or the field is ignored
	OK                         []string    // of a code or success: values that mean that there is no error; default for a success field: "true"
	CutAfter, CutBefore        string      // of a code: only the part between the first of each counts
	Unit                       string      // of a retry_after: "ms", "epoch", or "" for seconds
	Match                      string      // of a retry_after: a phrase with one <num>
	Completed, Failed, Running []string    // of a status
}

// A Condition holds if a response has one of the values.
type Condition struct {
	Name   string // "http", or the path of a field or name of a header that is declared
	Values []string
}

// An HTTPCode is the code of an HTTP status.
type HTTPCode struct {
	Status int
	Code   string
}

// A Code is a code of the table.
type Code struct {
	Wire      string
	Aliases   []string // former names included
	Prefixes  []string
	When      []Condition
	Match     []string // phrases
	Automatic bool
	Wait      time.Duration // the shortest
	// LongestWait is at least Wait.
	LongestWait time.Duration
	// NotCharged reports whether a request that ends with the code is not charged.
	NotCharged bool
	// Pending reports whether the code means that the first submission with an idempotency key is
	// still being processed.
	Pending  bool
	Subtypes []Subtype
}

// A Subtype is a subtype of a code.
type Subtype struct {
	Name      string
	Values    []string // that fields have for it; default: the name, in upper or lower case
	When      []Condition
	Match     []string // phrases
	Fallback  bool
	Automatic bool
	Wait      time.Duration // the shortest
	// LongestWait is at least Wait.
	LongestWait time.Duration
}

// An Outcome is how a request, or the task that it is about, has ended.
type Outcome uint8

// The outcomes of requests.
const (
	OK         = Outcome(outcomeOK)
	Unreadable = Outcome(outcomeUnreadable) // the response does not say
	Running    = Outcome(outcomeRunning)    // the task has not ended
	Error      = Outcome(outcomeError)      // the request has failed
	Failed     = Outcome(outcomeFailed)     // the task has failed
)

// String returns the name that examples have for the outcome.
func (o Outcome) String() string {
	return [...]string{"ok", "unreadable", "running", "error", "failed"}[o]
}

// A Call is the purpose of a request.
type Call uint8

// The calls.
const (
	TaskCall  Call = iota // submits a task or asks for its status
	PlainCall             // any other
)

// An Origin is where the code of an error comes from.
type Origin uint8

// The origins of codes.
const (
	FromNothing   = Origin(originNone)
	FromField     = Origin(originField)     // a field or header names it
	FromMessage   = Origin(originMessage)   // the message is the code
	FromCondition = Origin(originCondition) // the conditions of the code hold
	FromPhrase    = Origin(originPhrase)    // the message contains a phrase of the code
	FromHTTP      = Origin(originHTTP)      // the HTTP status determines the code
)

// A Reading is the meaning of a response. Codes and subtypes are indexes in the description, -1 if
// there is none.
type Reading struct {
	Outcome    Outcome
	Code       string // as the table has it, or as sent if the table has it by a prefix or not at all; "" without a code
	Wire       string // the code as sent, "" if none was
	Index      int    // of the code, -1 if it is not listed
	Known      bool   // whether the table lists the code
	StandIn    int    // the code whose class, action and advice an unlisted code has
	Origin     Origin
	Subtype    int // of the code
	Strictest  int // the subtype of the code whose retry settings count
	Automatic  bool
	Settled    bool // whether it is known that the request came to nothing; only of a listed code
	Message    string
	Task       string
	Status     string // of the task
	Model      string
	Param      string
	RequestID  string
	RetryAfter time.Duration
}

// An origin is where the code of an error comes from. Generated packages do without.
type origin uint8

const (
	originNone origin = iota
	originField
	originMessage
	originCondition
	originPhrase
	originHTTP
)
