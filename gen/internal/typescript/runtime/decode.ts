// Decoding responses.

import { hide, StandinError, StandinResponseError } from "./error.ts";
import type { Stored } from "./json.ts";
import { isError, type Reading, read } from "./response.ts";
import {
  type Code,
  format,
  idOf, //errspec:if id
  statusOf, //errspec:if task
  table,
  tableName,
  type Task, //errspec:if task
  taskFields, //errspec:if task
} from "./standin.ts";
import {
  headersOf,
  type HeadersLike,
  maxExcerpt,
  receivedFrom,
  type Received,
  restore,
  type Restored,
  stored,
} from "./stored.ts";
import { at, canonical } from "./table.ts";
import { isTooLong } from "./scan.ts";
import { firstBytes } from "./text.ts";

/** A response of any kind and what it means. */
interface Response {
  readonly reading: Reading;
  readonly body: string;
  readonly isCut: boolean; //errspec:if task
}

function receive(
  from: Restored,
  isTask: boolean, //errspec:if task
): Response {
  let reading = read(table, format, {
    status: from.status,
    headers: from.headers,
    body: from.body,
    isTask, //errspec:if task
    now: Date.now(),
  });
  if (from.isCut) reading = { ...reading, manual: true }; //errspec:if task
  return {
    reading,
    body: from.body,
    isCut: from.isCut, //errspec:if task
  };
}

/** Returns the error that a response reports. */
function failureOf(
  response: Response,
  unsettled = isUnsettled(response.reading), //errspec:if task
): StandinError {
  const { reading } = response;
  const { code, prefix, wire, facts, retryAfterMs } = reading;
  const isFailure = reading.outcome !== "error"; // of a task
  return new StandinError(
    {
      code: code >= 0 && !prefix ? at(table.codes, code).code : sentCode(wire),
      wire,
      rawMessage: reading.message,
      taskId: facts.text(facts.first("id")), //errspec:if id
      model: facts.text(facts.first("model")), //errspec:if model
      requestId: facts.text(facts.first("request_id")), //errspec:if request
      param: reading.param, //errspec:if param
      httpStatus: isFailure ? 0 : facts.status, // a failed task is no refused request
      retryAfterMs,
    },
    {
      reading,
      received: receivedOf(response),
      unsettled, //errspec:if task
    },
  );
}

//errspec:if task

/** Reports whether a response leaves the outcome open. A failure without an ID may be that of any task. */
function isUnsettled(reading: Reading): boolean {
  const { facts } = reading;
  let isOpen = facts.status === 0;
  isOpen ||= reading.outcome === "failed" && facts.first("id") < 0; //errspec:if id
  return isOpen;
}

//errspec:end

/** Returns an unlisted code as sent. A text is no code in a table of integers, nor is an integer that JavaScript rounds. */
function sentCode(wire: string): Code | undefined {
  let code: unknown = wire;
  if (wire !== "" && table.integers) {
    const integer = Number(canonical(wire));
    code = Number.isSafeInteger(integer) ? integer : undefined;
  }
  return code as Code | undefined;
}

function receivedOf(response: Response): Received {
  const { facts, retryAfterMs } = response.reading;
  return receivedFrom(
    facts,
    retryAfterMs,
    response.isCut, //errspec:if task
  );
}

function unreadable(
  { reading, body }: Response,
  cause?: unknown,
): StandinResponseError {
  const { facts } = reading;
  let why = "body is not JSON";
  if (facts.valid) why = "body is not a task"; //errspec:if task
  if (isTooLong(body)) why = "body is larger than 16 MiB";
  return new StandinResponseError(
    facts.status,
    facts.text(facts.first("request_id")),
    firstBytes(body, maxExcerpt),
    cause ?? new SyntaxError(why),
  );
}

/**
 * Returns the {@link StandinError} that a response reports, or a {@link StandinResponseError} if the response cannot be
 * read; undefined if the response reports no error.
 */
export function decodeError(
  status: number,
  headers: HeadersLike | null | undefined,
  body: string,
): StandinError | StandinResponseError | undefined {
  const response = receive(
    restoredFrom(status, headers, body),
    false, //errspec:if task
  );
  const { outcome } = response.reading;
  if (outcome === "unreadable") return unreadable(response);
  return isError(outcome) ? failureOf(response) : undefined;
}

function restoredFrom(
  status: number,
  headers: HeadersLike | null | undefined,
  body: string,
): Restored {
  return {
    status,
    headers: headersOf(headers),
    body,
    isCut: false, //errspec:if task
    error: undefined,
  };
}

