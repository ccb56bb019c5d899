package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/spec"
)

// emitActions writes the types Action and Charged, which are the same in every package.
func emitActions(f *file, _ *pkg) {
	f.decl("Action is the recommended reaction to an error.", jen.Type().Id("Action").Uint8())
	var values []enumValue
	for _, a := range spec.Actions() {
		values = append(values, enumValue{actionConst(a), a.String(), actionDoc[a]})
	}
	emitEnum(f, "Action", "action", "The actions.", values)
	emitCharged(f)
}

var actionConsts = [...]string{
	spec.ActionUnknown:  "ActionUnknown",
	spec.ActionFix:      "ActionFix",
	spec.ActionRetry:    "ActionRetry",
	spec.ActionWait:     "ActionWait",
	spec.ActionResubmit: "ActionResubmit",
	spec.ActionCheck:    "ActionCheck",
	spec.ActionSupport:  "ActionSupport",
	spec.ActionNever:    "ActionNever",
}

func actionConst(a spec.Action) string { return actionConsts[a] }

var actionDoc = [...]string{
	spec.ActionUnknown:  "not specified in the table",
	spec.ActionFix:      "change the request first",
	spec.ActionRetry:    "the same request may succeed now",
	spec.ActionWait:     "the same request may succeed after a wait",
	spec.ActionResubmit: "the task was cancelled; a person must decide",
	spec.ActionCheck:    "correct the ID or other reference in the request",
	spec.ActionSupport:  "contact the service's support",
	spec.ActionNever:    "the same request will never succeed",
}
