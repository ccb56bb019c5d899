package compat

import (
	"github.com/errspec/errspec/spec/diag"
)

// Kind is the kind of a [Change].
type Kind string

// The kinds of changes. They are the identifiers of the rules of errspec breaking.
const (
	WireTypeChanged      Kind = "wire-type-changed"
	TableRenamed         Kind = "table-renamed"
	TableRemoved         Kind = "table-removed"
	PackageRemoved       Kind = "package-removed"
	PackageRenamed       Kind = "package-renamed"
	ModuleRemoved        Kind = "module-removed"
	NameRemoved          Kind = "name-removed"
	NameChanged          Kind = "name-changed"
	NameAdded            Kind = "name-added"
	CodeRemoved          Kind = "code-removed"
	WireValueChanged     Kind = "wire-value-changed"
	CodeRenamed          Kind = "code-renamed"
	CodeAdded            Kind = "code-added"
	AliasRemoved         Kind = "alias-removed"
	AliasAdded           Kind = "alias-added"
	ClassRemoved         Kind = "class-removed"
	ClassAdded           Kind = "class-added"
	ClassChanged         Kind = "class-changed"
	FaultChanged         Kind = "fault-changed"
	ActionChanged        Kind = "action-changed"
	ActionLoosened       Kind = "action-loosened"
	AutomaticOn          Kind = "automatic-on"
	AutomaticOff         Kind = "automatic-off"
	ThrottleChanged      Kind = "throttle-changed"
	WaitShortened        Kind = "wait-shortened"
	WaitLengthened       Kind = "wait-lengthened"
	BackoffLoosened      Kind = "backoff-loosened"
	BackoffTightened     Kind = "backoff-tightened"
	HTTPChanged          Kind = "http-changed"
	GRPCChanged          Kind = "grpc-changed"
	SubtypeRemoved       Kind = "subtype-removed"
	SubtypeMoved         Kind = "subtype-moved"
	SubtypeAdded         Kind = "subtype-added"
	MessageReclassified  Kind = "message-reclassified"
	MessageRefined       Kind = "message-refined"
	TextReclassified     Kind = "text-reclassified"
	PhraseRemoved        Kind = "phrase-removed"
	PhraseAdded          Kind = "phrase-added"
	ValueRemoved         Kind = "value-removed"
	ValueAdded           Kind = "value-added"
	ResponseReclassified Kind = "response-reclassified"
	ResponseRefined      Kind = "response-refined"
	FieldRemoved         Kind = "field-removed"
	FieldAdded           Kind = "field-added"
	ChargedOff           Kind = "charged-off"
	ChargedChanged       Kind = "charged-changed"
	HTTPCodeChanged      Kind = "http-code-changed"
	HTTPCodeAdded        Kind = "http-code-added"
	IdempotencyChanged   Kind = "idempotency-changed"
	IdempotencyTightened Kind = "idempotency-tightened"
	IdempotencyAdded     Kind = "idempotency-added"
	PollingChanged       Kind = "polling-changed"
	UnlistedChanged      Kind = "unlisted-changed"
	DeprecatedOn         Kind = "code-deprecated"
	DeprecatedOff        Kind = "deprecation-lifted"
	ReservedRemoved      Kind = "reservation-removed"
	NameReserved         Kind = "name-reserved"
	Hidden               Kind = "internal-changed"
	MessageChanged       Kind = "message-changed"
	OrderChanged         Kind = "order-changed"
	TextChanged          Kind = "text-changed"
)

// ConfigurationKinds returns the kinds of changes of an errspec.yaml. All other kinds
// are changes of a table.
func ConfigurationKinds() []Kind {
	return []Kind{TableRemoved, PackageRemoved, PackageRenamed, ModuleRemoved}
}

// A Change is one difference between two versions of a table.
type Change struct {
	Kind    Kind
	Subject string // a code, "code/subtype", a class or a Go name; "" for the table
	Part    string // part of the subject, such as "title" or "automatic"; "" if the kind determines it
	Message string // message whose decision changed; "" if there is none
	Was, Is string // value before and after; "" if there is none
	Old     diag.Location
	New     diag.Location // if it was removed, where it would be

	Language string       // of a removed name; "" for Go
	Clients  []ClientName // names in other languages that are removed with a name

	help string // replaces the help of the rule, unless it is ""
}
