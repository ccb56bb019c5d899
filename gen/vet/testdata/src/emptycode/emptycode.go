package emptycode

import (
	"example.com/broker"
	"example.com/shop"
)

func bad() (int, error) {
	var err error = shop.Code("") // want `shop\.Code\(""\) is empty but, as an error, not nil; return nil or a code \[empty-code\]`
	err = shop.Subtype("")        // want `shop\.Subtype\(""\) is empty but, as an error, not nil; return nil or a code`
	_ = err
	_ = func() error {
		return broker.Code(0) // want `broker\.Code\(0\) is empty but, as an error, not nil; return nil or a code`
	}
	return 0, shop.Code("") // want `shop\.Code\(""\) is empty but, as an error, not nil; return nil or a code`
}

func near(c shop.Code) (shop.Code, error) {
	if c == "" {
		return "", nil
	}
	return shop.Code(""), c // returned as a Code, and a variable
}

func unlisted() error { return shop.Code("upstream_error") }

func good() error { return shop.CodeTimeout }
