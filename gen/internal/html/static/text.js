// Errors in a line of text: what the generated package writes of one, pairs such as code=x, and a code between brackets.
// Each function returns a finding, or null: {source, code, message, task, text, start, mixed, unsure}. It is unsure where
// nothing makes anything automatic, as in a message.

import { endWithout, fold, skipAny, trim, wordAt } from "./characters.js";
import { quotedEnd } from "./json.js";
import { inAddress, keyKind, otherCode, plausible, tellingKeys } from "./keys.js";

// Where a finding comes from; a greater one is more certain.
export const Source = { phrase: 1, mention: 2, errorText: 3, logValue: 4, response: 5, lost: 6 };

export const finding = (source, fields) => ({ source, code: "", message: "", task: "", text: "", start: 0, mixed: false, unsure: false, ...fields });

const taskOpen = " (task ";
const isStandard = rest => rest === "" || rest.startsWith(": ") || rest.startsWith(taskOpen);

// The text of an Error: "evolink: quota_exceeded: too many requests (task t-1)". The first one counts; the codes of all
// have to agree before anything is automatic. A text in quotes, or of a key that is not one for what happened, may be cited
// only. What an object in JSON is around, reads around(text, place).
export function errorText(table, line, around) {
  const prefix = table.name + ": ";
  const quotes = new QuotedValues(line);
  let first = null, another = false; // whether the package says something before it that is no Error
  for (let i = line.indexOf(prefix); i >= 0; i = line.indexOf(prefix, i + prefix.length)) {
    if (wordAt(line, i - 1) && !endsInEscape(line, i)) continue;
    const rest = line.slice(i + prefix.length);
    if (first) {
      const other = codeAfter(table, rest);
      if (!other) first.unsure = true; // what the package says of something that is not an Error
      else if (other.code !== first.code && !table.automatic(other.code)) first.mixed = true;
      continue;
    }
    const value = quotes.around(i);
    if (value !== null) {
      let inner = errorText(table, value.text, around);
      if (around) inner = around(inner, value.text);
      return inner && { ...inner, start: i, unsure: inner.unsure || !isTelling(keyBefore(line, value.quote)) || isCited(line, value.quote) };
    }
    first = afterPrefix(table, rest);
    if (first) Object.assign(first, { start: i, unsure: first.unsure || another || isCited(line, i) });
    another = true;
  }
  return first;
}

// Whether text[..end] ends in the escape of a line end or a tab.
const endsInEscape = (text, end) => /^\\[nrt]$/.test(text.slice(Math.max(0, end - 2), end));

// Whether line[at] is in quotes that are open there. A quote behind a backslash may be one or not.
export const isCited = (line, at) =>
  isQuoted(line, at, false) || isQuoted(line, at, true) || "“”„‘’«»".includes(line[at - 1] ?? " ");

// An apostrophe within a word is no quote.
function isQuoted(line, at, escapes) {
  const open = { '"': false, "`": false, "'": false };
  for (let i = 0; i < at; i++) {
    const c = line[i];
    if (c === "\\" && escapes) i++;
    else if (c in open && !(c === "'" && wordAt(line, i - 1) && wordAt(line, i + 1))) open[c] = !open[c];
  }
  return Object.values(open).includes(true);
}

// The key of the pair whose value begins at line[at]: of key=value, key: value or "key": value. It is "" for an element of a
// list, and "err" for what is neither, such as a text of its own.
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

const isTelling = key => tellingKeys.has(fold(key));

// Whether a key is one for a response as text, and not for a message, which may cite one.
export const mayBeResponse = key => isTelling(key) && !["message", "msg", "detail", "details", "reason", "event"].includes(fold(key));

export const stopText = "stopped polling task ";

// The text of a PollError anywhere in a text. Whatever else the text holds, such as the error of the submission that a
// program joined it with, the outcome is unknown.
export function stopped(table, text) {
  const stop = table.name + ": " + stopText;
  const quotes = new QuotedValues(text);
  for (let i = text.indexOf(stop); i >= 0; i = text.indexOf(stop, i + 1)) {
    if (wordAt(text, i - 1) && !endsInEscape(text, i)) continue;
    const value = quotes.around(i)?.text ?? "";
    const at = value.indexOf(stop);
    const behind = at < 0 ? text.slice(i + stop.length) : value.slice(at + stop.length);
    return finding(Source.lost, { task: stoppedTask(behind), message: stopText + behind });
  }
  return null;
}

