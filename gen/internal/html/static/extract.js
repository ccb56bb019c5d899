// Finds an error in what people have: the service's response, a line of a log in JSON or text, the text of an error.

import { endWithout, fold, skipAny, spaces, trim, wordAt } from "./characters.js";
import { Digits, Members, quotedEnd, readJSON, textOf } from "./json.js";
import { inAddress, keyKind, otherCode, plausible, responseKeys, tellingKeys } from "./keys.js";
import { quoteBefore, readLiteral, readString } from "./literal.js";
import { bare, hasParent, inResponse, isError, isLogRecord } from "./response.js";
import { statusCode } from "./status.js";
import {
  around, codeOfText, errorText, finding, isCited, isDoubtful, isDoubtfulMember, keyBefore, mayBeResponse, mention, prefer, Source, stopped,
  stopText, unknownWithout, unquote, withOther,
} from "./text.js";

// How often a text may lie inside another one, as JSON in a log line in JSON, and how deep a record is looked into.
const maxNested = 3;
const maxWalk = 8;

// The most certain finding in one line of text.
function inLine(table, line, nested = 0) {
  let f = stopped(table, line);
  if (f) return f;
  f = errorText(table, line, partOf(table, nested + 1));
  // The message of either may hold the other: the first to begin is around it.
  const logged = logValue(table, line);
  if (logged && (!f || logged.start < f.start)) f = logged;
  f = f ? partOf(table, nested)(f, line) : nested < maxNested ? embedded(table, line, nested).finding : null;
  f ??= inPairs(table, line, nested);
  if (!f || f.source === Source.mention && !table.listed.has(f.code)) f = prefer(table, f, mention(table, line));
  if (f) f.unsure ||= isDoubtful(line);
  if (f) return f;
  const phrase = table.match(line);
  const code = phrase ? phrase.code.wire : statusCode(table, line);
  return code ? finding(Source.phrase, { code, message: line, text: line }) : null;
}

// How many brackets of a line are tried as the start of an object: each try may read all of the line.
const maxTries = 8;

// The objects that a line holds, in JSON or as programs in other languages print them. The first one counts; it is
// automatic only if the others are. Whether line[place] is within one of them: then what is found there is part of it.
function embedded(table, line, nested, place = -1) {
  let best = null, at = 0;
  for (let i = 0; i < maxTries; i++) {
    at = line.indexOf("{", at);
    if (at < 0 || 0 <= place && place < at) break;
    const { finding: f = null, end } = structure(table, line, at, nested);
    if (!best || f?.source === Source.lost) best = f;
    else if (f && f.code !== best.code && !table.automatic(f.code)) best.mixed = true;
    if (at < place && place < end) return { finding: f, within: true };
    at = end;
  }
  return { finding: best, within: false };
}

// What is found of the object that is around a finding in a line, else the finding itself.
const partOf = (table, nested) => (f, line) => {
  if (nested >= maxNested) return f;
  const { finding: outer, within } = embedded(table, line, nested, f?.start ?? 0);
  return within ? outer : f;
};

// The object at line[at], or the quoted text that consists of it, and where the search continues.
function structure(table, line, at, nested) {
  const start = quoteBefore(line, at);
  const quoted = start >= 0 && nested < maxNested ? readString(line, start) : null;
  if (quoted) {
    let { finding: f, end } = structure(table, quoted.value, 0, nested + 1);
    const whole = trim(quoted.value.slice(end)) === "";
    if (!whole) f = embedded(table, quoted.value, nested + 1).finding; // a message that starts so
    if (f) f.unsure ||= !whole || !mayBeResponse(keyBefore(line, start)) || isCited(line, start);
    return { finding: f, end: quoted.end };
  }
  const read = readJSON(line, at) ?? readLiteral(line, at);
  if (!read) return { end: at + 1 };
  const f = inObject(table, read.value, nested);
  if (f) f.unsure ||= isCited(line, at);
  return { finding: f, end: read.end };
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
  if (name === table.name) return finding(Source.logValue, { ...fields, code: codeOfText(table, code), unsure: !revision || unknownWithout(table, task) });
  if (name && revision || !plausible(table, code)) return null; // of another table, or none
  return finding(Source.mention, fields);
}

// What the generated package's LogValue left in a line.
function logValue(table, line) {
  if (!line.includes("table=" + table.name)) return null;
  const pairs = pairsOf(line);
  let first = null;
  for (const p of pairs) {
    if (p.kind !== "table" || p.value !== table.name) continue;
    const f = logged(table, groupOf(table, pairs, p.group));
    if (f?.source !== Source.logValue) continue;
    if (first) withOther(table, first, f);
    else first = { ...f, start: p.start, unsure: f.unsure || isCited(line, p.start) };
  }
  return first;
}

