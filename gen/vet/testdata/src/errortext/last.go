package errortext

import (
	"strings"

	"example.com/shop"
)

// The fix removes the last use of strings, and adds errors.
func last(err error) shop.Code {
	if strings.Contains(err.Error(), "timeout") { // want `strings\.Contains searches the text of an error for shop\.CodeTimeout; use errors\.Is`
		return shop.CodeTimeout
	}
	return ""
}
