package match

// addSorted adds sorted filters for phrases that share all their windows with many others. Each of
// these phrases has one window, at the start of a span of its literal text.
//
// The window of a plain pattern is at the start of the first span. The rest of the pattern,
// including numbers, is compared, and no two patterns are equal. Other patterns are compared only
// up to the next placeholder, so the best span is the one that the fewest phrases share.
func (s *phraseSet) addSorted(common []source) {
	phrases := map[string]int{} // number of phrases with a span, by its text
	for _, src := range common {
		text := s.phrases[src.phrase].text
		for _, sp := range literalSpans(text) {
			phrases[text[sp.from:sp.to]]++
		}
	}
	var windows [maxWidth + 1][]window // by width
	for _, src := range common {
		p := &s.phrases[src.phrase]
		spans := literalSpans(p.text)
		best := spans[0]
		if kindOf(p.text) == kindPlain {
			p.search = nil
		} else {
			for _, sp := range spans {
				n, least := phrases[p.text[sp.from:sp.to]], phrases[p.text[best.from:best.to]]
				if n < least || n == least && sp.to-sp.from > best.to-best.from {
					best = sp
				}
			}
		}
		width := 1
		for 2*width <= min(best.to-best.from, maxWidth) {
			width *= 2
		}
		windows[width] = append(windows[width], window{phrase: uint32(src.phrase), at: uint16(best.from)})
	}
	for width, all := range windows {
		if len(all) > 0 {
			s.filters = append(s.filters, s.newFilter(width, 1, all, true))
		}
	}
}

// sortText returns the text by which a window of a sorted filter is sorted: the bytes that
// [phraseSet.textAt] returns.
func (s *phraseSet) sortText(w window) string {
	p := &s.phrases[w.phrase]
	to := len(p.text)
	if p.search != nil {
		for to = int(w.at); to < len(p.text) && p.text[to] > gapByte; {
			to++
		}
	}
	return p.text[w.at:to]
}
