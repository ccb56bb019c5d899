package spec

import (
	"fmt"
	"slices"
)

// Action is the way to handle an error.
type Action uint8

// The actions, in the order of the table format. Generated packages use the same numbers.
const (
	ActionUnknown  Action = iota // the table does not define an action
	ActionFix                    // change the request first
	ActionRetry                  // the same request may succeed now
	ActionWait                   // the same request may succeed later
	ActionResubmit               // the task was canceled; a person must decide
	ActionCheck                  // correct the ID or reference
	ActionSupport                // contact support
	ActionNever                  // the same request never succeeds
)

var actionNames = []string{"unknown", "fix", "retry", "wait", "resubmit", "check", "support", "never"}

// Actions returns all actions in order.
func Actions() []Action {
	actions := make([]Action, len(actionNames))
	for i := range actions {
		actions[i] = Action(i)
	}
	return actions
}

// String returns the name of the action in the table format.
func (a Action) String() string { return nameOf("Action", actionNames, int(a)) }

// Repeats reports whether the action is retry or wait: the unchanged request may succeed. Only
// these actions can be automatic or have a wait.
func (a Action) Repeats() bool { return a == ActionRetry || a == ActionWait }

// Fault is the side that causes the errors of a class.
type Fault uint8

// The faults.
const (
	FaultUnknown Fault = iota
	FaultClient
	FaultServer
)

var faultNames = []string{"unknown", "client", "server"}

// Faults returns all faults in order.
func Faults() []Fault { return []Fault{FaultUnknown, FaultClient, FaultServer} }

// String returns the name of the fault in the table format.
func (f Fault) String() string { return nameOf("Fault", faultNames, int(f)) }

// Wire is the type of a code in the service's responses.
type Wire uint8

// The wire types.
const (
	WireString  Wire = iota
	WireInteger      // a whole number that fits in an int64
)

var wireNames = []string{"string", "integer"}

// String returns the name of the wire type in the table format.
func (w Wire) String() string { return nameOf("Wire", wireNames, int(w)) }

// Role is the meaning of a response field for generated packages.
type Role uint8

// The roles of response fields.
const (
	RoleNone Role = iota // typed and documented only
	RoleID
	RoleStatus
	RoleModel
	RoleCode
	RoleMessage
	RoleParam
	RoleRequestID
	RoleRetryAfter
	RoleSubtype
	RoleSuccess
	RoleFailure
	RoleRetryable
)

var roleNames = []string{"none", "id", "status", "model", "code", "message", "param", "request_id", "retry_after", "subtype", "success", "failure", "retryable"}

// String returns the name of the role in the table format.
func (r Role) String() string { return nameOf("Role", roleNames, int(r)) }

// FieldType is the JSON type of a response field.
type FieldType uint8

// The types of response fields.
const (
	TypeString FieldType = iota
	TypeInteger
	TypeNumber
	TypeBoolean
	TypeAny
)

var typeNames = []string{"string", "integer", "number", "boolean", "any"}

// String returns the name of the type in the table format.
func (t FieldType) String() string { return nameOf("FieldType", typeNames, int(t)) }

// Auth is the authentication method of polls.
type Auth uint8

// The authentication methods.
const (
	AuthNone Auth = iota
	AuthBearer
)

var authNames = []string{"none", "bearer"}

// String returns the name of the authentication method in the table format.
func (a Auth) String() string { return nameOf("Auth", authNames, int(a)) }

// grpcOK is the gRPC status of success.
const grpcOK = "OK"

// grpcNames are the canonical status codes of gRPC,
// https://grpc.io/docs/guides/status-codes/. The index of a name is its number.
var grpcNames = []string{
	grpcOK, "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND",
	"ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
	"ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS",
	"UNAUTHENTICATED",
}

// GRPCStatuses returns the names of the gRPC status codes of errors, which are all except OK.
func GRPCStatuses() []string { return slices.Clone(grpcNames[1:]) }

// GRPCNumber returns the number of a name of [GRPCStatuses]. It returns -1 for other names.
func GRPCNumber(name string) int {
	if name == grpcOK {
		return -1
	}
	return slices.Index(grpcNames, name)
}

// nameOf returns names[i]. It returns a text such as Action(9) if i is out of range.
func nameOf(kind string, names []string, i int) string {
	if i < len(names) {
		return names[i]
	}
	return fmt.Sprintf("%s(%d)", kind, i)
}

// Charged is whether the service charges for a request.
type Charged uint8

// The values of charged.
const (
	ChargedUnknown Charged = iota
	ChargedNo
	ChargedYes
)

var chargedNames = []string{"unknown", "no", "yes"}

// String returns the value as a table spells it.
func (c Charged) String() string { return nameOf("Charged", chargedNames, int(c)) }
