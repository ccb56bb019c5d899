// Attempts at work that is to be charged once.

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
export function attempts(work = "", options = {}) {
  return new Submissions(work, options);
}

class Submissions {
  why;
  taskId = ""; //errspec:if id
  options;
  /** Identifies the work, "" if nothing does. */
  seed;
  count = 0;
  /** Whether the last submission is one of an earlier run. */
  isResumed = false;
  /** Whether an earlier run, which may continue, submits without a key. */
  isBarred = false;
  /** Whether the request may be carried out, or may have been. */
  isUnknown = false;
  isEnded = false;
  isWaiting = false;
  //errspec:if keys
  /** Whether the last submission has not been reported to again. */
  isOpen = false;
  /** The number of the key, from 1. */
  keyNumber = 0;
  /** When the key was submitted first. */
  since = 0;
  /** Whether the last submission contains the key. */
  isKeyed = false;
  /** Whether they were stored, so that another run may submit further keys. */
  isShared = false;
  //errspec:end

  constructor(work, options) {
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

  async again(caught, options = {}) {
    if (this.isWaiting)
      throw new Error(`${tableName}: an earlier call of again is waiting`);
    if (this.isEnded) return false;
    const found = this.report(caught);
    const pause =
      this.count > 0 ? retryPause(found, this.count, this.options) : 0;
    let why;
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
  report(caught) {
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
  refusal(caught, found, pause) {
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
  limit(found) {
    const { options } = this;
    if (!found.isAllowed) return "forbidden";
    if (this.count >= positive(options.attempts, backoff.attempts))
      return "attempts_used";
    return exceedsCap(found, options) ? "too_long" : undefined;
  }

  /** Waits before a submission, and returns why it must not be made after all. */
  async wait(pause, { deadline = Infinity, signal }) {
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
  submit(found) {
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
  get key() {
    if (this.keyNumber === 0 || this.seed === "") return "";
    if (this.options.keys !== true) return ""; //errspec:if optin
    return hashOf("key", `${this.seed}\n${String(this.keyNumber)}`);
  }

  headers() {
    const { key } = this;
    if (key === "" || !this.isOpen) return {};
    this.isKeyed = true;
    return { [idempotencyHeader]: key };
  }

  /** Reports whether the last submission, whose outcome is unknown, may be repeated with the same key. */
  isRepeatable(found) {
    if (this.taskId !== "") return false; //errspec:if id
    if (found.isConflict) return false; //errspec:if conflict
    const isUsable = this.isKeyed && this.key !== "";
    return isUsable && (!found.isSettled || found.automatic);
  }

  /**
   * Reports whether the service may have removed the key at the end of a pause. A tenth of the time that it keeps keys is
   * left for slow requests and inaccurate clocks.
   */
  isExpired(pause) {
    const age = Date.now() - this.since;
    return !(age >= 0 && age < keyLifeMs - keyLifeMs / 10 - pause);
  }

  //errspec:end
  toJSON() {
    let stored = { version: 1, table: tableName };
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
  resume(from) {
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

function isNone(caught) {
  return caught === undefined || caught === null;
}

function isAborted(signal) {
  return signal?.aborted === true;
}
