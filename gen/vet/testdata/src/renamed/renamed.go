package renamed

import (
	"errors"

	apierr "example.com/shop"
)

type (
	alias = apierr.Code
	own   apierr.Code
)

func f(err error, c alias, o own) {
	_ = c == "timeout"                     // want `use the constant shop\.CodeTimeout instead of "timeout"`
	_ = o == "timeout"                     // another type
	_ = err == apierr.CodeTimeout          // want `error compared with a Code using ==; use errors\.Is, which also finds it in wrapped errors`
	_ = errors.Is(err, apierr.CodeTooFast) // want `is deprecated`
}

func shadow(c apierr.Code) {
	apierr := 1
	_ = apierr
	_ = c == "timeout" // want `use the constant shop\.CodeTimeout instead of "timeout"`
}
