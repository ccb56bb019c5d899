package match

// addSorted adds sorted filters for phrases whose windows many others have. Each of these phrases
// has one window, where a stretch of its literal text begins.
//
// That of a plain pattern begins the first stretch: from there on, numbers included, the whole
// pattern is compared, and no two of them are equal. Others are compared up to the next
// placeholder, so that the stretch that the fewest phrases have is the best.
func (s *phraseSet) addSorted(common []source) {
	phrases := map[string]int{} // by text of a stretch: how many phrases have it
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

// sortText returns the text by which the windows of a sorted filter are sorted: that from the
// window on which [phraseSet.textAt] returns.
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
