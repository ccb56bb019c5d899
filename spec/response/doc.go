// Package response reads the responses of services: whether a request succeeded, and if not, which
// code of a table its error has.
//
// # Fields
//
// A [Description] lists fields of the body and of headers, in order. Each may have a [Role]. Of
// several fields with one role the first one that a response has counts, and fields of the body
// come before headers. A path is keys joined by dots, with [] after the key of an array:
//
//	error.code
//	errors[].extensions.code
//
// A value of another type than its role has is absent, and so are null, "" and empty objects and
// arrays. Numbers and booleans count as they are written. Of members of an object that have the
// same key the last one counts, whole, as it does for encoding/json with maps and for JSON.parse.
//
// The header Retry-After is always read. Of each header at most 100 values are.
//
// # Outcomes
//
// Outside of HTTP status 200 to 299 every response is an [Error]. Otherwise it is one if a success
// field has another value than those that are ok, if a failure field has a value, if a status is
// listed as failed, or if the response has a code: one that a field names, or whose conditions
// hold. A status that is neither completed nor failed means [Running], also with a code, and
// [Unreadable] if the table lists the running ones without it. An error that comes with the ID or
// status of a task means [Failed].
//
// A response without an error is [OK] if its status is completed, [Running] if it has another
// status, or the ID of a task, and [OK] if it has neither; but to a [TaskCall] that is
// [Unreadable]. So is every body that is not JSON, is nested deeper than 10,000 objects and arrays,
// or is longer than 16 MiB.
//
// # Codes
//
// A code that only repeats the HTTP status counts only if the table lists it and no later field
// names another one that is listed. In an array, the elements are separate errors: the first
// one with a listed code counts, and message, parameter and subtype are its own too.
//
// A code that is not listed stays as sent. It has the action and advice of the code that a later
// field names, or else of the one of the HTTP status.
//
// Without a code, it is the message itself if that is a listed code, or the first code whose
// conditions hold, or the one of the phrase in the message, or that of the HTTP status.
//
// # Automatic retries
//
// [Reading.Automatic] is false in every case of doubt: about a code that only a message gives,
// with a completed status, if another element of an array may not be retried or has no code, if
// a retryable field has another value than true, if a subtype is sent that is not listed and the
// code has stricter ones, if a part of the response has another type than the table says, if a
// header has more than 100 values, if the body is a damaged object or array, or if only
// an HTTP status of 500 or more identifies the error.
//
// # Generated packages
//
// Generated code has copies of the files that [Sources] names and the static data that
// [Reader.Table] returns, and implements the interface responseTable with lookups of its own. The
// copied files need nothing but the standard library of Go 1.22, declare nothing that is exported,
// use no reflection themselves, and have nothing to initialize. They take time linear in the
// length of the body and do not panic.
package response
