package diag

import "strings"

// Suggest returns the candidate that is closest to word, the first of equally close ones. It returns
// "" if no candidate is close. A candidate is close if it differs from word by a limited number of
// insertions, deletions, replacements and swaps of adjacent letters. The limit is a third of the
// letters of word and at most three, but one for a word of two letters. Case is ignored.
func Suggest(word string, candidates []string) string {
	best, _ := Nearest(word, candidates)
	return best
}

// Nearest returns the result of [Suggest], and whether it is the only close candidate and therefore
// unambiguous.
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

// closeness returns the number of differences that a close candidate may have to a word of n
// letters.
func closeness(n int) int {
	if n == 2 {
		return 1
	}
	return min(3, n/3)
}

// distance returns the optimal string alignment distance of a and b, or limit if it is not smaller.
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

// MaxSuggestions is the maximum number of searches for the nearest name in a table, because each
// one compares all names.
const MaxSuggestions = 200
