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
  return { code, subtype, retry, automatic: retry.automatic, wait: { minMs: retry.wait[0], maxMs: retry.wait[1] } };
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
    this.format = this.format ?? { fields: [{ role: "retry_after", header: "Retry-After" }], body: [], http: [], codes: [], subtypes: [], tasks: false };
    this.fields = this.readFields();
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
      names: subtypes.map(({ subtype }) => subtype.name),
      values: new Map(this.values),
    };
  }

  // Returns the facts about the fields of responses that distinguish a response from another object. If the table does
  // not define the fields of errors, common ones are used.
  readFields() {
    const { fields: list } = this.format;
    const has = role => list.some(field => field.role === role && !field.header) || list.some(field => field.role === role);
    const guessed = !has("code") && !has("message");
    if (guessed) this.guess();
    const tops = new Map(), states = new Set(), groups = [], settles = [];
    const walk = (node, key, nested) => {
      const field = this.format.fields[node.field ?? -1];
      if (field) note(field, node.field, key, nested);
      for (const inner of node.below ?? []) walk(inner, key, true);
      if (node.each) walk(node.each, key, true);
    };
    const note = (field, index, key, nested) => {
      const top = tops.get(key), { role } = field;
      top.shows ||= ["code", "success", "failure"].includes(role) || nested && ["message", "status"].includes(role);
      top.says ||= role === "message";
      for (const state of [field.completed, field.failed, field.running].flat()) if (role === "status" && state) states.add(state);
      if (nested && (role === "code" || role === "message") && !groups.includes(key)) groups.push(key);
      if (role === "success") settles.push(index);
    };
    for (const node of this.format.body) {
      tops.set(node.key, { shows: false, says: false });
      walk(node, node.key, false);
    }
    return { tops, states, groups, settles, guessed, absent: this.absent(), hides: list.some(({ role, arrays }) => role === "retryable" || role === "subtype" || role === "code" && arrays) };
  }

  // Reports whether the status or the headers of a response may make a decision stricter.
  absent() {
    const { fields, codes, subtypes } = this.format;
    const conditions = [...fields, ...codes ?? [], ...subtypes ?? []].flatMap(({ when }) => when ?? []);
    return {
      status: conditions.some(({ field }) => field === 0),
      headers: fields.some(({ header, role }) => header && ["code", "subtype", "retryable"].includes(role)) || conditions.some(({ field }) => field > 0 && fields[field].header),
    };
  }

  guess() {
    const format = this.format = { ...this.format, fields: [...this.format.fields], body: [...this.format.body] };
    const ok = "0 200 ok OK success Success SUCCESS".split(" ").filter(value => !this.listed.has(value));
    const add = field => format.fields.push(field) - 1;
    const nodes = [
      { key: "error", below: [{ key: "code", field: add({ role: "code", ok }) }, { key: "message", field: add({ role: "message" }) }] },
      { key: "code", field: add({ role: "code", ok }) }, { key: "message", field: add({ role: "message" }) },
    ];
    if (!this.responds) nodes.push({ key: "id", field: add({ role: "id" }) });
    for (const node of nodes) if (!format.body.some(({ key }) => key === node.key)) format.body.push(node);
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
