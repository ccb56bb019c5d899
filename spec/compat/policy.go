package compat

import (
	"fmt"

	"github.com/errspec/errspec/spec/diag"
)

// Bump is by how much the version of a generated package has to rise.
type Bump uint8

// The bumps, the smallest first.
const (
	NoBump Bump = iota // nothing changed
	Patch              // texts only
	Minor              // whoever compiles and retries goes on as before
	Major              // somebody breaks
)

// String returns "none", "patch", "minor" or "major".
func (b Bump) String() string {
	names := [...]string{"none", "patch", "minor", "major"}
	if int(b) < len(names) {
		return names[b]
	}
	return fmt.Sprintf("Bump(%d)", uint8(b))
}

// Group is what kind of thing a change is, for readers of a changelog.
type Group string

// The groups of a changelog, in their order: what programs do otherwise comes
// first.
const (
	GroupDecisions  Group = "Decisions"
	GroupRemoved    Group = "Removed"
	GroupDeprecated Group = "Renamed and deprecated"
	GroupAdded      Group = "Added"
	GroupTexts      Group = "Texts"
)

// Groups returns the groups in their order.
func Groups() []Group {
	return []Group{GroupDecisions, GroupRemoved, GroupDeprecated, GroupAdded, GroupTexts}
}

// A Rule says what a kind of change means for those who use the table.
type Rule struct {
	Kind     Kind
	Group    Group
	Purpose  string
	Severity diag.Severity
	Bump     Bump
	Hurts    string // who is hurt, "" if nobody
	message  string // with {subject}, {part}, {was}, {is}, {message}
	help     string
}

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

// Rules returns what every kind of change means, the gravest first.
func Rules() []Rule { return rules }

