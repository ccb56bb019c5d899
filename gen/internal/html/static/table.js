// Reads the table from the page: visible data from the elements, the rest from the data block.

import { isBlank, isNumber } from "./characters.js";
import { all, partOf } from "./dom.js";
import { choose, head, Phrase } from "./match.js";

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

export class Table {
  constructor(data) {
    Object.assign(this, data);
    this.codes = all("article").map(readCode);
    this.listed = new Map();
    for (const code of this.codes) for (const wire of code.wires) this.listed.set(wire, code);
    this.longest = Math.max(...[...this.listed.keys()].map(wire => wire.length));
    this.numeric = this.integer || [...this.listed.keys()].some(isNumber);
    this.all = this.phrases.map(([index, sub, source]) => {
      const code = this.codes[index];
      return { code, subtype: code.subtypes[sub] ?? null, source, phrase: new Phrase(source) };
    });
    for (const entry of this.all) {
      entry.subtype?.phrases.push(entry);
      if (entry.subtype) entry.code.phrases.push(entry);
    }
    this.unlisted = { action: this.unlisted, automatic: false, throttle: false, wait: [0, 0] };
  }

  // Returns the code for a wire value, or undefined. A number may have any notation.
  lookup(wire) {
    return this.listed.get(wire) ?? (this.integer ? this.listed.get(canonical(wire)) : undefined);
  }

  // Returns the decision for a code and its message. The message can only select a subtype.
  classify(wire, message) {
    const code = this.lookup(wire);
    if (!code) return { code: null, subtype: null, retry: this.unlisted, values: new Map() };
    const found = choose(code.phrases, message);
    const subtype = found ? found.entry.subtype : isBlank(head(message)) ? null : code.fallback;
    let { retry } = subtype ?? code;
    // The rest of the message may select a stricter subtype.
    if (retry.automatic && head(message) !== message && code.subtypes.some(s => isLooser(s.retry, code.retry))) retry = { ...retry, automatic: false };
    return { code, subtype, retry, values: found?.values ?? new Map() };
  }

  // Matches all phrases with a text without a code.
  match(message) { return choose(this.all, message)?.entry ?? null; }

  // Reports whether clients may retry automatically after a code without a message.
  automatic(wire) { return this.classify(wire, "").retry.automatic; }
}

function readCode(element) {
  const heading = element.querySelector("h3 > a");
  const code = { element, wire: heading.textContent, retry: retryOf(element), phrases: [] };
  code.wires = [code.wire, ...JSON.parse(element.dataset.others ?? "[]")];
  if (element.dataset.name) code.wires.push(element.dataset.name);
  code.subtypes = all("ul.s > li", element).map(item => readSubtype(item, code));
  code.fallback = code.subtypes.find(s => s.element.classList.contains("fallback")) ?? null;
  return code;
}

function readSubtype(element, code) {
  const own = element.classList.contains("own");
  const name = partOf(element, ":scope > code");
  return { element, name, retry: own ? retryOf(element) : code.retry, phrases: [] };
}

// Returns a 64-bit integer in the notation of tables: without a plus sign and leading zeros.
function canonical(text) {
  const [, sign, digits] = /^([+-]?)0*([0-9]+)$/.exec(text) ?? [];
  if (!digits || digits.length > 19) return undefined;
  const number = BigInt((sign === "-" ? "-" : "") + digits);
  return number === BigInt.asIntN(64, number) ? String(number) : undefined;
}
