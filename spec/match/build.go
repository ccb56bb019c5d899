package match

import (
	"cmp"
	"math/bits"
	"slices"
)

// bitsEach is the minimum number of bits of a bitmap for each window. With half of it, a message of
// 200 bytes would have one more false hit.
const bitsEach = 24

// spread is an odd number near 2^64 divided by the golden ratio: multiplication by it spreads each
// byte to all higher bits.
const spread = 0x9e3779b97f4a7c15

// A source contains the parts of a phrase from which a filter may take windows.
type source struct {
	phrase int    // index of the phrase
	spans  []span // literal text
	length int    // length of the longest span, at most usable
}

type span struct{ from, to int }

// addFilters adds the filters to the set, and sets the searches of phrases that need one.
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
			continue // never chosen: an equal phrase precedes it
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

// usableSpans returns the spans of literal text from which windows may be taken, and whether a
// comparison of the text around such a window is enough to find the phrase.
//
// It is enough in the first span of a plain pattern. The other spans follow a number, and the start
// of the number cannot be found by reading backwards. They are worth a search only if the first
// span is too short for a good filter.
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

// literalSpans returns the parts of text between placeholders.
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

// maxShared is the maximum average number of phrases that share a window, because all of them are
// compared at each occurrence. In a set of 5,000 phrases that consist of 200 words, a window is
// shared by about eleven.
const maxShared = 32

// chooseWindows returns stride consecutive windows of each phrase of g. It chooses the windows that
// the fewest other phrases share. Phrases without windows that are rare enough are returned as
// common instead.
func (s *phraseSet) chooseWindows(g group) (windows []window, common []source) {
	phrases := map[string]int{} // number of phrases with a window, by its text
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

// eachWindow calls f with the offset and text of each series of n consecutive windows.
func (s *phraseSet) eachWindow(src source, width, n int, f func(at int, text string)) {
	size := width + n - 1
	for _, sp := range src.spans {
		for at := sp.from; at+size <= sp.to; at++ {
			f(at, s.phrases[src.phrase].text[at:at+size])
		}
	}
}
