// What a table says about codes and responses, as static data.

import { type Phrase, Phrases } from "./phrases.ts";

/** How long to wait before a retry. */
export interface Wait {
  readonly minMs: number;
  readonly maxMs: number;
}

/** The part of a decision that the run time uses. */
export interface Settings {
  /** The selected subtype, or undefined if none is selected. */
  readonly subtype: unknown;
  readonly automatic: boolean;
  readonly wait: Wait | undefined;
  /** Whether the service charges for the request: "no", "yes" or anything else for unknown. */
  readonly charged?: string | undefined;
}

/** The codes and subtypes of a table, by index. The subtypes of a code follow each other. */
export interface Table<D extends Settings> {
  /** The decisions for codes, in table order. */
  readonly codes: readonly D[];
  /** The decisions for subtypes, in table order. */
  readonly subtypes: readonly D[];
  /** By code: the index of its first subtype. The last element is the number of subtypes. */
  readonly first: readonly number[];
  /** Indexes by wire value, alias and former name. Integers are in decimal. */
  readonly wires: ReadonlyMap<string, number>;
  /** Whether codes are integers. */
  readonly integers: boolean;
  //errspec:if prefixes
  /** Starts of wire values with their codes, the longest first. */
  readonly prefixes: readonly (readonly [text: string, code: number])[];
  //errspec:end
  //errspec:if phrases
  /** The phrases of codes and subtypes by precedence. */
  readonly phrases: Phrases;
  //errspec:end
  //errspec:if subtypes
  /** By code: the subtype for all other cases. */
  readonly fallbacks: ReadonlyMap<number, number>;
  /** Automatic codes with a stricter subtype. */
  readonly stricter: readonly number[];
  //errspec:end
  //errspec:if pending
  /** Codes that mean that the first submission with the key is still being processed. */
  readonly pending: readonly number[];
  //errspec:end
  //errspec:if conflict
  /** Codes that mean that the key belongs to another request. */
  readonly conflict: readonly number[];
  //errspec:end
  //errspec:if refined
  /** Automatic codes with a stricter subtype that only a response selects. */
  readonly hidden: readonly number[];
  /** The names of subtypes, which fields of responses have in any case. */
  readonly names: readonly string[];
  /** By subtype: the values that fields have instead of the name. */
  readonly values: ReadonlyMap<number, readonly string[]>;
  //errspec:end
}

/** The meaning of a field. */
export type Role =
  | "code"
  | "message"
  | "param"
  | "request_id"
  | "retry_after"
  | "subtype"
  | "success"
  | "failure"
  | "id" //errspec:if task
  | "status" //errspec:if task
  | "model" //errspec:if task
  | "retryable";

/** A value of interest in a response. */
export interface Field {
  readonly role?: Role | undefined;
  /** The name of the header; undefined for a field of the body. */
  readonly header?: string | undefined;
  /** Values of a code or success that mean that there is no error. */
  readonly ok?: readonly string[] | undefined;
  //errspec:if task
  readonly completed?: readonly string[] | undefined;
  readonly failed?: readonly string[] | undefined;
  readonly running?: readonly string[] | undefined;
  //errspec:end
  //errspec:if when
  /** Conditions, which must hold or the field is ignored. */
  readonly when?: readonly Condition[] | undefined;
  //errspec:end
  //errspec:if cut
  /** Only the part of a code before the first of this text counts. */
  readonly before?: string | undefined;
  /** Only the part of a code after the first of this text counts. */
  readonly after?: string | undefined;
  //errspec:end
  //errspec:if unit
  /** The unit of a delay; seconds if undefined. */
  readonly unit?: "ms" | "epoch" | undefined;
  //errspec:end
  //errspec:if delaytext
  /** A phrase whose number is the delay. */
  readonly match?: Phrase | undefined;
  //errspec:end
  /** The arrays that the field is in, the outermost first. */
  readonly arrays?: readonly number[] | undefined;
}

/** A place in the body that is a field or leads to fields. */
export interface Node {
  readonly key?: string | undefined;
  readonly field?: number | undefined;
  /** The members of an object. */
  readonly below?: readonly Node[] | undefined;
  /** The elements of an array. */
  readonly each?: Node | undefined;
}

/** A condition holds if a field, or the HTTP status if field is 0, has one of the values. */
export interface Condition {
  readonly field: number;
  readonly values: readonly string[];
}

/** Selects a code, or one of its subtypes, if all conditions hold. */
export interface Selector {
  readonly code: number;
  readonly subtype?: number | undefined;
  readonly when: readonly Condition[];
}

/** The fields of responses. The first one is the header Retry-After; then follow those of the body, then other headers. */
export interface Format {
  readonly fields: readonly Field[];
  readonly body: readonly Node[];
  /** The codes of HTTP statuses, for errors without a listed code. */
  readonly http: readonly (readonly [status: number, code: number])[];
  readonly tasks: boolean;
  readonly codes: readonly Selector[]; //errspec:if when
  readonly subtypes: readonly Selector[]; //errspec:if refined
}

/** A code that a value is. */
export interface Listed {
  /** Its index, -1 if the table does not list it. */
  readonly code: number;
  /** Whether the table lists only a prefix of the value. */
  readonly prefix: boolean;
}

/** Returns the listed code that a value is, or that its start is a prefix of. */
export function listed<D extends Settings>(
  table: Table<D>,
  value: string,
): Listed {
  const number = table.integers ? canonical(value) : undefined;
  const code = table.wires.get(value) ?? table.wires.get(number ?? value);
  if (code !== undefined) return { code, prefix: false };
  //errspec:if prefixes
  const found = table.prefixes.find(([text]) => value.startsWith(text));
  if (found) return { code: found[1], prefix: true };
  //errspec:end
  return { code: -1, prefix: false };
}

/** Returns a 64-bit integer without a plus sign and leading zeros, undefined for any other text. */
export function canonical(text: string): string | undefined {
  const found = /^([+-]?)0*([0-9]{1,19})$/.exec(text);
  if (!found) return undefined;
  const number = BigInt((found[1] === "-" ? "-" : "") + (found[2] ?? ""));
  return number === BigInt.asIntN(64, number) ? String(number) : undefined;
}

/** Returns the subtypes of a code, in table order. */
export function subtypesOf<D extends Settings>(
  table: Table<D>,
  code: number,
): readonly D[] {
  return table.subtypes.slice(table.first[code], table.first[code + 1]);
}

/** Returns an element that exists. */
export function at<T>(list: readonly T[], index: number): T {
  const element = list[index];
  if (element === undefined)
    throw new RangeError(`no element ${String(index)}`);
  return element;
}
