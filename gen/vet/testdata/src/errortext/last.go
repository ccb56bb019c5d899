package errortext

import (
	"strings"

	"example.com/shop"
)

// The fix takes the last use of strings, and brings errors.
func last(err error) shop.Code {
	if strings.Contains(err.Error(), "timeout") { // want `strings\.Contains searches the text of an error for shop\.CodeTimeout; use errors\.Is`
		return shop.CodeTimeout
	}
	return ""
}
