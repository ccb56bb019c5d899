package missingdefault

import "example.com/shop"

func bad(c shop.Code) int {
	switch c { // want `switch over a Code has no default case; the service may send codes that shop does not list \[missing-default\]`
	case shop.CodeTimeout:
		return 1
	}
	switch x := c; x { // want `switch over a Code has no default case; the service may send codes that shop does not list`
	}
	return 0
}

func near(c shop.Code, s shop.Subtype, i any) {
	switch s { // a Subtype, not a Code
	case shop.SubtypeContentPolicyNudity:
	}
	switch c.String() {
	case "x":
	}
	switch { // conditions
	case c == shop.CodeTimeout:
	}
	switch i.(type) {
	case shop.Code:
	}
}

func good(c shop.Code) {
	switch c {
	default:
	case shop.CodeTimeout:
	}
}
