package missing

import (
	"example.com/broker"
	"example.com/shop"
)

func bad(c shop.Code, n broker.Code) {
	switch c { // want `switch over a Code does not cover CodeContentPolicy, CodeQuotaExceeded \[missing-codes\]`
	case shop.CodeTimeout:
	default:
	}
	switch n { // want `switch over a Code does not cover CodeRequestTimedOut`
	case broker.CodeNotLeader, broker.CodeUnknownServerError:
	default:
	}
}

func near(c, other shop.Code) {
	switch c {
	case shop.CodeTimeout, other: // the value of other is unknown
	default:
	}
}

func good(c shop.Code) {
	switch c {
	case shop.CodeTimeout, shop.CodeContentPolicy, shop.CodeQuotaExceeded:
	default:
	}
}
