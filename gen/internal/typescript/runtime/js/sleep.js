// Waiting.

/** Timers that are set for more than 2^31-1 milliseconds fire at once. */
const longestTimer = 2_147_483_647;

/** Waits until the time has passed, or the signal aborts. */
export function sleep(ms, signal) {
  return new Promise((resolve) => {
    const wake = () => {
      timers.clearTimeout(timer);
      signal?.removeEventListener("abort", wake);
      resolve();
    };
    const timer = timers.setTimeout(wake, Math.min(ms, longestTimer));
    signal?.addEventListener("abort", wake, { once: true });
    if (signal?.aborted === true) wake();
  });
}

const timers = globalThis;
