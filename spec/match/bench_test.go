package match

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// Each benchmark also adds up the bytes of the same messages. The results are ratios of both times
// in one run. Messages have about 200 bytes. Their number is so large that a branch predictor
// cannot learn them.

var nouns = strings.Fields(`account address api application argument audio bucket certificate channel
	character cluster column concurrency connection container content context credential currency
	database deadline deployment device domain duration email encoding endpoint event extension
	feature field file folder format frame function gateway group header host identity image index
	instance invoice item job key language layer length limit link locale lock manifest member memory
	message metadata method model module name namespace network node object operation order
	organization owner page parameter password path payload payment permission phone plan platform
	policy pool port prefix price process product profile project prompt property protocol provider
	proxy query queue quota range rate reference region registry release replica report repository
	request resolution resource response result revision role route rule runtime safety sample schema
	scope secret section segment sequence server service session setting shape signature size snapshot
	source stage state status storage stream string subscription table tag target task template tenant
	text thread timeout token topic transaction transfer trigger type upload url user value variable
	vendor version video volume wallet webhook window worker workspace zone`)

var faults = strings.Fields(`aborted blocked cancelled closed conflicting corrupted deleted denied
	deprecated detected disabled duplicated exceeded exhausted expired failed forbidden frozen
	incompatible incomplete inconsistent interrupted invalid locked malformed mismatched missing
	overloaded paused pending prohibited protected rejected required reserved restricted revoked
	stale suspended throttled truncated unauthorized unavailable unknown unreachable unsupported
	unverified violated`)

func benchPhrases(r *rand.Rand, n int) []Entry {
	seen := map[string]bool{}
	var entries []Entry
	for len(entries) < n {
		a, b, f := nouns[r.IntN(len(nouns))], nouns[r.IntN(len(nouns))], faults[r.IntN(len(faults))]
		s := []string{
			a + " " + b + " " + f,
			f + " " + a + " " + b,
			"the " + a + " " + b + " is " + f,
			a + " " + f + " for this " + b,
			a + " must be between <num:min> and <num:max> " + b + "s",
			a + " " + b + " exceeds <num:limit> " + a + "s",
			f + " " + a + ": no " + b,
			a + " <any:name> of " + b + " " + f,
			f + " " + a,
			"too many " + a + "s in " + b,
		}[r.IntN(10)]
		if !seen[s] {
			seen[s] = true
			entries = append(entries, Entry{Phrase: MustParse(s), Owner: len(entries)})
		}
	}
	return entries
}

var benchNoise = strings.Split(`upstream connect error or disconnect/reset before headers.
retried and the latest reset reason: connection timeout,
dial tcp 10.2.3.4:443: i/o timeout (Client.Timeout exceeded while awaiting headers);
Please modify the request and try again.
Task task-unified-1772618027-cmeisy8h was not charged.
If the problem persists, contact support with request id 01HZX8Q3K4M5N6.
Your request was blocked by safety filters.
the worker gave up after 3 attempts and 92.5 seconds
model gemini-3.1-flash-image-preview, region us-east-1
See https://docs.example.com/errors/reference for a list of limits.
An internal error occurred while the image was being processed
at com.example.render.Pipeline.run(Pipeline.java:218)
This has been logged and will typically be resolved quickly.
{"trace_id":"7f3a99b1e2","span":"a81c","retryable":false}`, "\n")

// benchMessage returns a message of about 200 bytes that contains a text of one of the entries, or
// only noise if entries is empty.
func benchMessage(r *rand.Rand, entries []Entry) string {
	var parts []string
	size := 0
	if len(entries) > 0 {
		s := entries[r.IntN(len(entries))].Phrase.Pattern()
		s = strings.ReplaceAll(s, num, fmt.Sprint(r.IntN(5000)))
		s = strings.ReplaceAll(s, gap, nouns[r.IntN(len(nouns))])
		if r.IntN(2) == 0 {
			s = strings.ToUpper(s[:1]) + s[1:]
		}
		parts = append(parts, s+".")
		size = len(s)
	}
	for size < 180 {
		s := benchNoise[r.IntN(len(benchNoise))]
		parts = append(parts, s)
		size += len(s)
	}
	r.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	return strings.Join(parts, " ")
}

