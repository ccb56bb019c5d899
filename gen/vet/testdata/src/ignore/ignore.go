package ignore

import "example.com/shop"

func f(c shop.Code) {
	_ = c == "timeout" //errspec:ignore code-literal the constant is newer than this

	//errspec:ignore code-literal it is for show
	_ = c == "timeout"

	// Two rules on one line.
	//errspec:ignore code-literal it is for show
	//errspec:ignore unused-decision it is for show
	shop.Classify("timeout", "")

	//errspec:ignore missing-default wrong rule // want `missing-default reports nothing here \[ignore\]`
	_ = c == "timeout" // want `code-literal`

	//errspec:ignore missing-codes this rule is off, so nobody knows
	switch c {
	default:
	}

	_ = c == shop.CodeTimeout //errspec:ignore code-literal nothing to ignore // want `code-literal reports nothing here`

	//errspec:ignored by nobody
	// errspec:ignore code-literal is no directive
	_ = c == "timeout" // want `code-literal`
}

func malformed(c shop.Code) {
	_ = c == "timeout" /* want `say why: //errspec:ignore code-literal REASON` `is shop.CodeTimeout` */ //errspec:ignore code-literal
	_ = c              /* want `say what, and why: //errspec:ignore RULE REASON` */                     //errspec:ignore
	_ = c              /* want `no rule "code-literl"; did you mean code-literal\?` */                  //errspec:ignore code-literl so it is
	_ = c              /* want `no rule "ignore"` */                                                    //errspec:ignore ignore cannot be
}
