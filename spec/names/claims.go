package names

import (
	"fmt"
	"go/token"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// exportedNames are the names that a generated package declares besides its
// constants.
var exportedNames = strings.Fields(`
	Action Class Classify Code CodeOf Codes DecodeTask Decision DecisionOf Deprecation Error Explain
	Fault Info Match ParseCode ParseRetryAfter Policy PollError Revision Subtype SubtypeInfo Task
	Wait Waiter`)

// A namer hands out Go identifiers and reports duplicates.
type namer struct {
	taken    map[string]claim
	findings diag.List
}

// A claim is the entry that has a name.
//
// The location is computed only when it is needed: most tables have thousands of
// names and no duplicates.
type claim struct {
	at      func() diag.Location
	kind    string // "code"; "" for a name of the package itself
	fix     string
	subject string // what is called so, by its own name
}

// what names the entry in messages: code "x".
func (c claim) what() string { return fmt.Sprintf("%s %q", c.kind, c.subject) }

func newNamer() *namer {
	n := &namer{taken: make(map[string]claim)}
	for _, name := range exportedNames {
		n.taken[name] = claim{}
	}
	for _, a := range spec.Actions() {
		n.taken["Action"+camel(a.String())] = claim{}
	}
	for _, f := range spec.Faults() {
		n.taken["Fault"+camel(f.String())] = claim{}
	}
	return n
}

// taskNamer hands out the names of the fields of Task, which must not be those of its
// methods.
func taskNamer() *namer { return reserving(taskMethods...) }

var taskMethods = []string{"Err", "Done", "MarshalJSON", "UnmarshalJSON"}

// errorNamer hands out the names of further fields of Error.
func errorNamer() *namer {
	return reserving("Code", "Wire", "Message", "TaskID", "Model", "RequestID", "Param", "HTTPStatus", "RetryAfter",
		"Error", "Is", "As", "Decision", "Value", "LogValue", "MarshalJSON", "UnmarshalJSON",
		"Timeout", "Temporary", "RetryableError", "Format") // programs of others probe for the last ones
}

func reserving(names ...string) *namer {
	n := &namer{taken: make(map[string]claim)}
	for _, name := range names {
		n.taken[name] = claim{}
	}
	return n
}

// identifier claims a prefix and the parts of a name for an entry, which is called
// subject.
func (n *namer) identifier(prefix string, by claim, subject string, parts ...string) string {
	name := prefix + camel(parts...)
	by.subject = subject
	before, taken := n.taken[name]
	switch {
	case name == prefix || !token.IsIdentifier(name):
		n.report(ruleIdentifier, by, nil,
			fmt.Sprintf("%s has no letter or digit usable in a Go name", by.what()))
	case taken && before.kind == "":
		n.report(ruleCollision, by, nil,
			fmt.Sprintf("%s has the Go name %s, which every generated package declares", by.what(), name))
	case taken:
		n.report(ruleCollision, by, []diag.Related{{Location: before.at(), Message: "other entry"}},
			fmt.Sprintf("%s and %s have the same Go name %s", before.what(), by.what(), name))
	default:
		n.taken[name] = by
	}
	return name
}

func (n *namer) report(rule string, by claim, related []diag.Related, message string) {
	n.findings = append(n.findings, diag.Diagnostic{
		Rule: rule, Message: message, Location: by.at(), Related: related, Subject: by.subject,
		Help: by.fix,
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

// PackageProblem returns why a Go package cannot have a name, "" if it can.
func PackageProblem(name string) string {
	switch {
	case !token.IsIdentifier(name) || name == "_":
		return fmt.Sprintf("%q is not a valid Go package name", name)
	case name == "main", name == "init", name == "documentation":
		// The go command never compiles a package called documentation.
		return fmt.Sprintf("a package named %s cannot be imported", name)
	}
	return ""
}
