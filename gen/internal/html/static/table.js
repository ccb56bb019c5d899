// Reads the table from the page: visible data from the elements, the rest from the data block.

import { isNumber } from "./characters.js";
import { all, partOf } from "./dom.js";
import { classifyAt, decisionOfOwner, valuesIn } from "../../typescript/runtime/decide.ts";
import { Phrases } from "../../typescript/runtime/phrases.ts";
import { listed } from "../../typescript/runtime/table.ts";

// Returns the retry settings of an element. Waits are in nanoseconds; [0, 0] means no wait.
const retryOf = element => ({
  action: actions.find(a => element.classList.contains(a)),
  automatic: element.classList.contains("auto"),
  throttle: element.classList.contains("throttle"),
  wait: element.dataset.wait?.split(" ").map(Number) ?? [0, 0],
});

const actions = ["unknown", "fix", "retry", "wait", "resubmit", "check", "support", "never"];
export const repeats = action => action === "retry" || action === "wait";

// Reports whether after allows more than before.
export function isLooser(before, after) {
  return before.action === "never" && after.action !== "never" || after.automatic && !before.automatic ||
    repeats(after.action) && (after.wait[0] < before.wait[0] || after.wait[1] < before.wait[1]);
}

// Returns retry settings that are at least as strict as both.
export function stricter(retry, other) {
  const action = other.action === "never" ? "never" : retry.action;
  const automatic = repeats(action) && retry.automatic && other.automatic;
  const wait = repeats(action) ? retry.wait.map((w, i) => Math.max(w, other.wait[i])) : [0, 0];
  return { ...retry, action, automatic, wait };
}

// Returns the settings that the run time of generated modules needs.
const settings = (code, subtype) => {
  const { retry } = subtype ?? code;
  return { code, subtype, retry, charged: code.charged, automatic: retry.automatic, wait: { minMs: retry.wait[0], maxMs: retry.wait[1] } };
};

export class Table {
  constructor(data) {
    Object.assign(this, data);
    this.codes = all("article").map(readCode);
    this.listed = new Map();
    for (const code of this.codes) for (const wire of code.wires) this.listed.set(wire, code);
    this.longest = Math.max(...[...this.listed.keys()].map(wire => wire.length));
    this.numeric = this.integer || [...this.listed.keys()].some(isNumber);
    this.unlisted = { action: this.unlisted, automatic: false, throttle: false, wait: [0, 0] };
    this.rules = this.readRules();
  }

  // Codes that the page does not show share the index after the last one, with no code.
  readRules() {
    const subtypes = this.codes.flatMap(code => code.subtypes.map(s => settings(code, s)));
    subtypes.forEach(({ subtype }, i) => { subtype.index = i; });
    let count = 0;
    return {
      codes: [...this.codes.map(code => settings(code, null)), settings({ retry: this.unlisted }, null)],
      subtypes,
      first: [0, ...this.codes.map(code => count += code.subtypes.length), count],
      wires: new Map(this.codes.flatMap((code, i) => code.wires.map(wire => [wire, i]))),
      integers: this.integer,
      prefixes: this.prefixes ?? [],
      phrases: new Phrases(this.phrases.map(([text, owner, names, search]) => ({ text, owner, names, search }))),
      fallbacks: new Map(subtypes.flatMap(({ code, subtype }, i) => subtype === code.fallback ? [[this.codes.indexOf(code), i]] : [])),
      stricter: this.stricter ?? [],
      hidden: this.hidden ?? [],
      pending: this.pending ?? [],
      names: subtypes.map(({ subtype }) => subtype.name),
      values: new Map(this.values),
    };
  }

  index(wire) { return listed(this.rules, wire).code; }

  // Returns the code for a wire value, or undefined. It may be listed by a prefix.
  lookup(wire) { return this.codes[this.index(wire)]; }

  // Returns the decision for a code and its message. The message can only select a subtype.
  classify(wire, message) {
    const index = this.index(wire);
    if (index < 0) return { code: null, subtype: null, retry: this.unlisted, values: new Map() };
    const { code, subtype, retry, automatic } = classifyAt(this.rules, index, message);
    return { code, subtype, retry: { ...retry, automatic }, values: valuesIn(this.rules, index, message) };
  }

  // Returns the code and subtype of the phrase of a text without a code, or null.
  match(message) {
    const { phrases, codes, subtypes } = this.rules;
    const phrase = phrases.find(message, -codes.length, subtypes.length - 1);
    return phrase ? decisionOfOwner(this.rules, phrase.owner) : null;
  }

  // Reports whether clients may retry automatically after a code without a message.
  automatic(wire) { return this.classify(wire, "").retry.automatic; }
}

export const phraseSelects = (table, message) => table.match(message) !== null;

function readCode(element) {
  const heading = element.querySelector("h3 > a");
  const code = { element, wire: heading.textContent, retry: retryOf(element) };
  code.charged = all(".facts span", element).map(fact => /^Charged (.*)/.exec(fact.textContent)?.[1]).find(Boolean);
  code.wires = [code.wire, ...JSON.parse(element.dataset.others ?? "[]")];
  if (element.dataset.name) code.wires.push(element.dataset.name);
  code.subtypes = all("ul.s > li", element).map(item => readSubtype(item, code));
  code.fallback = code.subtypes.find(s => s.element.classList.contains("fallback")) ?? null;
  return code;
}

function readSubtype(element, code) {
  const own = element.classList.contains("own");
  const name = partOf(element, ":scope > code");
  return { element, name, retry: own ? retryOf(element) : code.retry };
}
