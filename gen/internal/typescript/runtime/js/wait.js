// Polling tasks.

/**
 * Polls a task until it has ended: immediately, and then at every interval.
 *
 * @throws StandinError if the task failed, which is final.
 * @throws StandinPollError if polling stopped before the task ended: when the signal aborts, after maxFailures consecutive
 * failed polls, and when the service refuses a poll with an HTTP status from 400 to 499. HTTP 408, 425 and 429 are failed
 * polls, and so is 404 before any response about the task.
 */
export async function waitForTask(id, options) {
  const { signal } = options;
  if (id === "")
    throw new StandinPollError(id, undefined, new Error("the task has no ID"));
  let last;
  let failure;
  let isSeen = false; // whether a response was about the task
  for (let failures = 0; signal?.aborted !== true;) {
    const polled = await poll(id, options);
    failure = polled.failure;
    last = polled.task ?? last;
    if (polled.task && isDone(polled.task) && statusOf(polled.task) !== "") {
      const error = taskError(polled.task);
      if (error) throw error;
      return polled.task;
    }
    if (failure === undefined) {
      failures = 0;
      isSeen = true;
    } else {
      failures++;
      const isLast = failures >= positive(options.maxFailures, 5);
      if (isLast || isRefused(failure, isSeen)) break;
    }
    await sleep(pauseAfter(failure, options), signal);
  }
  throw new StandinPollError(
    id,
    last,
    signal?.aborted === true ? (signal.reason ?? failure) : failure,
  );
}

/** Calls get once. It fails if the response is not about the task, or is an error without the status of the task. */
async function poll(id, { get, onPoll }) {
  let task;
  try {
    task = await get(id);
    const mismatch = mismatchOf(task, id);
    if (mismatch !== "") return { failure: new Error(mismatch) };
  } catch (caught) {
    return { failure: caught ?? new Error("get failed") };
  }
  onPoll?.(task);
  const failure = statusOf(task) === "" ? taskError(task) : undefined;
  return { task, failure };
}

/** Returns the reason why a response is not about the task with an ID, or "". */
function mismatchOf(task, id) {
  if (!task) return "get returned no task";
  const other = idOf(task);
  if (other === id) return "";
  if (other !== "")
    return `the response is about another task, ${oneLine(other)}`;
  const error = taskError(task);
  if (error && statusOf(task) !== "")
    return "the response is about a failed task without an ID";
  return !error && statusOf(task) === ""
    ? "the response is not a task: it has neither an ID nor a status"
    : "";
}

/**
 * Reports whether the service refused the poll and would refuse another one. HTTP 404 before any response about the task
 * may mean that the task is not visible yet.
 */
function isRefused(failure, isSeen) {
  const e = refusalIn(failure);
  return e !== undefined && (e.httpStatus !== 404 || isSeen);
}

/** Returns the error of a request that the service refused. A request that was only too early or too slow is not refused. */
export function refusalIn(caught) {
  const e = standinErrorIn(caught);
  const status = e?.httpStatus ?? 0;
  const isRefusal = status >= 400 && status <= 499;
  return isRefusal && ![408, 425, 429].includes(status) ? e : undefined;
}

function pauseAfter(failure, { everyMs }) {
  const pause = positive(everyMs, pollIntervalMs) * (0.9 + 0.2 * Math.random());
  const requested = standinErrorIn(failure)?.retryAfterMs ?? 0;
  return requested <= backoff.capMs ? Math.max(pause, requested) : pause;
}
