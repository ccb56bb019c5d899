// Finds errors in responses of the service, log lines in JSON or text, and error texts.

import { endWithout, fold, skipAny, spaces, wordAt } from "./characters.js";
import { Digits, Members, quotedEnd, quoteBefore, readJSON, readLiteral, readString, textOf } from "./values.js";
import { inURL, keyKind, otherCode, plausible, responseKeys, identifyingKeys } from "./keys.js";
import { entries, inResponse, inTranscript, isError, isLogRecord } from "./response.js";
import { statusCode } from "./status.js";
import {
  around, codeOfText, errorText, isCited, isDoubtful, isDoubtfulMember, keyBefore, mayBeResponse, mention, newMatch, prefer, Source, stopped,
  stopText, unknownWithout, unquote, withOther,
} from "./text.js";
import { trim } from "../../typescript/runtime/text.ts";

// Limits the nesting of texts, as in JSON in a log line in JSON, and the depth of records.
const maxNested = 3;
const maxWalk = 8;

// Returns the most reliable match in one line of text.
function inLine(table, line, nested = 0) {
  let f = stopped(table, line);
  if (f) return f;
  f = errorText(table, line, partOf(table, nested + 1));
  // The message of one may contain the other: the one that starts first is the outer one.
  const logged = logValue(table, line);
  if (logged && (!f || logged.start < f.start)) f = logged;
  f = f ? partOf(table, nested)(f, line) : nested < maxNested ? embedded(table, line, nested).match : null;
  f ??= inPairs(table, line, nested);
  if (!f || f.source === Source.mention && !table.listed.has(f.code)) f = prefer(table, f, mention(table, line));
  if (f) f.unsure ||= isDoubtful(line);
  if (f) return f;
  const phrase = table.match(line);
  const code = phrase ? phrase.code.wire : statusCode(table, line);
  return code ? newMatch(Source.phrase, { code, message: line, text: line }) : null;
}

// Limits the number of brackets in a line that are tried as the start of an object, because each attempt may read the
// whole line.
const maxTries = 8;

// Finds the objects in a line, in JSON or as printed by other programming languages. The first one counts. It is
// automatic only if the others are. within reports whether line[index] is in one of them, so that a match there is part
// of it.
function embedded(table, line, nested, index = -1) {
  let best = null, at = 0;
  for (let i = 0; i < maxTries; i++) {
    at = line.indexOf("{", at);
    if (at < 0 || 0 <= index && index < at) break;
    const { match: f = null, end } = structure(table, line, at, nested);
    if (!best || f?.source === Source.stopped) best = f;
    else if (f && f.code !== best.code && !table.automatic(f.code)) best.mixed = true;
    if (at < index && index < end) return { match: f, within: true };
    at = end;
  }
  return { match: best, within: false };
}

// Returns the match of the object that contains another match in a line, or else the other match.
const partOf = (table, nested) => (f, line) => {
  if (nested >= maxNested) return f;
  const { match: outer, within } = embedded(table, line, nested, f?.start ?? 0);
  return within ? outer : f;
};

// Reads the object at line[at], or the quoted text that consists of it. end is the index to continue from.
function structure(table, line, at, nested) {
  const start = quoteBefore(line, at);
  const quoted = start >= 0 && nested < maxNested ? readString(line, start) : null;
  if (quoted) {
    let { match: f, end } = structure(table, quoted.value, 0, nested + 1);
    const whole = trim(quoted.value.slice(end)) === "";
    if (!whole) f = embedded(table, quoted.value, nested + 1).match; // a message that starts with an object
    if (f) f.unsure ||= !whole || !mayBeResponse(keyBefore(line, start)) || isCited(line, start);
    return { match: f, end: quoted.end };
  }
  const read = readLiteral(line, at);
  if (!read) return { end: at + 1 };
  const f = inObject(table, read.value, nested);
  if (f) f.unsure ||= isCited(line, at);
  return { match: f, end: read.end };
}

// Returns the pairs key=value of a line as [{group, kind, value, start, end}]. The text handler of slog writes them.
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
    if (kind && !inURL(line, start)) pairs.push({ group: key.slice(0, key.lastIndexOf(".") + 1), kind, value, start, end });
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

// Adds a member that may be part of an error. If a key is duplicate, the last one counts.
function note(table, members, kind, value) {
  if (kind !== "error") members[kind] = value;
  else if (!members.code && table.listed.has(value)) members.code = value;
}

// Returns the match for the members of one object or the pairs of one group.
function logged(table, { table: name, revision, code, message = "", task = "" }) {
  if (!code) return null;
  const fields = { code, message, task, text: message };
  if (name === table.name) return newMatch(Source.logValue, { ...fields, code: codeOfText(table, code), unsure: !revision || unknownWithout(table, task) });
  if (name && revision || !plausible(table, code)) return null; // another table, or not a code
  return newMatch(Source.mention, fields);
}

// Returns the match for the output of the generated package's LogValue in a line.
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
      const inner = embedded(table, p.value, nested + 1).match;
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

// Adds texts outside the group of a code to its match.
function complete(f, line, pairs, code) {
  f.text = line;
  f.task ||= pairs.find(p => p.kind === "task")?.value ?? "";
  f.message ||= pairs.find(p => p.kind === "message" && p.value)?.value ?? around(line, code.end - code.value.length, code.end);
}

// Returns the match for an object, which is a response of the service or a log record.
function inObject(table, object, nested = 0) {
  const f = responseIn(table, object);
  if (f) return afterStop(table, f.source ? f : null, object);
  const recorded = inRecord(table, object, nested);
  if (recorded && recorded.source >= Source.errorText) recorded.unsure ||= hasDoubt("", object, 0);
  return afterStop(table, recorded, object);
}

