// Attempts at work that is to be charged once.

import { stoppedIn } from "./error.ts"; //errspec:if poll
import { randomSeed } from "./attempts_stored.ts"; //errspec:if keys
import {
  hashOf,
  type StoredAttempts,
  storedAttempts,
} from "./attempts_stored.ts";
import type { Stored } from "./json.ts";
import {
  examine,
  exceedsCap,
  positive,
  retryPause,
  type RetryOptions,
  type Summary,
} from "./policy.ts";
import { type SignalLike, sleep } from "./sleep.ts";
import { backoff, tableName } from "./standin.ts";
import { idempotencyHeader, keyLifeMs } from "./standin.ts"; //errspec:if keys

/** Settings of attempts. They may forbid a retry that the table allows, not the reverse. */
export interface AttemptsOptions extends Omit<
  RetryOptions,
  "deadline" | "signal"
> {
  //errspec:if optin
  /** Enables idempotency keys, whose effect the service does not document. */
  readonly keys?: boolean | undefined;
  //errspec:end
  /**
   * The attempts that `JSON.stringify` stored in an earlier run, as JSON text or as JSON.parse returned them. They must be
   * attempts at the same work. A stored submission counts as submitted, and its outcome is unknown. undefined and null
   * are none.
   * If the ID of the task is stored, poll it: see {@link Attempts.taskId}. //errspec:if id
   */
  readonly stored?: unknown;
}

/** When to stop waiting. */
export interface AgainOptions {
  /** A time as of Date.now() that the pause must not reach. */
  readonly deadline?: number | undefined;
  readonly signal?: SignalLike | undefined;
}

/**
 * Why `again` resolved to false: `done`, no error was reported; `not_automatic`, clients must not retry automatically;
 * `outcome_unknown`, the request may be carried out and charged; `attempts_used`; `deadline`, the deadline passes or the
 * signal aborts before the retry, and `again` may be called again; `too_long`, the wait would exceed the cap; `forbidden`
 * by `allow`.
 */
export type Reason =
  | "done"
  | "not_automatic"
  | "outcome_unknown"
  | "attempts_used"
  | "deadline"
  | "too_long"
  | "forbidden";

/** The submissions of one piece of work that is to be charged once: see {@link attempts}. */
export interface Attempts {
  /**
   * Waits before a retry, and resolves to whether to submit the request, for the first time or again. `caught` is the error
   * of the last submission or of polling its task, undefined before the first submission.
   *
   * A retry is allowed if {@link nextPauseMs} allows it, unless the outcome of an earlier submission is unknown: a later
   * refusal does not settle it.
   * After a submission with a key, a retry with the same key is allowed even then, as long as the service keeps the key. //errspec:if keys
   */
  again(caught?: unknown, options?: AgainOptions): Promise<boolean>;
  /** Why `again` resolved to false, undefined if it did not. */
  readonly why: Reason | undefined;
  //errspec:if id
  /**
   * The ID of the task that the last submission started, "" if it is not known. Set it when it is, so that a later run can
   * poll the task. Do not submit the request again.
   */
  taskId: string;
  //errspec:end
  //errspec:if keys
  /**
   * The key of the last submission: 32 characters of 0-9 and a-f, "" before the first one, and if keys are not enabled.
   *
   * Modules and packages for other languages derive the same keys. Key n, from 1, is the start of a SHA-256 hash in
   * hexadecimal; LF is a line feed:
   *
   *     seed = hash("work" LF table LF work)
   *     key  = hash("key" LF table LF seed LF n)
   *
   * n increases only after a task that failed with key n.
   */
  readonly key: string;
  /**
   * Returns the header with the key of this submission, an object without members if it has none. Send it with each
   * submission, after `again` has resolved to true.
   */
  headers(): Record<string, string>;
  //errspec:end
  /**
   * Returns what JSON.stringify stores. Store it before each submission, after `again` and `headers`. //errspec:if keys
   * Returns what JSON.stringify stores. Store it before each submission, after `again`. //errspec:if !keys
   */
  toJSON(): Stored;
}

