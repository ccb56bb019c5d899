// Errors and what they are caused by.

const errorBrand = /* @__PURE__ */ Symbol.for("errspec:standin.StandinError");

/**
 * The error of a request or a task. Its message is one line without advice; {@link explain} returns more. `instanceof`
 * is also true for errors of another copy of this module.
 */
export class StandinError extends Error {
  code;
  wire;
  rawMessage;
  taskId; //errspec:if id
  model; //errspec:if model
  requestId; //errspec:if request
  param; //errspec:if param
  httpStatus;
  retryAfterMs;
  //errspec:if details
  /** The fields of the response that have no role, undefined if there was no response. */
  details;
  //errspec:end

  constructor(fields, origin = {}) {
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

  static [Symbol.hasInstance](value) {
    return this === StandinError
      ? hasBrand(value, errorBrand)
      : inherits(this, value);
  }

  /**
   * The decision for the error. If the outcome of the request is unknown, it is never automatic, and `charged` is never
   * "no".
   */
  get decision() {
    const decision = decisionFor(this, originOf(this));
    if (this.isSettled) return decision;
    return {
      ...decision,
      automatic: false,
      charged: decision.charged === "no" ? "unknown" : decision.charged, //errspec:if nocharge
    };
  }

  /** Whether the outcome of the request is known. If not, the request may have been carried out and charged. */
  get isSettled() {
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
  value(name) {
    return valueIn(this.code, this.rawMessage, name);
  }

  //errspec:end
  //errspec:if response

  /** The listed code whose advice applies to an unlisted code, if there is one. */
  get standIn() {
    const { code = 0, standIn = -1 } = originOf(this).reading ?? {};
    return code < 0 && standIn >= 0 ? at(table.codes, standIn).code : undefined;
  }

  /** Returns the response that reported the error, as {@link parseError} reads it. */
  toJSON() {
    const { received } = originOf(this);
    if (received) return stored(received);
    const { code, wire, rawMessage: message, httpStatus } = this;
    let error = { code: code ?? "" };
    if (wire !== "") error = { ...error, wire };
    if (message !== "") error = { ...error, message };
    if (this.taskId !== "") error = { ...error, task: this.taskId }; //errspec:if id
    const status = httpStatus === 0 ? {} : { status: httpStatus };
    return { "x-errspec": { ...status, error } };
  }

  //errspec:end
}

function originOf(e) {
  return e[errorBrand] ?? {};
}

function decisionFor(e, origin) {
  //errspec:if response
  const { reading } = origin;
  if (reading) return decisionOfReading(e, reading);
  //errspec:end
  const decision = classify(e.code, e.rawMessage);
  return origin.manual === true ? { ...decision, automatic: false } : decision;
}

//errspec:if response

function decisionOfReading(e, reading) {
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
function refined(decision, { code, subtype, strictest }, message) {
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
function isFree(e, origin) {
  const isManual = origin.manual ?? origin.reading?.manual ?? false;
  if (origin.unsettled === true || isManual) return false;
  const isSent = e.httpStatus !== 0 && e.wire !== "";
  return isSent && classify(e.code).charged === "no";
}

//errspec:end

/** Reports whether the service sent a code. One that only repeats the HTTP status does not count. */
function isNamed(wire, status) {
  return wire !== "" && (wire !== String(status) || placeOf(wire).code >= 0);
}

function lineOf(
  fields,
  origin, //errspec:if refined
) {
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
function subtypeSuffix({ rawMessage = "" }, { reading }) {
  if (!reading || reading.code < 0 || reading.subtype < 0) return "";
  const { subtype, strictest } = reading;
  const { subtype: spoken } = classifyReceived(table, reading.code, rawMessage);
  const isSpoken = at(table.subtypes, subtype).subtype === spoken;
  if (isSpoken && subtype === strictest) return "";
  return `/${at(table.names, subtype)}`;
}

//errspec:end

/** Returns the code for a line of text. */
export function codeText(fields) {
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
  httpStatus;
  /** "" if the response has none. */
  requestId;
  /** The start of the body. */
  body;

  constructor(httpStatus, requestId, body, cause) {
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

  static [Symbol.hasInstance](value) {
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
  taskId;
  /** The last response, undefined if there was none. */
  last;

  constructor(taskId, last, cause) {
    const why = cause === undefined ? "" : `: ${oneLine(textOf(cause))}`;
    super(`${tableName}: stopped polling task ${oneLine(taskId)}${why}`);
    this.taskId = taskId;
    this.last = last;
    hide(this, "name", "StandinPollError");
    const isForeign = standinErrorIn(cause) === undefined;
    if (cause !== undefined && isForeign) hide(this, "cause", cause);
    hide(this, pollBrand, { cause });
  }

  static [Symbol.hasInstance](value) {
    return this === StandinPollError
      ? hasBrand(value, pollBrand)
      : inherits(this, value);
  }
}

/** Returns why polling stopped. */
export function reasonOf(e) {
  const hidden = e;

  return hidden[pollBrand]?.cause;
}

//errspec:end

function hasBrand(value, brand) {
  return typeof value === "object" && value !== null && brand in value;
}

/** Does what instanceof does for a class without hasInstance, which subclasses inherit. */
function inherits(of, value) {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.prototype.isPrototypeOf.call(of.prototype, value)
  );
}

/** Sets a property that is not enumerable, as names and causes of errors are. */
export function hide(of, key, value) {
  Object.defineProperty(of, key, { value, writable: true, configurable: true });
}

/** The number of errors that are examined in a tree. */
const maxErrors = 1000;

/** Returns the errors that an error wraps: its cause, and those of an AggregateError. */
export function wrapped(caught) {
  if (typeof caught !== "object" || caught === null) return [];
  const { cause, errors } = caught;
  const all = Array.isArray(errors) ? errors.slice(0, maxErrors) : [];
  return cause === undefined || cause === null ? all : [cause, ...all];
}

/** Returns the first value in the tree of a caught value for which f returns true. */
function findIn(caught, f) {
  const seen = new Set();
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
export function standinErrorIn(caught) {
  const found = findIn(caught, (e) => e instanceof StandinError);
  return found instanceof StandinError ? found : undefined;
}

//errspec:if poll

/** Returns the first StandinPollError in a caught value. */
export function stoppedIn(caught) {
  const found = findIn(caught, (e) => e instanceof StandinPollError);
  return found instanceof StandinPollError ? found : undefined;
}

//errspec:end
//errspec:if response

/** Returns the first StandinResponseError in a caught value. */
export function unreadableIn(caught) {
  const found = findIn(caught, (e) => e instanceof StandinResponseError);
  return found instanceof StandinResponseError ? found : undefined;
}

//errspec:end
