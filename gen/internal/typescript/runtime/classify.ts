// Classifying codes and messages.

import { classifyAt, decisionOfOwner, valuesIn } from "./decide.ts";
import {
  type Code,
  type Decision,
  type Info,
  infos,
  type KnownCode,
  type Subtype,
  type SubtypeInfo,
  subtypeInfos,
  table,
  unlisted,
  type ValueName, //errspec:if values
} from "./standin.ts";
import { at, listed, type Listed } from "./table.ts";

const nowhere: Listed = { code: -1, prefix: false };

/** Returns the listed code that a code is. */
export function placeOf(code: string | number | undefined): Listed {
  return code === undefined ? nowhere : listed(table, String(code));
}

/**
 * Returns the decision for a code and its message. The code determines the decision; the message can only select one of
 * the code's subtypes, which is never looser than the code. The decision for an unlisted code is never automatic.
 *
 * Only the first 64 KiB of a message are read. The decision for a longer message is not automatic if the rest may select
 * a stricter subtype.
 */
export function classify(code: Code | undefined, message = ""): Decision {
  const place = placeOf(code).code;
  return place < 0 ? unlisted(code) : classifyAt(table, place, message);
}

//errspec:if phrases

/** The code and subtype of a phrase. */
export interface Match {
  readonly code: KnownCode;
  readonly subtype: Subtype | undefined;
}

/**
 * Returns the code and subtype of the phrase that a message contains, for text without a code; undefined if it contains
 * none.
 */
export function match(message: string): Match | undefined {
  const { codes, phrases, subtypes } = table;
  const phrase = phrases.find(message, -codes.length, subtypes.length - 1);
  if (!phrase) return undefined;
  const { code, subtype } = decisionOfOwner(table, phrase.owner);
  return { code, subtype };
}

//errspec:end

/** Returns the listed code for a wire value, alias or former name; undefined for any other text. */
export function parseCode(text: string): KnownCode | undefined {
  const place = listed(table, text).code;
  return place < 0 ? undefined : at(table.codes, place).code;
}

//errspec:if values

/** Returns a named value of the message of a code, such as the limit in "larger than 10 MB". */
export function valueIn(
  code: Code | undefined,
  message: string,
  name: ValueName,
): string | undefined {
  const place = placeOf(code).code;
  return place < 0 ? undefined : valuesIn(table, place, message).get(name);
}

//errspec:end

/** Returns the documentation of a listed code. */
export function infoOf(code: KnownCode): Info {
  return at(infos, placeOf(code).code);
}

/** Returns the documentation of a subtype. */
export function subtypeInfoOf(subtype: Subtype): SubtypeInfo {
  return at(subtypeInfos, subtypePlace(subtype));
}

function subtypePlace(subtype: Subtype | undefined): number {
  return table.subtypes.findIndex((d) => d.subtype === subtype);
}
