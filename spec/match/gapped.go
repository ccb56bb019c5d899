// Search for patterns with gaps: parts of text in sequence, with any text between them.

package match

// gapped searches for a pattern in which the end of no number is ambiguous. See [searchFunc].
func gapped(text, message string, want int) (lo, hi int) {
	if !partsFollow(text, 0, message, 0) {
		return -1, -1
	}
	if want < 0 {
		return 0, 0
	}
	from, at := 0, 0
	for {
		to := partEnd(text, from)
		start := seek(text, from, to, message, at)
		if want < from {
			return at, start // the gap before this part
		}
		if want < to {
			lo = matchAt(text, from, want, message, start)
			return lo, matchAt(text, want, want+1, message, lo)
		}
		at = matchAt(text, from, to, message, start)
		if to > from && text[to-1] == ' ' {
			at = spaceEnd(text, to+1, message, at)
		}
		from = to + 1
	}
}

// partsFollow reports whether the parts of text[from:] occur in message[at:] in sequence.
//
// Each part is searched once. Its first occurrence leaves the most text for the parts after it, so
// if one of them is not found, later occurrences of the parts before it cannot help.
func partsFollow(text string, from int, message string, at int) bool {
	for {
		to := partEnd(text, from)
		start := seek(text, from, to, message, at)
		if start < 0 {
			return false
		}
		if to == len(text) {
			return true
		}
		at = matchAt(text, from, to, message, start)
		from = to + 1
	}
}

// spaceEnd returns the end of white space before a gap: the last one after which the parts of
// text[from:] still follow. matchAt has matched its first byte, the one before message[at:]. Each
// part needs at most one byte of the white space, so there are at most as many steps as parts.
func spaceEnd(text string, from int, message string, at int) int {
	end := skipSpace(message, at)
	for end > at && !partsFollow(text, from, message, end) {
		end--
	}
	return end
}

// partEnd returns the end of the part that starts at text[from:]: the next gap or the end of text.
func partEnd(text string, from int) int {
	for from < len(text) && text[from] != gapByte {
		from++
	}
	return from
}
