package dot

import (
	. "errors"

	. "example.com/shop"
)

func f(err error, c Code) {
	_ = c == "timeout"       // want `use the constant shop\.CodeTimeout instead of "timeout"`
	_ = err == CodeTimeout   // want `error compared with a Code using ==; use errors\.Is, which also finds it in wrapped errors`
	_ = Is(err, CodeTooFast) // want `is deprecated`
	Classify(c, "")          // want `result of Classify is not used`
}
