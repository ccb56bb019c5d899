// Decisions about codes, messages and responses.

/** Returns the decision for a listed code and a message without its response. */
export function classifyAt(table, code, message) {
  const decision = classifyReceived(table, code, message);
  //errspec:if refined
  if (table.hidden.includes(code)) return { ...decision, automatic: false };
  //errspec:end
  return decision;
}

/** Returns the decision for a listed code and the message of its response. */
export function classifyReceived(table, code, message) {
  let decision = at(table.codes, code);
  void message; //errspec:if !subtypes
  //errspec:if subtypes
  const subtype = subtypeIn(table, code, message);
  if (subtype >= 0) decision = at(table.subtypes, subtype);
  if (mayBeStricter(table, code, message))
    return { ...decision, automatic: false };
  //errspec:end
  return decision;
}

//errspec:if subtypes

/** Reports whether a code has a stricter subtype that the rest of a long message may select. */
export function mayBeStricter(table, code, message) {
  return table.stricter.includes(code) && head(message) !== message;
}

/** Returns the subtype of a code that a message selects, or -1. */
function subtypeIn(table, code, message) {
  const phrase = phraseIn(table, code, message);
  if (phrase) return phrase.owner;
  return isBlank(head(message)) ? -1 : (table.fallbacks.get(code) ?? -1);
}

/** Returns the phrase of a code's subtypes that a message contains. */
function phraseIn({ first, phrases }, code, message) {
  const end = first[code + 1] ?? 0;
  return phrases.find(message, first[code] ?? 0, end - 1);
}

//errspec:end

//errspec:if values

/** Returns the named values of the message of a listed code. */
export function valuesIn(table, code, message) {
  const phrase = phraseIn(table, code, message);
  return phrase ? valuesOf(phrase, message) : new Map();
}

//errspec:end

/** Returns the code of a phrase's owner, -1-i for code i and else the index of a subtype. */
export function codeOfOwner({ first }, owner) {
  let code = owner < 0 ? -1 - owner : 0;
  while (owner >= (first[code + 1] ?? Infinity)) code++;
  return code;
}

/** Returns the decision for a phrase's owner. */
export function decisionOfOwner({ codes, subtypes }, owner) {
  return owner < 0 ? at(codes, -1 - owner) : at(subtypes, owner);
}

/** Returns the decision for an error with a listed code that a response reports. */
export function decideReading(table, reading) {
  const { code, subtype, strictest, message } = reading;
  let decision = at(table.codes, code);
  let automatic = !reading.manual && isReadingSettled(table, reading);
  //errspec:if subtypes
  automatic &&= !mayBeStricter(table, code, message);
  if (subtype >= 0)
    decision = {
      ...at(table.subtypes, strictest),
      subtype: at(table.subtypes, subtype).subtype,
    };
  //errspec:end
  return { ...decision, automatic: automatic && decision.automatic };
}

/**
 * Reports whether it is known that a request came to nothing. A request to a service of tasks may have started one
 * unless the status refuses it, or the code that the service sent means that nothing is charged. A failed task without
 * an ID may be any task, and a pending code means that an earlier request has started one.
 */
export function isReadingSettled(
  { codes, pending },
  { facts, wire, outcome, code, manual },
) {
  const { status, format } = facts;
  if (pending.includes(code)) return false;
  //errspec:if task
  if (format.tasks) {
    if (facts.succeeded)
      return (
        outcome !== "failed" ||
        facts.first("id") >= 0 ||
        !format.fields.some(({ role }) => role === "id")
      );
    const isFree =
      status !== 0 &&
      wire !== "" &&
      !manual &&
      at(codes, code).charged === "no";
    return (status >= 400 && status <= 499 && status !== 408) || isFree;
  }
  //errspec:end
  return status < 500 || wire !== "";
}
