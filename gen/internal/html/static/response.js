// The service's responses, read as the generated package reads them, and how they are told from records of a log.

import { fold } from "./characters.js";
import { Members, textOf } from "./json.js";
import { isSuccess } from "./keys.js";
import { finding, Source } from "./text.js";

// What a response says, read as the generated package does. Something in it has to say how a task stands, else it is
// none.
export function inResponse(table, object) {
  const r = table.response;
  const status = r?.status ? textOf(object.at(r.status)) : "";
  const failed = status !== "" && !!r.failed?.includes(status);
  if (!failed && status !== "") {
    if (r.completed?.includes(status)) return { finding: null, isTask: true };
    return { finding: null, isTask: !!r.id && object.at(r.id) !== undefined };
  }
  const { finding: f, isLogged } = failure(table, object);
  if (!failed && !r?.code && isSuccess(f.code) && !table.listed.has(f.code)) return { finding: null, isTask: true };
  if (isLogged || !failed && !f.code) return { finding: null, isTask: false };
  return { finding: told(table, f), isTask: true };
}

const parentOf = path => path.slice(0, path.lastIndexOf(".") + 1);
const at = (object, path) => path ? textOf(object.at(path)) : "";

// Code, message and task of a response. Where the table does not say where they are, they are where services commonly
// have them. isLogged says that they are what LogValue wrote, which is less than the response.
function failure(table, object) {
  const r = table.response;
  const places = r?.code ? [[r.code, r.message]] : [["error.code", "error.message"], ["code", "message"]];
  const [code, message] = places.find(([path]) => textOf(object.at(path))) ?? places[0];
  const f = finding(Source.response, { code: at(object, code), message: at(object, message), task: at(object, r ? r.id : "id") });
  if (!f.code && !f.message && r?.code && parentOf(r.message ?? "")) {
    Object.assign(f, instead(r, object.at(parentOf(r.message).slice(0, -1))));
    f.unsure = !!(f.code || f.message);
  }
  const beside = parentOf(code);
  return { finding: f, isLogged: !!at(object, beside + "table") && !!at(object, beside + "revision") };
}

// What is in the place of the object that holds code and message: a text, which is the message, or an array, of which the
// first element counts. The generated package reads neither, so nothing is automatic.
function instead(r, value) {
  const parent = parentOf(r.message);
  const within = path => path.startsWith(parent) ? path.slice(parent.length) : path;
  if (Array.isArray(value)) value = value[0];
  if (value instanceof Members) return { code: at(value, within(r.code)), message: at(value, within(r.message)) };
  return { code: "", message: textOf(value) };
}

// Names the code of a response that sends none, if its message is nothing but a listed code, or holds a phrase. A code that
// is merely mentioned in the message is none.
function told(table, f) {
  if (f.code || !f.message) return f;
  const told = { ...f, text: f.message };
  if (!table.integer && table.listed.has(f.message)) return { ...told, source: Source.mention, code: f.message };
  const phrase = table.match(f.message);
  return phrase ? { ...told, source: Source.phrase, code: phrase.code.wire } : f;
}

// What stands in the place of the object that holds the message; undefined if there is none.
function parentIn({ response: r }, object) {
  const parent = r?.code ? parentOf(r.message ?? "") : "";
  return parent ? object.at(parent.slice(0, -1)) : undefined;
}

export const hasParent = (table, object) => parentIn(table, object) !== undefined;

// Whether an object has an error without a code where the response has it. Whatever is found in it is part of that error.
export function isError(table, object) {
  const r = table.response, parent = parentIn(table, object);
  return !!r?.code && !at(object, r.code) && (!!at(object, r.message) || parent instanceof Members || Array.isArray(parent));
}

// Whether a program wrote the object: responses have no level, and those with a time have a status.
export function isLogRecord(object) {
  const keys = object.members.map(([key]) => fold(key));
  const any = names => names.split(" ").some(name => keys.includes(name));
  return any("level lvl severity loglevel log.level @level @l") || any("time ts timestamp @timestamp @t") && !keys.includes("status");
}

// Keys by which a record of a log is known, which is no answer of a service.
const recordKeys = "level lvl severity time ts timestamp @timestamp msg message".split(" ");

// An answer that names no code but has an error message.
export function bare(table, object) {
  const { finding: f, isLogged } = failure(table, object);
  const r = table.response;
  if (!f.message || !r?.code || isLogged || object.members.some(([key]) => recordKeys.includes(fold(key)))) return null;
  const tops = [r.id, r.status, r.code, r.message, parentOf(r.code) + "table", parentOf(r.code) + "revision"].map(path => path?.split(".", 1)[0]);
  if (f.unsure && object.members.some(([key]) => !tops.includes(key))) return null; // a text for the error is common elsewhere too
  return told(table, f);
}
