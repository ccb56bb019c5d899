package main

import (
	"github.com/errspec/errspec/gen"
	"github.com/errspec/errspec/gen/vet"
	"github.com/errspec/errspec/spec/diag"
)

// allRules returns the rules of every finding that the command prints: those about
// tables, and those about the Go code that uses what was made from them.
func allRules() []diag.Rule { return append(gen.AllRules(), vet.Rules()...) }
