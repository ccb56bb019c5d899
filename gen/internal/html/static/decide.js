// Returns the decision for a match. The decision for a response is that of the generated package. For other texts it is
// the same or stricter, since text may be cut, folded or a quotation.

import { trim } from "./characters.js";
import { choose, head } from "./match.js";
import { isLooser, stricter } from "./table.js";
import { Source } from "./text.js";

export function decide(table, f) {
  const d = f.source === Source.phrase ? byPhrase(table, f) : table.classify(f.code, f.message);
  const response = f.source === Source.response;
  for (const s of response ? [] : d.code?.subtypes ?? []) {
    if (isLooser(s.retry, d.code.retry) && isPossible(s, f.text)) d.retry = stricter(d.retry, s.retry);
  }
  const unsettled = !response && table.response?.unsettled?.includes(d.code?.wire);
  if (f.mixed || f.unsure || unsettled || f.source < Source.errorText) {
    d.withheld = d.retry.automatic;
    d.retry = { ...d.retry, automatic: false };
  }
  return d;
}

// If a phrase selected the code, it also selects the subtype.
function byPhrase(table, f) {
  const d = table.classify(f.code, "");
  const subtype = table.match(f.message)?.subtype;
  return subtype ? { ...d, subtype, retry: subtype.retry, values: table.classify(f.code, f.message).values } : d;
}

// Reports whether a text may be of a subtype. The text of an error may lack white space and invisible characters that a
// phrase requires. It may also be cut to this number of bytes or more.
const leastCut = 297;

function isPossible(subtype, text) {
  const fragile = ({ source }) => trim(source) !== source || source.includes("<any") || /(?=[^\0-\x7f])[\p{Z}\p{C}]/u.test(source);
  if (subtype.element.classList.contains("fallback") || subtype.phrases.some(fragile)) return true;
  if (head(text) !== text) return true; // the identifying part may follow
  if (text.includes("…") && new TextEncoder().encode(text).length >= leastCut) return true;
  return choose(subtype.phrases, text) !== null;
}
