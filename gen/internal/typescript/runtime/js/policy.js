// Pauses before retries.

/**
 * Returns the pause in milliseconds before a request may be retried automatically, after `attempt` submissions, of which
 * the last one threw `caught`. It returns undefined if clients must not retry. Compare with undefined: 0 is a pause.
 *
 * A retry is a new submission, which is charged again. This function never submits. Without a response, after a timeout
 * or an abort, and after a stopped poll, the outcome is unknown, and the result is undefined.
 */
export function nextPauseMs(caught, attempt, options = {}) {
  const advised = advice(caught, attempt, options);
  if (!advised) return undefined;
  const { signal, deadline } = options;
  const pause = Math.max(
    randomPause(advised.wait, attempt, options),
    advised.retryAfterMs,
  );
  if (signal?.aborted === true) return undefined;
  if (deadline !== undefined && !(Date.now() + pause < deadline))
    return undefined;
  return pause;
}

/** Returns the waits after an error, undefined if one of the errors in it forbids a retry. */
export function advice(caught, attempt, { attempts, capMs, allow } = {}) {
  if (!(attempt >= 1 && attempt < positive(attempts, backoff.attempts)))
    return undefined;
  let minMs = 0;
  let maxMs = 0;
  let retryAfterMs = 0;
  const isAllowed = everyError(caught, (e) => {
    const { decision } = e;
    minMs = Math.max(minMs, decision.wait?.minMs ?? 0);
    maxMs = Math.max(maxMs, decision.wait?.maxMs ?? 0);
    retryAfterMs = Math.max(retryAfterMs, e.retryAfterMs);
    return decision.automatic && (allow?.(decision) ?? true);
  });
  // A wait above the cap forbids the retry: after a shorter one it would be too early.
  const isShort =
    Math.max(minMs, retryAfterMs) <= positive(capMs, backoff.capMs);
  return isAllowed && isShort
    ? { wait: { minMs, maxMs }, retryAfterMs }
    : undefined;
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
 * Calls f for every StandinError in a caught value until it returns false. It reports whether f always returned true and
 * nothing else leaves the outcome open: every branch ends in a StandinError, and no error is a timeout or an abort.
 */
export function everyError(caught, f) {
  let left = 1000;
  const every = (value) => {
    if (left-- <= 0) return false;
    if (value instanceof StandinError) return f(value);
    if (value instanceof StandinPollError) return false; //errspec:if poll
    if (isTimeout(value)) return false;
    const inner = wrapped(value);
    return inner.length > 0 && inner.every(every);
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
