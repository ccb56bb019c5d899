// Classifying codes and messages.

const nowhere = { code: -1, prefix: false };

/** Returns the listed code that a code is. */
export function placeOf(code) {
  return code === undefined ? nowhere : listed(table, String(code));
}

/**
 * Returns the decision for a code and its message. The code determines the decision; the message can only select one of
 * the code's subtypes, which is never looser than the code. The decision for an unlisted code is never automatic.
 *
 * Only the first 64 KiB of a message are read. The decision for a longer message is not automatic if the rest may select
 * a stricter subtype.
 */
export function classify(code, message = "") {
  const place = placeOf(code).code;
  return place < 0 ? unlisted(code) : classifyAt(table, place, message);
}

//errspec:if phrases

/**
 * Returns the code and subtype of the phrase that a message contains, for text without a code; undefined if it contains
 * none.
 */
export function match(message) {
  const { codes, phrases, subtypes } = table;
  const phrase = phrases.find(message, -codes.length, subtypes.length - 1);
  if (!phrase) return undefined;
  const { code, subtype } = decisionOfOwner(table, phrase.owner);
  return { code, subtype };
}

//errspec:end

/** Returns the listed code for a wire value, alias or former name; undefined for any other text. */
export function parseCode(text) {
  const place = listed(table, text).code;
  return place < 0 ? undefined : at(table.codes, place).code;
}

//errspec:if values

/** Returns a named value of the message of a code, such as the limit in "larger than 10 MB". */
export function valueIn(code, message, name) {
  const place = placeOf(code).code;
  return place < 0 ? undefined : valuesIn(table, place, message).get(name);
}

//errspec:end

/** Returns the documentation of a listed code. */
export function infoOf(code) {
  return at(infos, placeOf(code).code);
}

/** Returns the documentation of a subtype. */
export function subtypeInfoOf(subtype) {
  return at(subtypeInfos, subtypePlace(subtype));
}

function subtypePlace(subtype) {
  return table.subtypes.findIndex((d) => d.subtype === subtype);
}
