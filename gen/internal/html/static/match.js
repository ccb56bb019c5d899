// Phrases are literal text with <num> and <any> that may occur anywhere in a message. A phrase has the meaning of a
// regular expression. All ways through it are followed in parallel, one character at a time (Pike's method), so that
// matching takes linear time. ASCII letters match in either case, and white space matches any white space. If a phrase
// starts or ends with a word, a word must start or end there in the message.

import { fold, isDigit, isSpace, wordAt } from "./characters.js";

const isNumberSign = c => c === 46;
const anything = c => c === c; // NaN follows the last character

// A phrase is a program. Its steps take one character that passes a test, split into two ways, mark the start or end of
// a placeholder, or end the match. The first way of a split is preferred.
export class Phrase {
  constructor(source) {
    this.steps = [];
    this.names = []; // names of placeholders by mark, each twice
    this.hint = ""; // longest literal text, which every matching message contains
    const token = /\\([<\\])|<(num|any)(?::([a-z][a-z0-9_]*))?>|[\t-\r ]+|[^]/g;
    let literal = "", first = true, last = "";
    for (const [text, escaped, kind, name] of source.matchAll(token)) {
      const space = isSpace(text.charCodeAt(0));
      last = kind || space ? "" : fold(escaped ?? text);
      if (first) this.beginsWord = wordAt(last, 0);
      first = false;
      literal = last && literal + last;
      if (literal.length > this.hint.length) this.hint = literal;
      if (kind) this.placeholder(kind, name);
      else if (space) this.run(isSpace);
      else this.take(last.charCodeAt(0));
    }
    this.endsWord = wordAt(last, 0);
    this.steps.push({ end: true });
  }

  take(code) { this.steps.push({ test: c => c === code }); }

  // Takes one or more characters, as many as possible.
  run(test) {
    const begin = this.steps.push({ test }) - 1;
    this.steps.push({ split: [begin, begin + 2] });
  }

  placeholder(kind, name) {
    if (name) this.mark(name);
    if (kind === "num") this.number();
    else this.gap();
    if (name) this.mark(name);
  }

  mark(name) {
    this.names.push(name);
    this.steps.push({ mark: true });
  }

  // [0-9]+(\.[0-9]+)?
  number() {
    this.run(isDigit);
    const at = this.steps.length;
    this.steps.push({ split: [at + 1, at + 4] }, { test: isNumberSign });
    this.run(isDigit);
  }

  // .*?
  gap() {
    const at = this.steps.length;
    this.steps.push({ split: [at + 3, at + 1] }, { test: anything }, { jump: at });
  }

  // Finds the phrase in a folded message. Returns its marks, or null.
  find(message) {
    if (!message.includes(this.hint)) return null;
    const search = new Search(this, message);
    for (let at = 0; ; at++) {
      if (!search.found && !(this.beginsWord && wordAt(message, at - 1))) search.follow(0, at, []);
      if (search.step(at) || at === message.length) return search.found;
    }
  }
}

class Search {
  constructor(phrase, message) {
    this.phrase = phrase;
    this.message = message;
    this.seen = new Int32Array(phrase.steps.length).fill(-1); // by step: the last index at which a way reached it
    this.ways = []; // [step, marks], the preferred first
    this.found = null;
  }

  // Follows a way to the next steps that take a character, before message[at].
  follow(i, at, marks) {
    if (this.seen[i] === at) return;
    this.seen[i] = at;
    const step = this.phrase.steps[i];
    if (step.split) for (const next of step.split) this.follow(next, at, marks);
    else if (step.jump !== undefined) this.follow(step.jump, at, marks);
    else if (step.mark) this.follow(i + 1, at, [...marks, at]);
    else if (!step.end || !(this.phrase.endsWord && wordAt(this.message, at))) this.ways.push([step, i, marks]);
  }

  // Takes the character at message[at]. Returns whether the search is complete.
  step(at) {
    const ways = this.ways;
    const c = this.message.charCodeAt(at);
    this.ways = [];
    for (const [step, i, marks] of ways) {
      if (step.end) {
        this.found = marks;
        break; // the other ways are less preferred
      }
      if (step.test(c)) this.follow(i + 1, at + 1, marks);
    }
    return this.found !== null && (this.ways.length === 0 || this.phrase.names.length === 0);
  }
}

// Limits matching to the first 64 KiB of a message in UTF-8, without a partial character.
const maxMessage = 64 << 10;

export function head(message) {
  if (message.length <= maxMessage / 3) return message; // a UTF-16 unit has at most three bytes
  const { read } = new TextEncoder().encodeInto(message, new Uint8Array(maxMessage));
  return message.slice(0, read);
}

// Returns {entry, values} for the first entry whose phrase occurs in the message, or null.
export function choose(entries, message) {
  const folded = fold(head(message));
  for (const entry of entries) {
    const marks = entry.phrase.find(folded);
    if (!marks) continue;
    const values = new Map();
    for (let i = 0; i < marks.length; i += 2) values.set(entry.phrase.names[i], message.slice(marks[i], marks[i + 1]));
    return { entry, values };
  }
  return null;
}
