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
	_ = err == shop.CodeTimeout                // want `error compared with a Code using ==; use errors\.Is, which also finds it in wrapped errors \[error-compare\]`
	_ = err != shop.SubtypeContentPolicyNudity // want `error compared with a Subtype using !=; use errors\.Is, which also finds it in wrapped errors`
	_ = shop.CodeTimeout == err                // want `error compared with a Code using ==; use errors\.Is, which also finds it in wrapped errors`
	_ = c == code                              // want `error compared with a Code using ==; use errors\.Is, which also finds it in wrapped errors`
	_ = err == shop.Code("timeout")            // want `error compared with a Code` `use the constant shop\.CodeTimeout`
	switch err {                               // want `error compared with a Code in a switch; use errors\.Is, which also finds it in wrapped errors`
	case nil:
	case io.EOF, shop.CodeTimeout:
	default:
	}
	switch fail() { // want `error compared with a Code in a switch; use errors\.Is, which also finds it in wrapped errors`
	case shop.CodeTimeout:
	}
}

func fail() error { return nil }

type mine struct{ code shop.Code }

func (m mine) Error() string { return "mine" }

// Is is expected to compare.
func (m mine) Is(target error) bool { return target == shop.CodeTimeout || target == m.code }

func near(err error, code shop.Code, v any) {
	_ = err == nil
	_ = err == io.EOF
	_ = code == shop.CodeTimeout
	_ = v == shop.CodeTimeout // not an error
	switch err {
	case nil, io.EOF:
	}
}
