package errortext

import (
	"strings"

	"example.com/shop"
)

// The fix takes the last use of strings, and brings errors.
func last(err error) shop.Code {
	if strings.Contains(err.Error(), "timeout") { // want `looks for shop.CodeTimeout`
		return shop.CodeTimeout
	}
	return ""
}
