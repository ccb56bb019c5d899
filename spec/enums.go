package spec

import (
	"fmt"
	"slices"
)

// Action is what a caller does about an error. The zero value says that the
// table does not tell.
type Action uint8

// The actions, in the order of the table format. Generated packages number
// theirs in the same order.
const (
	ActionUnknown  Action = iota // the table does not say
	ActionFix                    // change the request first
	ActionRetry                  // the same request may succeed now
	ActionWait                   // the same request may succeed after the wait
	ActionResubmit               // the task was cancelled; a person must decide
	ActionCheck                  // correct the reference
	ActionSupport                // tell the service
	ActionNever                  // permanent
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

// String returns the action as a table spells it.
func (a Action) String() string { return nameOf("Action", actionNames, int(a)) }

// Repeats reports whether the action sends the unchanged request again. Only
// such an action can be automatic or have a wait.
func (a Action) Repeats() bool { return a == ActionRetry || a == ActionWait }

// Fault says whose mistake a class of errors is.
type Fault uint8

// The faults, as a table spells them.
const (
	FaultUnknown Fault = iota
	FaultClient
	FaultServer
)

var faultNames = []string{"unknown", "client", "server"}

// Faults returns all faults in order.
func Faults() []Fault { return []Fault{FaultUnknown, FaultClient, FaultServer} }

// String returns the fault as a table spells it.
func (f Fault) String() string { return nameOf("Fault", faultNames, int(f)) }

// Wire is the type of a code in the service's answers.
type Wire uint8

// The wire types.
const (
	WireString  Wire = iota
	WireInteger      // a whole number that fits into an int64
)

var wireNames = []string{"string", "integer"}

// String returns the wire type as a table spells it.
func (w Wire) String() string { return nameOf("Wire", wireNames, int(w)) }

// Role says what a field of the response is to the generated package.
type Role uint8

// The roles of response fields.
const (
	RoleNone Role = iota // typed and documented, without a meaning of its own
	RoleID
	RoleStatus
	RoleModel
	RoleCode
	RoleMessage
)

var roleNames = []string{"none", "id", "status", "model", "code", "message"}

// String returns the role as a table spells it.
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

// String returns the type as a table spells it.
func (t FieldType) String() string { return nameOf("FieldType", typeNames, int(t)) }

// Auth says how a poll proves who asks.
type Auth uint8

// The ways to authenticate a poll.
const (
	AuthNone Auth = iota
	AuthBearer
)

var authNames = []string{"none", "bearer"}

// String returns the way to authenticate as a table spells it.
func (a Auth) String() string { return nameOf("Auth", authNames, int(a)) }

// grpcNames are the canonical status codes of gRPC,
// https://grpc.io/docs/guides/status-codes/.
var grpcNames = []string{
	"OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND",
	"ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
	"ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS",
	"UNAUTHENTICATED",
}

// GRPCStatuses returns the names of the gRPC status codes; a name's index is its
// number.
func GRPCStatuses() []string { return slices.Clone(grpcNames) }

func nameOf(kind string, names []string, i int) string {
	if i < len(names) {
		return names[i]
	}
	return fmt.Sprintf("%s(%d)", kind, i)
}