var rules = []Rule{
	{AutomaticOn, GroupDecisions, "Automatic never turns on.", diag.Error, Major, retriers, "automatic turned on for {subject}", "clients that took up the table would repeat the request on their own; add another code for the case that is safe"},
	{ActionLoosened, GroupDecisions, "What is never to be repeated stays so.", diag.Error, Major, retriers, "{subject} was never to be repeated, and now the action is {is}", "keep action: never, or add another code"},
	{WaitShortened, GroupDecisions, "Waits never shrink.", diag.Error, Major, retriers, "the wait of {subject} was {was}, and is {is}", "keep the wait at least as long as it was"},
	{BackoffLoosened, GroupDecisions, "Requests are not repeated sooner or more often than before.", diag.Error, Major, retriers, "{part} was {was}, and is {is}", "keep it as strict as it was"},
	{WireTypeChanged, GroupRemoved, "Codes stay text, or stay numbers.", diag.Error, Major, compilers, "codes were of the wire type {was}, and are {is}", "begin another table"},
	{TableRenamed, GroupRemoved, "A table keeps its name, which is that of its package and in every error's text.", diag.Error, Major, compilers, "the table was called {was}, and is called {is}", "keep name:, and change the title"},
	{TableRemoved, GroupRemoved, "A table that errspec.yaml lists must not be removed from it.", diag.Error, Major, compilers, "errspec.yaml no longer lists the table {subject}", "list it again, with its outputs, or accept the change under breaking: of another table"},
	{PackageRemoved, GroupRemoved, "A generated Go package must stay in its directory.", diag.Error, Major, compilers, "the Go package {subject} is no longer generated", "generate it again: go: {dir: {subject}}"},
	{CodeRemoved, GroupRemoved, "Codes are never removed.", diag.Error, Major, compilers, "code {subject} is gone", "if it is renamed, list {subject} under renamed_from: of the new code; if not, keep it with deprecated:, or add it under reserved: if the service never sends it again"},
	{CodeRenumbered, GroupRemoved, "The wire value of a code stays the same.", diag.Error, Major, stores, "the code {was} is {is} on the wire now", "list {was} under renamed_from:, which keeps it accepted"},
	{SpellingRemoved, GroupRemoved, "What was accepted for a code stays accepted for it.", diag.Error, Major, stores, "{part} does not mean {subject} any more", "keep it under aliases: or renamed_from:"},
	{NameRemoved, GroupRemoved, "Exported Go names stay.", diag.Error, Major, compilers, "the Go name {subject} is gone", "keep the field of the response as it was"},
	{NameChanged, GroupRemoved, "Exported Go names keep their types.", diag.Error, Major, compilers, "{subject} was {was}, and is {is}", "keep the type as it was, or describe another field"},
	{ClassRemoved, GroupRemoved, "Classes are never removed.", diag.Error, Major, compilers, "class {subject} is gone", "keep it, even if no code has it"},
	{SubtypeRemoved, GroupRemoved, "Sub-types are never removed.", diag.Error, Major, compilers, "sub-type {subject} is gone", "keep it; add it under reserved: if it really is gone"},
	{SubtypeMoved, GroupRemoved, "A sub-type stays with its code.", diag.Error, Major, compilers, "sub-type {subject} is {is} now", "keep it where it was as well"},
	{MessageMoved, GroupDecisions, "A message goes on telling the sub-type and the values that it told.", diag.Error, Major, deciders, "the message {message} told {was} of {subject}, and tells {is}", "make the phrases tell the two apart; the one with more literal text wins"},
	{MatchMoved, GroupDecisions, "A text without a code goes on telling what it told.", diag.Error, Major, deciders, "the text {message} told {was}, and tells {is}", "make the phrases tell the two apart; the one with more literal text wins"},
	{ValueRemoved, GroupRemoved, "Named parts of messages keep their names.", diag.Error, Major, deciders, "{subject} has no value called {part} any more", "keep the name in a phrase"},
	{ResponseChanged, GroupDecisions, "Answers are read as before.", diag.Error, Major, deciders, "{part} was {was}, and is {is}", "keep it, unless the service itself has changed"},
	{StatusCodeMoved, GroupDecisions, "An HTTP answer that names no code keeps the one it had.", diag.Error, Major, deciders, "{part} stood for {was}, and stands for {is}", "keep it as it was"},

	{ActionChanged, GroupDecisions, "The action of a code changes rarely.", diag.Warning, Minor, deciders, "the action of {subject} was {was}, and is {is}", ""},
	{AutomaticOff, GroupDecisions, "Advice that gets stricter ends retries.", diag.Warning, Minor, deciders, "automatic turned off for {subject}", ""},
	{WaitLengthened, GroupDecisions, "Advice that gets stricter slows retries down.", diag.Warning, Minor, deciders, "the wait of {subject} was {was}, and is {is}", ""},
	{BackoffTightened, GroupDecisions, "Advice that gets stricter slows retries down.", diag.Warning, Minor, deciders, "{part} was {was}, and is {is}", ""},
	{ThrottleChanged, GroupDecisions, "Whether a code is a limit changes rarely.", diag.Warning, Minor, deciders, "throttle of {subject} was {was}, and is {is}", ""},
	{ClassChanged, GroupDecisions, "A code stays in its class.", diag.Warning, Minor, deciders, "the class of {subject} was {was}, and is {is}", ""},
	{FaultChanged, GroupDecisions, "Whose fault a class is changes rarely.", diag.Warning, Minor, deciders, "the fault of class {subject} was {was}, and is {is}", ""},
	{HTTPChanged, GroupDecisions, "A code keeps its HTTP status.", diag.Warning, Minor, deciders, "the HTTP status of {subject} was {was}, and is {is}", ""},
	{GRPCChanged, GroupDecisions, "A code keeps its gRPC status.", diag.Warning, Minor, deciders, "the gRPC status of {subject} was {was}, and is {is}", ""},
	{CodeRenamed, GroupDeprecated, "A renamed code is accepted under its old name, and its old constant stays.", diag.Warning, Minor, stores, "code {was} is called {is} now", ""},
	{DeprecatedOn, GroupDeprecated, "A deprecated code is on its way out.", diag.Warning, Minor, compilers, "{subject} is deprecated", ""},
	{UnknownChanged, GroupDecisions, "What is advised for unlisted codes changes rarely.", diag.Warning, Minor, deciders, "the action for codes that the table does not list was {was}, and is {is}", ""},
	{ReservedRemoved, GroupRemoved, "What is reserved stays reserved.", diag.Warning, Minor, stores, "{subject} is not reserved any more", "keep it under reserved:, so that it never comes back with another meaning"},
	{Hidden, GroupDeprecated, "Whether a code is internal decides who reads of it.", diag.Warning, Minor, readers, "internal of {subject} was {was}, and is {is}", ""},
	{MessageRefined, GroupDecisions, "A message that told no sub-type, or only the fallback, may come to tell one.", diag.Warning, Minor, deciders, "the message {message} told {was} of {subject}, and tells {is}", ""},
	{PhraseRemoved, GroupRemoved, "A message is known by its phrases.", diag.Warning, Minor, deciders, "{subject} has lost the phrase {was}", ""},
	{StatusCodeAdded, GroupDecisions, "An HTTP answer that named no code gets one.", diag.Warning, Minor, deciders, "{part} stands for {is} now", ""},

	{CodeAdded, GroupAdded, "Codes are added.", diag.Info, Minor, "", "code {subject} is new", ""},
	{SubtypeAdded, GroupAdded, "Sub-types are added.", diag.Info, Minor, "", "sub-type {subject} is new", ""},
	{NameAdded, GroupAdded, "Exported Go names are added.", diag.Info, Minor, "", "the Go name {subject} is new", ""},
	{ClassAdded, GroupAdded, "Classes are added.", diag.Info, Minor, "", "class {subject} is new", ""},
	{SpellingAdded, GroupAdded, "Spellings are added.", diag.Info, Minor, "", "{part} means {subject} as well", ""},
	{PhraseAdded, GroupAdded, "Phrases are added.", diag.Info, Minor, "", "{subject} has the new phrase {is}", ""},
	{ValueAdded, GroupAdded, "Named parts of messages are added.", diag.Info, Minor, "", "{subject} has a new value called {part}", ""},
	{PollingChanged, GroupDecisions, "How a task is watched changes.", diag.Info, Minor, "", "{part} was {was}, and is {is}", ""},
	{ReservedAdded, GroupAdded, "Words are reserved.", diag.Info, Minor, "", "{subject} is reserved", ""},
	{DeprecatedOff, GroupDeprecated, "A deprecation is lifted.", diag.Info, Minor, "", "{subject} is not deprecated any more", ""},
	{OrderChanged, GroupTexts, "Codes change places.", diag.Info, Patch, "", "{subject} stood {was}, and stands {is}", ""},
	{TextChanged, GroupTexts, "Texts change.", diag.Info, Patch, "", "{part} of {subject} has changed", ""},
}

// RuleOf returns what a kind of change means.
func RuleOf(k Kind) Rule { return byKind[k] }

var byKind = func() map[Kind]Rule {
	all := make(map[Kind]Rule, len(rules))
	for _, r := range rules {
		all[r.Kind] = r
	}
	return all
}()
