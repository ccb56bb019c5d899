// Package errspec is the root of a tool that turns one YAML table of error codes
// into everything that must agree with it: a Go package and reference pages.
//
// The parts, in the order in which data passes through them:
//
//   - [github.com/errspec/errspec/spec] says what a table is and means: its
//     format, its model, loading and validation. The first table, evolink.yaml,
//     lies there too.
//   - [github.com/errspec/errspec/gen] makes the outputs from it.
//   - [github.com/errspec/errspec/cmd/errspec] is the command line.
//   - github.com/errspec/errspec/generated, a module of its own without any
//     requirement, holds what is made from the tables in this repository.
//
// This package holds no code; go generate, run here, makes all of generated.
package errspec

//go:generate go run ./cmd/errspec generate
//go:generate go run ./cmd/errspec manual docs
