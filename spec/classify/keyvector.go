package classify

import (
	"crypto/sha256"
	"fmt"
	"strconv"

	"github.com/errspec/errspec/spec"
)

// A KeyVector is a piece of work and the idempotency keys of its submissions.
type KeyVector struct {
	Work Text     `json:"work"`
	Seed string   `json:"seed"`
	Keys []string `json:"keys"` // key 1 and the following ones
}

// keysPerWork is the number of keys of a vector. Two digits show that numbers are decimal.
const keysPerWork = 10

// keyVectors returns the keys of some pieces of work, or nil if the service knows none.
func keyVectors(t *spec.Table) []KeyVector {
	if t.Idempotency == nil {
		return nil
	}
	var all []KeyVector
	for _, work := range []string{"order-17", "1", " a\nb ", "Größe 🎬", "key\n" + t.Name + "\n1"} {
		v := KeyVector{Work: Text(work), Seed: keyHash("work", t.Name, work)}
		for n := range keysPerWork {
			v.Keys = append(v.Keys, keyHash("key", t.Name, v.Seed, strconv.Itoa(n+1)))
		}
		all = append(all, v)
	}
	return all
}

// keyHash returns the first 32 hexadecimal digits of the SHA-256 hash of lines.
func keyHash(lines ...string) string {
	h := sha256.New()
	for i, line := range lines {
		if i > 0 {
			h.Write([]byte{'\n'})
		}
		h.Write([]byte(line))
	}
	return fmt.Sprintf("%.16x", h.Sum(nil))
}
