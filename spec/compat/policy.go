package compat

import "github.com/errspec/errspec/spec/diag"

// Who is hurt by a change.
const (
	compilers = "code that names it"
	retriers  = "retry loops, which may repeat paid work"
	deciders  = "code that acts on the decision"
	stores    = "stored values and other clients, which have the old one"
	readers   = "readers of the docs"
)

// helpAccept is for changes after which nothing in the table is left to do.
const helpAccept = "if this is intended, list it under breaking: accept: in errspec.yaml, with the reason"

// policy is what Rules returns, without the examples.
var policy = []Rule{
	{
		Rule:  diag.Rule{ID: string(AutomaticOn), Severity: diag.Error, Purpose: "Automatic never turns on."},
		Group: GroupDecisions, Bump: Major, Hurts: retriers,
		message: "automatic turned on for {subject}",
		help:    "clients that took up the table would repeat the request on their own; add another code for the case that is safe",
	},
	{
		Rule:  diag.Rule{ID: string(ActionLoosened), Severity: diag.Error, Purpose: "What is never to be repeated stays so."},
		Group: GroupDecisions, Bump: Major, Hurts: retriers,
		message: "{subject} was never to be repeated, and now the action is {is}",
		help:    "keep action: never, or add another code",
	},
	{
		Rule:  diag.Rule{ID: string(WaitShortened), Severity: diag.Error, Purpose: "Waits never shrink."},
		Group: GroupDecisions, Bump: Major, Hurts: retriers,
		message: "the wait of {subject} was {was}, and is {is}",
		help:    "keep the wait at least as long as it was",
	},
	{
		Rule:  diag.Rule{ID: string(BackoffLoosened), Severity: diag.Error, Purpose: "Requests are not repeated sooner or more often than before."},
		Group: GroupDecisions, Bump: Major, Hurts: retriers,
		message: "{part} was {was}, and is {is}",
		help:    "keep it as strict as it was",
	},
	{
		Rule:  diag.Rule{ID: string(WireTypeChanged), Severity: diag.Error, Purpose: "Codes stay text, or stay numbers."},
		Group: GroupRemoved, Bump: Major, Hurts: compilers,
		message: "codes were of the wire type {was}, and are {is}",
		help:    "begin another table",
	},
	{
		Rule:  diag.Rule{ID: string(TableRenamed), Severity: diag.Error, Purpose: "A table keeps its name, which is that of its package and in every error's text."},
		Group: GroupRemoved, Bump: Major, Hurts: compilers,
		message: "the table was called {was}, and is called {is}",
		help:    "keep name:, and change the title",
	},
	{
		Rule:  diag.Rule{ID: string(TableRemoved), Severity: diag.Error, Purpose: "A table that errspec.yaml lists must not be removed from it."},
		Group: GroupRemoved, Bump: Major, Hurts: compilers,
		message: "errspec.yaml no longer lists the table {subject}",
		help:    "list it again, with its outputs, or accept the change under breaking: of another table",
	},
	{
		Rule:  diag.Rule{ID: string(PackageRemoved), Severity: diag.Error, Purpose: "A generated Go package must stay in its directory."},
		Group: GroupRemoved, Bump: Major, Hurts: compilers,
		message: "the Go package {subject} is no longer generated",
		help:    "generate it again: go: {dir: {subject}}",
	},
	{
		Rule:  diag.Rule{ID: string(PackageRenamed), Severity: diag.Error, Purpose: "A generated Go package must keep its name."},
		Group: GroupRemoved, Bump: Major, Hurts: compilers,
		message: "the Go package in {subject} was called {was}, and is called {is}",
		help:    "keep the name: go: {package: {was}}",
	},
	{
		Rule:  diag.Rule{ID: string(CodeRemoved), Severity: diag.Error, Purpose: "Codes are never removed."},
		Group: GroupRemoved, Bump: Major, Hurts: compilers,
		message: "code {subject} is gone",
		help:    "if it is renamed, list {subject} under renamed_from: of the new code; if not, keep it with deprecated:, or add it under reserved: if the service never sends it again",
	},
	{
		Rule:  diag.Rule{ID: string(WireValueChanged), Severity: diag.Error, Purpose: "The wire value of a code stays the same."},
		Group: GroupRemoved, Bump: Major, Hurts: stores,
		message: "the code {was} is {is} on the wire now",
		help:    "list {was} under renamed_from:, which keeps it accepted",
	},
	{
		Rule:  diag.Rule{ID: string(AliasRemoved), Severity: diag.Error, Purpose: "What was accepted for a code stays accepted for it."},
		Group: GroupRemoved, Bump: Major, Hurts: stores,
		message: "{part} does not mean {subject} any more",
		help:    "keep it under aliases: or renamed_from:",
	},
	{
		Rule:  diag.Rule{ID: string(NameRemoved), Severity: diag.Error, Purpose: "Exported Go names stay."},
		Group: GroupRemoved, Bump: Major, Hurts: compilers,
		message: "the Go name {subject} is gone",
		help:    "keep the field of the response as it was",
	},
	{
		Rule:  diag.Rule{ID: string(NameChanged), Severity: diag.Error, Purpose: "Exported Go names keep their types."},
		Group: GroupRemoved, Bump: Major, Hurts: compilers,
		message: "{subject} was {was}, and is {is}",
		help:    "keep the type as it was, or describe another field",
	},
	{
		Rule:  diag.Rule{ID: string(ClassRemoved), Severity: diag.Error, Purpose: "Classes are never removed."},
		Group: GroupRemoved, Bump: Major, Hurts: compilers,
		message: "class {subject} is gone",
		help:    "keep it, even if no code has it",
	},
	{
		Rule:  diag.Rule{ID: string(SubtypeRemoved), Severity: diag.Error, Purpose: "Sub-types are never removed."},
		Group: GroupRemoved, Bump: Major, Hurts: compilers,
		message: "sub-type {subject} is gone",
		help:    "keep it; add it under reserved: if it really is gone",
	},
	{
		Rule:  diag.Rule{ID: string(SubtypeMoved), Severity: diag.Error, Purpose: "A sub-type stays with its code."},
		Group: GroupRemoved, Bump: Major, Hurts: compilers,
		message: "sub-type {subject} is {is} now",
		help:    "keep it where it was as well",
	},
	{
		Rule:  diag.Rule{ID: string(MessageReclassified), Severity: diag.Error, Purpose: "A message goes on telling the sub-type and the values that it told."},
		Group: GroupDecisions, Bump: Major, Hurts: deciders,
		message: "the message {message} told {was} of {subject}, and tells {is}",
		help:    "make the phrases tell the two apart; the one with more literal text wins",
	},
	{
		Rule:  diag.Rule{ID: string(TextReclassified), Severity: diag.Error, Purpose: "A text without a code goes on telling what it told."},
		Group: GroupDecisions, Bump: Major, Hurts: deciders,
		message: "the text {message} told {was}, and tells {is}",
		help:    "make the phrases tell the two apart; the one with more literal text wins",
	},
	{
		Rule:  diag.Rule{ID: string(ValueRemoved), Severity: diag.Error, Purpose: "Named parts of messages keep their names."},
		Group: GroupRemoved, Bump: Major, Hurts: deciders,
		message: "{subject} has no value called {part} any more",
		help:    "keep the name in a phrase",
	},
	{
		Rule:  diag.Rule{ID: string(ResponseChanged), Severity: diag.Error, Purpose: "Answers are read as before."},
		Group: GroupDecisions, Bump: Major, Hurts: deciders,
		message: "{part} was {was}, and is {is}",
		help:    "keep it, unless the service itself has changed",
	},
	{
		Rule:  diag.Rule{ID: string(HTTPCodeChanged), Severity: diag.Error, Purpose: "An HTTP answer that names no code keeps the one it had."},
		Group: GroupDecisions, Bump: Major, Hurts: deciders,
		message: "{part} stood for {was}, and stands for {is}",
		help:    "keep it as it was",
	},

	{
		Rule:  diag.Rule{ID: string(ActionChanged), Severity: diag.Warning, Purpose: "The action of a code changes rarely."},
		Group: GroupDecisions, Bump: Minor, Hurts: deciders,
		message: "the action of {subject} was {was}, and is {is}",
	},
	{
		Rule:  diag.Rule{ID: string(AutomaticOff), Severity: diag.Warning, Purpose: "Advice that gets stricter ends retries."},
		Group: GroupDecisions, Bump: Minor, Hurts: deciders,
		message: "automatic turned off for {subject}",
	},
	{
		Rule:  diag.Rule{ID: string(WaitLengthened), Severity: diag.Warning, Purpose: "Advice that gets stricter slows retries down."},
		Group: GroupDecisions, Bump: Minor, Hurts: deciders,
		message: "the wait of {subject} was {was}, and is {is}",
	},
	{
		Rule:  diag.Rule{ID: string(BackoffTightened), Severity: diag.Warning, Purpose: "Advice that gets stricter slows retries down."},
		Group: GroupDecisions, Bump: Minor, Hurts: deciders,
		message: "{part} was {was}, and is {is}",
	},
	{
		Rule:  diag.Rule{ID: string(ThrottleChanged), Severity: diag.Warning, Purpose: "Whether a code is a limit changes rarely."},
		Group: GroupDecisions, Bump: Minor, Hurts: deciders,
		message: "throttle of {subject} was {was}, and is {is}",
	},
	{
		Rule:  diag.Rule{ID: string(ClassChanged), Severity: diag.Warning, Purpose: "A code stays in its class."},
		Group: GroupDecisions, Bump: Minor, Hurts: deciders,
		message: "the class of {subject} was {was}, and is {is}",
	},
	{
		Rule:  diag.Rule{ID: string(FaultChanged), Severity: diag.Warning, Purpose: "Whose fault a class is changes rarely."},
		Group: GroupDecisions, Bump: Minor, Hurts: deciders,
		message: "the fault of class {subject} was {was}, and is {is}",
	},
	{
		Rule:  diag.Rule{ID: string(HTTPChanged), Severity: diag.Warning, Purpose: "A code keeps its HTTP status."},
		Group: GroupDecisions, Bump: Minor, Hurts: deciders,
		message: "the HTTP status of {subject} was {was}, and is {is}",
	},
	{
		Rule:  diag.Rule{ID: string(GRPCChanged), Severity: diag.Warning, Purpose: "A code keeps its gRPC status."},
		Group: GroupDecisions, Bump: Minor, Hurts: deciders,
		message: "the gRPC status of {subject} was {was}, and is {is}",
	},
	{
		Rule:  diag.Rule{ID: string(CodeRenamed), Severity: diag.Warning, Purpose: "A renamed code is accepted under its old name, and its old constant stays."},
		Group: GroupDeprecated, Bump: Minor, Hurts: stores,
		message: "code {was} is called {is} now",
	},
	{
		Rule:  diag.Rule{ID: string(DeprecatedOn), Severity: diag.Warning, Purpose: "A deprecated code is on its way out."},
		Group: GroupDeprecated, Bump: Minor, Hurts: compilers,
		message: "{subject} is deprecated",
	},
	{
		Rule:  diag.Rule{ID: string(UnlistedChanged), Severity: diag.Warning, Purpose: "What is advised for unlisted codes changes rarely."},
		Group: GroupDecisions, Bump: Minor, Hurts: deciders,
		message: "the action for codes that the table does not list was {was}, and is {is}",
	},
	{
		Rule:  diag.Rule{ID: string(ReservedRemoved), Severity: diag.Warning, Purpose: "What is reserved stays reserved."},
		Group: GroupRemoved, Bump: Minor, Hurts: stores,
		message: "{subject} is not reserved any more",
		help:    "keep it under reserved:, so that it never comes back with another meaning",
	},
	{
		Rule:  diag.Rule{ID: string(Hidden), Severity: diag.Warning, Purpose: "Whether a code is internal decides who reads of it."},
		Group: GroupDeprecated, Bump: Minor, Hurts: readers,
		message: "internal of {subject} was {was}, and is {is}",
	},
	{
		Rule:  diag.Rule{ID: string(MessageRefined), Severity: diag.Warning, Purpose: "A message that told no sub-type, or only the fallback, may come to tell one."},
		Group: GroupDecisions, Bump: Minor, Hurts: deciders,
		message: "the message {message} told {was} of {subject}, and tells {is}",
	},
	{
		Rule:  diag.Rule{ID: string(PhraseRemoved), Severity: diag.Warning, Purpose: "A message is known by its phrases."},
		Group: GroupRemoved, Bump: Minor, Hurts: deciders,
		message: "{subject} has lost the phrase {was}",
	},
	{
		Rule:  diag.Rule{ID: string(HTTPCodeAdded), Severity: diag.Warning, Purpose: "An HTTP answer that named no code gets one."},
		Group: GroupDecisions, Bump: Minor, Hurts: deciders,
		message: "{part} stands for {is} now",
	},

	{
		Rule:  diag.Rule{ID: string(CodeAdded), Severity: diag.Info, Purpose: "Codes are added."},
		Group: GroupAdded, Bump: Minor,
		message: "code {subject} is new",
	},
	{
		Rule:  diag.Rule{ID: string(SubtypeAdded), Severity: diag.Info, Purpose: "Sub-types are added."},
		Group: GroupAdded, Bump: Minor,
		message: "sub-type {subject} is new",
	},
	{
		Rule:  diag.Rule{ID: string(NameAdded), Severity: diag.Info, Purpose: "Exported Go names are added."},
		Group: GroupAdded, Bump: Minor,
		message: "the Go name {subject} is new",
	},
	{
		Rule:  diag.Rule{ID: string(ClassAdded), Severity: diag.Info, Purpose: "Classes are added."},
		Group: GroupAdded, Bump: Minor,
		message: "class {subject} is new",
	},
	{
		Rule:  diag.Rule{ID: string(AliasAdded), Severity: diag.Info, Purpose: "Spellings are added."},
		Group: GroupAdded, Bump: Minor,
		message: "{part} means {subject} as well",
	},
	{
		Rule:  diag.Rule{ID: string(PhraseAdded), Severity: diag.Info, Purpose: "Phrases are added."},
		Group: GroupAdded, Bump: Minor,
		message: "{subject} has the new phrase {is}",
	},
	{
		Rule:  diag.Rule{ID: string(ValueAdded), Severity: diag.Info, Purpose: "Named parts of messages are added."},
		Group: GroupAdded, Bump: Minor,
		message: "{subject} has a new value called {part}",
	},
	{
		Rule:  diag.Rule{ID: string(PollingChanged), Severity: diag.Info, Purpose: "How a task is watched changes."},
		Group: GroupDecisions, Bump: Minor,
		message: "{part} was {was}, and is {is}",
	},
	{
		Rule:  diag.Rule{ID: string(NameReserved), Severity: diag.Info, Purpose: "Words are reserved."},
		Group: GroupAdded, Bump: Minor,
		message: "{subject} is reserved",
	},
	{
		Rule:  diag.Rule{ID: string(DeprecatedOff), Severity: diag.Info, Purpose: "A deprecation is lifted."},
		Group: GroupDeprecated, Bump: Minor,
		message: "{subject} is not deprecated any more",
	},
	{
		Rule:  diag.Rule{ID: string(OrderChanged), Severity: diag.Info, Purpose: "Codes change places."},
		Group: GroupTexts, Bump: Patch,
		message: "{subject} stood {was}, and stands {is}",
	},
	{
		Rule:  diag.Rule{ID: string(TextChanged), Severity: diag.Info, Purpose: "Texts change."},
		Group: GroupTexts, Bump: Patch,
		message: "{part} of {subject} has changed",
	},
}
