// Package match measures the time that the generated evolink package takes to find the
// subtype of a message, compared with other methods.
//
// All contenders get the same messages of about 200 bytes, as new copies in random
// order in each round. Some messages contain a phrase, others are realistic messages
// without one. The unit is a loop that adds up the bytes of the message.
package match

import (
	"math/rand/v2"
	"regexp"
	"sort"
	"strings"
	"testing"
	"time"

	bobusumisu "github.com/BobuSumisu/aho-corasick"
	cloudflare "github.com/cloudflare/ahocorasick"
	petar "github.com/petar-dambovaliev/aho-corasick"

	"github.com/errspec/errspec/generated/evolink"
)

// literals are the literal texts of the phrases, which libraries for sets of words can
// search for. Numbers are omitted, which makes the task of the libraries easier.
var literals = []string{
	"photorealistic people", "celebrity detected in image", "third-party content violation", "nudity detected",
	"violence content blocked", "minor content not allowed", "content policy violation", "prompt is too long",
	"image dimensions must be between ", "file size exceeds ", "unsupported file type", "video duration must be between ",
}

var noise = []string{
	"upstream connect error or disconnect/reset before headers. reset reason: connection termination, transport failure reason: delayed connect error: 111",
	"Your request could not be processed at this time. Please try again in a few minutes or contact support with the request ID 7f3a9c2e-55b1-4c7d",
	"dial tcp 10.0.12.7:8443: connect: connection refused (attempt 3 of 5, next in 12s), region eu-west-1, node worker-17, queue depth 4096",
	"The generated output was rejected by a downstream check. No further details are available for this type of task, see the documentation",
}

// messages returns new copies of n messages, some of which contain a phrase.
func messages(r *rand.Rand, n int, holding float64) []string {
	examples := []string{
		"photorealistic people detected", "nudity detected", "third-party content violation", "file size exceeds 10MB",
		"Prompt is too long", "image dimensions must be between 240 and 7680", "Video duration must be between 1-30 seconds", "unsupported file type",
	}
	all := make([]string, n)
	for i := range all {
		m := noise[r.IntN(len(noise))]
		if r.Float64() < holding {
			cut := strings.IndexByte(m[60:], ' ') + 60
			m = m[:cut] + " " + examples[r.IntN(len(examples))] + m[cut:]
		}
		if len(m) > 200 {
			m = m[:200]
		}
		all[i] = strings.Clone(m + strings.Repeat(" ok", max(0, 200-len(m))/3))
	}
	return all
}

type contender struct {
	name string
	find func(message string) int
}

func contenders(tb testing.TB) []contender {
	byWord := cloudflare.NewStringMatcher(literals)
	builder := petar.NewAhoCorasickBuilder(petar.Opts{AsciiCaseInsensitive: true, MatchKind: petar.LeftMostLongestMatch, DFA: true})
	automaton := builder.Build(literals)
	trie := bobusumisu.NewTrieBuilder().AddStrings(literals).Build()
	quoted := make([]string, len(literals))
	for i, l := range literals {
		quoted[i] = regexp.QuoteMeta(l)
	}
	alternation := regexp.MustCompile(`(?i)\b(?:` + strings.Join(quoted, "|") + `)`)
	return []contender{
		{"byte sum", func(m string) int {
			n := 0
			for i := range len(m) {
				n += int(m[i])
			}
			return n
		}},
		{"Classify content_policy_violation", func(m string) int {
			return len(evolink.Classify(evolink.CodeContentPolicyViolation, m).Subtype)
		}},
		{"Classify invalid_parameters", func(m string) int {
			return len(evolink.Classify(evolink.CodeInvalidParameters, m).Subtype)
		}},
		{"Match", func(m string) int {
			code, _, _ := evolink.Match(m)
			return len(code)
		}},
		{"cloudflare/ahocorasick, lowered", func(m string) int { return len(byWord.Match([]byte(strings.ToLower(m)))) }},
		{"petar-dambovaliev/aho-corasick, DFA", func(m string) int { return len(automaton.FindAll(m)) }},
		{"BobuSumisu/aho-corasick, lowered", func(m string) int { return len(trie.MatchString(strings.ToLower(m))) }},
		{"strings.Contains, lowered", func(m string) int {
			low := strings.ToLower(m)
			for i, l := range literals {
				if strings.Contains(low, l) {
					return i
				}
			}
			return -1
		}},
		{"regexp alternation", func(m string) int { return len(alternation.FindString(m)) }},
	}
}

var sink int

// TestTable prints the medians of many short rounds in which all contenders take turns,
// in ns per message and as multiples of the byte sum.
func TestTable(t *testing.T) {
	if testing.Short() {
		t.Skip("measures")
	}
	const rounds, n = 61, 400
	for _, holding := range []float64{0, 0.5, 1} {
		r := rand.New(rand.NewPCG(1, uint64(holding*10)))
		all := contenders(t)
		times := make([][]float64, len(all))
		for range rounds {
			batch := messages(r, n, holding)
			for _, i := range r.Perm(len(all)) {
				r.Shuffle(n, func(a, b int) { batch[a], batch[b] = batch[b], batch[a] })
				start := time.Now()
				for _, m := range batch {
					sink += all[i].find(m)
				}
				times[i] = append(times[i], float64(time.Since(start).Nanoseconds())/n)
			}
		}
		t.Logf("%.0f %% of the messages hold a phrase:", 100*holding)
		base := median(times[0])
		for i, c := range all {
			t.Logf("| %-36s | %8.0f | %6.2f |", c.name, median(times[i]), median(times[i])/base)
		}
	}
}

func median(list []float64) float64 {
	sort.Float64s(list)
	return list[len(list)/2]
}
