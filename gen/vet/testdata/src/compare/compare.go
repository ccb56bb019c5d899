package compare

import (
	"io"

	"example.com/shop"
)

type coded interface {
	error
	Known() bool
}

func bad(err error, c coded, code shop.Code) {
	_ = err == shop.CodeTimeout                // want `== compares an error with a Code; errors.Is finds it in the error, wrapped or not \[error-compare\]`
	_ = err != shop.SubtypeContentPolicyNudity // want `!= compares an error with a Subtype`
	_ = shop.CodeTimeout == err                // want `compares an error with a Code`
	_ = c == code                              // want `compares an error with a Code`
	_ = err == shop.Code("timeout")            // want `compares an error` `is shop.CodeTimeout`
	switch err {                               // want `switch compares an error with a Code`
	case nil:
	case io.EOF, shop.CodeTimeout:
	default:
	}
	switch fail() { // want `switch compares an error with a Code`
	case shop.CodeTimeout:
	}
}

func fail() error { return nil }

type mine struct{ code shop.Code }

func (m mine) Error() string { return "mine" }

// Is has to compare.
func (m mine) Is(target error) bool { return target == shop.CodeTimeout || target == m.code }

func near(err error, code shop.Code, v any) {
	_ = err == nil
	_ = err == io.EOF
	_ = code == shop.CodeTimeout
	_ = v == shop.CodeTimeout // no error
	switch err {
	case nil, io.EOF:
	}
}
