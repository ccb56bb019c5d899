// Reads responses of the service with the rules of generated packages, and distinguishes them from log records.

import { phraseSelects } from "./table.js";
import { fold } from "./characters.js";
import { jsonOf, Members, readJSON, textOf } from "./values.js";
import { newMatch, Source } from "./text.js";
import { read } from "../../typescript/runtime/response.ts";
import { headersOf } from "../../typescript/runtime/stored.ts";
import { listed } from "../../typescript/runtime/table.ts";
import { trim } from "../../typescript/runtime/text.ts";

// Keys of records of responses, as loggers and HTTP clients write them.
const statusKeys = "status statusCode status_code httpStatus http_status http responseStatus response_status".split(" ");
const headerKeys = "headers header responseHeaders response_headers".split(" ");
const bodyKeys = "body responseBody response_body content data text".split(" ");

function readResponse(table, status, headers, body) {
  const reading = read(table.rules, table.format, { status, headers: headersOf(headers), body, isTask: true, now: Date.now() });
  const f = newMatch(0, { reading, http: status });
  if (reading.outcome !== "error" && reading.outcome !== "failed") return f;
  const { facts, wire, code, message } = reading;
  const task = facts.text(facts.first("id"));
  return Object.assign(f, { source: Source.response, code: wire || (table.codes[code]?.wire ?? ""), message, task });
}

// Reads a response whose HTTP status is known. headers is null if they are not.
function known(table, status, headers, body) {
  const f = readResponse(table, status, headers, body);
  f.unsure ||= !headers && table.fields.headers;
  return f;
}

// Reads an object that may be the body of a response, whose status and headers are unknown. Returns null if it is
// something else, such as a log record.
function inBody(table, object) {
  const { fields } = table;
  if (!mayBeResponse(table, object) || isLogValue(table, object)) return null;
  const body = jsonOf(object);
  const f = readResponse(table, 200, null, body);
  const { outcome, facts } = f.reading;
  f.http = 0;
  if (f.source) return failed(table, object, body, f);
  const status = facts.first("status") >= 0 && (outcome === "ok" || outcome === "running" && facts.first("id") >= 0);
  const settled = fields.settles?.some(field => facts.list.some(fact => fact.field === field));
  return status || settled ? f : refused(table, object, body);
}

// Reads a body that is an error whatever its status was. A code that may repeat another HTTP status is read with that one.
function failed(table, object, body, found) {
  const { fields } = table;
  let f = found;
  const status = refusal(f.reading.wire);
  if (f.reading.code < 0 && f.reading.outcome === "error" && status) f = readResponse(table, status, null, body);
  if (isLogRecord(object) && isTop(table, "code", f.reading)) return null; // many log records have a code
  f.unsure = fields.headers || fields.status || table.format.tasks && f.reading.outcome !== "failed";
  f.http = status && f !== found ? status : 200;
  return grade(table, f);
}

// Reads a body that is an error only because of its status. It must contain a message and nothing that log records contain.
function refused(table, object, body) {
  if (table.fields.guessed || isLogRecord(object)) return null;
  const f = readResponse(table, refusal(textOf(object.at("status"))), null, body);
  if (!f.reading.message && !f.reading.wire) return null;
  if (isTop(table, "message", f.reading) && !isOnly(table, object, topOf(table, "message", f.reading))) return null;
  f.unsure = true;
  return grade(table, f);
}

const isOnly = (table, object, message) => message !== "message" && message !== "msg" && object.members.every(([key]) => isTopKey(table, key));

// Sets the source of a body whose message alone gives the code.
function grade(table, f) {
  const { reading } = f;
  if (f.source !== Source.response || reading.wire || reading.code < 0) return f;
  if (!table.integer && listed(table.rules, trim(reading.message)).code >= 0) return Object.assign(f, { source: Source.mention, text: f.message });
  if (reading.facts.dropFields() < 0 && phraseSelects(table, reading.message)) return Object.assign(f, { source: Source.phrase, text: f.message });
  return f;
}

// Returns the key of a field with a role, if it is at the top level, or "".
function topOf(table, role, { facts, wire, message }) {
  const want = role === "code" ? wire : message;
  const fact = facts.list.find((_, i) => facts.is(i, role) && facts.text(i) === want && want !== "");
  return table.format.body.find(node => node.field !== undefined && node.field === fact?.field)?.key ?? "";
}

const isTop = (table, role, reading) => topOf(table, role, reading) !== "";

// Returns the HTTP status of a refused request that a text is, or 0.
const refusal = text => /^[45]\d\d$/.test(text) ? +text : 0;

const isTopKey = ({ format }, key) => format.body.some(node => node.key === key);

function mayBeResponse({ format, fields }, object) {
  const keys = format.body.map(({ key }) => key).filter(key => object.at([key]) !== undefined);
  if (keys.some(key => fields.shows?.includes(key) || fields.states?.includes(textOf(object.at([key]))))) return true;
  return keys.some(key => fields.says?.includes(key)) && !isLogRecord(object);
}

// Reports whether an object, or the one at a key for errors, is the output of LogValue.
const isLogValue = ({ fields }, object) =>
  [object, ...(fields.groups ?? []).map(key => object.at([key]))].some(o => o instanceof Members && textOf(o.at("table")) && textOf(o.at("revision")));

