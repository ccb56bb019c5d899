package diag

import "strings"

// Suggest returns the candidate that word was probably meant to be, or "" when
// none is close. Close means: at most a third of the letters, but one of a word
// of two, and never more than three, were added, dropped, exchanged or swapped
// with their neighbour. The case of letters does not count. Of equally close
// candidates the first one wins.
func Suggest(word string, candidates []string) string {
	best, _ := Nearest(word, candidates)
	return best
}

// Nearest returns what [Suggest] does, and whether it is the only candidate that
// is close at all: then it is what was meant.
func Nearest(word string, candidates []string) (best string, only bool) {
	letters := []rune(strings.ToLower(word))
	limit := closeness(len(letters)) + 1
	bestDistance, near := limit, 0
	for _, c := range candidates {
		d := distance(letters, []rune(strings.ToLower(c)), limit)
		if d < limit {
			near++
		}
		if d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best, near == 1
}

// closeness returns how many letters of a word of n may be wrong. Of a single
// letter nothing would be left.
func closeness(n int) int {
	if n == 2 {
		return 1
	}
	return min(3, n/3)
}

// distance is the optimal string alignment distance of a and b, or limit when
// it is not smaller than that.
func distance(a, b []rune, limit int) int {
	if abs(len(a)-len(b)) >= limit {
		return limit
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], limit)
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// MaxSuggestions bounds how often all names are gone through for the nearest one,
// so that a table full of mistakes is read in time too.
const MaxSuggestions = 200
