package names

import (
	"fmt"
	"go/token"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// exportedNames are the names that a generated package declares in addition to its
// constants.
var exportedNames = strings.Fields(`
	Action Attempts Charged Class Classify Code CodeOf Codes DecodeTask Decision DecisionOf Deprecation
	Error Explain Fault IdempotencyHeader Info Match ParseCode ParseRetryAfter Policy PollError Reason
	Revision Subtype SubtypeInfo Task Wait Waiter`)

// A namer assigns Go identifiers and reports duplicates.
type namer struct {
	taken    map[string]owner
	findings diag.List
}

// An owner is the entry that has an identifier.
//
// Its location is computed only when it is needed: most tables have thousands of names and
// no duplicates.
type owner struct {
	at      func() diag.Location
	kind    string // "code"; "" for a name that every package declares
	help    string
	subject string // the name of the entry in the table
}

// describe returns the name of the entry for messages: code "x".
func (o owner) describe() string { return fmt.Sprintf("%s %q", o.kind, o.subject) }

func newNamer() *namer {
	n := &namer{taken: make(map[string]owner)}
	for _, name := range exportedNames {
		n.taken[name] = owner{}
	}
	for _, a := range spec.Actions() {
		n.taken["Action"+camel(a.String())] = owner{}
	}
	for _, f := range spec.Faults() {
		n.taken["Fault"+camel(f.String())] = owner{}
	}
	return n
}

// taskNamer returns a namer for the fields of Task, whose names must differ from those of its
// methods.
func taskNamer() *namer { return reserving(taskMethods...) }

var taskMethods = []string{"Err", "Done", "MarshalJSON", "UnmarshalJSON"}

// errorNamer returns a namer for the fields of Error that the table adds.
func errorNamer() *namer {
	return reserving("Code", "Wire", "Message", "TaskID", "Model", "RequestID", "Param", "HTTPStatus", "RetryAfter",
		"Error", "Is", "As", "Decision", "Value", "LogValue", "MarshalJSON", "UnmarshalJSON",
		"Timeout", "Temporary", "RetryableError", "Format") // the last line: methods that other libraries look for
}

func reserving(names ...string) *namer {
	n := &namer{taken: make(map[string]owner)}
	for _, name := range names {
		n.taken[name] = owner{}
	}
	return n
}

// identifier returns the identifier made of a prefix and the parts of a name, and assigns it
// to the entry by, whose name is subject.
func (n *namer) identifier(prefix string, by owner, subject string, parts ...string) string {
	name := prefix + camel(parts...)
	by.subject = subject
	before, taken := n.taken[name]
	switch {
	case name == prefix || !token.IsIdentifier(name):
		n.report(ruleIdentifier, by, nil,
			fmt.Sprintf("%s has no letter or digit usable in a Go name", by.describe()))
	case taken && before.kind == "":
		n.report(ruleCollision, by, nil,
			fmt.Sprintf("%s has the Go name %s, which every generated package declares", by.describe(), name))
	case taken:
		n.report(ruleCollision, by, []diag.Related{{Location: before.at(), Message: "other entry"}},
			fmt.Sprintf("%s and %s have the same Go name %s", before.describe(), by.describe(), name))
	default:
		n.taken[name] = by
	}
	return name
}

func (n *namer) report(rule string, by owner, related []diag.Related, message string) {
	n.findings = append(n.findings, diag.Diagnostic{
		Rule: rule, Message: message, Location: by.at(), Related: related, Subject: by.subject,
		Help: by.help,
	})
}

// packageName checks the name of a Go package.
func (n *namer) packageName(name string, at diag.Location) {
	if problem := PackageProblem(name); problem != "" {
		n.findings = append(n.findings, diag.Diagnostic{
			Rule: rulePackage, Location: at, Subject: name, Message: problem,
			Help: "choose another name with --package, or with package: in errspec.yaml",
		})
	}
}

// PackageProblem returns the reason why name cannot be the name of a Go package. It returns
// "" if it can.
func PackageProblem(name string) string {
	switch {
	case !token.IsIdentifier(name) || name == "_":
		return fmt.Sprintf("%q is not a valid Go package name", name)
	case name == "main", name == "init", name == "documentation":
		// The go command ignores files of a package named documentation.
		return fmt.Sprintf("a package named %s cannot be imported", name)
	}
	return ""
}
