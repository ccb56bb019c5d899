// Package errspec is the root of a tool that generates a Go package, reference pages and
// test vectors from one YAML table of error codes.
//
// A table passes through these packages, in this order:
//
//   - [github.com/errspec/errspec/spec] defines tables: their format and model, loading and
//     validation. It also contains the first table, evolink.yaml.
//   - [github.com/errspec/errspec/gen] generates outputs from a table.
//   - [github.com/errspec/errspec/cmd/errspec] is the command line.
//   - github.com/errspec/errspec/generated, a separate module without requirements,
//     contains the outputs of the tables in this repository.
//
// This package contains no code. go generate, run here, writes everything in generated, and
// the references in docs.
package errspec

//go:generate go run ./cmd/errspec generate
//go:generate go run ./cmd/errspec manual docs
