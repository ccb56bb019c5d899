// Errors and what they are caused by.

import { classify, placeOf, valueIn } from "./classify.ts"; //errspec:if values
import { classifyReceived, mayBeStricter } from "./decide.ts"; //errspec:if response
import { oneLine, quoted, textOf } from "./line.ts";
import type { Reading } from "./response.ts"; //errspec:if response
import {
  type Code,
  type Decision,
  detailsOf, //errspec:if details
  type KnownCode, //errspec:if response
  type KnownDecision, //errspec:if refined
  type StandinErrorDetails, //errspec:if details
  table,
  tableName,
  type Task, //errspec:if task
  unlisted,
  type ValueName, //errspec:if values
} from "./standin.ts";
import type { Stored } from "./json.ts"; //errspec:if response
import { type Received, stored } from "./stored.ts"; //errspec:if response
import { at } from "./table.ts";

/** The fields of an error. */
export interface StandinErrorFields {
  /** The listed code, or the code as sent if the table does not list it. */
  readonly code?: Code | undefined;
  /** The code as the service sent it, "" if it sent none. */
  readonly wire?: string | undefined;
  /** The message of the service. */
  readonly rawMessage?: string | undefined;
  readonly taskId?: string | undefined; //errspec:if id
  readonly model?: string | undefined; //errspec:if model
  //errspec:if request
  /** For the service's support. */
  readonly requestId?: string | undefined;
  //errspec:end
  //errspec:if param
  /** The parameter of the request that caused the error. */
  readonly param?: string | undefined;
  //errspec:end
  /** The HTTP status of the response, 0 if there was none. */
  readonly httpStatus?: number | undefined;
  /** The wait that the service requested, 0 if it requested none. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** What an error knows in addition to its fields. */
interface Origin {
  /** Whether the response forbids, or may forbid, automatic retries. */
  readonly manual?: boolean | undefined;
  //errspec:if response
  readonly reading?: Reading | undefined;
  readonly received?: Received | undefined;
  //errspec:end
  //errspec:if task
  /** Whether the response leaves the outcome of the submission open. */
  readonly unsettled?: boolean | undefined;
  //errspec:end
}

const errorBrand = /* @__PURE__ */ Symbol.for("errspec:standin.StandinError");

/**
 * The error of a request or a task. Its message is one line without advice; {@link explain} returns more. `instanceof`
 * is also true for errors of another copy of this module.
 */
export class StandinError extends Error {
  readonly code: Code | undefined;
  readonly wire: string;
  readonly rawMessage: string;
  readonly taskId: string; //errspec:if id
  readonly model: string; //errspec:if model
  readonly requestId: string; //errspec:if request
  readonly param: string; //errspec:if param
  readonly httpStatus: number;
  readonly retryAfterMs: number;
  //errspec:if details
  /** The fields of the response that have no role, undefined if there was no response. */
  readonly details: StandinErrorDetails | undefined;
  //errspec:end

  constructor(fields: StandinErrorFields, origin: Origin = {}) {
    super(
      lineOf(
        fields,
        origin, //errspec:if refined
      ),
    );
    this.code = String(fields.code ?? "") === "" ? undefined : fields.code;
    this.wire = fields.wire ?? "";
    this.rawMessage = fields.rawMessage ?? "";
    this.taskId = fields.taskId ?? ""; //errspec:if id
    this.model = fields.model ?? ""; //errspec:if model
    this.requestId = fields.requestId ?? ""; //errspec:if request
    this.param = fields.param ?? ""; //errspec:if param
    this.httpStatus = fields.httpStatus ?? 0;
    this.retryAfterMs = fields.retryAfterMs ?? 0;
    this.details = origin.reading && detailsOf(origin.reading); //errspec:if details
    hide(this, "name", "StandinError");
    if (fields.cause !== undefined) hide(this, "cause", fields.cause);
    hide(this, errorBrand, origin);
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return this === StandinError
      ? hasBrand(value, errorBrand)
      : inherits(this, value);
  }

  /**
   * The decision for the error. If the outcome of the request is unknown, it is never automatic, and `charged` is never
   * "no".
   */
  get decision(): Decision {
    const decision = decisionFor(this, originOf(this));
    if (this.isSettled) return decision;
    return {
      ...decision,
      automatic: false,
      charged: decision.charged === "no" ? "unknown" : decision.charged, //errspec:if nocharge
    };
  }

  /** Whether the outcome of the request is known. If not, the request may have been carried out and charged. */
  get isSettled(): boolean {
    const { httpStatus: status, wire } = this;
    if (table.pending.includes(placeOf(this.code).code)) return false; //errspec:if pending
    if (isFree(this, originOf(this))) return true; //errspec:if free
    //errspec:if task
    const refused = status >= 400 && status <= 499 && status !== 408;
    const answered = status >= 200 && status <= 299;
    if (originOf(this).unsettled === true) return false;
    if (status !== 0 && !refused && !answered) return false;
    //errspec:end
    return status < 500 || isNamed(wire, status);
  }

