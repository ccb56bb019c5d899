// Finds errors in a line of text: texts of the generated package, pairs such as code=x, and a code in brackets. Each
// function returns a match {source, code, message, task, text, start, mixed, unsure}, or null. If unsure is set,
// nothing is automatic, as for a code in a message.

import { endWithout, fold, skipAny, wordAt } from "./characters.js";
import { quotedEnd } from "./values.js";
import { inURL, keyKind, otherCode, plausible, identifyingKeys } from "./keys.js";
import { trim } from "../../typescript/runtime/text.ts";

// Sources of matches, the most reliable last.
export const Source = { phrase: 1, mention: 2, errorText: 3, logValue: 4, response: 5, stopped: 6 };

export const newMatch = (source, fields) => ({ source, code: "", message: "", task: "", text: "", start: 0, mixed: false, unsure: false, ...fields });

const taskOpen = " (task ";
const isStandard = rest => rest === "" || rest.startsWith(": ") || rest.startsWith(taskOpen);

// Matches the text of an Error: "evolink: quota_exceeded: too many requests (task t-1)". The first one counts. It is
// automatic only if the codes of all are. A quoted text, or the value of a key that is not about the error, may be a
// quotation. around(match, text) returns the match of the JSON object around a match.
export function errorText(table, line, around) {
  const prefix = table.name + ": ";
  const valueAround = quotedValues(line);
  let first = null, another = false; // whether the package wrote another text before it
  for (let i = line.indexOf(prefix); i >= 0; i = line.indexOf(prefix, i + prefix.length)) {
    if (wordAt(line, i - 1) && !endsInEscape(line, i)) continue;
    const rest = line.slice(i + prefix.length);
    if (first) {
      const other = codeAfter(table, rest);
      if (!other) first.unsure = true; // a text of the package that is not an Error
      else if (other.code !== first.code && !table.automatic(other.code)) first.mixed = true;
      continue;
    }
    const value = valueAround(i);
    if (value !== null) {
      let inner = errorText(table, value.text, around);
      if (around) inner = around(inner, value.text);
      return inner && { ...inner, start: i, unsure: inner.unsure || !isIdentifying(keyBefore(line, value.quote)) || isCited(line, value.quote) };
    }
    first = afterPrefix(table, rest);
    if (first) Object.assign(first, { start: i, unsure: first.unsure || another || isCited(line, i) });
    another = true;
  }
  return first;
}

// Reports whether text[..end] ends with the escape sequence of a line end or a tab.
const endsInEscape = (text, end) => /^\\[nrt]$/.test(text.slice(Math.max(0, end - 2), end));

// Reports whether line[at] is in quotes. A quote after a backslash may or may not count.
export const isCited = (line, at) =>
  isQuoted(line, at, false) || isQuoted(line, at, true) || "“”„‘’«»".includes(line[at - 1] ?? " ");

// An apostrophe within a word is not a quote.
function isQuoted(line, at, escapes) {
  const open = { '"': false, "`": false, "'": false };
  for (let i = 0; i < at; i++) {
    const c = line[i];
    if (c === "\\" && escapes) i++;
    else if (c in open && !(c === "'" && wordAt(line, i - 1) && wordAt(line, i + 1))) open[c] = !open[c];
  }
  return Object.values(open).includes(true);
}

// Returns the key of the pair whose value starts at line[at]: key=value, key: value or "key": value. Returns "" for an
// element of a list, and "err" for other texts.
export function keyBefore(line, at) {
  let end = endWithout(line, at, " ");
  const last = line[end - 1] ?? "x";
  if ("[,".includes(last)) return "";
  if (!"=:>".includes(last)) return "err";
  end = endWithout(line, endWithout(line, end, "=:> "), "\"'\\");
  let start = end;
  while (start > 0 && wordAt(line, start - 1)) start--;
  return line.slice(start, end);
}

const isIdentifying = key => identifyingKeys.has(fold(key));

// Reports whether the value of a key may be a response as text. It must not be a message, which may quote one.
export const mayBeResponse = key => isIdentifying(key) && !["message", "msg", "detail", "details", "reason", "event"].includes(fold(key));

export const stopText = "stopped polling task ";

// Matches the text of a PollError anywhere in a text. The outcome is then unknown, even if the text also contains the
// error of a submission that a program joined with it.
export function stopped(table, text) {
  const stop = table.name + ": " + stopText;
  const valueAround = quotedValues(text);
  for (let i = text.indexOf(stop); i >= 0; i = text.indexOf(stop, i + 1)) {
    if (wordAt(text, i - 1) && !endsInEscape(text, i)) continue;
    const value = valueAround(i)?.text ?? "";
    const at = value.indexOf(stop);
    const rest = at < 0 ? text.slice(i + stop.length) : value.slice(at + stop.length);
    return newMatch(Source.stopped, { task: stoppedTask(rest), message: stopText + rest });
  }
  return null;
}

