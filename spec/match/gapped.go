// Searching for patterns with gaps: pieces of text, one after the other, anything between them.

package match

// gapped searches for a pattern in which no number can run into what follows it. See
// [searchFunc].
func gapped(text, message string, want int) (lo, hi int) {
	if !piecesFollow(text, 0, message, 0) {
		return -1, -1
	}
	if want < 0 {
		return 0, 0
	}
	from, at := 0, 0
	for {
		to := pieceEnd(text, from)
		start := seek(text, from, to, message, at)
		if want < from {
			return at, start // the gap before this piece
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

// piecesFollow reports whether the pieces of text[from:] stand in message[at:], each behind the
// one before.
//
// Each is looked for once. Found as early as possible it leaves the most to the pieces after it;
// if one of these is not found, no later place of the pieces before could help.
func piecesFollow(text string, from int, message string, at int) bool {
	for {
		to := pieceEnd(text, from)
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

// spaceEnd returns where white space before a gap ends, of which matchAt took one byte, the one
// before message[at:]: as late as lets the pieces of text[from:] still follow. Each of them needs
// one byte of it at most, so there are no more tries than pieces.
func spaceEnd(text string, from int, message string, at int) int {
	end := skipSpace(message, at)
	for end > at && !piecesFollow(text, from, message, end) {
		end--
	}
	return end
}

// pieceEnd returns where the piece that begins at text[from:] ends: at a gap or at the end.
func pieceEnd(text string, from int) int {
	for from < len(text) && text[from] != gapByte {
		from++
	}
	return from
}
