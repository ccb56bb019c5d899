// JSON in its original form: numbers keep all digits, and objects keep duplicate keys.

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

export const maxDepth = 512;

export const isSpaceAt = (text, at) => " \t\n\r".includes(text[at] ?? "x");

// Reads the value that starts at text[at]. Returns {value, end}, or null if it is not valid JSON.
export function readJSON(text, at) {
  const reader = new JSONReader(text, at);
  try {
    const value = reader.value(0);
    return { value, end: reader.at };
  } catch (e) {
    if (e instanceof SyntaxError) return null;
    throw e;
  }
}

class JSONReader {
  constructor(text, at) { this.text = text; this.at = at; }

  fail() { throw new SyntaxError("not JSON"); }

  space() {
    while (isSpaceAt(this.text, this.at)) this.at++;
  }

  // Skips white space and the character. Returns false if the character does not follow.
  skip(character) {
    this.space();
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  value(depth) {
    this.space();
    const first = this.text[this.at];
    if (first === "{" || first === "[") {
      if (depth === maxDepth) this.fail();
      this.at++;
      return first === "{" ? this.object(depth + 1) : this.array(depth + 1);
    }
    return first === '"' ? this.string() : this.plain();
  }

  object(depth) {
    const members = [];
    if (this.skip("}")) return new Members(members);
    do {
      this.space();
      if (this.text[this.at] !== '"') this.fail();
      const key = this.string();
      if (!this.skip(":")) this.fail();
      members.push([key, this.value(depth)]);
    } while (this.skip(","));
    if (!this.skip("}")) this.fail();
    return new Members(members);
  }

  array(depth) {
    const elements = [];
    if (this.skip("]")) return elements;
    do elements.push(this.value(depth)); while (this.skip(","));
    if (!this.skip("]")) this.fail();
    return elements;
  }

  string() {
    const end = quotedEnd(this.text, this.at);
    if (end < 0) this.fail();
    const quoted = this.text.slice(this.at, end);
    this.at = end;
    return JSON.parse(quoted);
  }

  plain() {
    const word = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y;
    word.lastIndex = this.at;
    const found = word.exec(this.text)?.[0] ?? this.fail();
    this.at += found.length;
    const next = this.text[this.at] ?? "";
    if (/[0-9A-Za-z.+-]/.test(next)) this.fail();
    return found === "true" ? true : found === "false" ? false : found === "null" ? null : new Digits(found);
  }
}

// Returns the end of the string that starts with the double quote at text[at], or -1 if it is not closed.
export function quotedEnd(text, at) {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === '"') return i + 1;
  }
  return -1;
}