/**
 * Returns the attempts at a piece of work that is to be charged once. `work` is the program's own ID of the work, such as
 * that of an order; without one, the attempts have a random ID. Create them outside the loop:
 *
 *     const work = attempts(orderId);
 *     let caught: unknown;
 *     while (await work.again(caught)) {
 *       try {
 *         return await submit(order, work);
 *       } catch (e) {
 *         caught = e;
 *       }
 *     }
 *     throw caught ?? new Error(work.why);
 *
 * It throws an Error if `options.stored` is not of attempts at this work.
 */
export function attempts(work = "", options: AttemptsOptions = {}): Attempts {
  return new Submissions(work, options);
}

class Submissions implements Attempts {
  why: Reason | undefined;
  taskId = ""; //errspec:if id
  private readonly options: AttemptsOptions;
  /** Identifies the work, "" if nothing does. */
  private readonly seed: string;
  private count = 0;
  /** Whether the last submission is one of an earlier run. */
  private isResumed = false;
  /** Whether an earlier run, which may continue, submits without a key. */
  private isBarred = false;
  /** Whether the request may be carried out, or may have been. */
  private isUnknown = false;
  private isEnded = false;
  private isWaiting = false;
  //errspec:if keys
  /** Whether the last submission has not been reported to again. */
  private isOpen = false;
  /** The number of the key, from 1. */
  private keyNumber = 0;
  /** When the key was submitted first. */
  private since = 0;
  /** Whether the last submission contains the key. */
  private isKeyed = false;
  /** Whether they were stored, so that another run may submit further keys. */
  private isShared = false;
  //errspec:end

  constructor(work: string, options: AttemptsOptions) {
    this.options = options;
    const { stored } = options;
    let seed = work === "" ? "" : hashOf("work", work);
    if (stored === undefined || stored === null) {
      if (seed === "") seed = randomSeed(); //errspec:if keys
      this.seed = seed;
      return;
    }
    const from = storedAttempts(stored);
    if (seed !== "" && from.seed !== seed)
      throw new Error(`${tableName}: the stored attempts are at other work`);
    this.seed = from.seed;
    this.resume(from);
  }

  async again(caught?: unknown, options: AgainOptions = {}): Promise<boolean> {
    if (this.isWaiting)
      throw new Error(`${tableName}: an earlier call of again is waiting`);
    if (this.isEnded) return false;
    const found = this.report(caught);
    const pause =
      this.count > 0 ? retryPause(found, this.count, this.options) : 0;
    let why: Reason | undefined;
    if (this.count > 0) why = this.refusal(caught, found, pause);
    this.isWaiting = true;
    try {
      why ??= await this.wait(pause, options);
    } finally {
      this.isWaiting = false;
    }
    this.why = why;
    if (why !== undefined) {
      this.isEnded = why !== "deadline" && why !== "outcome_unknown";
      return false;
    }
    this.submit(found);
    return true;
  }

  /** Records what a caught value reveals about the last submission. */
  private report(caught: unknown): Summary {
    const found = examine(caught, this.options.allow);
    this.why = undefined;
    this.isOpen = false; //errspec:if keys
    if (isNone(caught)) return found;
    this.isResumed = false;
    if (this.count === 0) {
      this.count = 1; // made without again
      this.isUnknown = true;
    }
    //errspec:if poll
    if (this.taskId === "") this.taskId = stoppedIn(caught)?.taskId ?? "";
    //errspec:end
    //errspec:if id
    const isOfTask = found.taskId === this.taskId && !found.isRefused;
    if (this.taskId !== "" && !isOfTask) {
      this.isUnknown = true; // the error is that of a poll
      return { ...found, isSettled: false, isFailure: false };
    }
    //errspec:end
    if (!found.isSettled) this.isUnknown = true;
    else if (found.isFailure) this.isUnknown = false;
    return found;
  }

  /** Returns why the request must not be submitted after a caught value and a pause. */
  private refusal(
    caught: unknown,
    found: Summary,
    pause: number,
  ): Reason | undefined {
    if (isNone(caught) && !this.isResumed) return "done";
    if (!this.isUnknown && !found.automatic) return "not_automatic";
    void pause; //errspec:if !keys
    let isRepeatable = false;
    //errspec:if keys
    if ((this.isUnknown || this.isShared) && this.isExpired(pause))
      return "outcome_unknown";
    isRepeatable = this.isUnknown && this.isRepeatable(found);
    //errspec:end
    if (!isRepeatable && (this.isUnknown || this.isBarred))
      return "outcome_unknown";
    const why = this.limit(found);
    return why !== undefined && this.isUnknown ? "outcome_unknown" : why;
  }

