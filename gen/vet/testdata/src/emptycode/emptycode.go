package emptycode

import (
	"example.com/broker"
	"example.com/shop"
)

func bad() (int, error) {
	var err error = shop.Code("") // want `shop.Code\(""\) is no code, but as an error it is not nil: return nil, or a code \[empty-code\]`
	err = shop.Subtype("")        // want `is no code`
	_ = err
	_ = func() error {
		return broker.Code(0) // want `is no code`
	}
	return 0, shop.Code("") // want `is no code`
}

func near(c shop.Code) (shop.Code, error) {
	if c == "" {
		return "", nil
	}
	return shop.Code(""), c // the Code that there is, and one that may be any
}

func unlisted() error { return shop.Code("upstream_error") }

func good() error { return shop.CodeTimeout }