/** The part of a fetch response that is read. */
export interface ResponseLike {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** Reads a response of fetch, and returns the error that it reports as {@link decodeError} does. */
export async function readError(
  response: ResponseLike,
): Promise<StandinError | StandinResponseError | undefined> {
  return decodeError(response.status, response.headers, await response.text());
}

/**
 * Returns the error that `JSON.stringify` stored, or that the body of a response reports. The decision for an error that
 * was stored without a response is never automatic. It throws a SyntaxError if the JSON reports no error.
 */
export function parseError(json: unknown): StandinError {
  const from = restore(json);
  if (from.error) return errorFrom(from.error);
  const response = receive(
    from,
    true, //errspec:if task
  );
  const { outcome } = response.reading;
  if (!isError(outcome))
    throw new SyntaxError(`${tableName}: the JSON reports no error`);
  return failureOf(response);
}

function errorFrom(error: Stored): StandinError {
  const text = (value: unknown): string =>
    typeof value === "string" ? value : "";
  const isCode =
    error["code"] !== "" && ["string", "number"].includes(typeof error["code"]);
  const fields = {
    code: isCode ? (error["code"] as Code) : undefined,
    wire: text(error["wire"]),
    rawMessage: text(error["message"]),
    taskId: text(error["task"]), //errspec:if id
  };
  return new StandinError(fields, { manual: true });
}

//errspec:if task

/**
 * Reads the response to a submission or a poll. It returns a task, which may have failed: see {@link taskError}.
 *
 * @throws StandinError if the service refused the request. If the HTTP status is 408, or is not from 400 to 499, the
 * outcome of the request is unknown.
 * @throws StandinResponseError if the response is not about a task or cannot be read. The outcome is unknown.
 */
export function decodeTask(
  status: number,
  headers: HeadersLike | null | undefined,
  body: string,
): Task {
  return taskOrThrow(receive(restoredFrom(status, headers, body), true));
}

function taskOrThrow(response: Response): Task {
  const { outcome } = response.reading;
  if (outcome === "unreadable") throw unreadable(response);
  if (outcome === "error") throw failureOf(response);
  return taskOf(response);
}

/** Reads a response of fetch as {@link decodeTask} does. */
export async function readTask(response: ResponseLike): Promise<Task> {
  const { status, headers } = response;
  let body = "";
  let cause: unknown;
  try {
    body = await response.text();
  } catch (caught) {
    cause = caught ?? new Error("the body cannot be read");
  }
  const isCut = cause !== undefined;
  const from = { ...restoredFrom(status, headers, body), isCut };
  const received = receive(from, true);
  if (isCut && received.reading.facts.succeeded)
    throw unreadable(received, cause);
  return taskOrThrow(received);
}

/** In tasks: the response, which is not enumerable. */
const sourceKey = /* @__PURE__ */ Symbol.for("errspec:standin.Task");

function taskOf(response: Response): Task {
  const task = taskFields(response.reading.facts);
  hide(task, sourceKey, response);
  hide(task, "toJSON", () => stored(receivedOf(response)));
  return task;
}

function sourceOf(task: Task): Response | undefined {
  return (task as unknown as Record<symbol, Response | undefined>)[sourceKey];
}

/**
 * Returns the task that `JSON.stringify` stored, or that a body is about, such as that of a webhook request. It throws a
 * SyntaxError if the JSON is not a task.
 */
export function parseTask(json: unknown): Task {
  const from = restore(json);
  const response = receive(from, true);
  const { outcome } = response.reading;
  if (from.error || outcome === "unreadable" || outcome === "error")
    throw new SyntaxError(`${tableName}: the JSON is not a task`);
  return taskOf(response);
}

/** Reports whether a task has ended. A task with a status that the table does not list has not ended. */
export function isDone(task: Task): boolean {
  return hasFailed(task) || isListed(task, "completed");
}

function hasFailed(task: Task): boolean {
  return (
    sourceOf(task)?.reading.outcome === "failed" || isListed(task, "failed")
  );
}

function isListed(task: Task, list: "completed" | "failed"): boolean {
  const status = statusOf(task);
  return format.fields.some((field) => field[list]?.includes(status) ?? false);
}

/**
 * Returns the error of a failed task, undefined if the task has not failed. A failed task is final: polling it again does
 * not change it, and a retry is a new submission.
 */
export function taskError(task: Task): StandinError | undefined {
  if (!hasFailed(task)) return undefined;
  const response = sourceOf(task);
  let unsettled = false;
  unsettled = idOf(task) === "" && statusOf(task) !== ""; //errspec:if id
  if (response?.reading.outcome === "failed")
    return failureOf(response, unsettled);
  let fields = {};
  fields = { taskId: idOf(task) }; //errspec:if id
  return new StandinError(fields, { unsettled });
}

//errspec:end
