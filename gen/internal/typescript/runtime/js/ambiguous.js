// The rare phrases in which the end of a number is ambiguous, such as "<num>.<num>" and "<num><any>.".

/** The distance between the states of two characters: a number has three, in digits, before the point and in decimals. */
const statesEach = 3;

/**
 * Searches for any pattern. It follows all paths through the pattern at once, one character of the message at a time, in
 * order of preference. If two paths reach the same state, only the preferred one continues (Pike's method).
 */
export function ambiguous(text, message, want) {
  const run = new Simulation(text, message, want);
  let found;
  for (let at = 0; ; at++) {
    if (!found && !run.startsInWord(at)) run.enter(start, 0, at);
    const threads = run.take(at + 1);
    for (const thread of threads) {
      if (thread.state === text.length * statesEach) {
        found = thread;
        break; // the others are less preferred
      }
      if (at < message.length) run.step(thread, at);
    }
    if (at === message.length || (found && (want < 0 || run.isDone())))
      return found && [found.low, found.high];
  }
}

const start = { state: 0, low: 0, high: 0 };

class Simulation {
  text;
  message;
  want;
  threads = [];
  /** By state: the index for which a thread has reached it. */
  reached;
  at = 0;

  constructor(text, message, want) {
    this.text = text;
    this.message = message;
    this.want = want;
    this.reached = new Int32Array((text.length + 1) * statesEach).fill(-1);
  }

  isDone() {
    return this.threads.length === 0;
  }

  startsInWord(at) {
    return (
      at > 0 &&
      isWord(this.text.charCodeAt(0)) &&
      isWord(this.message.charCodeAt(at - 1))
    );
  }

  /** Returns the threads, and begins a new list, of those before message[at]. */
  take(at) {
    const { threads } = this;
    this.threads = [];
    this.at = at;
    return threads;
  }

  add(thread, state) {
    if (this.reached[state] === this.at) return;
    this.reached[state] = this.at;
    this.threads.push({ ...thread, state });
  }

  /** Adds a thread that reaches text[i] before message[at]. */
  enter(from, i, at) {
    let thread = from;
    if (i === this.want) thread = { ...thread, low: at };
    else if (i === this.want + 1) thread = { ...thread, high: at };
    if (i === this.text.length) {
      const isInWord =
        isWord(this.text.charCodeAt(i - 1)) &&
        isWord(this.message.charCodeAt(at));
      if (!isInWord) this.add(thread, i * statesEach);
      return;
    }
    if (this.text.charCodeAt(i) === gap) this.enter(thread, i + 1, at);
    this.add(thread, i * statesEach);
  }

  /** Adds the threads that continue a thread after message[at]. */
  step(thread, at) {
    const i = Math.floor(thread.state / statesEach);
    const c = this.text.charCodeAt(i);
    const d = this.message.charCodeAt(at);
    if (c === gap) {
      this.enter(thread, i + 1, at + 1);
      this.add(thread, thread.state);
    } else if (c === num) {
      this.stepNumber(thread, i, at);
    } else if (c === 32) {
      if (!isSpace(d)) return;
      this.add(thread, thread.state);
      this.enter(thread, i + 1, at + 1);
    } else if (fold(d) === c) {
      this.enter(thread, i + 1, at + 1);
    }
  }

  stepNumber(thread, i, at) {
    const digits = i * statesEach;
    const point = digits + 1;
    const d = this.message.charCodeAt(at);
    if (thread.state === point) {
      if (d === 46) this.add(thread, point + 1);
    } else if (isDigit(d)) {
      this.add(thread, thread.state);
      if (thread.state === digits) this.add(thread, point);
      this.enter(thread, i + 1, at + 1);
    }
  }
}