var sink int

func byteSum(s string) (n int) {
	for i := 0; i < len(s); i++ {
		n += int(s[i])
	}
	return n
}

// A query is a message to match with a set.
type query struct {
	set     *phraseSet
	message string
}

// measure times all queries and the byte sums of their messages, one block at a time. It reports
// the ratio of the blocks' minimum times and the median ratio of all blocks.
func measure(b *testing.B, queries []query) {
	const block = 128
	var ratios []float64
	least := make([][2]time.Duration, len(queries)/block)
	b.ResetTimer()
	for i := range b.N {
		n := i % len(least)
		part := queries[n*block : (n+1)*block]
		var times [2]time.Duration
		for k := range 2 { // alternate which one runs first, with cold caches
			k ^= i / len(least) % 2
			start := time.Now()
			if k == 0 {
				for _, q := range part {
					sink += q.set.find(q.message)
				}
			} else {
				for _, q := range part {
					sink += byteSum(q.message)
				}
			}
			times[k] = time.Since(start)
		}
		for k, t := range times {
			if i < len(least) || t < least[n][k] {
				least[n][k] = t
			}
		}
		ratios = append(ratios, float64(times[0])/float64(times[1]))
	}
	var total [2]time.Duration
	for _, l := range least {
		total[0] += l[0]
		total[1] += l[1]
	}
	slices.Sort(ratios)
	b.ReportMetric(float64(total[0])/float64(total[1]), "x-least")
	b.ReportMetric(ratios[len(ratios)/2], "x-median")
	b.ReportMetric(float64(total[0])/float64(len(queries)), "find-ns")
	b.ReportMetric(float64(total[1])/float64(len(queries)), "sum-ns")
}

func benchSet(b *testing.B, entries []Entry) {
	set, err := Compile(entries)
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range set.set.filters {
		b.Logf("filter: width %d, stride %d, %d windows, %d words", f.width, f.stride, len(f.windows), len(f.bitmap))
	}
	for _, c := range []struct {
		name string
		of   []Entry
	}{{"match", entries}, {"noise", nil}} {
		r := rand.New(rand.NewPCG(1, 2))
		var queries []query
		for range 1024 {
			queries = append(queries, query{&set.set, benchMessage(r, c.of)})
		}
		b.Run(c.name, func(b *testing.B) { measure(b, queries) })
	}
}

func BenchmarkEvoLinkPolicy(b *testing.B)  { benchSet(b, evolinkEntries()[:7]) }
func BenchmarkEvoLinkInvalid(b *testing.B) { benchSet(b, evolinkEntries()[7:]) }
func BenchmarkEvoLinkAll(b *testing.B)     { benchSet(b, evolinkEntries()) }

func BenchmarkPhrases(b *testing.B) {
	for _, n := range []int{7, 25, 100, 1000, 5000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			benchSet(b, benchPhrases(rand.New(rand.NewPCG(uint64(n), 1)), n))
		})
	}
}

// BenchmarkPerCode uses 260 sets of 7 phrases each, in random order: with messages that contain no
// phrase, and with messages of which two thirds contain one.
func BenchmarkPerCode(b *testing.B) {
	for _, c := range []struct {
		name string
		of   int // number of messages with a phrase, of three
	}{{"noise", 0}, {"mixed", 2}} {
		r := rand.New(rand.NewPCG(3, 4))
		var queries []query
		for range 260 {
			entries := benchPhrases(r, 7)
			set, _ := Compile(entries)
			for range 8 {
				of := entries
				if r.IntN(3) >= c.of {
					of = nil
				}
				queries = append(queries, query{&set.set, benchMessage(r, of)})
			}
		}
		r.Shuffle(len(queries), func(i, j int) { queries[i], queries[j] = queries[j], queries[i] })
		b.Run(c.name, func(b *testing.B) { measure(b, queries[:2048]) })
	}
}
