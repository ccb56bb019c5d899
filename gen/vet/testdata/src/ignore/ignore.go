package ignore

import "example.com/shop"

func f(c shop.Code) {
	_ = c == "timeout" //errspec:ignore code-literal the constant is newer than this code

	//errspec:ignore code-literal for illustration
	_ = c == "timeout"

	// Two rules on one line.
	//errspec:ignore code-literal for illustration
	//errspec:ignore unused-decision for illustration
	shop.Classify("timeout", "")

	//errspec:ignore missing-default wrong rule // want `no finding of missing-default to ignore here \[ignore\]`
	_ = c == "timeout" // want `code-literal`

	//errspec:ignore missing-codes the rule is not enabled
	switch c {
	default:
	}

	_ = c == shop.CodeTimeout //errspec:ignore code-literal nothing to ignore // want `no finding of code-literal to ignore here`

	//errspec:ignored is another comment
	// errspec:ignore code-literal is not a directive
	_ = c == "timeout" // want `code-literal`
}

func malformed(c shop.Code) {
	_ = c == "timeout" /* want `ignore comment without a reason: write //errspec:ignore code-literal REASON` `use the constant shop\.CodeTimeout` */ //errspec:ignore code-literal
	_ = c              /* want `ignore comment without a rule and a reason: write //errspec:ignore RULE REASON` */                                   //errspec:ignore
	_ = c              /* want `unknown rule "code-literl"; did you mean code-literal\?` */                                                          //errspec:ignore code-literl misspelled
	_ = c              /* want `unknown rule "ignore"` */                                                                                            //errspec:ignore ignore not possible
}