  //errspec:if values

  /** Returns a named value of the message, such as the limit in "larger than 10 MB". */
  value(name: ValueName): string | undefined {
    return valueIn(this.code, this.rawMessage, name);
  }

  //errspec:end
  //errspec:if response

  /** The listed code whose advice applies to an unlisted code, if there is one. */
  get standIn(): KnownCode | undefined {
    const { code = 0, standIn = -1 } = originOf(this).reading ?? {};
    return code < 0 && standIn >= 0 ? at(table.codes, standIn).code : undefined;
  }

  /** Returns the response that reported the error, as {@link parseError} reads it. */
  toJSON(): Stored {
    const { received } = originOf(this);
    if (received) return stored(received);
    const { code, wire, rawMessage: message, httpStatus } = this;
    let error: Stored = { code: code ?? "" };
    if (wire !== "") error = { ...error, wire };
    if (message !== "") error = { ...error, message };
    if (this.taskId !== "") error = { ...error, task: this.taskId }; //errspec:if id
    const status = httpStatus === 0 ? {} : { status: httpStatus };
    return { "x-errspec": { ...status, error } };
  }

  //errspec:end
}

function originOf(e: StandinError): Origin {
  return (e as unknown as Record<symbol, Origin | undefined>)[errorBrand] ?? {};
}

function decisionFor(e: StandinError, origin: Origin): Decision {
  //errspec:if response
  const { reading } = origin;
  if (reading) return decisionOfReading(e, reading);
  //errspec:end
  const decision = classify(e.code, e.rawMessage);
  return origin.manual === true ? { ...decision, automatic: false } : decision;
}

//errspec:if response

function decisionOfReading(e: StandinError, reading: Reading): Decision {
  const { code, standIn, manual } = reading;
  if (code >= 0) {
    let decision = classifyReceived(table, code, e.rawMessage);
    decision = refined(decision, reading, e.rawMessage); //errspec:if refined
    return { ...decision, automatic: decision.automatic && !manual };
  }
  const decision = unlisted(e.code);
  if (standIn < 0) return decision;
  const { class: of, action, throttle, wait } = at(table.codes, standIn);
  return { ...decision, class: of, action, throttle, wait };
}

//errspec:end

//errspec:if refined

/** Returns a decision with the subtype of a response, and the retry settings of the strictest one. */
function refined(
  decision: KnownDecision,
  { code, subtype, strictest }: Reading,
  message: string,
): KnownDecision {
  if (subtype < 0) return decision;
  const named = at(table.subtypes, subtype);
  if (subtype === strictest && named.subtype === decision.subtype)
    return decision;
  const strict = at(table.subtypes, strictest);
  const automatic = strict.automatic && !mayBeStricter(table, code, message);
  return { ...strict, subtype: named.subtype, automatic };
}

//errspec:end

//errspec:if free

/** Reports whether the service refused the request with a code that it does not charge for. */
function isFree(e: StandinError, origin: Origin): boolean {
  const isManual = origin.manual ?? origin.reading?.manual ?? false;
  if (origin.unsettled === true || isManual) return false;
  const isSent = e.httpStatus !== 0 && e.wire !== "";
  return isSent && classify(e.code).charged === "no";
}

//errspec:end

/** Reports whether the service sent a code. One that only repeats the HTTP status does not count. */
function isNamed(wire: string, status: number): boolean {
  return wire !== "" && (wire !== String(status) || placeOf(wire).code >= 0);
}

function lineOf(
  fields: StandinErrorFields,
  origin: Origin, //errspec:if refined
): string {
  let line = `${tableName}: ${codeText(fields)}`;
  line += subtypeSuffix(fields, origin); //errspec:if refined
  const message = oneLine(fields.rawMessage ?? "");
  if (message !== "") line += `: ${message}`;
  //errspec:if id
  const id = oneLine(fields.taskId ?? "");
  if (id !== "") line += ` (task ${id})`;
  //errspec:end
  return line;
}

//errspec:if refined

/** Returns the name of a subtype that a response selects and the message alone does not, after a slash. */
function subtypeSuffix(
  { rawMessage = "" }: StandinErrorFields,
  { reading }: Origin,
): string {
  if (!reading || reading.code < 0 || reading.subtype < 0) return "";
  const { subtype, strictest } = reading;
  const { subtype: spoken } = classifyReceived(table, reading.code, rawMessage);
  const isSpoken = at(table.subtypes, subtype).subtype === spoken;
  if (isSpoken && subtype === strictest) return "";
  return `/${at(table.names, subtype)}`;
}

//errspec:end

/** Returns the code for a line of text. */
export function codeText(fields: StandinErrorFields): string {
  const { code = "", wire = "", httpStatus = 0 } = fields;
  const text = String(code) === "" ? wire : String(code);
  if (text !== "") return quoted(text);
  const isError = httpStatus !== 0 && (httpStatus < 200 || httpStatus > 299);
  return isError ? `HTTP ${String(httpStatus)}` : "no code";
}

//errspec:if response

const responseBrand = /* @__PURE__ */ Symbol.for(
  "errspec:standin.StandinResponseError",
);

/** A response that cannot be read. The outcome of the request is unknown. */
export class StandinResponseError extends Error {
  readonly httpStatus: number;
  /** "" if the response has none. */
  readonly requestId: string;
  /** The start of the body. */
  readonly body: string;

