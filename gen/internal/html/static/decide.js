// Returns the decision for a match. The decision for a response is that of the generated package. For other texts it is
// the same or stricter, since text may be cut, folded or a quotation.

import { isLooser, stricter } from "./table.js";
import { Source } from "./text.js";
import { decideReading, isReadingSettled } from "../../typescript/runtime/decide.ts";
import { gap } from "../../typescript/runtime/match.ts";
import { head, trim } from "../../typescript/runtime/text.ts";

export function decide(table, f) {
  const d = f.reading ? byReading(table, f) : f.source === Source.phrase ? byPhrase(table, f) : byText(table, f);
  if (f.reading) d.withheld = !d.retry.automatic && (d.subtype ?? d.code ?? d).retry?.automatic;
  else for (const s of d.code?.subtypes ?? []) {
    if (isLooser(s.retry, d.code.retry) && isPossible(table, s, f.text)) d.retry = stricter(d.retry, s.retry);
  }
  const unsettled = f.source < Source.response && (isUnsettled(table, d.code) || mayBeNamed(table, d.code, f));
  if (f.mixed || f.unsure || unsettled || f.source < Source.errorText) {
    d.withheld ||= d.retry.automatic;
    d.retry = { ...d.retry, automatic: false };
  }
  const charged = d.code?.charged ?? "";
  if (charged !== "no") return { ...d, charged };
  const isKnown = f.source === Source.response && !f.mixed && !f.unsure && isReadingSettled(table.rules, f.reading);
  return { ...d, charged: isKnown ? charged : "" };
}

// An unlisted code has the advice of the code that stands in for it.
function byReading(table, { reading, code: wire, message }) {
  const { values } = table.classify(wire, message);
  const standIn = table.codes[reading.standIn];
  if (!table.codes[reading.code]) return { code: null, subtype: null, standIn, retry: { ...(standIn?.retry ?? table.unlisted), automatic: false }, values };
  const { code, subtype, retry, automatic } = decideReading(table.rules, reading);
  return { code, subtype, retry: { ...retry, automatic }, values };
}

// If a phrase selected the code, it also selects the subtype.
function byPhrase(table, f) {
  const d = table.classify(f.code, "");
  const subtype = table.match(f.message)?.subtype;
  return subtype ? { ...d, subtype, retry: subtype.retry, values: table.classify(f.code, f.message).values } : d;
}

function byText(table, f) {
  const d = table.classify(f.code, f.message);
  const subtype = d.code?.subtypes.find(s => s.name === f.subtype);
  return subtype ? { ...d, subtype, retry: stricter(d.retry, subtype.retry) } : d;
}

const isUnsettled = (table, code) => table.format.http.some(([status, index]) => status >= 500 && code && table.codes[index] === code);

// Reports whether a message names the code of an error text, which then may not have been sent.
const mayBeNamed = (table, code, { message }) =>
  !!code && !table.fields.guessed && (table.lookup(message) === code || table.match(message)?.code === code);

// Reports whether a text may be of a subtype. The text of an error may lack white space and invisible characters that a
// phrase requires. It may also be cut to this number of bytes or more.
const leastCut = 297;

function isPossible(table, subtype, text) {
  const { phrases } = table.rules;
  const fragile = phrase => phrase.owner === subtype.index && (trim(phrase.text) !== phrase.text || phrase.text.includes(String.fromCharCode(gap)) || /(?=[^\0-\x7f])[\p{Z}\p{C}]/u.test(phrase.text));
  if (subtype.element.classList.contains("fallback") || phrases.list.some(fragile)) return true;
  if (head(text) !== text) return true; // the identifying part may follow
  if (text.includes("…") && new TextEncoder().encode(text).length >= leastCut) return true;
  return phrases.find(text, subtype.index, subtype.index) !== undefined;
}
