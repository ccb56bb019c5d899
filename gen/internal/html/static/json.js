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

// Returns the end of the string that starts with the double quote at text[at], or -1 if it is not closed.
export function quotedEnd(text, at) {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === '"') return i + 1;
  }
  return -1;
}
