package diag

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// Fingerprints returns a name for each finding that stays the same as long as
// the finding does: it is made of the rule and the subject, never of places or
// messages. Of several findings of one rule about one subject, each has its
// number in the name.
func (l List) Fingerprints() []string {
	type about struct{ rule, subject string }
	seen := make(map[about]int)
	names := make([]string, len(l))
	for i, d := range l {
		key := about{d.Rule, d.Subject}
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
