package errortext

import "strings"

// A single word may have another meaning if the table is not imported, and a fix would
// require the import.
func far(err error) bool {
	return strings.Contains(err.Error(), "timeout") ||
		strings.Contains(err.Error(), "quota_exceeded") // want `strings\.Contains searches the text of an error for shop\.CodeQuotaExceeded; use errors\.Is`
}
