// Package errspec is the root of a tool that turns one YAML table of error codes into a
// Go package and reference pages, which always agree.
//
// The parts, in the order in which data passes through them:
//
//   - [github.com/errspec/errspec/spec] defines the table format, with its model, loading
//     and validation. It contains the first table, evolink.yaml.
//   - [github.com/errspec/errspec/gen] generates the outputs.
//   - [github.com/errspec/errspec/cmd/errspec] is the command line.
//   - github.com/errspec/errspec/generated, a separate module without requirements,
//     contains the outputs of the tables in this repository.
//
// This package contains no code. Run go generate here to update the module generated.
package errspec

//go:generate go run ./cmd/errspec generate
