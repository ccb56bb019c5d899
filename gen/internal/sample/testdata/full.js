// Submits requests, polls their tasks, and retries only where that is allowed.
// Requires only Node 18 or a browser. Times are in seconds.

const TASK_URL = "https://api.e.test/jobs?id={id}&full=1";
const POLL_INTERVAL = 1.5;
const MAX_FAILED_POLLS = 5; // consecutive
const MAX_PAUSE = 60; // before a poll or an attempt
const COMPLETED = ["done", "ready"];
const FAILED = ["failed", "lost"];
// Paths of fields in a response.
const ID = ["data", "job", "id"];
const STATUS = ["data", "job", "state"];
const CODE = ["fault", "number"];
// Codes for HTTP error responses without a code, by status.
const STATUS_CODES = new Map([
  [409, "7"],
  [429, "429"],
]);
// Codes that look like an HTTP status.
const STATUS_LIKE = ["429", "404"];

// Codes that allow an automatic retry, with the minimum and maximum wait before the
// second attempt. Never retry automatically after any other code.
// Codes with subtypes that forbid it are omitted: this program does not read messages.
const AUTOMATIC = new Map([
  ["429", [10, 60]], // a rate limit: slow down all requests
  ["4290", [10, 60]], // a rate limit: slow down all requests
  ["-3", [10, 60]], // a rate limit: slow down all requests
]);
const MAX_ATTEMPTS = 4; // including the first
const MULTIPLIER = 1.5; // factor by which each wait grows

/** The service rejected the request, or the task failed. Both are final. */
export class TaskError extends Error {
  name = "TaskError";

  constructor(code, message, taskId = "", retryAfter = 0) {
    super(`${code || "no code"}: ${message}`);
    Object.assign(this, { code, taskId, retryAfter });
  }
}

/** The request may have been processed and charged: do not submit it again. */
export class OutcomeUnknown extends Error {
  name = "OutcomeUnknown";
}

/** The task may be running or charged: poll it again, do not submit it again. */
export class PollError extends Error {
  name = "PollError";

  constructor(taskId, reason) {
    super(`stopped polling task ${taskId}: ${reason}`);
    this.taskId = taskId;
  }
}

/**
 * Submits a request and returns its completed task.
 *
 * Every submission is charged. It is retried only after a TaskError, which means that
 * the last submission has failed, and never after OutcomeUnknown or PollError.
 */
export async function generate(url, request, timeout) {
  const deadline = now() + timeout;
  // Polls are not attempts.
  for (let attempt = 1; ; attempt++) {
    try {
      return await poll(await submit(url, request), deadline);
    } catch (error) {
      const retryable = error instanceof TaskError && AUTOMATIC.has(error.code);
      if (!retryable || attempt >= MAX_ATTEMPTS) throw error;
      let pause =
        between(...AUTOMATIC.get(error.code)) * MULTIPLIER ** (attempt - 1);
      pause = Math.max(Math.min(pause, MAX_PAUSE), error.retryAfter);
      // A retry after a shorter pause would be too early.
      if (pause > MAX_PAUSE || now() + pause >= deadline) throw error;
      await sleep(pause);
    }
  }
}

/** Submits a request once and returns the ID of its task. */
export async function submit(url, request) {
  const body = JSON.stringify(request);
  let response;
  try {
    response = await call(url, body);
  } catch (cause) {
    // Only the response was lost. The request may have arrived.
    throw new OutcomeUnknown(`no response to the submission: ${cause}`, {
      cause,
    });
  }
  const { status, ok, retryAfter, data } = response;
  const taskId = field(data, ID);
  if (ok && taskId) return taskId;
  let code = field(data, CODE);
  if (code === String(status) && !STATUS_LIKE.includes(code)) {
    code = ""; // only repeats the status
  }
  code ||= STATUS_CODES.get(status);
  // After any other status, the request may be running, with any code.
  if (!code || status === 408 || status < 400 || status >= 500) {
    throw new OutcomeUnknown(`HTTP ${status} leaves the outcome open`);
  }
  throw new TaskError(code, "", "", retryAfter);
}

/** Polls a task until it ends, and returns it if it is completed. */
export async function poll(taskId, deadline) {
  let failures = 0;
  let seen = false; // whether a response was about the task
  for (;;) {
    let response = {};
    let problem;
    try {
      const url = TASK_URL.replaceAll("{id}", encodeURIComponent(taskId));
      response = await call(url);
      problem = `HTTP ${response.status}`;
    } catch (error) {
      problem = error;
    }
    const { ok, status = 0, retryAfter = 0, data } = response;
    const found = ok ? field(data, ID) : "";
    const state = ok ? field(data, STATUS) : "";
    // A response about another task is a failed poll.
    const isOwn = found
      ? found === taskId
      : state !== "" && !FAILED.includes(state);
    if (isOwn && COMPLETED.includes(state)) return data;
    if (isOwn && FAILED.includes(state)) {
      // Final: polling it again cannot succeed.
      const code = field(data, CODE);
      throw new TaskError(code, "", taskId, retryAfter);
    }
    // Any other status: the task is still running. A failed poll, with any code, does
    // not reveal the outcome and must never lead to a retry.
    if (isOwn && (state || !field(data, CODE))) {
      failures = 0;
      seen = true;
    } else {
      failures += 1;
      if (refused(status) && (seen || status !== 404)) {
        throw new PollError(taskId, `the poll was refused: ${problem}`);
      }
      if (failures === MAX_FAILED_POLLS) {
        throw new PollError(taskId, `${failures} polls failed: ${problem}`);
      }
    }
    let pause = POLL_INTERVAL * between(0.9, 1.1);
    if (retryAfter <= MAX_PAUSE) pause = Math.max(pause, retryAfter);
    if (now() + pause >= deadline) throw new PollError(taskId, "out of time");
    await sleep(pause);
  }
}

/** Reports whether the service would also refuse another poll. */
const refused = (status) =>
  status >= 400 && status < 500 && ![408, 425, 429].includes(status);

/** Sends one HTTP request. */
async function call(url, body) {
  const response = await fetch(url, {
    method: body ? "POST" : "GET",
    headers: {
      "Content-Type": "application/json",
    },
    body,
    signal: AbortSignal.timeout(30_000),
  });
  return {
    status: response.status,
    ok: response.ok,
    retryAfter: seconds(response.headers.get("Retry-After") ?? ""),
    data: await response.json().catch(() => null),
  };
}

/**
 * Reads a Retry-After header: seconds, or an HTTP date in GMT. In a browser, the header
 * is visible only if the service exposes it to other origins.
 */
function seconds(retryAfter) {
  if (/^\d+(\.\d+)?$/.test(retryAfter)) return Math.ceil(Number(retryAfter));
  if (!/^[A-Z]/.test(retryAfter)) return 0; // some parsers read -1 as a date
  const date = Date.parse(retryAfter.replace(/( GMT)?$/, " GMT")); // may be missing
  return Math.max((date - Date.now()) / 1000, 0) || 0;
}

/** Returns the text at a path, or "" if it has no text. Codes may be numbers. */
function field(data, keys) {
  const value = keys.reduce((inner, key) => inner?.[key], data);
  return typeof value === "string" || Number.isSafeInteger(value)
    ? String(value)
    : "";
}

const between = (low, high) => low + Math.random() * (high - low);

/** Returns the time, on the clock of deadlines. */
export const now = () => performance.now() / 1000;

/** Sleeps at most 2**31 - 1 ms: longer timers would fire immediately. */
const sleep = (pause) =>
  new Promise((wake) => setTimeout(wake, Math.min(pause * 1000, 2 ** 31 - 1)));