// Returns the task in the text of a PollError. If the text has no reason, it excludes text that a program wrote around
// it.
function stoppedTask(s) {
  const id = s.split(": ", 1)[0].split("\n", 1)[0];
  const end = id.indexOf(")");
  return end >= 0 && !id.slice(0, end).includes("(") ? id.slice(0, end) : id;
}

// Texts of errors after which the outcome of a submission is unknown, as written by Go's standard library and common
// clients, and the text of other tables' PollError. They cannot be distinguished from a part of the message.
const interruptions = new RegExp("(?:(?<!\\w)|(?<=\\\\[nrt]))(?:" + [
  "stopped polling task", "context deadline exceeded", "context canceled", "i/o timeout", "EOF", "TLS handshake timeout",
  "Client.Timeout exceeded", "Operation timed out", "operation timed out", "Connection timed out",
  "connection timed out", "Read timed out", "read timed out", "Request timed out", "request timed out", "ETIMEDOUT",
  "connection reset", "Connection reset", "connection refused", "connection broken", "connection was lost",
  "connection lost", "Connection aborted", "closed network connection", "broken pipe", "Broken pipe", "stream error",
  "GOAWAY", "transport is closing", "Empty reply from server", "socket hang up", "ECONNRESET",
].join("|") + ")(?!\\w)");