  constructor(
    httpStatus: number,
    requestId: string,
    body: string,
    cause: unknown,
  ) {
    const why = oneLine(textOf(cause));
    super(
      `${tableName}: cannot read response (HTTP ${String(httpStatus)}): ${why}`,
    );
    this.httpStatus = httpStatus;
    this.requestId = requestId;
    this.body = body;
    hide(this, "name", "StandinResponseError");
    hide(this, "cause", cause);
    hide(this, responseBrand, true);
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return this === StandinResponseError
      ? hasBrand(value, responseBrand)
      : inherits(this, value);
  }
}

//errspec:end
//errspec:if poll

const pollBrand = /* @__PURE__ */ Symbol.for(
  "errspec:standin.StandinPollError",
);

/**
 * Polling stopped before the task ended. The outcome of the task is unknown: it may still be running, may have finished,
 * and may have been charged. Poll it again; do not submit it again. It is no {@link StandinError}, and its `cause`
 * contains none: that would describe the poll.
 */
export class StandinPollError extends Error {
  readonly taskId: string;
  /** The last response, undefined if there was none. */
  readonly last: Task | undefined;

  constructor(taskId: string, last?: Task, cause?: unknown) {
    const why = cause === undefined ? "" : `: ${oneLine(textOf(cause))}`;
    super(`${tableName}: stopped polling task ${oneLine(taskId)}${why}`);
    this.taskId = taskId;
    this.last = last;
    hide(this, "name", "StandinPollError");
    const isForeign = standinErrorIn(cause) === undefined;
    if (cause !== undefined && isForeign) hide(this, "cause", cause);
    hide(this, pollBrand, { cause });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return this === StandinPollError
      ? hasBrand(value, pollBrand)
      : inherits(this, value);
  }
}

/** Returns why polling stopped. */
export function reasonOf(e: StandinPollError): unknown {
  const hidden = e as unknown as Record<
    symbol,
    { cause?: unknown } | undefined
  >;
  return hidden[pollBrand]?.cause;
}

//errspec:end

function hasBrand(value: unknown, brand: symbol): boolean {
  return typeof value === "object" && value !== null && brand in value;
}

/** Does what instanceof does for a class without hasInstance, which subclasses inherit. */
function inherits(of: { readonly prototype: object }, value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.prototype.isPrototypeOf.call(of.prototype, value)
  );
}

/** Sets a property that is not enumerable, as names and causes of errors are. */
export function hide(of: object, key: string | symbol, value: unknown): void {
  Object.defineProperty(of, key, { value, writable: true, configurable: true });
}

/** The number of errors that are examined in a tree. */
const maxErrors = 1000;

/** Returns the errors that an error wraps: its cause, and those of an AggregateError. */
export function wrapped(caught: unknown): readonly unknown[] {
  if (typeof caught !== "object" || caught === null) return [];
  const { cause, errors } = caught as { cause?: unknown; errors?: unknown };
  const all: unknown[] = Array.isArray(errors)
    ? errors.slice(0, maxErrors)
    : [];
  return cause === undefined || cause === null ? all : [cause, ...all];
}

/** Returns the first value in the tree of a caught value for which f returns true. */
function findIn(caught: unknown, f: (value: unknown) => boolean): unknown {
  const seen = new Set<unknown>();
  const left = [caught];
  while (left.length > 0 && seen.size < maxErrors) {
    const value = left.shift();
    if (seen.has(value)) continue;
    seen.add(value);
    if (f(value)) return value;
    left.unshift(...wrapped(value));
  }
  return undefined;
}

/** Returns the first StandinError in a caught value: the value itself, or one that it wraps. */
export function standinErrorIn(caught: unknown): StandinError | undefined {
  const found = findIn(caught, (e) => e instanceof StandinError);
  return found instanceof StandinError ? found : undefined;
}

//errspec:if poll

/** Returns the first StandinPollError in a caught value. */
export function stoppedIn(caught: unknown): StandinPollError | undefined {
  const found = findIn(caught, (e) => e instanceof StandinPollError);
  return found instanceof StandinPollError ? found : undefined;
}

//errspec:end
//errspec:if response

/** Returns the first StandinResponseError in a caught value. */
export function unreadableIn(
  caught: unknown,
): StandinResponseError | undefined {
  const found = findIn(caught, (e) => e instanceof StandinResponseError);
  return found instanceof StandinResponseError ? found : undefined;
}

//errspec:end
