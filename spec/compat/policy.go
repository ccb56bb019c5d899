package compat

import "github.com/errspec/errspec/spec/diag"

// Groups of users that a change affects.
const (
	compilers = "code that uses the name"
	retriers  = "retry loops, which may submit charged work again"
	deciders  = "code that uses the decision"
	stores    = "stored values and other clients that use the old value"
	readers   = "readers of the documentation"
)

// helpAccept is the help of changes that no edit of the table can undo.
const helpAccept = "if this is intended, list it under breaking: accept: in errspec.yaml, with the reason"

// policy contains the rules that Rules returns, without their examples.
var policy = []Rule{
	{
		Rule:  diag.Rule{ID: string(AutomaticOn), Severity: diag.Error, Purpose: "Automatic retries must not be turned on."},
		Group: GroupDecisions, Bump: Major, Affects: retriers,
		message: "automatic retries were turned on for {subject}",
		help:    "clients that upgrade would start to retry automatically; add a new code for the case that may be retried automatically",
	},
	{
		Rule:  diag.Rule{ID: string(ActionLoosened), Severity: diag.Error, Purpose: "Action never must not change to another action."},
		Group: GroupDecisions, Bump: Major, Affects: retriers,
		message: "the action of {subject} changed from never to {is}",
		help:    "keep action: never, or add another code",
	},
	{
		Rule:  diag.Rule{ID: string(WaitShortened), Severity: diag.Error, Purpose: "Waits must not become shorter."},
		Group: GroupDecisions, Bump: Major, Affects: retriers,
		message: "the wait of {subject} was {was}, now {is}",
		help:    "do not shorten the wait",
	},
	{
		Rule:  diag.Rule{ID: string(BackoffLoosened), Severity: diag.Error, Purpose: "The backoff must not allow earlier or more attempts."},
		Group: GroupDecisions, Bump: Major, Affects: retriers,
		message: "{part} was {was}, now {is}",
		help:    "keep it at least as strict as before",
	},
	{
		Rule:  diag.Rule{ID: string(WireTypeChanged), Severity: diag.Error, Purpose: "The wire type of codes must not change."},
		Group: GroupRemoved, Bump: Major, Affects: compilers,
		message: "the wire type of codes was {was}, now {is}",
		help:    "create a new table",
	},
	{
		Rule:  diag.Rule{ID: string(TableRenamed), Severity: diag.Error, Purpose: "The name of a table must not change: the package and every error text use it."},
		Group: GroupRemoved, Bump: Major, Affects: compilers,
		message: "the table was renamed from {was} to {is}",
		help:    "keep name: and change title: instead",
	},
	{
		Rule:  diag.Rule{ID: string(TableRemoved), Severity: diag.Error, Purpose: "A table that errspec.yaml lists must not be removed from it."},
		Group: GroupRemoved, Bump: Major, Affects: compilers,
		message: "errspec.yaml no longer lists the table {subject}",
		help:    "list it again, with its outputs, or accept the change under breaking: of another table",
	},
	{
		Rule:  diag.Rule{ID: string(PackageRemoved), Severity: diag.Error, Purpose: "A generated package must stay in its directory."},
		Group: GroupRemoved, Bump: Major, Affects: compilers,
		message: "the package {subject} is no longer generated",
		help:    "generate it again: dir: {subject}",
	},
	{
		Rule:  diag.Rule{ID: string(PackageRenamed), Severity: diag.Error, Purpose: "A generated Go package must keep its name."},
		Group: GroupRemoved, Bump: Major, Affects: compilers,
		message: "the Go package in {subject} was renamed from {was} to {is}",
		help:    "keep the name: go: {package: {was}}",
	},
	{
		Rule:  diag.Rule{ID: string(ModuleRemoved), Severity: diag.Error, Purpose: "A generated TypeScript or JavaScript module must stay in its file."},
		Group: GroupRemoved, Bump: Major, Affects: compilers,
		message: "the module {subject} is no longer generated",
		help:    "generate it again: file: {subject}",
	},
	{
		Rule:  diag.Rule{ID: string(CodeRemoved), Severity: diag.Error, Purpose: "Codes must not be removed."},
		Group: GroupRemoved, Bump: Major, Affects: compilers,
		message: "code {subject} was removed",
		help:    "if it was renamed, list {subject} under renamed_from: of the new code; otherwise mark it deprecated:, or if the service no longer sends it, add it under reserved:",
	},
	{
		Rule:  diag.Rule{ID: string(WireValueChanged), Severity: diag.Error, Purpose: "The wire value of a code must not change."},
		Group: GroupRemoved, Bump: Major, Affects: stores,
		message: "the wire value of code {was} changed to {is}",
		help:    "list {was} under renamed_from: so that it is still accepted",
	},
	{
		Rule:  diag.Rule{ID: string(AliasRemoved), Severity: diag.Error, Purpose: "Accepted wire values of a code must not be removed."},
		Group: GroupRemoved, Bump: Major, Affects: stores,
		message: "{part} is no longer accepted for {subject}",
		help:    "keep it under aliases: or renamed_from:",
	},
	{
		Rule:  diag.Rule{ID: string(NameRemoved), Severity: diag.Error, Purpose: "Exported names of generated code must not be removed."},
		Group: GroupRemoved, Bump: Major, Affects: compilers,
		message: "the {language} name {subject} was removed{others}",
		help:    "restore name: of the entry, or the field of the response",
	},
	{
		Rule:  diag.Rule{ID: string(NameChanged), Severity: diag.Error, Purpose: "Exported Go names must not change their type."},
		Group: GroupRemoved, Bump: Major, Affects: compilers,
		message: "the type of {subject} was {was}, now {is}",
		help:    "restore the type, or add another field",
	},
	{
		Rule:  diag.Rule{ID: string(ClassRemoved), Severity: diag.Error, Purpose: "Classes must not be removed."},
		Group: GroupRemoved, Bump: Major, Affects: compilers,
		message: "class {subject} was removed",
		help:    "keep the class, even if no code uses it",
	},
	{
		Rule:  diag.Rule{ID: string(SubtypeRemoved), Severity: diag.Error, Purpose: "Subtypes must not be removed."},
		Group: GroupRemoved, Bump: Major, Affects: compilers,
		message: "subtype {subject} was removed",
		help:    "keep it; if the service no longer sends it, add it under reserved:",
	},
	{
		Rule:  diag.Rule{ID: string(SubtypeMoved), Severity: diag.Error, Purpose: "Subtypes must not move to another code."},
		Group: GroupRemoved, Bump: Major, Affects: compilers,
		message: "subtype {subject} moved to {is}",
		help:    "also keep it under the old code",
	},
	{
		Rule:  diag.Rule{ID: string(MessageReclassified), Severity: diag.Error, Purpose: "A message must keep its subtype and values."},
		Group: GroupDecisions, Bump: Major, Affects: deciders,
		message: "message {message} of {subject} selected {was} and now selects {is}",
		help:    "make the phrases distinct; the phrase with more literal text takes precedence",
	},
	{
		Rule:  diag.Rule{ID: string(TextReclassified), Severity: diag.Error, Purpose: "Text without a code must keep its match."},
		Group: GroupDecisions, Bump: Major, Affects: deciders,
		message: "text {message} matched {was} and now matches {is}",
		help:    "make the phrases distinct; the phrase with more literal text takes precedence",
	},
	{
		Rule:  diag.Rule{ID: string(ValueRemoved), Severity: diag.Error, Purpose: "Named values of messages must not be removed."},
		Group: GroupRemoved, Bump: Major, Affects: deciders,
		message: "{subject} no longer has a value named {part}",
		help:    "restore the placeholder name in a phrase",
	},
	{
		Rule:  diag.Rule{ID: string(ResponseReclassified), Severity: diag.Error, Purpose: "A response must keep its meaning."},
		Group: GroupDecisions, Bump: Major, Affects: deciders,
		message: "{part} of response {message} was {was}, now {is}",
		help:    "restore it, unless the service changed",
	},
	{
		Rule:  diag.Rule{ID: string(FieldRemoved), Severity: diag.Error, Purpose: "Fields of responses must keep their paths and roles."},
		Group: GroupDecisions, Bump: Major, Affects: deciders,
		message: "field {subject} no longer has role {part}",
		help:    "keep it after the new field, unless the service changed",
	},
	{
		Rule:  diag.Rule{ID: string(ChargedOff), Severity: diag.Error, Purpose: "The key charged must not change to no."},
		Group: GroupDecisions, Bump: Major, Affects: retriers,
		message: "charged of {subject} was {was}, now {is}",
		help:    "restore it, unless the service changed: clients treat requests that are not charged as settled",
	},
	{
		Rule:  diag.Rule{ID: string(IdempotencyChanged), Severity: diag.Error, Purpose: "The header, replays, for and codes of idempotency keys must not change, and opt_in must not be turned off."},
		Group: GroupDecisions, Bump: Major, Affects: retriers,
		message: "{part} was {was}, now {is}",
		help:    "restore it, unless the service changed: clients and stored attempts use the old value",
	},
	{
		Rule:  diag.Rule{ID: string(HTTPCodeChanged), Severity: diag.Error, Purpose: "The code for an HTTP status must not change."},
		Group: GroupDecisions, Bump: Major, Affects: deciders,
		message: "{part} was {was}, now {is}",
		help:    "restore it",
	},

	{
		Rule:  diag.Rule{ID: string(ActionChanged), Severity: diag.Warning, Purpose: "The action of a code changed."},
		Group: GroupDecisions, Bump: Minor, Affects: deciders,
		message: "the action of {subject} was {was}, now {is}",
	},
	{
		Rule:  diag.Rule{ID: string(AutomaticOff), Severity: diag.Warning, Purpose: "Automatic retries were turned off."},
		Group: GroupDecisions, Bump: Minor, Affects: deciders,
		message: "automatic retries were turned off for {subject}",
	},
	{
		Rule:  diag.Rule{ID: string(WaitLengthened), Severity: diag.Warning, Purpose: "A wait became longer."},
		Group: GroupDecisions, Bump: Minor, Affects: deciders,
		message: "the wait of {subject} was {was}, now {is}",
	},
	{
		Rule:  diag.Rule{ID: string(BackoffTightened), Severity: diag.Warning, Purpose: "The backoff became stricter."},
		Group: GroupDecisions, Bump: Minor, Affects: deciders,
		message: "{part} was {was}, now {is}",
	},
	{
		Rule:  diag.Rule{ID: string(ThrottleChanged), Severity: diag.Warning, Purpose: "The throttle setting of a code changed."},
		Group: GroupDecisions, Bump: Minor, Affects: deciders,
		message: "throttle of {subject} was {was}, now {is}",
	},
	{
		Rule:  diag.Rule{ID: string(ClassChanged), Severity: diag.Warning, Purpose: "A code moved to another class."},
		Group: GroupDecisions, Bump: Minor, Affects: deciders,
		message: "the class of {subject} was {was}, now {is}",
	},
	{
		Rule:  diag.Rule{ID: string(FaultChanged), Severity: diag.Warning, Purpose: "The fault of a class changed."},
		Group: GroupDecisions, Bump: Minor, Affects: deciders,
		message: "the fault of class {subject} was {was}, now {is}",
	},
	{
		Rule:  diag.Rule{ID: string(HTTPChanged), Severity: diag.Warning, Purpose: "The HTTP status of a code changed."},
		Group: GroupDecisions, Bump: Minor, Affects: deciders,
		message: "the HTTP status of {subject} was {was}, now {is}",
	},
	{
		Rule:  diag.Rule{ID: string(GRPCChanged), Severity: diag.Warning, Purpose: "The gRPC status of a code changed."},
		Group: GroupDecisions, Bump: Minor, Affects: deciders,
		message: "the gRPC status of {subject} was {was}, now {is}",
	},
	{
		Rule:  diag.Rule{ID: string(CodeRenamed), Severity: diag.Warning, Purpose: "A code was renamed; the former name and its constant remain valid."},
		Group: GroupDeprecated, Bump: Minor, Affects: stores,
		message: "code {was} was renamed to {is}",
	},
	{
		Rule:  diag.Rule{ID: string(DeprecatedOn), Severity: diag.Warning, Purpose: "A code was deprecated."},
		Group: GroupDeprecated, Bump: Minor, Affects: compilers,
		message: "{subject} was deprecated",
	},
	{
		Rule:  diag.Rule{ID: string(UnlistedChanged), Severity: diag.Warning, Purpose: "The action for unlisted codes changed."},
		Group: GroupDecisions, Bump: Minor, Affects: deciders,
		message: "the action for unlisted codes was {was}, now {is}",
	},
	{
		Rule:  diag.Rule{ID: string(ReservedRemoved), Severity: diag.Warning, Purpose: "Reserved names should stay reserved."},
		Group: GroupRemoved, Bump: Minor, Affects: stores,
		message: "{subject} is no longer reserved",
		help:    "keep it under reserved: so that it is not reused",
	},
	{
		Rule:  diag.Rule{ID: string(Hidden), Severity: diag.Warning, Purpose: "The internal setting of a code changed."},
		Group: GroupDeprecated, Bump: Minor, Affects: readers,
		message: "internal of {subject} was {was}, now {is}",
	},
	{
		Rule:  diag.Rule{ID: string(MessageRefined), Severity: diag.Warning, Purpose: "A message without a subtype, or with the fallback, now selects a specific subtype."},
		Group: GroupDecisions, Bump: Minor, Affects: deciders,
		message: "message {message} of {subject} selected {was} and now selects {is}",
	},
	{
		Rule:  diag.Rule{ID: string(PhraseRemoved), Severity: diag.Warning, Purpose: "A phrase was removed."},
		Group: GroupRemoved, Bump: Minor, Affects: deciders,
		message: "phrase {was} of {subject} was removed",
	},
	{
		Rule:  diag.Rule{ID: string(ResponseRefined), Severity: diag.Warning, Purpose: "A response has further details, or a stricter meaning."},
		Group: GroupDecisions, Bump: Minor, Affects: deciders,
		message: "{part} of response {message} was {was}, now {is}",
	},
	{
		Rule:  diag.Rule{ID: string(IdempotencyTightened), Severity: diag.Warning, Purpose: "The settings of idempotency keys became stricter."},
		Group: GroupDecisions, Bump: Minor, Affects: deciders,
		message: "{part} was {was}, now {is}",
	},
	{
		Rule:  diag.Rule{ID: string(ChargedChanged), Severity: diag.Warning, Purpose: "The charged setting of a code changed."},
		Group: GroupDecisions, Bump: Minor, Affects: deciders,
		message: "charged of {subject} was {was}, now {is}",
	},
	{
		Rule:  diag.Rule{ID: string(MessageChanged), Severity: diag.Warning, Purpose: "The message that the service sends changed."},
		Group: GroupDecisions, Bump: Minor, Affects: deciders,
		message: "the message of {subject} was {was}, now {is}",
	},
	{
		Rule:  diag.Rule{ID: string(HTTPCodeAdded), Severity: diag.Warning, Purpose: "An HTTP status was given a code."},
		Group: GroupDecisions, Bump: Minor, Affects: deciders,
		message: "{part} now means {is}",
	},

	{
		Rule:  diag.Rule{ID: string(CodeAdded), Severity: diag.Info, Purpose: "A code was added."},
		Group: GroupAdded, Bump: Minor,
		message: "code {subject} was added",
	},
	{
		Rule:  diag.Rule{ID: string(SubtypeAdded), Severity: diag.Info, Purpose: "A subtype was added."},
		Group: GroupAdded, Bump: Minor,
		message: "subtype {subject} was added",
	},
	{
		Rule:  diag.Rule{ID: string(NameAdded), Severity: diag.Info, Purpose: "An exported Go name was added."},
		Group: GroupAdded, Bump: Minor,
		message: "the Go name {subject} was added",
	},
	{
		Rule:  diag.Rule{ID: string(FieldAdded), Severity: diag.Info, Purpose: "A field of responses was given a role."},
		Group: GroupAdded, Bump: Minor,
		message: "field {subject} has role {is}",
	},
	{
		Rule:  diag.Rule{ID: string(ClassAdded), Severity: diag.Info, Purpose: "A class was added."},
		Group: GroupAdded, Bump: Minor,
		message: "class {subject} was added",
	},
	{
		Rule:  diag.Rule{ID: string(AliasAdded), Severity: diag.Info, Purpose: "An accepted wire value was added."},
		Group: GroupAdded, Bump: Minor,
		message: "{part} is now accepted for {subject}",
	},
	{
		Rule:  diag.Rule{ID: string(PhraseAdded), Severity: diag.Info, Purpose: "A phrase was added."},
		Group: GroupAdded, Bump: Minor,
		message: "phrase {is} of {subject} was added",
	},
	{
		Rule:  diag.Rule{ID: string(ValueAdded), Severity: diag.Info, Purpose: "A named value was added."},
		Group: GroupAdded, Bump: Minor,
		message: "{subject} has a new value named {part}",
	},
	{
		Rule:  diag.Rule{ID: string(IdempotencyAdded), Severity: diag.Info, Purpose: "Idempotency keys were added."},
		Group: GroupAdded, Bump: Minor,
		message: "idempotency keys in header {is} were added",
	},
	{
		Rule:  diag.Rule{ID: string(PollingChanged), Severity: diag.Info, Purpose: "The polling settings changed."},
		Group: GroupDecisions, Bump: Minor,
		message: "{part} was {was}, now {is}",
	},
	{
		Rule:  diag.Rule{ID: string(NameReserved), Severity: diag.Info, Purpose: "A name was reserved."},
		Group: GroupAdded, Bump: Minor,
		message: "{subject} was reserved",
	},
	{
		Rule:  diag.Rule{ID: string(DeprecatedOff), Severity: diag.Info, Purpose: "A deprecation was removed."},
		Group: GroupDeprecated, Bump: Minor,
		message: "{subject} is no longer deprecated",
	},
	{
		Rule:  diag.Rule{ID: string(OrderChanged), Severity: diag.Info, Purpose: "The order of codes changed."},
		Group: GroupTexts, Bump: Patch,
		message: "{subject} moved: {was}, now {is}",
	},
	{
		Rule:  diag.Rule{ID: string(TextChanged), Severity: diag.Info, Purpose: "A text changed."},
		Group: GroupTexts, Bump: Patch,
		message: "{part} of {subject} changed",
	},
}
