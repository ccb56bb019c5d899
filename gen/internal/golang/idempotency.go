package golang

import (
	"net/textproto"

	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/plan"
)

// emitIdempotency writes the settings of idempotency keys:
//
//	const IdempotencyHeader = "Idempotency-Key"
//
//	const keyLife = 24 * time.Hour
//
//	func (c Code) isPending() bool { return c.listed() == CodeBusy }
func emitIdempotency(f *file, p *pkg) {
	i := p.Idempotency
	if i == nil {
		return
	}
	f.decl("IdempotencyHeader is the header that contains the key of a submission. [Attempts.SetKey] sets it.",
		jen.Const().Id("IdempotencyHeader").Op("=").Lit(textproto.CanonicalMIMEHeaderKey(i.Header)))
	f.decl("keyLife is how long the service keeps a key.", jen.Const().Id("keyLife").Op("=").Add(duration(i.For)))
	emitIsOneOf(f, "isPending", "the first submission with the key is still being processed", i.Pending)
	emitIsOneOf(f, "isConflict", "the key belongs to another request", i.Conflict)
}

// emitIsOneOf writes
//
//	func (c Code) isConflict() bool {
//		switch c.listed() {
//		case CodeTaken, CodeUsed:
//			return true
//		}
//		return false
//	}
func emitIsOneOf(f *file, name, meaning string, codes []*plan.Code) {
	if len(codes) == 0 {
		return
	}
	var consts []jen.Code
	for _, c := range codes {
		consts = append(consts, jen.Id(c.Const))
	}
	body := []jen.Code{
		jen.Switch(jen.Id("c").Dot("listed").Call()).Block(jen.Case(consts...).Block(jen.Return(jen.True()))),
		jen.Return(jen.False()),
	}
	if len(consts) == 1 {
		body = []jen.Code{jen.Return(jen.Id("c").Dot("listed").Call().Op("==").Add(consts[0]))}
	}
	f.decl(name+" reports whether the code means that "+meaning+".",
		jen.Func().Params(jen.Id("c").Id("Code")).Id(name).Params().Bool().Block(body...))
}
