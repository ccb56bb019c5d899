package deprecated

import (
	"errors"

	"example.com/shop"
)

func bad(err error, c shop.Code) {
	_ = errors.Is(err, shop.CodeTooFast)         // want `shop.CodeTooFast is deprecated: Use CodeQuotaExceeded instead. \[deprecated-code\]`
	_ = c == shop.CodeSlowDown                   // want `shop.CodeSlowDown is deprecated: Use CodeQuotaExceeded instead. Since 1.4.`
	_ = errors.Is(err, shop.SubtypePolicyNudity) // want `shop.SubtypePolicyNudity is deprecated: Use SubtypeContentPolicyNudity.`
	_ = c == shop.CodeSoldOut                    // want `shop.CodeSoldOut is deprecated: It never was sent.`
	switch c {
	case shop.CodeSlowDown: // want `is deprecated`
	default:
	}
	switch c { // duplicate cases do not compile
	case shop.CodeQuotaExceeded:
	case shop.CodeSlowDown: // want `is deprecated`
	default:
	}
	switch c {
	case shop.CodeTooFast: // want `is deprecated`
	case shop.CodeSlowDown: // want `is deprecated`
	default:
	}
	_ = map[shop.Code]int{shop.CodeQuotaExceeded: 1, shop.CodeSlowDown: 2} // want `is deprecated`
	_ = map[shop.Code]int{shop.CodeTimeout: 1, shop.CodeSlowDown: 2}       // want `is deprecated`
}

const CodeTooFast = 1

func near() (int, shop.Code) {
	return CodeTooFast, shop.CodeQuotaExceeded
}