// Returns the match for a response or its record. It is not automatic if another part of the record is doubtful.
function responseIn(table, object) {
  const f = inResponse(table, object);
  if (f?.beside?.some(([, value]) => hasDoubt("", value, 0))) f.unsure = true;
  return f;
}

// Reports whether a text of a record makes the outcome unknown. It checks the same depth as the search for errors.
function hasDoubt(key, value, depth) {
  if (depth > maxWalk) return false;
  if (value instanceof Members) return value.members.some(([key, v]) => hasDoubt(key, v, depth + 1));
  if (Array.isArray(value)) return value.some(v => hasDoubt(key, v, depth + 1));
  return (typeof value === "string" || value instanceof Digits) && isDoubtfulMember(key, textOf(value));
}

// Returns a match in an object, or the stopped poll if the object contains one. The message of a response is ignored,
// because the generated package does not search it for such a text.
function afterStop(table, f, object) {
  if (f?.source === Source.stopped) return f;
  const all = [...stringsOf(object)].filter(text => text.includes(stopText));
  const message = f?.reading ? f.message : "";
  const others = all.filter((text, i) => text !== message || all.indexOf(text) !== i);
  for (const text of others) {
    const match = stopped(table, text);
    if (match) return match;
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

// Limits what may be automatic in a record. In a log record: the output of LogValue, and texts about the error. In an
// object that may be a response of any service, also within a log record: no texts. In a part of an error: nothing.
const Trust = { all: 0, fields: 1, nothing: 2 };

// Returns the match for a log record: a response in it, the output of LogValue, the text of an error, or a code.
function inRecord(table, object, nested) {
  const trust = isError(table, object) ? Trust.nothing : isLogRecord(object) ? Trust.all : Trust.fields;
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

  // Checks the members together first: the message in the output of LogValue may contain anything.
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
    const f = responseIn(this.table, object);
    if (f && (f.beside || !this.table.fields.guessed)) return this.offer(f.source ? f : null);
    const before = this.trust;
    this.trust = isError(this.table, object) ? Trust.nothing : Math.max(before, Trust.fields);
    this.object(key, object, depth);
    this.trust = before;
  }

  // Searches only texts about the error for codes and phrases. Other texts, such as a prompt, may contain the same
  // words with another meaning.
  string(key, text) {
    const identifying = identifyingKeys.has(fold(key));
    let f;
    if (identifying && this.nested < maxNested) f = inLine(this.table, text, this.nested + 1);
    else if (text.startsWith("{") && this.nested < maxNested) f = embedded(this.table, text, this.nested + 1).match;
    else f = errorText(this.table, text, partOf(this.table, this.nested + 1));
    if (f) f.unsure ||= !identifying || this.trust !== Trust.all;
    this.offer(f);
  }
}

// Returns the most reliable match in a pasted text, the first one if there are several, and the number of errors.
export function bestIn(table, text) {
  const transcript = inTranscript(table, text);
  return transcript ? ofResponses(table, transcript) : ofLines(table, text);
}

function ofLines(table, text) {
  let best = null, count = 0, doubt = false;
  const isText = f => f?.source === Source.errorText || f?.source === Source.logValue;
  const take = f => {
    if (f && f.source !== Source.stopped) count++;
    let other = f;
    if (f && f.source > (best?.source ?? 0)) [best, other] = [f, best];
    if (isText(best) && isText(other)) withOther(table, best, other); // they may be parts of a joined error
  };
  for (const record of recordsOf(text)) {
    if (record.line !== undefined) doubt ||= isDoubtful(record.line);
    if (record.line !== undefined) take(inLine(table, record.line));
    else (entries(table, record.object) ?? [inObject(table, record.object)]).forEach(take);
  }
  if (best?.source === Source.stopped) return { best, count };
  if (best && doubt) best.unsure = true;
  if ((best?.source ?? 0) < Source.errorText) {
    const f = embedded(table, text, 0).match; // possibly of several lines
    if (f && doubt) f.unsure = true;
    if (f && f.source > (best?.source ?? 0)) [best, count] = [f, 1];
  }
  if (best?.source !== Source.response) {
    const f = inLine(table, trim(text.replace(spaces, " ")));
    if (!best || f?.source === Source.stopped) take(f);
  }
  return { best, count };
}

// Returns the most reliable match of the HTTP responses of a text and of its other parts.
function ofResponses(table, { matches, rest }) {
  const first = matches.reduce((best, f) => f.source > best.source ? f : best);
  const other = ofLines(table, rest);
  const count = matches.filter(f => f.source).length + other.count;
  if (other.best?.source === Source.stopped || !first.source && other.best) return { best: other.best, count };
  const best = first.source ? first : null;
  if (best && other.best?.source >= Source.errorText) withOther(table, best, other.best);
  if (best) best.unsure ||= isDoubtful(rest);
  return { best, count };
}

// Returns the records of a text: JSON objects, alone or as elements of an array, and lines. Invalid JSON, such as an
// incomplete copy, is a line. It ends at a line end after which JSON cannot continue.
function* recordsOf(text) {
  let at = 0;
  for (;;) {
    const between = /[ \t\n\r\x1e\ufeff]*/y; // includes the first characters of JSON text sequences and files
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
    const continues = "{[,:".includes(before) ? /["{[}\]tfn0-9-]/.test(after) : /["}\]el0-9]/.test(before) && /[,}\]:]/.test(after);
    if (!continues) return end;
  }
  return text.length;
}
