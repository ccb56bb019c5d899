package advice_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/errspec/errspec/spec/advice"
)

func TestDuration(t *testing.T) {
	for text, want := range map[string]string{
		"0s": "0s", "30s": "30s", "60s": "1m", "300s": "5m", "600s": "10m", "3600s": "1h", "5400s": "1h30m", "1.5s": "1.5s",
		"90s": "1m30s", "3605s": "1h0m5s", "100ms": "100ms", "36000s": "10h", "37200s": "10h20m", "1ns": "1ns", "24h": "24h",
	} {
		d, err := time.ParseDuration(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := advice.Duration(d); got != want {
			t.Errorf("Duration(%s) = %q, want %q", text, got, want)
		}
	}
	random := rand.New(rand.NewPCG(11, 12))
	for range 10_000 {
		d := time.Duration(random.Int64N(int64(100 * time.Hour)))
		if random.IntN(2) == 0 {
			d = d.Round(time.Minute)
		}
		if back, err := time.ParseDuration(advice.Duration(d)); err != nil || back != d {
			t.Fatalf("Duration(%v) = %q, which is %v, %v", d, advice.Duration(d), back, err)
		}
	}
}

func TestWait(t *testing.T) {
	for want, w := range map[string][2]time.Duration{
		"":              {},
		"30s":           {30 * time.Second, 30 * time.Second},
		"30s to 1m":     {30 * time.Second, time.Minute},
		"0s to 10m":     {0, 10 * time.Minute},
		"1h to 24h":     {time.Hour, 24 * time.Hour},
		"1m30s to 1h5m": {90 * time.Second, 65 * time.Minute},
		"10m to 1h10m":  {10 * time.Minute, 70 * time.Minute},
		"1h0m10s":       {time.Hour + 10*time.Second, time.Hour + 10*time.Second},
		"1.5s to 2s":    {1500 * time.Millisecond, 2 * time.Second},
	} {
		if got := advice.Wait(w[0], w[1]); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestRetry(t *testing.T) {
	for _, c := range []struct {
		action    string
		automatic bool
		wait      string
		want      string
	}{
		{"retry", true, "", "Clients may retry the same request automatically."},
		{"retry", true, "5s", "Clients may retry the same request automatically after 5s."},
		{"retry", false, "", "The same request may succeed, but clients must not retry it automatically."},
		{"retry", false, "1m", "The same request may succeed after 1m, but clients must not retry it automatically."},
		{"wait", true, "", "Clients may retry the same request automatically after a delay."},
		{"wait", true, "30s to 1m", "Clients may retry the same request automatically after 30s to 1m."},
		{"wait", false, "", "The same request may succeed later, but clients must not retry it automatically."},
		{"wait", false, "30s to 1m", "The same request may succeed after 30s to 1m, but clients must not retry it automatically."},
		{"fix", false, "", "Change the request before submitting it again."},
		{"resubmit", false, "", "The task was canceled. Only a person may decide to submit it again."},
		{"check", false, "", "Correct the ID or other reference in the request."},
		{"support", false, "", "Contact the service's support; clients must not retry the same request automatically."},
		{"never", false, "", "The same request will never succeed."},
		{"unknown", false, "", "The table does not specify whether the same request may succeed; clients must not retry it automatically."},
		{"Action(9)", false, "", "The table does not specify whether the same request may succeed; clients must not retry it automatically."},
	} {
		got := advice.Retry(c.action, c.automatic, c.wait)
		if got != c.want {
			t.Errorf("%s, automatic %t, %q: got %q, want %q", c.action, c.automatic, c.wait, got, c.want)
		}
		if strings.HasPrefix(got, advice.MayRetry) != c.automatic {
			t.Errorf("%s, automatic %t: %q", c.action, c.automatic, got)
		}
	}
}

func TestActs(t *testing.T) {
	for _, c := range []struct {
		action, fault string
		throttle      bool
		want          string
	}{
		{"fix", "server", false, advice.Client},
		{"check", "unknown", false, advice.Client},
		{"resubmit", "server", false, advice.Client},
		{"never", "server", false, advice.Client},
		{"support", "client", false, advice.Support},
		{"retry", "server", false, advice.Service},
		{"retry", "unknown", false, advice.Client},
		{"wait", "server", false, advice.Service},
		{"wait", "server", true, advice.Client},
		{"wait", "client", false, advice.Client},
		{"unknown", "client", false, advice.Client},
		{"unknown", "server", false, advice.Service},
		{"unknown", "unknown", false, advice.Unknown},
		{"Action(9)", "Fault(9)", false, advice.Unknown},
	} {
		if got := advice.Acts(c.action, c.fault, c.throttle); got != c.want {
			t.Errorf("%s, %s, throttle %t: got %s, want %s", c.action, c.fault, c.throttle, got, c.want)
		}
	}
}