function inPairs(table, line, nested) {
  const pairs = pairsOf(line);
  let best = null;
  for (const p of pairs) {
    if (["message", "error", "body"].includes(p.kind) && p.value.startsWith('{"') && nested < maxNested) {
      const inner = embedded(table, p.value, nested + 1).finding;
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
  if (isTask) return afterStop(table, f, object);
  const recorded = inRecord(table, object, nested);
  if (recorded && recorded.source >= Source.errorText) recorded.unsure ||= hasDoubt("", object, 0);
  return afterStop(table, recorded, object);
}

// Whether a text of a record makes the outcome unknown, down to the depth to which it is searched for errors.
function hasDoubt(key, value, depth) {
  if (depth > maxWalk) return false;
  if (value instanceof Members) return value.members.some(([key, v]) => hasDoubt(key, v, depth + 1));
  if (Array.isArray(value)) return value.some(v => hasDoubt(key, v, depth + 1));
  return (typeof value === "string" || value instanceof Digits) && isDoubtfulMember(key, textOf(value));
}

// A finding in an object as it is, if the polling of a task did not stop there. The message of a response does not count:
// the generated package does not look for such a text in it either.
function afterStop(table, f, object) {
  if (f?.source === Source.lost) return f;
  const all = [...stringsOf(object)].filter(text => text.includes(stopText));
  const message = f?.source === Source.response ? f.message : "";
  const others = all.filter((text, i) => text !== message || all.indexOf(text) !== i);
  for (const text of others) {
    const lost = stopped(table, text);
    if (lost) return lost;
  }
  if (f && others.length > 0) f.unsure = true;
  return f;
}

function* stringsOf(value) {
  if (typeof value === "string") yield value;
  else if (Array.isArray(value)) for (const v of value) yield* stringsOf(v);
  else if (value instanceof Members) {
    for (const [key, v] of value.members) {
      yield key;
      yield* stringsOf(v);
    }
  }
}

// What in a record may make anything automatic: in a log record what LogValue and the texts for what happened say; in an
// object that may be any service's response, also within a log record, no texts; in a part of an error nothing.
const Trust = { all: 0, fields: 1, nothing: 2 };

// A record of a log: a response inside it, what LogValue wrote, the text of an error, or a code.
function inRecord(table, object, nested) {
  const f = bare(table, object);
  if (f) return f;
  const isLog = isLogRecord(object);
  const trust = isError(table, object) || !isLog && hasParent(table, object) ? Trust.nothing : isLog ? Trust.all : Trust.fields;
  const walker = new Walker(table, nested, trust);
  walker.object("", object, 0);
  if (walker.best) walker.best.task ||= walker.task;
  return walker.best;
}

class Walker {
  constructor(table, nested, trust) { Object.assign(this, { table, nested, trust, best: null, task: "", cited: false }); }

  offer(f) {
    if (f) f.unsure ||= this.trust === Trust.nothing || this.cited && f.source === Source.response;
    if (f && f.source >= Source.errorText && this.best?.source >= Source.errorText) {
      const [better, other] = f.source > this.best.source ? [f, this.best] : [this.best, f];
      this.best = withOther(this.table, better, other);
    } else if (f && f.source > (this.best?.source ?? 0)) this.best = f;
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
    else if (Array.isArray(value)) for (const v of value) Array.isArray(v) || this.value(v instanceof Members ? key : "", v, depth);
    else if (typeof value === "string") this.string(key, value);
  }

  inner(key, object, depth) {
    if (depth > maxWalk) return;
    const cited = this.cited;
    this.cited ||= !responseKeys.has(fold(key));
    this.within(key, object, depth);
    this.cited = cited;
  }

  within(key, object, depth) {
    const { finding: f, isTask } = this.table.response?.code ? inResponse(this.table, object) : {};
    if (isTask) return this.offer(f);
    const before = this.trust;
    this.trust = this.table.response?.code && isError(this.table, object) ? Trust.nothing : Math.max(before, Trust.fields);
    this.object(key, object, depth);
    this.trust = before;
  }

  // Only texts that are there to tell what went wrong are searched for codes and phrases: others, such as a prompt, may
  // hold the same words and mean something else.
  string(key, text) {
    const telling = tellingKeys.has(fold(key));
    let f;
    if (telling && this.nested < maxNested) f = inLine(this.table, text, this.nested + 1);
    else if (text.startsWith("{") && this.nested < maxNested) f = embedded(this.table, text, this.nested + 1).finding;
    else f = errorText(this.table, text, partOf(this.table, this.nested + 1));
    if (f) f.unsure ||= !telling || this.trust !== Trust.all;
    this.offer(f);
  }
}

// The most certain finding in a text that somebody has pasted, the first of several, and how many errors there are.
export function bestIn(table, text) {
  let best = null, count = 0, doubt = false;
  const isText = f => f?.source === Source.errorText || f?.source === Source.logValue;
  const take = f => {
    if (f && f.source !== Source.lost) count++;
    let other = f;
    if (f && f.source > (best?.source ?? 0)) [best, other] = [f, best];
    if (isText(best) && isText(other)) withOther(table, best, other); // parts of a joined error, for all that the text tells
  };
  for (const record of recordsOf(text)) {
    if (record.line !== undefined) doubt ||= isDoubtful(record.line);
    take(record.line !== undefined ? inLine(table, record.line) : inObject(table, record.object));
  }
  if (best?.source === Source.lost) return { best, count };
  if (best && doubt) best.unsure = true;
  if ((best?.source ?? 0) < Source.errorText) {
    const f = embedded(table, text, 0).finding; // also over several lines
    if (f && doubt) f.unsure = true;
    if (f && f.source > (best?.source ?? 0)) [best, count] = [f, 1];
  }
  if (best?.source !== Source.response) {
    const f = inLine(table, trim(text.replace(spaces, " ")));
    if (!best || f?.source === Source.lost) take(f);
  }
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
