// Replays vectors with modules in Node, Deno or Bun: replay.mjs MODULE VECTORS [MODULE VECTORS]...
// Prints each difference, and the numbers of cases and differences as the last line. Web pages import replay.

let cases = 0;
const counted = { messages: 0, responses: 0 };
let differences = 0;
const shown = [];

function differ(...what) {
  differences++;
  if (differences <= 20) shown.push(what.map((x) => (typeof x === "string" ? x : JSON.stringify(x))).join(" "));
}

/** Reports whether two values are the same as JSON, whatever the order of members. */
function isSame(a, b) {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return Object.is(a, b);
  const keys = Object.keys(a);
  return Array.isArray(a) === Array.isArray(b) && keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]));
}

/** Parses vectors. An integer that JavaScript rounds is its decimal text, as in modules. */
function parse(text) {
  const quoted = text.replace(/("code":\s*)(-?[0-9]{16,})(?![0-9.eE])/g, (all, key, code) =>
    Number.isSafeInteger(Number(code)) ? all : `${key}"${code}"`,
  );
  return JSON.parse(quoted);
}

function decisionOf({ known, code, subtype, class: of, action, automatic, throttle, charged, wait }) {
  return { code, known, subtype: subtype ?? "", class: of ?? "", action, automatic, throttle, charged, min: wait?.minMs ?? 0, max: wait?.maxMs ?? 0 };
}

function wantedDecision(module, d) {
  const wait = { min: d.wait?.min_ms ?? 0, max: d.wait?.max_ms ?? 0 };
  let { code } = d;
  // An integer code that was not sent is 0 in the vectors, and so is text.
  if (!d.known && (code === "" || (typeof code === "number" && !module.integersKnown))) code = undefined;
  return { code, known: d.known, subtype: d.subtype ?? "", class: d.class ?? "", action: d.action, automatic: d.automatic, throttle: d.throttle, charged: d.charged ?? "unknown", ...wait };
}

function sameDecision(got, want, isUnsent) {
  const a = decisionOf(got);
  const b = wantedDecision({ integersKnown: true }, want);
  if (isUnsent && !b.known) b.code = a.code; // 0 for none
  if (a.code === undefined && b.code === 0) b.code = undefined;
  if (!b.known && typeof b.code === "string" && /^-?[0-9]+$/.test(b.code)) b.code = a.code; // rounded by JavaScript
  for (const key of ["min", "max"]) if (Math.abs(a[key] - b[key]) <= 0.5) a[key] = b[key];
  return isSame(a, b);
}

function checkError(m, name, body, e, want) {
  const fields = { wire: "wire", rawMessage: "message", taskId: "task", param: "param", requestId: "request_id" };
  for (const [property, key] of Object.entries(fields))
    if (property in e && e[property].toWellFormed() !== (want[key] ?? "").toWellFormed()) differ(name, body, property, e[property], "want", want[key] ?? "");
  const wait = want.retry_after_ms ?? 0;
  if (Math.abs(e.retryAfterMs - wait) > 0.5 && Math.abs(e.retryAfterMs / wait - 1) > 1e-9) differ(name, body, "wait", e.retryAfterMs, "want", wait);
  for (const [value, text] of Object.entries(want.values ?? {})) if (e.value(value) !== text) differ(name, body, value, e.value(value) ?? "none", "want", text);
  const listed = m.parseCode(e.wire);
  if (listed !== undefined && listed !== want.decision.code) differ(name, body, "parseCode", e.wire, listed, "want", want.decision.code);
  if (!sameDecision(e.decision, want.decision, true)) differ(name, body, decisionOf(e.decision), "want", want.decision);
}

function taskOutcome(m, task) {
  if (m.taskError(task)) return "failed";
  return m.isDone(task) ? "ok" : "running";
}

/** Returns the outcome of a response, its error, and what to store. */
function outcomeOf(m, names, { call, status, header, headers = header, body, outcome }) {
  if (m.decodeTask && call !== "plain") {
    try {
      const task = m.decodeTask(status, headers, body);
      return [taskOutcome(m, task), m.taskError(task), task];
    } catch (e) {
      if (e instanceof m[names.response]) return ["unreadable", e, e];
      if (e instanceof m[names.error]) return ["error", e, e];
      throw e;
    }
  }
  const e = m.decodeError(status, headers, body);
  if (!e) return [outcome === "running" ? "running" : "ok", undefined, undefined];
  if (e instanceof m[names.response]) return ["unreadable", e, e];
  return [outcome === "failed" ? "failed" : "error", e, e];
}

function checkResponses(m, names, responses) {
  for (const v of responses) {
    cases++;
    counted.responses++;
    const [outcome, e, value] = outcomeOf(m, names, v);
    if (outcome !== v.outcome) {
      differ(v.name, v.status, v.body, "outcome", outcome, "want", v.outcome);
      continue;
    }
    if (outcome !== "error" && outcome !== "failed") continue;
    checkError(m, v.name, v.body, e, v.error);
    checkError(m, `${v.name} stored`, v.body, m.parseError(JSON.stringify(e)), v.error);
    checkError(m, `${v.name} as an object`, v.body, m.parseError(JSON.parse(JSON.stringify(e))), v.error);
    if (m.parseTask && value !== e) {
      const again = m.parseTask(JSON.stringify(value));
      if (taskOutcome(m, again) !== outcome) differ(v.name, "task is stored as", JSON.stringify(value));
    }
  }
}

