// Reads JSON, and objects as printed by Python, JavaScript and Ruby, whose other values become null. Numbers keep all
// digits, and objects keep duplicate keys.

import { skipAny, wordAt } from "./characters.js";
import { isJSON } from "../../typescript/runtime/scan.ts";

// An object. Its members are [key, value], in order.
export class Members {
  constructor(members) { this.members = members; }

  // Returns the value at a path, a list of keys or keys joined by dots. If a key is duplicate, the last one counts.
  at(path) {
    let value = this;
    for (const key of Array.isArray(path) ? path : path.split(".")) {
      if (!(value instanceof Members)) return undefined;
      value = value.members.findLast(([k]) => k === key)?.[1];
    }
    return value;
  }
}

// A number in its original form.
export class Digits {
  constructor(text) { this.text = text; }
}

// Returns a string, the original form of a number, or "" for other values.
export const textOf = value => typeof value === "string" ? value : value instanceof Digits ? value.text : "";

// Returns a value as JSON.
export function jsonOf(value) {
  if (value instanceof Members) return "{" + value.members.map(([key, v]) => JSON.stringify(key) + ":" + jsonOf(v)).join() + "}";
  if (Array.isArray(value)) return "[" + value.map(jsonOf).join() + "]";
  return value instanceof Digits ? value.text : JSON.stringify(value) ?? "null";
}

// Returns the end of the string that starts with the double quote at text[at], or -1 if it is not closed.
export function quotedEnd(text, at) {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === '"') return i + 1;
  }
  return -1;
}

const maxDepth = 512;

// Reads the JSON value that starts at text[at]. Returns {value, end}, or null if it is not valid JSON.
export function readJSON(text, at) {
  const reader = new Reader(text, at, true);
  const value = reader.value(0);
  return value !== undefined && isJSON(text.slice(at, reader.at)) ? { value, end: reader.at } : null;
}

// Reads the object that starts at text[at], in JSON or any other notation. Returns {value, end}, or null if it is not an object.
export function readLiteral(text, at) {
  const reader = new Reader(text, at);
  const value = reader.value(0);
  return value instanceof Members ? { value, end: reader.at } : null;
}

// Reads the string that starts at text[at], in any notation. Returns {value, end} or null.
export function readString(text, at) {
  const reader = new Reader(text, at);
  const value = reader.string();
  return value === undefined ? null : { value, end: reader.at };
}

// Returns the start of the string whose first character is line[at], including the prefix that Python writes before
// bytes. Returns -1 if line[at] does not follow a quote.
export function quoteBefore(line, at) {
  const start = at - 1;
  if (start < 0 || !"\"'".includes(line[start])) return -1;
  return line[start - 1] === "b" && !wordAt(line, start - 2) ? start - 1 : start;
}

