package spec_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/errspec/errspec/spec"
)

func TestShortDuration(t *testing.T) {
	for text, want := range map[string]string{
		"0s": "0s", "30s": "30s", "60s": "1m", "300s": "5m", "600s": "10m", "3600s": "1h", "5400s": "1h30m", "1.5s": "1.5s",
		"90s": "1m30s", "3605s": "1h0m5s", "100ms": "100ms", "36000s": "10h", "37200s": "10h20m", "1ns": "1ns", "24h": "24h",
	} {
		d, err := time.ParseDuration(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := spec.ShortDuration(d); got != want {
			t.Errorf("ShortDuration(%s) = %q, want %q", text, got, want)
		}
	}
	random := rand.New(rand.NewPCG(11, 12))
	for range 10_000 {
		d := time.Duration(random.Int64N(int64(100 * time.Hour)))
		if random.IntN(2) == 0 {
			d = d.Round(time.Minute)
		}
		if back, err := time.ParseDuration(spec.ShortDuration(d)); err != nil || back != d {
			t.Fatalf("ShortDuration(%v) = %q, which is %v, %v", d, spec.ShortDuration(d), back, err)
		}
	}
}

func TestShortWait(t *testing.T) {
	for want, w := range map[string]spec.Wait{
		"": {}, "30s": {Min: 30 * time.Second, Max: 30 * time.Second}, "30s to 1m": {Min: 30 * time.Second, Max: time.Minute}, "0s to 5m": {Max: 5 * time.Minute},
	} {
		if got := w.Short(); got != want {
			t.Errorf("%+v is %q, want %q", w, got, want)
		}
	}
}
