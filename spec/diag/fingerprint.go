package diag

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// Fingerprints returns an identifier for each finding. It depends only on the rule and the subject,
// so that it stays the same if the location or the message changes. Several findings with the same
// rule and subject are numbered.
func (l List) Fingerprints() []string {
	type key struct{ rule, subject string }
	seen := make(map[key]int)
	names := make([]string, len(l))
	for i, d := range l {
		key := key{d.Rule, d.Subject}
		seen[key]++
		text := strconv.Quote(d.Rule) + strconv.Quote(d.Subject)
		if n := seen[key]; n > 1 {
			text += strconv.Itoa(n)
		}
		sum := sha256.Sum256([]byte(text))
		names[i] = hex.EncodeToString(sum[:16])
	}
	return names
}
