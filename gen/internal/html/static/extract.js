// Finds an error in what people have: the service's response, a line of a log in JSON or text, the text of an error.

import { endWithout, fold, skipAny, spaces, trim, wordAt } from "./characters.js";
import { Digits, Members, quotedEnd, readJSON, textOf } from "./json.js";
import { inAddress, isSuccess, keyKind, otherCode, plausible, tellingKeys } from "./keys.js";
import { statusCode } from "./status.js";
import { around, codeOfText, errorText, finding, mention, prefer, Source, unquote } from "./text.js";

// How often a text may lie inside another one, as JSON in a log line in JSON, and how deep a record is looked into.
const maxNested = 3;
const maxWalk = 8;

// The most certain finding in one line of text.
function inLine(table, line, nested = 0) {
  let f = errorText(table, line);
  if (f?.source !== Source.lost) {
    // The message of either may hold the other: the first to begin is around it.
    const logged = logValue(table, line);
    if (logged && (!f || logged.start < f.start)) f = logged;
  }
  if (!f && nested < maxNested) f = embedded(table, line, nested);
  f ??= inPairs(table, line, nested);
  if (!f || f.source === Source.mention && !table.listed.has(f.code)) f = prefer(table, f, mention(table, line));
  if (f) return f;
  const phrase = table.match(line);
  const code = phrase ? phrase.code.wire : statusCode(table, line);
  return code ? finding(Source.phrase, { code, message: line, text: line }) : null;
}

// JSON inside of a line. Only the first object is tried: each try may read all of the line.
function embedded(table, line, nested) {
  const at = line.indexOf('{"');
  const read = at < 0 ? null : readJSON(line, at);
  return read && inObject(table, read.value, nested);
}

// Pairs key=value, as slog's text handler writes: [{group, kind, value, start, end}].
function pairsOf(line) {
  const pairs = [];
  let at = 0;
  while (pairs.length < 32) {
    const equals = line.indexOf("=", at);
    if (equals < 0) break;
    let start = equals;
    while (start > at && (wordAt(line, start - 1) || ".-".includes(line[start - 1]))) start--;
    const key = line.slice(start, equals);
    const { value, end } = pairValue(line, equals + 1);
    const kind = keyKind(key);
    if (kind && !inAddress(line, start)) pairs.push({ group: key.slice(0, key.lastIndexOf(".") + 1), kind, value, start, end });
    at = end;
  }
  return pairs;
}

function pairValue(line, at) {
  if (line[at] === '"') {
    const end = quotedEnd(line, at);
    if (end >= 0) return { value: unquote(line.slice(at, end)) ?? line.slice(at + 1, end - 1), end };
  }
  let end = at;
  while (end < line.length && line[end] > " ") end++;
  return { value: line.slice(at, end), end };
}

const groupOf = (table, pairs, group) => {
  const members = {};
  for (const p of pairs) if (p.group === group) note(table, members, p.kind, p.value);
  return members;
};

// Takes down a member that can be part of an error. Of keys that come twice the last one counts.
function note(table, members, kind, value) {
  if (kind !== "error") members[kind] = value;
  else if (!members.code && table.listed.has(value)) members.code = value;
}

// The error that members of one object, or pairs of one group, make together.
function logged(table, { table: name, revision, code, message = "", task = "" }) {
  if (!code) return null;
  const fields = { code, message, task, text: message };
  if (name === table.name) return finding(Source.logValue, { ...fields, code: codeOfText(table, code) });
  if (name && revision || !plausible(table, code)) return null; // of another table, or none
  return finding(Source.mention, fields);
}

// What the generated package's LogValue left in a line.
function logValue(table, line) {
  if (!line.includes("table=" + table.name)) return null;
  const pairs = pairsOf(line);
  for (const p of pairs) {
    if (p.kind !== "table" || p.value !== table.name) continue;
    const f = logged(table, groupOf(table, pairs, p.group));
    if (f?.source === Source.logValue) return { ...f, start: p.start };
  }
  return null;
}

function inPairs(table, line, nested) {
  const pairs = pairsOf(line);
  let best = null;
  for (const p of pairs) {
    if (["message", "error", "body"].includes(p.kind) && p.value.startsWith('{"') && nested < maxNested) {
      const inner = embedded(table, p.value, nested + 1);
      if (inner && inner.source > (best?.source ?? 0)) best = inner;
    }
    if (p.kind !== "code" && !(p.kind === "error" && table.listed.has(p.value))) continue;
    const f = logged(table, groupOf(table, pairs, p.group));
    if (f?.source !== Source.mention) continue;
    if (!table.listed.has(f.code) && (otherCode(p.group) || otherCode(line.slice(0, p.start)))) continue;
    complete(f, line, pairs, p);
    if (!best || best.source === Source.mention) best = prefer(table, best, f);
  }
  return best;
}

// Adds to a code what the line says outside of its group.
function complete(f, line, pairs, code) {
  f.text = line;
  f.task ||= pairs.find(p => p.kind === "task")?.value ?? "";
  f.message ||= pairs.find(p => p.kind === "message" && p.value)?.value ?? around(line, code.end - code.value.length, code.end);
}

// An object: a response of the service, or a record of a log.
function inObject(table, object, nested = 0) {
  const { finding: f, isTask } = inResponse(table, object);
  return isTask ? f : inRecord(table, object, nested);
}