/** Adds the long cases and responses, with spaces for their pads. */
function addLong({ cases, responses, long = [] }) {
  for (const { pad, case: message, response } of long) {
    const padded = (value) => JSON.parse(JSON.stringify(value).replaceAll("<pad>", " ".repeat(pad)));
    if (message) cases.push(padded(message));
    if (response) responses.push(padded(response));
  }
}

function checkStored(m, names, stored) {
  for (const v of stored) {
    cases++;
    if (v.response) {
      const call = v.type === "task" ? undefined : "plain";
      let value = outcomeOf(m, names, { ...v.response, call })[2];
      const text = JSON.stringify(value);
      if (text === undefined || !isSame(JSON.parse(text), JSON.parse(v.json))) differ(v.name, "stored as", text, "want", v.json);
    }
    let outcome = "unreadable";
    let e;
    try {
      if (v.type === "task" && m.parseTask) {
        const task = m.parseTask(v.json);
        outcome = taskOutcome(m, task);
        e = m.taskError(task);
      } else {
        e = m.parseError(v.json);
        outcome = v.outcome === "failed" ? "failed" : "error";
      }
    } catch (caught) {
      if (!(caught instanceof SyntaxError)) throw caught;
    }
    if (outcome !== v.outcome) differ(v.name, v.json, "as", v.type, "outcome", outcome, "want", v.outcome);
    else if (v.error && e) checkError(m, v.name, v.json, e, v.error);
  }
}

function checkPauses(m, names, pauses) {
  for (const v of pauses) {
    cases++;
    const e = new m[names.error]({ code: v.code, wire: String(v.code), rawMessage: v.message ?? "", retryAfterMs: v.retry_after_ms ?? 0 });
    const pause = m.nextPauseMs(e, v.attempt, { random: () => v.fraction });
    if ((pause === undefined) !== (v.pause_ms === undefined) || Math.abs(pause - v.pause_ms) > 1) differ("pause", v, pause);
  }
}

function checkRetryAfter(m, values) {
  for (const { value, now, ms } of values) {
    cases++;
    const wait = m.parseRetryAfter(value, Date.parse(now));
    const isClose = wait === ms || Math.abs(wait - ms) <= 0.5 || Math.abs(wait / ms - 1) < 1e-9;
    if ((wait === undefined) !== (ms === undefined) || (ms !== undefined && !isClose)) differ("Retry-After", value, "is", wait ?? "none", "want", ms ?? "none");
  }
}

/** Checks the keys of work. Key n is that of attempts whose stored form has this number. */
function checkKeys(m, table, keys) {
  for (const { work, seed, keys: want } of keys) {
    cases++;
    if (m.attempts(work, { keys: true }).toJSON().seed !== seed) differ("seed", work, "want", seed);
    want.forEach((key, i) => {
      const stored = { version: 1, table, seed, key: i + 1, since: new Date().toISOString(), keyed: true, submissions: 1 };
      const resumed = m.attempts(work, { keys: true, stored });
      if (resumed.key !== key) differ("key", work, i + 1, resumed.key, "want", key);
    });
  }
}

/** Replays the text of vectors with a module. */
export function replay(m, vectors) {
  const v = parse(vectors);
  const error = Object.keys(m).filter((name) => m[name]?.prototype instanceof Error).sort((a, b) => a.length - b.length)[0];
  const names = { error, response: error.replace(/Error$/, "ResponseError") };
  addLong(v);
  if (m.revision !== v.revision || v.cases.length === 0) differ("revision", m.revision, v.revision);
  for (const c of v.cases) {
    cases++;
    counted.messages++;
    const got = m.classify(c.code, c.message);
    if (!sameDecision(got, c.decision)) differ(c.code, c.message, decisionOf(got), "want", c.decision);
    const listed = m.parseCode(String(c.code));
    if (listed !== (c.decision.known ? c.decision.code : undefined)) differ("parseCode", c.code, listed ?? "none", "want", c.decision);
    for (const [name, value] of Object.entries(c.values ?? {})) {
      const found = m.valueIn(c.code, c.message, name);
      if (found !== value) differ(c.code, c.message, name, found ?? "none", "want", value);
    }
    if (!c.decision.known && c.decision.automatic) differ("automatic", c);
  }
  if (v.responses) checkResponses(m, names, v.responses);
  if (v.stored) checkStored(m, names, v.stored);
  checkPauses(m, names, v.pauses ?? []);
  checkRetryAfter(m, v.retry_after ?? []);
  if (v.keys) checkKeys(m, m.attempts().toJSON().table, v.keys);
}

/** Returns the differences so far, and the numbers of cases. */
export function report() {
  const { messages, responses } = counted;
  return `${shown.join("\n")}\n${cases} cases, of which ${messages} messages and ${responses} responses; ${differences} differences`.trim();
}

if (globalThis.process?.argv !== undefined) {
  const { readFileSync } = await import("node:fs");
  const { pathToFileURL } = await import("node:url");
  for (let i = 2; i < process.argv.length; i += 2) {
    const [file, vectors] = process.argv.slice(i, i + 2);
    const before = differences;
    try {
      replay(await import(pathToFileURL(file).href), readFileSync(vectors, "utf8"));
    } catch (caught) {
      differ(String(caught?.stack ?? caught));
    }
    if (differences > before) shown.push(`${file}: ${differences - before} differences`);
  }
  console.log(report());
  process.exitCode = differences > 0 ? 1 : 0;
}