// Matches 408 and HTTP statuses from 500, after a word for a status, or at the start with a reason.
const refusals = /^[ \t<]*(?:408|5[0-9][0-9]) [A-Z]|(?:http(?:\/[0-9](?:\.[0-9])?)?|status|code)["']?[ =:>]{1,4}["']?(?:408|5[0-9][0-9])\b/i;

// Reports whether the outcome of a submission is unknown after the text of an error or an HTTP status.
export const isDoubtful = text => interruptions.test(text) || refusals.test(text);

// Like isDoubtful, for a text of a record with its key.
export const isDoubtfulMember = (key, text) => interruptions.test(text) || refusals.test(key + "=" + text);

function afterPrefix(table, s) {
  const found = codeAfter(table, s);
  if (!found) return null;
  let rest = found.rest;
  if (!isStandard(rest)) rest = " " + rest.slice(skipAny(rest, 0, " ,;:.!?"));
  if (rest.startsWith(": ")) rest = rest.slice(2);
  const { message, task } = cutTask(rest);
  return newMatch(Source.errorText, { ...cutSubtype(table, found.code), text: found.rest, message: trim(message), task, unsure: unknownWithout(table, task) });
}

// Splits the subtype from a code, which the text of an Error contains if the message does not select it.
function cutSubtype(table, text) {
  const i = text.lastIndexOf("/");
  const code = text.slice(0, i), subtype = text.slice(i + 1);
  const isSubtype = i >= 0 && !table.listed.has(text) && table.lookup(code)?.subtypes.some(s => s.name === subtype);
  return isSubtype ? { code, subtype } : { code: text };
}

// Reports whether an Error in text is not automatic because the text contains less than the response, or because the
// outcome is unknown without a task. Its HTTP status is unknown.
export const unknownWithout = ({ fields, format }, task) => fields.hides || !task && format.tasks && !fields.guessed;

// Returns the code after the name of the table, and the rest. In text of another form, only listed codes count.
function codeAfter(table, s) {
  const cut = cutCode(s);
  if (!cut || isStandard(cut.rest)) return cut && { ...cut, code: unnamed(table, cut.code) };
  const code = cut.code.slice(0, endWithout(cut.code, cut.code.length, ",;.!?"));
  return table.listed.has(code) && s !== "no error" ? { code, rest: cut.rest } : null; // a nil *Error has the text "no error"
}

// Returns the number in Code(9), the form of codes without a name, or the unchanged code.
const unnamed = (table, code) => table.integer ? /^Code\((.*)\)$/s.exec(code)?.[1] ?? code : code;

// Cuts off a code as written by the generated package: plain, or quoted if it could be ambiguous.
function cutCode(s) {
  if (s.startsWith("no code") && isStandard(s.slice(7))) return { code: "", rest: s.slice(7) };
  const status = /^HTTP [-0-9]+/.exec(s)?.[0];
  if (status) return { code: "", rest: s.slice(status.length) };
  if (s[0] === '"') {
    const end = quotedEnd(s, 0);
    const code = end < 0 ? null : unquote(s.slice(0, end));
    return code === null ? null : { code, rest: s.slice(end) };
  }
  const end = s.search(/[\0- :"'[\]{}]|[\p{C}\p{Zl}\p{Zp}]|$/u);
  return end > 0 ? { code: s.slice(0, end), rest: s.slice(end) } : null;
}

// Returns the code that LogValue wrote as text.
export function codeOfText(table, s) {
  const cut = cutCode(s);
  return cut && cut.rest === "" ? unnamed(table, cut.code) : s;
}

// Cuts the last "(task ID)" off a message. Text after it is part of the message.
function cutTask(s) {
  const start = s.lastIndexOf(taskOpen);
  const end = start < 0 ? -1 : s.indexOf(")", start);
  const task = end < 0 ? "" : s.slice(start + taskOpen.length, end);
  return task ? { message: s.slice(0, start) + s.slice(end + 1), task } : { message: s, task: "" };
}

const escapes = { a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

// Returns the value of a text in double quotes in Go syntax, or null if it is invalid.
export function unquote(quoted) {
  let valid = !quoted.includes("\n");
  const escape = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.)|$)/gs;
  const text = quoted.slice(1, -1).replace(escape, (_, x, u, U, octal, c) => {
    if (c) valid &&= c in escapes || c === "\\" || c === '"';
    if (c) return escapes[c] ?? c;
    const code = octal ? parseInt(octal, 8) : parseInt(x ?? u ?? U, 16);
    valid &&= code <= 0x10ffff && !(octal && code > 255);
    return !valid || (x || octal) && code > 0x7f ? "\ufffd" : String.fromCodePoint(code);
  });
  return valid ? text : null;
}

// Returns a function that returns the value of the pair key="value" in a line that contains an index, without quotes and
// escape sequences, and the index of its opening quote; null without a string. Indexes must increase.
function quotedValues(line) {
  let start = 0, end = 0; // of the last value
  return index => {
    while (end <= index) {
      start = line.indexOf('="', end) + 1;
      end = start > 0 ? quotedEnd(line, start) : -1;
      if (end < 0) start = end = Infinity;
    }
    const text = start < index ? unquote(line.slice(start, end)) : null;
    return text === null ? null : { text, quote: start };
  };
}

// Matches a code after a key for codes, as in "code": "x" and code=x, or a listed code in brackets, as in [x].
export function mention(table, line) {
  let best = null;
  const offer = (code, start, end) => {
    best = prefer(table, best, newMatch(Source.mention, { code, message: around(line, start, end), text: line }));
  };
  keyed(table, line, offer);
  bracketed(table, line, offer);
  return best;
}

function keyed(table, line, offer) {
  const word = /code|Code|CODE/g;
  while (word.exec(line)) {
    const end = word.lastIndex;
    let start = end - 4;
    while (start > 0 && end - start <= "error_code".length && wordAt(line, start - 1)) start--;
    if (keyKind(line.slice(start, end)) !== "code" || inURL(line, start)) continue;
    const { code, from, loose } = valueAfter(line, end);
    if (!code || !plausible(table, code)) continue;
    // "code: word" may also be part of a sentence.
    if (!table.listed.has(code) && (otherCode(line.slice(0, start)) || loose && !/[_.0-9-]/.test(code))) continue;
    offer(code, from, from + code.length);
    word.lastIndex = from + code.length;
  }
}

// Returns the value after a key that ends at line[at]. It is loose if neither an equals sign nor quotes separate it
// from prose.
function valueAfter(line, at) {
  at = skipAny(line, skipAny(line, at, "\\\"'"), " ");
  if (line[at] !== "=" && line[at] !== ":") return {};
  const colon = line[at] === ":";
  at = skipAny(line, at + 1, " ");
  const from = skipAny(line, at, "\\\"'");
  let end = from;
  while (end < line.length && (wordAt(line, end) || "-.:/".includes(line[end]) || line[end] >= "\x80")) end++;
  if (from === at) end = Math.max(from, endWithout(line, end, ".:/-")); // exclude the end of a sentence
  return { code: line.slice(from, end), from, loose: colon && from === at };
}

// Ignores brackets after a word, which contain an index or an argument.
function bracketed(table, line, offer) {
  for (let i = line.indexOf("["); i >= 0; i = line.indexOf("[", i + 1)) {
    const inside = line.slice(i + 1, i + 2 + table.longest);
    const end = inside.indexOf("]");
    if (end >= 0 && table.listed.has(inside.slice(0, end)) && !wordAt(line, i - 1)) offer(inside.slice(0, end), i + 1, i + 1 + end);
  }
}

// Returns the text after the code at line[start..end], or the text before it if none follows.
export function around(line, start, end) {
  const after = line.slice(skipAny(line, end, " \t\r\n]})>\"'`,;:.|-"));
  return after || trim(line.slice(0, Math.max(0, start - 1)));
}

// Marks a match in parts of the same error. It is automatic only if both codes are.
export function withOther(table, f, other) {
  if (f.code !== other.code && !table.automatic(other.code)) f.mixed = true;
  return f;
}

// Chooses between two codes of a line: a listed one, or else the first. If they differ, the result is automatic only if
// both are.
export function prefer(table, f, other) {
  if (!other || f && f.code === other.code) return f;
  if (!f) return other;
  if (table.listed.has(other.code) && !table.listed.has(f.code)) [f, other] = [other, f];
  f.mixed ||= other.mixed || !table.automatic(other.code);
  return f;
}
