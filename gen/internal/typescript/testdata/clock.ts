// Virtual time: Date.now and timers of a process, which run as soon as everything else waits.

interface Timer {
  readonly at: number;
  readonly wake: () => void;
}

export class Clock {
  now = Date.UTC(2026, 0, 1);
  readonly #timers = new Map<number, Timer>();
  #last = 0;

  /** Replaces the clock of the process. */
  install(): void {
    Date.now = () => this.now;
    const replaced = {
      setTimeout: (wake: () => void, ms: number) => {
        this.#timers.set(++this.#last, { at: this.now + Math.max(ms, 0), wake });
        return this.#last;
      },
      clearTimeout: (timer: number) => void this.#timers.delete(timer),
    };
    Object.assign(globalThis, replaced);
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void setTimeout(resolve, ms));
  }

  /** Runs a program until it ends. */
  async run<T>(program: () => Promise<T>): Promise<T> {
    let isRunning = true;
    const result = program().finally(() => (isRunning = false));
    result.catch(() => undefined);
    for (;;) {
      await new Promise((resolve) => process.nextTick(resolve)); // everything else waits then
      if (!isRunning) return result;
      let next: [number, Timer] | undefined;
      for (const timer of this.#timers) if (!next || timer[1].at < next[1].at) next = timer;
      if (!next) throw new Error("the program waits forever");
      this.#timers.delete(next[0]);
      this.now = Math.max(this.now, next[1].at);
      next[1].wake();
    }
  }
}
