package match

import (
	"cmp"
	"math/bits"
	"slices"
)

// Each window gets this many bits of a bitmap at least. Half of them would let through one place
// more of a message of 200 bytes.
const bitsEach = 24

// spread is an odd number near 2^64 divided by the golden ratio: in a product with it, each byte
// reaches all higher bits.
const spread = 0x9e3779b97f4a7c15

// A source is where a filter may take the windows of a phrase from.
type source struct {
	phrase int    // its index
	spans  []span // stretches of literal text
	length int    // of the longest, usable at most
}

type span struct{ from, to int }

// addFilters gives the set its filters, and its phrases the searches that they take.
func (s *phraseSet) addFilters() {
	var sources []source
	first := make(map[string]bool, len(s.phrases))
	for i := range s.phrases {
		p := &s.phrases[i]
		spans, settled := usableSpans(p.text)
		if !settled {
			p.search = kinds[kindOf(p.text)].search
		}
		if first[p.text] {
			continue // never chosen: the phrase before it, which is equal, is the better one
		}
		first[p.text] = true
		sources = append(sources, source{phrase: i, spans: spans, length: min(longest(spans), usable)})
	}
	var common []source
	for _, g := range divide(sources) {
		windows, without := s.chooseWindows(g)
		common = append(common, without...)
		if len(windows) > 0 {
			s.filters = append(s.filters, s.newFilter(g.width, g.stride, windows, false))
		}
	}
	s.addSorted(common)
}

// usableSpans returns the stretches of literal text that windows may be taken from, and whether
// comparing what stands around such a window settles that the phrase occurs.
//
// It does in the first stretch of a plain pattern. Before the others stands an inner number, and
// read backwards it is not known where this began. They are worth a search only if the first is
// too short to make a good filter.
func usableSpans(text string) (spans []span, settled bool) {
	const goodLength = 8
	spans = literalSpans(text)
	if kindOf(text) != kindPlain {
		return spans, false
	}
	if first := spans[:1]; longest(first) >= min(goodLength, longest(spans)) {
		return first, true
	}
	return spans, false
}

// literalSpans returns the longest stretches of text without a placeholder.
func literalSpans(text string) []span {
	var spans []span
	for from := 0; from < len(text); from++ {
		to := from
		for to < len(text) && text[to] > gapByte {
			to++
		}
		if to > from {
			spans = append(spans, span{from, to})
		}
		from = to
	}
	return spans
}

func longest(spans []span) int {
	n := 0
	for _, s := range spans {
		n = max(n, s.to-s.from)
	}
	return n
}

// newFilter returns the filter with the given windows.
func (s *phraseSet) newFilter(width, stride int, windows []window, sorted bool) filter {
	words := 1
	for words*64 < len(windows)*bitsEach {
		words *= 2
	}
	f := filter{
		width: width, stride: stride,
		multiplier: spread << (64 - 8*width),
		shift:      uint(64 - bits.TrailingZeros(uint(words*64))),
		bitmap:     make([]uint64, words),
		heads:      make([]uint32, words+1),
		sorted:     sorted,
	}
	type hashed struct {
		window
		hash uint64
	}
	var order []hashed
	for _, w := range windows {
		word, _ := squeeze(s.phrases[w.phrase].text, int(w.at), stride)
		order = append(order, hashed{w, f.hash(word)})
	}
	slices.SortFunc(order, func(a, b hashed) int {
		n := cmp.Compare(a.hash/64, b.hash/64)
		if n == 0 && sorted {
			n = cmp.Compare(s.sortText(a.window), s.sortText(b.window))
		}
		return cmp.Or(n, cmp.Compare(a.phrase, b.phrase), cmp.Compare(a.at, b.at))
	})
	for _, w := range order {
		f.bitmap[w.hash/64] |= 1 << (w.hash % 64)
		f.heads[w.hash/64+1]++
		f.windows = append(f.windows, w.window)
	}
	for i := range words {
		f.heads[i+1] += f.heads[i]
	}
	return f
}

// maxShared is how many phrases may have a window on average, so that no more are compared where it
// stands; those of 5,000 phrases that are made of 200 words share theirs with ten others.
const maxShared = 32

// chooseWindows returns stride consecutive windows of each phrase of g, those that the fewest
// other phrases have: the fewer phrases have a window, the fewer are compared where it stands. It
// leaves out the phrases without such windows that are rare enough, and returns them as common.
func (s *phraseSet) chooseWindows(g group) (windows []window, common []source) {
	phrases := map[string]int{} // by text of a window: how many phrases have it
	for _, src := range g.sources {
		seen := map[string]bool{}
		s.eachWindow(src, g.width, 1, func(_ int, text string) {
			if !seen[text] {
				seen[text] = true
				phrases[text]++
			}
		})
	}
	for _, src := range g.sources {
		best, least := 0, 0
		s.eachWindow(src, g.width, g.stride, func(at int, text string) {
			n := 0
			for i := range g.stride {
				n += phrases[text[i:i+g.width]]
			}
			if least == 0 || n < least {
				best, least = at, n
			}
		})
		if least > maxShared*g.stride {
			common = append(common, src)
			continue
		}
		for i := range g.stride {
			windows = append(windows, window{phrase: uint32(src.phrase), at: uint16(best + i)})
		}
	}
	return windows, common
}

// eachWindow calls f with the place and text of each series of n consecutive windows.
func (s *phraseSet) eachWindow(src source, width, n int, f func(at int, text string)) {
	size := width + n - 1
	for _, sp := range src.spans {
		for at := sp.from; at+size <= sp.to; at++ {
			f(at, s.phrases[src.phrase].text[at:at+size])
		}
	}
}