// What a response says, read as the generated package does. Something in it has to say how a task stands, else it is
// none.
function inResponse(table, object) {
  const r = table.response;
  const status = r?.status ? textOf(object.at(r.status)) : "";
  const failed = status !== "" && !!r.failed?.includes(status);
  if (!failed && status !== "") {
    if (r.completed?.includes(status)) return { finding: null, isTask: true };
    return { finding: null, isTask: !!r.id && object.at(r.id) !== undefined };
  }
  const f = failure(table, object);
  if (!failed && !r?.code && isSuccess(f.code) && !table.listed.has(f.code)) return { finding: null, isTask: true };
  return failed || f.code ? { finding: f, isTask: true } : { finding: null, isTask: false };
}

// Code, message and task of a response. Where the table does not say where they are, they are where services commonly
// have them.
function failure(table, object) {
  const r = table.response;
  const places = r?.code ? [[r.code, r.message]] : [["error.code", "error.message"], ["code", "message"]];
  const [code, message] = places.find(([path]) => textOf(object.at(path))) ?? places[0];
  const at = path => path ? textOf(object.at(path)) : "";
  return finding(Source.response, { code: at(code), message: at(message), task: at(r ? r.id : "id") });
}

// A record of a log: a response inside it, what LogValue wrote, the text of an error, or a code.
function inRecord(table, object, nested) {
  const walker = new Walker(table, nested);
  walker.object("", object, 0);
  if (!walker.best) return bare(table, object);
  walker.best.task ||= walker.task;
  return walker.best;
}

// Keys by which a record of a log is known, which is no answer of a service.
const recordKeys = "level lvl severity time ts timestamp @timestamp msg message".split(" ");

// An answer that names no code but has an error message.
function bare(table, object) {
  const f = failure(table, object);
  if (!f.message || !table.response?.code || object.members.some(([key]) => recordKeys.includes(fold(key)))) return null;
  return f;
}

class Walker {
  constructor(table, nested) { Object.assign(this, { table, nested, best: null, task: "" }); }

  offer(f) {
    if (f && f.source > (this.best?.source ?? 0)) this.best = f;
    else if (f?.source === Source.mention && this.best.source === Source.mention) this.best = prefer(this.table, this.best, f);
  }

  // What the members make together comes first: what LogValue wrote holds a message that may look like anything.
  object(name, object, depth) {
    const members = {};
    for (const [key, value] of object.members) {
      const kind = keyKind(key);
      if (kind && (typeof value === "string" || value instanceof Digits)) note(this.table, members, kind, textOf(value));
    }
    this.task ||= members.task ?? "";
    const f = logged(this.table, members);
    if (f?.source !== Source.mention || !otherCode(name) || this.table.listed.has(f.code)) this.offer(f);
    if (f?.source === Source.logValue) return;
    for (const [key, value] of object.members) this.value(key, value, depth + 1);
  }

  value(key, value, depth) {
    if (value instanceof Members) this.inner(key, value, depth);
    else if (Array.isArray(value)) for (const v of value) Array.isArray(v) || this.value("", v, depth);
    else if (typeof value === "string") this.string(key, value);
  }

  inner(key, object, depth) {
    if (depth > maxWalk) return;
    const { finding: f, isTask } = this.table.response?.code ? inResponse(this.table, object) : {};
    if (isTask) this.offer(f);
    else this.object(key, object, depth);
  }

  // Only texts that are there to tell what went wrong are searched for codes and phrases: others, such as a prompt, may
  // hold the same words and mean something else.
  string(key, text) {
    if (tellingKeys.has(fold(key)) && this.nested < maxNested) this.offer(inLine(this.table, text, this.nested + 1));
    else if (text.startsWith("{") && this.nested < maxNested) this.offer(embedded(this.table, text, this.nested + 1));
    else this.offer(errorText(this.table, text));
  }
}

// The most certain finding in a text that somebody has pasted, the first of several, and how many errors there are.
export function bestIn(table, text) {
  let best = null, count = 0;
  const take = f => {
    if (f && f.source !== Source.lost) count++;
    if (f && f.source > (best?.source ?? 0)) best = f;
  };
  for (const record of recordsOf(text)) take(record.line !== undefined ? inLine(table, record.line) : inObject(table, record.object));
  if (!best) take(inLine(table, trim(text.replace(spaces, " "))));
  return { best, count };
}

// The records of a text: objects in JSON, alone or as elements of an array, and lines. JSON that does not parse, as what
// was copied in part, is a line as well, up to a line end that no JSON could go on over.
function* recordsOf(text) {
  let at = 0;
  for (;;) {
    const between = /[ \t\n\r\x1e\ufeff]*/y; // also what JSON text sequences and files begin with
    between.lastIndex = at;
    at += between.exec(text)[0].length;
    if (at === text.length) return;
    const json = /\{\s*["}]|\[\s*(?:\{\s*["}]|\])/y;
    json.lastIndex = at;
    const read = json.test(text) ? readJSON(text, at) : null;
    if (read) {
      at = read.end;
      for (const value of [read.value].flat(1)) if (value instanceof Members) yield { object: value };
      continue;
    }
    const end = json.lastIndex > 0 ? brokenEnd(text, at) : lineEnd(text, at);
    yield { line: text.slice(at, endWithout(text, end, " \t\n\r")) };
    at = end;
  }
}

function lineEnd(text, at) {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

function brokenEnd(text, at) {
  for (let end = lineEnd(text, at); end < text.length; end = lineEnd(text, end + 1)) {
    const before = text[endWithout(text, end, " \t\n\r") - 1];
    const after = text[skipAny(text, end, " \t\n\r")];
    const goesOn = "{[,:".includes(before) ? /["{[}\]tfn0-9-]/.test(after) : /["}\]el0-9]/.test(before) && /[,}\]:]/.test(after);
    if (!goesOn) return end;
  }
  return text.length;
}
