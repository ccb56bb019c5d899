package generic

import "example.com/shop"

func is[T comparable](a, b T) bool { return a == b }

func text[T ~string](v T) bool { return v == "timeout" } // any text

type box[T any] struct{ v T }

func (b box[T]) get() T { return b.v }

func first[E error](err E) bool { return any(err) == any(shop.CodeTimeout) }

func f(c shop.Code, b box[shop.Code]) {
	_ = is(c, "timeout")             // want `use the constant shop\.CodeTimeout instead of "timeout"`
	_ = is[shop.Code]("timeout", c)  // want `use the constant shop\.CodeTimeout instead of "timeout"`
	_ = is("timeout", "x")           // texts
	_ = b.get() == "timeout"         // want `use the constant shop\.CodeTimeout instead of "timeout"`
	_ = box[shop.Code]{v: "timeout"} // want `use the constant shop\.CodeTimeout instead of "timeout"`
	switch b.get() {                 // want `switch over a Code has no default case; the service may send codes that shop does not list`
	case shop.CodeTimeout:
	}
}