// Reads the record of a response: a status with a body or headers. Returns null for any other object.
function exchange(table, object) {
  const statusKey = statusKeys.find(key => /^[1-5]\d\d$/.test(textOf(object.at(key))));
  if (!statusKey) return null;
  const headers = headerKeys.map(key => recorded(object.at(key))).find(Boolean) ?? null;
  const bodyKey = bodyKeys.find(key => object.at(key) !== undefined && (headers || !["content", "data", "text"].includes(key)));
  if (!bodyKey && (!headers || isLogRecord(object))) return null;
  if (isTopKey(table, statusKey) && isTopKey(table, bodyKey)) return null;
  const f = known(table, +textOf(object.at(statusKey)), headers, bodyKey ? bodyOf(object, object.at(bodyKey)) : "");
  f.beside = object.members.filter(([key]) => key !== bodyKey && !headerKeys.includes(key) && !statusKeys.includes(key));
  return f;
}

const contentKeys = "text content encoding mimeType size bytes comment compression".split(" ");

// Returns the body of a record: text, JSON, or an object with the text.
function bodyOf(object, value) {
  let encoded = textOf(object.at("encoding")) === "base64" || object.at("isBase64Encoded") === true;
  if (value instanceof Members && value.members.every(([key]) => contentKeys.includes(key))) {
    const text = value.members.findLast(([key]) => key === "text" || key === "content")?.[1];
    if (typeof text === "string") {
      encoded = value.at("encoding") === "base64";
      value = text;
    }
  }
  if (typeof value !== "string") return value === null ? "" : jsonOf(value);
  if (!encoded) return value;
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(value), c => c.charCodeAt(0)));
  } catch {
    return value;
  }
}

// Reads headers: an object, an array of names and values, or lines of text.
function recorded(value) {
  const headers = Object.create(null);
  const add = (name, values) => { for (const v of [values].flat()) if (name && textOf(v)) (headers[name] ??= []).push(textOf(v)); };
  if (value instanceof Members) value.members.forEach(member => add(...member));
  else if (Array.isArray(value)) for (const each of value) {
    if (each instanceof Members) add(textOf(each.at("name") ?? each.at("key")), each.at("value"));
    else if (Array.isArray(each) && each.length === 2) add(textOf(each[0]), each[1]);
  } else if (typeof value === "string") {
    for (const line of value.split("\n")) if (header.test(line)) add(...headerOf(line));
  } else return null;
  return headers;
}

// Returns the match for an object that is a response or the record of one; null for another object.
export const inResponse = (table, object) => exchange(table, object) ?? inBody(table, object);

// Returns the matches of the entries of an HTTP archive, or null for another object.
export function entries(table, object) {
  const all = object.at("log.entries");
  if (!Array.isArray(all) || object.at("log.version") === undefined) return null;
  return all.map(entry => entry instanceof Members && entry.at("response")).filter(r => r instanceof Members).map(r => exchange(table, r)).filter(Boolean);
}

// Reports whether an object has an error at the path of errors. Every match in it is part of that error.
export const isError = ({ fields }, object) => !fields.guessed && (fields.groups ?? []).map(key => object.at([key])).some(value => value instanceof Members || Array.isArray(value));

// Reports whether an object is a log record. Responses have no level, and responses with a time have a status.
export function isLogRecord(object) {
  const keys = object.members.map(([key]) => fold(key));
  const any = names => names.split(" ").some(name => keys.includes(name));
  return any("level lvl severity loglevel log.level @level @l") || any("time ts timestamp @timestamp @t") && !keys.includes("status");
}

const header = /^([\w.-]+):/;
const headerOf = line => [header.exec(line)[1], trim(line.slice(line.indexOf(":") + 1))];
const statusLine = /^(?:< )?HTTP\/\d(?:\.\d)? ([1-5]\d\d)(?: .*)?$/;
const bare = line => line.replace(/^< ?/, "");

// Returns the matches of the HTTP responses in a text, such as the output of curl -i, and the other parts of the text;
// or null without responses. Interim responses and redirects that another one follows do not count.
export function inTranscript(table, text) {
  const lines = text.split("\n").map(line => line.endsWith("\r") ? line.slice(0, -1) : line);
  const starts = [...lines.keys()].filter(i => {
    if (!statusLine.test(lines[i]) || i + 1 === lines.length) return false;
    const next = lines[i].startsWith("<") ? bare(lines[i + 1]) : lines[i + 1];
    return next === "" || header.test(next);
  });
  const matches = [];
  let rest = lines.slice(0, starts[0]).join("\n");
  for (const [i, start] of starts.entries()) {
    const isLast = i === starts.length - 1;
    const { status, headers, body, after } = cut(lines.slice(start, starts[i + 1]));
    rest += after;
    if (status < 200 || status >= 300 && status < 400 && !isLast) continue;
    const f = known(table, status, headers, body);
    f.unsure ||= trim(after) !== "";
    matches.push(f);
  }
  return matches.length > 0 ? { matches, rest } : null;
}

// Splits a response into its parts. JSON ends where its value ends, any other body at the end of the text.
function cut(lines) {
  const marked = lines[0].startsWith("<");
  const headers = Object.create(null);
  let at = 1, line = "";
  for (; at < lines.length; at++) {
    line = marked ? bare(lines[at]) : lines[at];
    if (!header.test(line)) break;
    const [name, value] = headerOf(line);
    (headers[name] ??= []).push(value);
  }
  if (line === "") at++;
  while (marked && /^(?:\* |[{}] \[)/.test(lines[at] ?? "")) at++;
  const text = trim(lines.slice(at).join("\n"));
  const json = /^[{[]/.test(text) ? readJSON(text, 0) : null;
  const end = json ? json.end : text.length;
  return { status: +statusLine.exec(lines[0])[1], headers, body: text.slice(0, end), after: text.slice(end) };
}