const word = "\\w$\\u0080-\\uffff";
const tokens = {
  word: new RegExp(`[${word}]*`, "y"), key: new RegExp(`[${word}.-]*`, "y"), name: new RegExp(`[${word}.]*`, "y"),
  number: new RegExp(`[${word}+.:-]*`, "y"), opaque: /\[[A-Z][^[\]{}'",\n]*\]/y, opening: /[bBuUrRfF]{0,2}['"]|`/y, rest: /[^,\]})]*/y, plain: /[^\\'"`\n\r]*/y,
};
const words = new Map([["true", true], ["True", true], ["false", false], ["False", false]]);

// The methods return undefined if the text does not match. If strict is set, they may read only what JSON contains, so
// that they stop early in other text.
class Reader {
  constructor(text, at, strict = false) { Object.assign(this, { text, at, strict }); }

  token(name) {
    tokens[name].lastIndex = this.at;
    const found = tokens[name].exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  space() { this.at = skipAny(this.text, this.at, " \t\n\r"); }

  // Skips white space and s. Returns false if s does not follow.
  skip(s) {
    this.space();
    if (!this.text.startsWith(s, this.at)) return false;
    this.at += s.length;
    return true;
  }

  value(depth) {
    this.space();
    const first = this.text[this.at] ?? "";
    if (this.strict && !/["{[\-0-9tfn]/.test(first)) return undefined;
    if (first === "[" && this.token("opaque")) return this.named(depth);
    const close = { "{": "}", "[": "]", "(": ")" }[first];
    if (close && depth === maxDepth) return undefined;
    if (close) this.at++;
    if (close) return first === "{" ? this.object(depth + 1) : this.list(close, depth + 1);
    if (first === "<") return this.until(">") ? this.named(depth) : undefined;
    if (first === ":") {
      this.at++;
      return this.token("word") || undefined;
    }
    if (/[-+.0-9]/.test(first)) return this.number();
    return this.strings() ?? this.name(depth);
  }

  object(depth) {
    const members = [];
    if (this.skip("}")) return new Members(members);
    const from = this.at;
    let key = this.key();
    if (key === undefined) { // a set
      this.at = from;
      return this.list("}", depth);
    }
    for (;;) {
      const value = this.value(depth);
      if (value === undefined) return undefined;
      members.push([key, value]);
      const comma = this.skip(",");
      this.more();
      if (this.skip("}")) return new Members(members);
      key = this.key();
      if (key === undefined || !comma) return undefined;
    }
  }

  list(close, depth) {
    const elements = [];
    for (;;) {
      this.more();
      if (this.skip(close)) return elements;
      const value = this.value(depth);
      if (value === undefined) return undefined;
      elements.push(value);
      if (this.skip(",")) continue;
      this.more();
      return this.skip(close) ? elements : undefined;
    }
  }

  // Skips the text that JavaScript prints for omitted elements: "... 3 more items".
  more() { if (!this.strict && this.skip("...")) this.token("rest"); }

  // Reads a key and its separator.
  key() {
    this.space();
    const from = this.at;
    if (this.strict && this.text[from] !== '"') return undefined;
    const symbol = this.text[from] === ":"; // Ruby's :code=>
    let key;
    if (this.text[from] === "[") { // JavaScript's [Symbol(code)]
      if (!this.until("]")) return undefined;
      key = this.text.slice(from, this.at);
    } else {
      if (symbol) this.at++;
      key = this.string() ?? (this.token("key") || undefined);
    }
    if (key === undefined) return undefined;
    return this.skip("=>") || !symbol && this.skip(":") ? key : undefined;
  }

  // Reads a word, or the name of a class with its content.
  name(depth) {
    const name = this.token("name");
    if (!name) return undefined;
    if (words.has(name)) return words.get(name);
    if (["null", "None", "nil", "undefined"].includes(name)) return null;
    if (this.strict) return undefined;
    if (this.text[this.at] === "(" && !this.call()) return undefined;
    return this.named(depth);
  }

  named(depth) {
    const from = this.at;
    this.space();
    if ("{[".includes(this.text[this.at] ?? "x")) return depth < maxDepth ? this.value(depth + 1) : undefined;
    this.at = from;
    return null;
  }

  until(end) {
    const found = this.text.indexOf(end, this.at);
    if (found >= 0) this.at = found + end.length;
    return found >= 0;
  }

  // Skips the arguments of a call. Only brackets and quotes count.
  call() {
    for (let depth = 0; this.at < this.text.length;) {
      const b = this.text[this.at];
      if ("'\"`".includes(b)) {
        if (this.string() === undefined) return false;
        continue;
      }
      if (b === "(") depth++;
      else if (b === ")") depth--;
      this.at++;
      if (depth === 0) return true;
    }
    return false;
  }

  number() {
    const text = this.token("number").replace(/^\+/, "").replace(/[nL]+$/, ""); // a BigInt; a long
    return /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/.test(text) ? new Digits(text) : null;
  }

  // Reads one string or several that are joined: Python and JavaScript (with a plus sign) break long ones.
  strings() {
    let text = this.string();
    while (text !== undefined && !this.strict) {
      const from = this.at;
      this.skip("+");
      this.space();
      const next = this.string();
      if (next === undefined) {
        this.at = from;
        break;
      }
      text += next;
    }
    return text;
  }

  string() {
    const from = this.at;
    const opening = this.token("opening");
    if (!opening) return undefined;
    const quote = opening.at(-1);
    const raw = /r/i.test(opening), bytes = /b/i.test(opening);
    let text = "";
    while (this.at < this.text.length) {
      const b = this.text[this.at];
      if (b === quote) {
        this.at++;
        return bytes ? decode(text) : text;
      }
      if ((b === "\n" || b === "\r") && quote !== "`") break;
      if (b === "\\" && !raw) text += this.escape();
      else text += this.token("plain") || this.take(b === "\\" ? 2 : 1);
    }
    this.at = from;
    return undefined;
  }

  take(length) { return this.text.slice(this.at, this.at += length); }

  escape() {
    const escape = /\\(?:x([0-9a-fA-F]{2})|u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([^])|$)/y;
    escape.lastIndex = this.at;
    const [all, x, braced, u, U, octal, c] = escape.exec(this.text);
    this.at += all.length;
    if (c) return c === "\n" ? "" : escapes[c] ?? c;
    if (u) return String.fromCharCode(parseInt(u, 16)); // may be half of a surrogate pair
    const code = octal ? parseInt(octal, 8) : parseInt(x ?? braced ?? U, 16);
    return all === "\\" ? all : code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code);
  }
}

const escapes = { a: "\x07", b: "\b", e: "\x1b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

// Decodes a text whose characters below 0x100 are bytes.
function decode(text) {
  if (!/[\x80-\xff]/.test(text) || /[^\0-\xff]/.test(text)) return text;
  return new TextDecoder().decode(Uint8Array.from(text, c => c.charCodeAt(0)));
}
