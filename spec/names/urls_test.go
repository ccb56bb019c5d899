package names

import (
	"math/rand/v2"
	"net/url"
	"testing"
)

func TestDocsURL(t *testing.T) {
	for _, c := range []struct{ base, wire, anchor, want string }{
		{"", "a", "a", ""},
		{"https://e.test/codes", "Busy!", "busy", "https://e.test/codes#busy"},
		{"https://e.test/codes/{code}", "busy", "busy", "https://e.test/codes/busy"},
		{"https://e.test/{code}/x?c={code}", "a/b", "a-b", "https://e.test/a%2Fb/x?c=a%2Fb"},
		{"https://e.test/?c={code}&l=en", "a&b=c d+é#", "a", "https://e.test/?c=a%26b%3Dc%20d%2B%C3%A9%23&l=en"},
	} {
		if got := docsURL(c.base, c.wire, c.anchor); got != c.want {
			t.Errorf("docsURL(%q, %q) = %q, want %q", c.base, c.wire, got, c.want)
		}
	}
}

// A parsed URL contains the unchanged code as one element of the path or one value of the
// query.
func TestDocsURLEscapesCode(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 14))
	for range 5_000 {
		wire := "x" + randomName(random) + string([]rune("&=+?#%;,é{} ")[random.IntN(12)])
		u, err := url.Parse(docsURL("https://e.test/a/{code}/z?before=1&c={code}&after=2", wire, ""))
		if err != nil {
			t.Fatalf("%q: %v", wire, err)
		}
		q := u.Query()
		if u.Path != "/a/"+wire+"/z" || q.Get("c") != wire || len(q) != 3 || u.Fragment != "" {
			t.Fatalf("the URL of %q is %s", wire, u)
		}
	}
}
