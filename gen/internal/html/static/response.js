// Reads responses of the service like the generated package, and distinguishes them from log records.

import { fold } from "./characters.js";
import { Members, textOf } from "./json.js";
import { isSuccess } from "./keys.js";
import { newMatch, Source } from "./text.js";

// Reads the error of a response like the generated package. An object without the status of a task or an error is not a
// response.
export function inResponse(table, object) {
  const r = table.response;
  const status = r?.status ? textOf(object.at(r.status)) : "";
  const failed = status !== "" && !!r.failed?.includes(status);
  if (!failed && status !== "") {
    if (r.completed?.includes(status)) return { match: null, isTask: true };
    return { match: null, isTask: !!r.id && object.at(r.id) !== undefined };
  }
  const { match: f, isLogged } = failure(table, object);
  if (!failed && !r?.code && isSuccess(f.code) && !table.listed.has(f.code)) return { match: null, isTask: true };
  if (isLogged || !failed && !f.code) return { match: null, isTask: false };
  return { match: identify(table, f), isTask: true };
}

const parentOf = path => path.slice(0, path.lastIndexOf(".") + 1);
const at = (object, path) => path ? textOf(object.at(path)) : "";

// Returns the code, message and task of a response. If the table does not define the fields, common ones are used.
// isLogged reports that LogValue wrote them; it writes fewer fields than the response has.
function failure(table, object) {
  const r = table.response;
  const paths = r?.code ? [[r.code, r.message]] : [["error.code", "error.message"], ["code", "message"]];
  const [code, message] = paths.find(([path]) => textOf(object.at(path))) ?? paths[0];
  const f = newMatch(Source.response, { code: at(object, code), message: at(object, message), task: at(object, r ? r.id : "id") });
  if (!f.code && !f.message && r?.code && parentOf(r.message ?? "")) {
    Object.assign(f, instead(r, object.at(parentOf(r.message).slice(0, -1))));
    f.unsure = !!(f.code || f.message);
  }
  const prefix = parentOf(code);
  return { match: f, isLogged: !!at(object, prefix + "table") && !!at(object, prefix + "revision") };
}

// Reads a value in place of the object with code and message. A text is the message. Of an array, the first element
// counts. The generated package reads neither, so the result is never automatic.
function instead(r, value) {
  const parent = parentOf(r.message);
  const within = path => path.startsWith(parent) ? path.slice(parent.length) : path;
  if (Array.isArray(value)) value = value[0];
  if (value instanceof Members) return { code: at(value, within(r.code)), message: at(value, within(r.message)) };
  return { code: "", message: textOf(value) };
}

// Returns the match with a code if the response has none. The message must equal a listed code or match a phrase. A
// code within the message is not sufficient.
function identify(table, f) {
  if (f.code || !f.message) return f;
  const named = { ...f, text: f.message };
  if (!table.integer && table.listed.has(f.message)) return { ...named, source: Source.mention, code: f.message };
  const phrase = table.match(f.message);
  return phrase ? { ...named, source: Source.phrase, code: phrase.code.wire } : f;
}

// Returns the value at the path of the object that contains the message, or undefined.
function parentIn({ response: r }, object) {
  const parent = r?.code ? parentOf(r.message ?? "") : "";
  return parent ? object.at(parent.slice(0, -1)) : undefined;
}

export const hasParent = (table, object) => parentIn(table, object) !== undefined;

// Reports whether an object has an error without a code at the path of errors. Every match in it is part of that error.
export function isError(table, object) {
  const r = table.response, parent = parentIn(table, object);
  return !!r?.code && !at(object, r.code) && (!!at(object, r.message) || parent instanceof Members || Array.isArray(parent));
}

// Reports whether an object is a log record. Responses have no level, and responses with a time have a status.
export function isLogRecord(object) {
  const keys = object.members.map(([key]) => fold(key));
  const any = names => names.split(" ").some(name => keys.includes(name));
  return any("level lvl severity loglevel log.level @level @l") || any("time ts timestamp @timestamp @t") && !keys.includes("status");
}

// Keys that only log records have.
const recordKeys = "level lvl severity time ts timestamp @timestamp msg message".split(" ");

// Returns the match for a response with an error message but without a code.
export function bare(table, object) {
  const { match: f, isLogged } = failure(table, object);
  const r = table.response;
  if (!f.message || !r?.code || isLogged || object.members.some(([key]) => recordKeys.includes(fold(key)))) return null;
  const tops = [r.id, r.status, r.code, r.message, parentOf(r.code) + "table", parentOf(r.code) + "revision"].map(path => path?.split(".", 1)[0]);
  if (f.unsure && object.members.some(([key]) => !tops.includes(key))) return null; // other objects often have a text for the error
  return identify(table, f);
}