// The task that the text of a PollError names. What a program wrote around a text without a reason is not part of it.
function stoppedTask(s) {
  const id = s.split(": ", 1)[0].split("\n", 1)[0];
  const end = id.indexOf(")");
  return end >= 0 && !id.slice(0, end).includes("(") ? id.slice(0, end) : id;
}

// Texts of errors after which the outcome of a submission is unknown, as Go's standard library and common clients write
// them, and that of another table's PollError. In text they cannot be told from a part of the message.
const interruptions = [
  "stopped polling task", "context deadline exceeded", "context canceled", "i/o timeout", "EOF", "TLS handshake timeout",
  "Client.Timeout exceeded", "Operation timed out", "operation timed out", "Connection timed out",
  "connection timed out", "Read timed out", "read timed out", "Request timed out", "request timed out", "ETIMEDOUT",
  "connection reset", "Connection reset", "connection refused", "connection broken", "connection was lost",
  "connection lost", "Connection aborted", "closed network connection", "broken pipe", "Broken pipe", "stream error",
  "GOAWAY", "transport is closing", "Empty reply from server", "socket hang up", "ECONNRESET",
];

// 408 and HTTP statuses from 500 up, behind a word for a status, or at the start with a reason.
const refusals = /^[ \t<]*(?:408|5[0-9][0-9]) [A-Z]|(?:http(?:\/[0-9](?:\.[0-9])?)?|status|code)["']?[ =:>]{1,4}["']?(?:408|5[0-9][0-9])\b/i;

// Whether the outcome of a submission is unknown after the text of an error, as words of their own, or after an HTTP status.
export const isDoubtful = text => isInterrupted(text) || refusals.test(text);

function isInterrupted(text) {
  for (const each of interruptions) {
    for (let i = text.indexOf(each); i >= 0; i = text.indexOf(each, i + each.length)) {
      if ((!wordAt(text, i - 1) || endsInEscape(text, i)) && !wordAt(text, i + each.length)) return true;
    }
  }
  return false;
}

// The same of a text of a record, with its key.
export const isDoubtfulMember = (key, text) => isInterrupted(text) || refusals.test(key + "=" + text);

function afterPrefix(table, s) {
  const found = codeAfter(table, s);
  if (!found) return null;
  let rest = found.rest;
  if (!isStandard(rest)) rest = " " + rest.slice(skipAny(rest, 0, " ,;:.!?"));
  if (rest.startsWith(": ")) rest = rest.slice(2);
  const { message, task } = cutTask(rest);
  return finding(Source.errorText, { code: found.code, text: found.rest, message: trim(message), task, unsure: unknownWithout(table, task) });
}

// Whether an Error in text leaves the outcome open because it names no task: the text does not tell which HTTP status it has.
export const unknownWithout = ({ response: r }, task) => !task && !!r?.status && !!r.code;

// The code that follows the name of the table, and what follows that. In text of another form it has to be listed.
function codeAfter(table, s) {
  const cut = cutCode(s);
  if (!cut || isStandard(cut.rest)) return cut && { ...cut, code: unnamed(table, cut.code) };
  const code = cut.code.slice(0, endWithout(cut.code, cut.code.length, ",;.!?"));
  return table.listed.has(code) && s !== "no error" ? { code, rest: cut.rest } : null; // how Go writes that there is none
}

// The number in Code(9), which is how codes without a name are written; any other code as it is.
const unnamed = (table, code) => table.integer ? /^Code\((.*)\)$/s.exec(code)?.[1] ?? code : code;

// A code as the generated package writes it: plain, or quoted if it could be taken for something else.
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

// What LogValue wrote as text.
export function codeOfText(table, s) {
  const cut = cutCode(s);
  return cut && cut.rest === "" ? unnamed(table, cut.code) : s;
}

// Cuts the task off a message: the last "(task ID)". What stands behind it goes with the message.
function cutTask(s) {
  const start = s.lastIndexOf(taskOpen);
  const end = start < 0 ? -1 : s.indexOf(")", start);
  const task = end < 0 ? "" : s.slice(start + taskOpen.length, end);
  return task ? { message: s.slice(0, start) + s.slice(end + 1), task } : { message: s, task: "" };
}

const escapes = { a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

// A text in double quotes as Go writes it, without quotes and escapes; null if it is none.
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

// The values of pairs key="value" of a line, for places that are asked for in order.
class QuotedValues {
  constructor(line) {
    this.line = line;
    this.at = 0; // no value that begins before has to be looked at again
    this.next = -1; // where the next equals sign with a quote stands
  }

  // The value that a place lies in, without its quotes and escapes, and where its opening quote is; null if there is none.
  around(place) {
    while (this.at < place) {
      if (this.next < this.at) {
        const i = this.line.indexOf('="', this.at);
        this.next = i < 0 ? Infinity : i;
      }
      const start = this.next + 1;
      if (start >= place) {
        this.at = place - 1;
        return null;
      }
      const end = quotedEnd(this.line, start);
      if (end > place) {
        const text = unquote(this.line.slice(start, end));
        return text === null ? null : { text, quote: start };
      }
      this.at = end < 0 ? this.line.length : end;
    }
    return null;
  }
}

// A code after a key for codes, as in "code": "x" and code=x, or a listed one between brackets, as in [x].
export function mention(table, line) {
  let best = null;
  const offer = (code, start, end) => {
    best = prefer(table, best, finding(Source.mention, { code, message: around(line, start, end), text: line }));
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
    if (keyKind(line.slice(start, end)) !== "code" || inAddress(line, start)) continue;
    const { code, from, loose } = valueAfter(line, end);
    if (!code || !plausible(table, code)) continue;
    // "code: word" is also how a sentence goes on.
    if (!table.listed.has(code) && (otherCode(line.slice(0, start)) || loose && !/[_.0-9-]/.test(code))) continue;
    offer(code, from, from + code.length);
    word.lastIndex = from + code.length;
  }
}

// The value after a key that ends at line[at]. It is loose if neither an equals sign nor quotes set it off from prose.
function valueAfter(line, at) {
  at = skipAny(line, skipAny(line, at, "\\\"'"), " ");
  if (line[at] !== "=" && line[at] !== ":") return {};
  const colon = line[at] === ":";
  at = skipAny(line, at + 1, " ");
  const from = skipAny(line, at, "\\\"'");
  let end = from;
  while (end < line.length && (wordAt(line, end) || "-.:/".includes(line[end]) || line[end] >= "\x80")) end++;
  if (from === at) end = Math.max(from, endWithout(line, end, ".:/-")); // the end of a sentence, not of the code
  return { code: line.slice(from, end), from, loose: colon && from === at };
}

// What stands behind a word is an index or an argument.
function bracketed(table, line, offer) {
  for (let i = line.indexOf("["); i >= 0; i = line.indexOf("[", i + 1)) {
    const inside = line.slice(i + 1, i + 2 + table.longest);
    const end = inside.indexOf("]");
    if (end >= 0 && table.listed.has(inside.slice(0, end)) && !wordAt(line, i - 1)) offer(inside.slice(0, end), i + 1, i + 1 + end);
  }
}

// What a line says beside the code at line[start..end]: what follows it, or what goes before if nothing does.
export function around(line, start, end) {
  const behind = line.slice(skipAny(line, end, " \t\r\n]})>\"'`,;:.|-"));
  return behind || trim(line.slice(0, Math.max(0, start - 1)));
}

// A finding as one of two in parts of the same error: automatic only if both codes are.
export function withOther(table, f, other) {
  if (f.code !== other.code && !table.automatic(other.code)) f.mixed = true;
  return f;
}

// Chooses between two codes of a line: a listed one, else the first. If they differ, both have to be automatic for
// anything to be.
export function prefer(table, f, other) {
  if (!other || f && f.code === other.code) return f;
  if (!f) return other;
  if (table.listed.has(other.code) && !table.listed.has(f.code)) [f, other] = [other, f];
  f.mixed ||= other.mixed || !table.automatic(other.code);
  return f;
}
