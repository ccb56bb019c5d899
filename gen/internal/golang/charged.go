package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/spec"
)

// emitCharged writes the type Charged, which is the same in every package.
func emitCharged(f *file) {
	f.decl("Charged reports whether the service charges for a request that ends with an error. It is ChargedUnknown if the table does not specify it, or if the outcome of the request is unknown.",
		jen.Type().Id("Charged").Uint8())
	emitEnum(f, "Charged", "charged", "The values of Charged.", []enumValue{
		{chargedConsts[spec.ChargedUnknown], spec.ChargedUnknown.String(), "not specified in the table"},
		{chargedConsts[spec.ChargedNo], spec.ChargedNo.String(), "nothing is charged"},
		{chargedConsts[spec.ChargedYes], spec.ChargedYes.String(), "the request is charged"},
	})
}

var chargedConsts = [...]string{
	spec.ChargedUnknown: "ChargedUnknown",
	spec.ChargedNo:      "ChargedNo",
	spec.ChargedYes:     "ChargedYes",
}
