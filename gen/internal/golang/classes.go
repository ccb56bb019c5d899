package golang

import (
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/spec"
)

func jenInt(i int) string { return strconv.Itoa(i) }

// emitClasses writes the classes of the table and their faults.
func emitClasses(f *file, p *pkg) {
	f.decl("Class is a group of codes. It is \"\" for a code without a class.",
		jen.Type().Id("Class").String())
	if len(p.Classes) > 0 {
		var g group
		for _, c := range p.Classes {
			g.add(c.Doc, jen.Id(c.Const).Id("Class").Op("=").Lit(c.Name))
		}
		f.decl("Classes, in table order.", jen.Const().Defs(g...))
	}
	f.decl("String returns the name of the class.",
		method("c", "Class", "String").String().Add(returns(jen.String().Call(jen.Id("c")))))
	emitFaultOf(f, p)
	f.decl("Fault is the party that caused an error.", jen.Type().Id("Fault").Uint8())
	emitEnum(f, "Fault", "fault", "The faults.", []enumValue{
		{"FaultUnknown", spec.FaultUnknown.String(), "not specified in the table"},
		{"FaultClient", spec.FaultClient.String(), "the client or its request"},
		{"FaultServer", spec.FaultServer.String(), "the service"},
	})
}

// emitFaultOf writes
//
//	func (c Class) Fault() Fault {
//		switch c {
//		case ClassClient:
//			return FaultClient
//		}
//		return FaultUnknown
//	}
func emitFaultOf(f *file, p *pkg) {
	byFault := make(map[spec.Fault][]jen.Code)
	for _, c := range p.Classes {
		byFault[c.Fault] = append(byFault[c.Fault], jen.Id(c.Const))
	}
	var body []jen.Code
	var cases []jen.Code
	for _, fault := range []spec.Fault{spec.FaultClient, spec.FaultServer} {
		if classes := byFault[fault]; len(classes) > 0 {
			cases = append(cases, jen.Case(classes...).Block(jen.Return(jen.Id(faultConst(fault)))))
		}
	}
	if len(cases) > 0 {
		body = append(body, jen.Switch(jen.Id("c")).Block(cases...))
	}
	body = append(body, jen.Return(jen.Id("FaultUnknown")))
	f.decl("Fault returns the party that causes errors of the class.",
		method("c", "Class", "Fault").Id("Fault").Block(body...))
}

func faultConst(f spec.Fault) string {
	return map[spec.Fault]string{
		spec.FaultUnknown: "FaultUnknown",
		spec.FaultClient:  "FaultClient",
		spec.FaultServer:  "FaultServer",
	}[f]
}
