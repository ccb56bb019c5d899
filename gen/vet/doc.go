// Package vet finds misuse of the Go packages that errspec generates.
//
// [Analyzer] works in every driver of golang.org/x/tools/go/analysis: errspec vet
// runs it, and so does
//
//	go vet -vettool=$(which errspec) ./...
//
// # Rules
//
// The identifiers of the rules are stable.
//
//   - code-literal: a literal that is compared with, converted to or assigned to a
//     Code or Subtype and is a value of the table. This includes comparisons with the
//     text of a Code, as in string(c) == "busy". The fix uses the constant. An unlisted
//     text is reported only if it is similar to a listed one, and not if it is the value
//     of a constant that the program declares.
//   - missing-default: a switch over a Code without a default case.
//   - missing-codes: a switch over a Code that does not cover all listed codes, except
//     deprecated ones. It requires the flag of that name.
//   - error-compare: an error compared with a Code or Subtype by ==, != or switch. The
//     fix uses errors.Is. A method Is(error) bool may compare its parameter.
//   - empty-code: Code("") returned or assigned as an error.
//   - error-text: a value of a table that is searched in err.Error(), or in a variable
//     that contains nothing else, by functions of strings, == or switch. The fix uses
//     errors.Is. A value that is a single word is reported only in files that import the
//     table's package.
//   - deprecated-code: a deprecated code or a former name. The fix uses the replacement.
//   - unused-decision: a call of Classify, Decision or DecisionOf as a statement.
//   - blind-resubmit: see below.
//   - attempts-in-loop: Policy.Begin in a loop whose iterations call Again themselves, or
//     begin attempts at the same work.
//   - unset-key: attempts in a local variable that is only used to call methods, of which
//     none is SetKey. Packages whose keys must be enabled are excluded.
//   - fresh-key: IdempotencyHeader set to a new random value, or to the time, in each
//     iteration of a loop that calls Again or Next.
//   - ignore: a comment //errspec:ignore without an effect, a rule or a reason.
//
// A fix is offered if the file imports the package, so that it adds at most an import of
// errors. The fixed code does the same as before, or has the obviously intended effect. If only
// the author can know the intention, as with empty-code and misspelled codes, there is no
// fix. Generated files are not checked, because they cannot be fixed by hand.
//
//	//errspec:ignore RULE reason
//
// ignores a rule on the line of the comment or, if the comment has a separate line, on
// the next line. The reason is required. A comment that suppresses no finding is itself
// a finding.
//
// # Blind resubmissions
//
// A function submits if it returns an error and does one of the following:
//
//   - It sends a POST request of net/http with a body derived from its parameters, and
//     calls DecodeTask or DecodeError of a table.
//   - It passes values derived from its parameters to a function that submits.
//
// If the method of the request is a parameter, its argument must be "POST".
//
// blind-resubmit reports a for loop, except over the elements of a collection, if all of
// these conditions are true:
//
//   - A statement of its body, or the init statement of an if statement there, assigns
//     the results of such a function, or of DecodeTask after a POST in the same body.
//   - Each iteration submits the same request. Except for contexts, the arguments contain
//     only variables that the loop neither changes nor uses elsewhere, and no calls other
//     than bytes.NewReader and similar functions.
//   - A success ends the loop. The next if statement has the condition err == nil and ends
//     in return or break; or it has the condition err != nil, ends in continue, and the
//     body then ends in return or break; or the condition of the loop is err != nil.
//   - The statements after a failure may continue the loop and do not use the table. They
//     only compare the error with nil, print it, return it, or assign it to a variable
//     that the loop does not read.
//
// # Generated packages
//
// A generated package is identified by the first line of its files, never by its import
// path. So vendored, copied and renamed packages are found. The line is a comment, and so
// are deprecations; importers cannot see comments. They are therefore exported as a fact
// when the package itself is analyzed, and drivers provide facts to importers. The
// package must also declare the type Code.
package vet
