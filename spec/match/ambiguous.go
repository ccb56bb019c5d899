// Search for the rare patterns in which the end of a number is ambiguous, such as "<num>.<num>" and
// "<num><any>.".

package match

// ambiguous searches for any pattern of at most maxStates states. See [searchFunc].
//
// It follows all paths through the pattern at once, one byte of the message at a time, in order of
// preference. If two paths reach the same state, only the preferred one continues (Pike's method).
// The preferences are those of regular expressions: early starts, long numbers, long white space
// and short gaps.
func ambiguous(text, message string, want int) (lo, hi int) {
	s := simulation{text: text, message: message, want: want}
	var lists [2]threadList
	now, next := &lists[0], &lists[1]
	lo, hi = -1, -1
	for at := 0; ; at++ {
		if lo < 0 && (at == 0 || !isWord(text[0]) || !isWord(message[at-1])) {
			s.enter(now, thread{}, 0, at)
		}
		for _, t := range now.threads[:now.n] {
			if t.index() == len(text) {
				lo, hi = t.lo, t.hi
				break // the others are less preferred
			}
			if at < len(message) {
				s.step(next, t, at)
			}
		}
		if at == len(message) || lo >= 0 && (want < 0 || next.n == 0) {
			return lo, hi
		}
		now, next = next, now
		next.n, next.has = 0, stateSet{}
	}
}

// maxStates is the maximum number of states of a pattern: three for each number, one for each other
// byte, and one for the end.
const maxStates = 256

// statesPerByte is the distance between the states of two bytes: those of text[i] start at
// i*statesPerByte.
const statesPerByte = 3

// A thread is a path that has reached a state of the pattern.
type thread struct {
	state  int
	lo, hi int // bounds of the wanted placeholder, if the path has reached it
}

// index returns the index of the pattern byte that the thread's state belongs to.
func (t thread) index() int { return t.state / statesPerByte }

type stateSet [(maxStates*statesPerByte + 63) / 64]uint64

// A threadList contains threads in order of preference, at most one for each state.
type threadList struct {
	n       int
	threads [maxStates]thread
	has     stateSet
}

func (l *threadList) add(t thread, state int) {
	bit := uint64(1) << (state % 64)
	if l.has[state/64]&bit != 0 {
		return
	}
	l.has[state/64] |= bit
	t.state = state
	l.threads[l.n] = t
	l.n++
}

type simulation struct {
	text, message string
	want          int
}

// enter adds thread t to l when it reaches text[i] before message[at:].
func (s *simulation) enter(l *threadList, t thread, i, at int) {
	switch i {
	case s.want:
		t.lo = at
	case s.want + 1:
		t.hi = at
	}
	switch {
	case i == len(s.text):
		if at == len(s.message) || !isWord(s.text[i-1]) || !isWord(s.message[at]) {
			l.add(t, i*statesPerByte)
		}
	case s.text[i] == gapByte:
		s.enter(l, t, i+1, at)
		l.add(t, i*statesPerByte)
	default:
		l.add(t, i*statesPerByte)
	}
}

// step adds the threads to l that continue t after message[at].
func (s *simulation) step(l *threadList, t thread, at int) {
	i, c := t.index(), s.message[at]
	switch s.text[i] {
	case gapByte:
		s.enter(l, t, i+1, at+1)
		l.add(t, t.state)
	case numByte:
		s.stepNumber(l, t, at)
	case ' ':
		if isSpace(c) {
			l.add(t, t.state)
			s.enter(l, t, i+1, at+1)
		}
	default:
		if fold(c) == s.text[i] {
			s.enter(l, t, i+1, at+1)
		}
	}
}

// stepNumber is step for a number. Its states are: in the digits, before the point, and in the
// decimals.
func (s *simulation) stepNumber(l *threadList, t thread, at int) {
	i, c := t.index(), s.message[at]
	digits := i * statesPerByte
	point, decimals := digits+1, digits+2
	switch {
	case t.state == point:
		if c == '.' {
			l.add(t, decimals)
		}
	case isDigit(c):
		l.add(t, t.state)
		if t.state == digits {
			l.add(t, point)
		}
		s.enter(l, t, i+1, at+1)
	}
}
