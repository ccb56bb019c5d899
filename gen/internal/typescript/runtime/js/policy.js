// Pauses before retries.

/**
 * Returns the pause in milliseconds before a request may be retried automatically, after `attempt` submissions, of which
 * the last one threw `caught`. It returns undefined if clients must not retry. Compare with undefined: 0 is a pause.
 *
 * A retry is a new submission, which is charged again. This function never submits. Without a response, after a timeout
 * or an abort, and after a stopped poll, the outcome is unknown, and the result is undefined.
 */
export function nextPauseMs(caught, attempt, options = {}) {
  const found = advice(caught, attempt, options);
  if (!found) return undefined;
  const { signal, deadline } = options;
  const pause = retryPause(found, attempt, options);
  if (signal?.aborted === true) return undefined;
  if (deadline !== undefined && !(Date.now() + pause < deadline))
    return undefined;
  return pause;
}

/** Returns the combined meaning of all errors in a caught value. */
export function examine(caught, allow) {
  let automatic = true;
  let isAllowed = true;
  let isRefused = false;
  let [minMs, maxMs, retryAfterMs] = [0, 0, 0];
  let taskId = ""; //errspec:if id
  let isConflict = false; //errspec:if conflict
  const isSettled = everyError(caught, (e) => {
    const { decision } = e;
    automatic &&= decision.automatic;
    if (decision.automatic && allow) isAllowed = allow(decision) && isAllowed;
    minMs = Math.max(minMs, decision.wait?.minMs ?? 0);
    maxMs = Math.max(maxMs, decision.wait?.maxMs ?? 0);
    retryAfterMs = Math.max(retryAfterMs, e.retryAfterMs);
    isRefused ||= e.httpStatus !== 0;
    taskId = e.taskId; //errspec:if id
    isConflict ||= table.conflict.includes(placeOf(e.code).code); //errspec:if conflict
    return e.isSettled;
  });
  let isFailure = false;
  void isRefused; //errspec:if !task
  isFailure = isSettled && !isRefused; //errspec:if task
  isFailure &&= taskId !== ""; //errspec:if id
  return {
    isSettled,
    automatic,
    isAllowed,
    wait: { minMs, maxMs },
    retryAfterMs,
    isFailure,
    taskId, //errspec:if id
    isRefused, //errspec:if id
    isConflict, //errspec:if conflict
  };
}

/** Returns the meaning of a caught value, undefined if one of the errors in it forbids a retry. */
export function advice(caught, attempt, options = {}) {
  const { attempts, allow } = options;
  if (!(attempt >= 1 && attempt < positive(attempts, backoff.attempts)))
    return undefined;
  const found = examine(caught, allow);
  const isAutomatic = found.isSettled && found.automatic && found.isAllowed;
  return isAutomatic && !exceedsCap(found, options) ? found : undefined;
}

/** Reports whether a wait is above the cap, which forbids the retry: after a shorter one it would be too early. */
export function exceedsCap({ wait, retryAfterMs }, { capMs }) {
  return Math.max(wait.minMs, retryAfterMs) > positive(capMs, backoff.capMs);
}

/** Returns the random pause after an attempt, in milliseconds. */
export function retryPause({ wait, retryAfterMs }, attempt, options) {
  return Math.max(randomPause(wait, attempt, options), retryAfterMs);
}

function randomPause(
  { minMs, maxMs },
  attempt,
  { capMs, random = Math.random },
) {
  const cap = positive(capMs, backoff.capMs);
  const growth = backoff.multiplier ** (attempt - 1);
  const scaled = (ms) => (ms > 0 ? Math.min(ms * growth, cap) : 0);
  if (maxMs <= 0) return scaled(backoff.initialMs);
  const fraction = Math.min(Math.max(random() || 0, 0), 1); // NaN is 0
  return scaled(minMs) + fraction * (scaled(maxMs) - scaled(minMs));
}

/** Returns n if it is positive, or else the value of the table. */
export function positive(n, ofTable) {
  return n !== undefined && n > 0 ? n : ofTable;
}

/**
 * Calls f for every StandinError in a caught value. It reports whether f always returned true and nothing else leaves the
 * outcome open: every branch ends in a StandinError, and no error is a timeout or an abort.
 */
export function everyError(caught, f) {
  let left = 1000;
  const every = (value) => {
    if (left-- <= 0) return false;
    if (value instanceof StandinError) return f(value);
    if (value instanceof StandinPollError) return false; //errspec:if poll
    if (isTimeout(value)) return false;
    const inner = wrapped(value).map(every); // all, even if one is false
    return inner.length > 0 && !inner.includes(false);
  };
  return every(caught);
}

function isTimeout(value) {
  if (typeof value !== "object" || value === null) return false;
  const { name, code } = value;
  return (
    name === "AbortError" ||
    name === "TimeoutError" ||
    code === "ETIMEDOUT" ||
    code === "ABORT_ERR"
  );
}

/**
 * Reads the value of a Retry-After header in milliseconds: a number of seconds, one of the three forms of an HTTP date
 * (RFC 9110), or a duration such as "1.5s", which some services send; undefined for any other text.
 */
export function parseRetryAfter(value, now = Date.now()) {
  return parseDelay(value, 1000, now);
}
