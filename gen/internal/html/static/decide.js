// What the table decides about a finding. About a response it decides as the generated package does; about anything else
// likewise, or stricter, since text is cut short, folded, or an echo of something else.

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

// A phrase that told the code also told what there is of a subtype: nothing else is claimed.
function byPhrase(table, f) {
  const d = table.classify(f.code, "");
  const subtype = table.match(f.message)?.subtype;
  return subtype ? { ...d, subtype, retry: subtype.retry, values: table.classify(f.code, f.message).values } : d;
}

// Whether a subtype may be the one that a text tells of. Of what its phrases need, the text of an error may have lost
// white space, and what cannot be seen; and the text may be cut, to no less than this many bytes.
const leastCut = 297;

function isPossible(subtype, text) {
  const fragile = ({ source }) => trim(source) !== source || source.includes("<any") || /(?=[^\0-\x7f])[\p{Z}\p{C}]/u.test(source);
  if (subtype.element.classList.contains("fallback") || subtype.phrases.some(fragile)) return true;
  if (head(text) !== text) return true; // what tells it may follow
  if (text.includes("…") && new TextEncoder().encode(text).length >= leastCut) return true;
  return choose(subtype.phrases, text) !== null;
}
