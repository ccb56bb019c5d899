package dot

import (
	. "errors"

	. "example.com/shop"
)

func f(err error, c Code) {
	_ = c == "timeout"       // want `is shop.CodeTimeout`
	_ = err == CodeTimeout   // want `compares an error`
	_ = Is(err, CodeTooFast) // want `is deprecated`
	Classify(c, "")          // want `is dropped`
}
