// Waiting.

/** The part of an AbortSignal that is used. */
export interface SignalLike {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(
    type: "abort",
    listener: () => void,
    options: { once: boolean },
  ): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** Timers that are set for more than 2^31-1 milliseconds fire at once. */
const longestTimer = 2_147_483_647;

/** Waits until the time has passed, or the signal aborts. */
export function sleep(
  ms: number,
  signal: SignalLike | undefined,
): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      timers.clearTimeout(timer);
      signal?.removeEventListener("abort", wake);
      resolve();
    };
    const timer = timers.setTimeout(wake, Math.min(ms, longestTimer));
    signal?.addEventListener("abort", wake, { once: true });
    if (signal?.aborted === true) wake();
  });
}

/** Timers, which all runtimes have, without the types of any. */
interface Timers {
  setTimeout(call: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
}
const timers = globalThis as unknown as Timers;
