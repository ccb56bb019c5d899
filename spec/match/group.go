package match

// Limits of a filter; see wordSize.
const (
	maxWidth  = wordSize
	maxStride = wordSize - 1
	usable    = maxWidth + maxStride - 1 // bytes of literal text; more do not make a filter faster
)

// A group contains the phrases that share a filter.
type group struct {
	sources       []source
	width, stride int
}

// The costs of a filter. The unit is the check of one position. hitCost is the cost of comparing
// phrases at a position, filterCost the fixed cost of a filter for each byte of a short message.
const (
	hitCost    = 8.0
	filterCost = 0.02
)

// chance is the probability, by width, that a window of one text equals a window of another. It was
// measured on error messages of Apache Kafka and of web services.
var chance = [maxWidth + 1]float64{1, 1. / 17, 1. / 170, 1. / 750, 1. / 1800, 1. / 3600, 1. / 7700, 1. / 13000, 1. / 20000}

// divide divides phrases into groups by the length of their literal text. The shortest one limits
// the stride, so a few short phrases would slow down a common filter. It returns the division with
// the lowest cost.
func divide(sources []source) []group {
	var count [usable + 1]int
	for _, s := range sources {
		count[s.length]++
	}
	// cost[n] is the lowest cost of the phrases of length n and more. Their first group contains
	// the lengths n to end[n]-1.
	var cost [usable + 2]float64
	var end, width [usable + 1]int
	for n := usable; n > 0; n-- {
		phrases := 0
		for to := n + 1; to <= usable+1; to++ {
			phrases += count[to-1]
			c, w := bestWidth(phrases, n)
			if c += cost[to]; to == n+1 || c < cost[n] {
				cost[n], end[n], width[n] = c, to, w
			}
		}
	}
	var groups []group
	for n := 1; n <= usable; n = end[n] {
		g := group{width: width[n], stride: strideOf(n, width[n])}
		for _, s := range sources {
			if n <= s.length && s.length < end[n] {
				g.sources = append(g.sources, s)
			}
		}
		if len(g.sources) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// bestWidth returns the best width of windows for a filter of phrases with at least length bytes of
// literal text, and its cost for each byte of a message.
func bestWidth(phrases, length int) (cost float64, width int) {
	if phrases == 0 {
		return 0, 1
	}
	for w := 1; w <= min(length, maxWidth); w++ {
		stride := strideOf(length, w)
		hits := float64(phrases*stride)*chance[w] + 1.0/bitsEach
		if c := filterCost + (1+hitCost*hits)/float64(stride); w == 1 || c < cost {
			cost, width = c, w
		}
	}
	return cost, width
}

func strideOf(length, width int) int { return min(length-width+1, maxStride) }
