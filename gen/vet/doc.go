// Package vet finds misuse of the Go packages that errspec generates.
//
// [Analyzer] works in every driver of golang.org/x/tools/go/analysis: errspec vet
// runs it, and so does
//
//	go vet -vettool=$(which errspec) ./...
//
// # What it reports
//
// The rules, whose identifiers are stable, and what each of them lets pass:
//
//   - code-literal: a literal that is compared with, converted to or assigned to a
//     Code or Subtype and is a value of the table; also against the text of a Code,
//     as in string(c) == "busy". The fix writes the constant. A text that the table
//     does not list is reported if it is close to one that is listed; the constant
//     that a program declares for a code of its own is not.
//   - missing-default: a switch over a Code without default.
//   - missing-codes: a switch over a Code that leaves out listed codes, deprecated
//     ones aside. Only with the flag of that name.
//   - error-compare: an error compared with a Code or Subtype by ==, != or switch.
//     The fix uses errors.Is. In a method Is(error) bool, its parameter may be compared.
//   - empty-code: Code("") returned, or assigned, as an error.
//   - error-text: a value of a table that is looked for in err.Error(), or in a
//     variable that holds nothing else, by functions of strings, == or switch. The
//     fix uses errors.Is. A value that is a single word counts only in files that
//     import the table's package.
//   - deprecated-code: a code that the table deprecates, or a former name. The fix
//     writes what replaces it.
//   - unused-decision: a call of Classify, Decision or DecisionOf as a statement.
//   - blind-resubmit: see below.
//   - ignore: a comment //errspec:ignore without effect, rule or reason.
//
// A fix is offered if the file imports the package, so that at most an import of errors
// is added, and if the code then does the same as before or what was certainly intended.
// If only the author can know the intention, as with empty-code and misspelled codes,
// there is no fix. Generated files are not checked, because they cannot be fixed by hand.
//
//	//errspec:ignore RULE reason
//
// ignores a rule on the line of the comment or, if the comment has a separate line, on
// the next line. The reason is required. A comment that suppresses no finding is itself
// a finding.
//
// # When a loop resubmits for certain
//
// A function submits if it returns an error and either sends a POST of net/http
// whose body is made of its parameters and calls a table's DecodeTask, or hands
// values made of its parameters on to a function that submits. Where the method is
// a parameter too, it has to be "POST".
//
// blind-resubmit reports a for loop, not one over the elements of something, if all
// of this is true:
//
//   - A statement of its body, or the init of an if statement there, assigns the
//     results of such a function; or of DecodeTask, after a POST in the same body.
//   - Contexts aside, what is submitted holds only variables that the loop neither
//     changes nor uses elsewhere, and no calls but those of bytes.NewReader and the
//     like. So it is the same request.
//   - A success ends the loop: the next if statement is err == nil and ends in
//     return or break, or is err != nil and ends in continue before those, or the
//     loop's condition is err != nil.
//   - What is executed after a failure does not leave the loop in any case, mentions
//     nothing of the table, and has the error only compared with nil, printed,
//     returned, or kept in a variable that the loop does not read.
//
// # How it finds generated packages
//
// By the first line of their files, never by their import path: a vendored, copied
// or renamed package is found too. The line is a comment, which importers do not
// get to see, and so are deprecations. When the package itself is analysed, they are
// noted as a fact, and all drivers hand facts on to importers. Nothing in the
// package's declarations is needed as a mark. The type Code has to be there.
package vet