  /** Returns why the settings forbid another submission. */
  private limit(found: Summary): Reason | undefined {
    const { options } = this;
    if (!found.isAllowed) return "forbidden";
    if (this.count >= positive(options.attempts, backoff.attempts))
      return "attempts_used";
    return exceedsCap(found, options) ? "too_long" : undefined;
  }

  /** Waits before a submission, and returns why it must not be made after all. */
  private async wait(
    pause: number,
    { deadline = Infinity, signal }: AgainOptions,
  ): Promise<Reason | undefined> {
    if (!(Date.now() + pause < deadline) || isAborted(signal))
      return "deadline";
    if (pause > 0) await sleep(pause, signal);
    if (isAborted(signal)) return "deadline";
    //errspec:if keys
    const isRepeated = (this.isUnknown || this.isShared) && this.count > 0;
    if (isRepeated && this.isExpired(0)) return "outcome_unknown"; // the wait took longer
    //errspec:end
    return undefined;
  }

  /** Records another submission. */
  private submit(found: Summary): void {
    void found; //errspec:if !keys
    //errspec:if keys
    const isFirst = this.keyNumber === 0 && this.count === 0;
    if (this.keyNumber === 0 || found.isFailure) this.keyNumber++;
    if (isFirst || (found.isFailure && !this.isShared)) this.since = Date.now();
    this.isKeyed = false;
    this.isOpen = true;
    //errspec:end
    this.taskId = ""; //errspec:if id
    this.count++;
    this.isResumed = false;
  }

  //errspec:if keys
  get key(): string {
    if (this.keyNumber === 0 || this.seed === "") return "";
    if (this.options.keys !== true) return ""; //errspec:if optin
    return hashOf("key", `${this.seed}\n${String(this.keyNumber)}`);
  }

  headers(): Record<string, string> {
    const { key } = this;
    if (key === "" || !this.isOpen) return {};
    this.isKeyed = true;
    return { [idempotencyHeader]: key };
  }

  /** Reports whether the last submission, whose outcome is unknown, may be repeated with the same key. */
  private isRepeatable(found: Summary): boolean {
    if (this.taskId !== "") return false; //errspec:if id
    if (found.isConflict) return false; //errspec:if conflict
    const isUsable = this.isKeyed && this.key !== "";
    return isUsable && (!found.isSettled || found.automatic);
  }

  /**
   * Reports whether the service may have removed the key at the end of a pause. A tenth of the time that it keeps keys is
   * left for slow requests and inaccurate clocks.
   */
  private isExpired(pause: number): boolean {
    const age = Date.now() - this.since;
    return !(age >= 0 && age < keyLifeMs - keyLifeMs / 10 - pause);
  }

  //errspec:end
  toJSON(): Stored {
    let stored: Stored = { version: 1, table: tableName };
    if (this.seed !== "") stored = { ...stored, seed: this.seed };
    //errspec:if keys
    this.isShared ||= this.key !== "";
    stored = { ...stored, key: this.keyNumber };
    if (this.keyNumber > 0)
      stored = { ...stored, since: new Date(this.since).toISOString() };
    stored = { ...stored, keyed: this.isKeyed };
    //errspec:end
    stored = { ...stored, submissions: this.count };
    if (this.taskId !== "") stored = { ...stored, task: this.taskId }; //errspec:if id
    return stored;
  }

  /** Continues stored attempts. */
  private resume(from: StoredAttempts): void {
    this.isUnknown = true;
    this.isResumed = true;
    this.isBarred = true;
    this.count = Math.max(from.submissions, 1);
    this.taskId = from.task; //errspec:if id
    //errspec:if keys
    if (from.key > 0 && from.since !== undefined) {
      this.keyNumber = from.key;
      this.since = from.since;
      this.isKeyed = from.keyed;
    }
    this.isShared = true;
    this.isBarred = !this.isKeyed || this.key === "";
    //errspec:end
  }
}

function isNone(caught: unknown): boolean {
  return caught === undefined || caught === null;
}

function isAborted(signal: SignalLike | undefined): boolean {
  return signal?.aborted === true;
}
