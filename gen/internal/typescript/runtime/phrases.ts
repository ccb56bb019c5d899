// The phrases of a table, and the first one that a message contains.

import { gap, search, matchAt, space } from "./match.ts";
import { fold, head, isWord } from "./text.ts";

/** A phrase of the table. */
export interface Phrase {
  /** The phrase in lower case, with one space for each run of white space, \x01 for <num> and \x02 for <any>. */
  readonly text: string;
  /** The names of the placeholders in order, separated by spaces. "_" is no name. */
  readonly names?: string | undefined;
  /** The index of a subtype, or -1-i for a phrase of code i itself. */
  readonly owner: number;
  /** How to search for a phrase with <any>, or with a <num> whose end is ambiguous. */
  readonly search?: "gapped" | "ambiguous" | undefined;
}

/** The number of characters at the start of a phrase by which it is found. */
const prefixLength = 3;

/** Phrases by the hash of their first characters. */
interface Index {
  /** By hash: 1 if there are such phrases. */
  readonly hashes: Uint8Array;
  readonly starts: ReadonlyMap<number, readonly number[]>;
  /** The phrases that are searched one after the other. */
  readonly others: readonly number[];
}

/** Phrases in order of precedence. */
export class Phrases {
  readonly list: readonly Phrase[];
  private index: Index | undefined;

  constructor(list: readonly Phrase[]) {
    this.list = list;
  }

  /** Returns the first phrase in order of precedence that a message contains and whose owner is from low to high. */
  find(message: string, low: number, high: number): Phrase | undefined {
    if (low > high) return undefined;
    this.index ??= indexOf(this.list);
    const { hashes, starts, others } = this.index;
    const text = head(message);
    let best = this.list.length;
    const isCandidate = (i: number): Phrase | undefined => {
      const phrase = this.list[i];
      return phrase && phrase.owner >= low && phrase.owner <= high
        ? phrase
        : undefined;
    };
    for (const i of others) {
      const phrase = isCandidate(i);
      if (phrase && search(phrase, text, -1)) {
        best = i;
        break;
      }
    }
    const mask = hashes.length - 1;
    let state = 0;
    for (let end = 0; end < text.length; end++) {
      state = following(state, fold(text.charCodeAt(end)));
      const slot = prefixHash(state) & mask;
      if (hashes[slot] === 0 || end < prefixLength - 1) continue;
      const at = end - prefixLength + 1;
      if (isWord(text.charCodeAt(at)) && isWord(text.charCodeAt(at - 1)))
        continue;
      for (const i of starts.get(slot) ?? []) {
        if (i >= best) break;
        const phrase = isCandidate(i);
        if (
          phrase &&
          matchAt(phrase.text, 0, phrase.text.length, text, at) >= 0
        )
          best = i;
      }
    }
    return this.list[best];
  }
}

/** Returns the last three characters, of which one byte each counts, after another one. */
function following(state: number, c: number): number {
  return ((state << 8) | (c & 0xff)) & 0xffffff;
}

function prefixHash(state: number): number {
  return (state >> 14) ^ (state >> 7) ^ state;
}

function indexOf(list: readonly Phrase[]): Index {
  const hashes = new Uint8Array(list.length > 256 ? 16_384 : 1024);
  const starts = new Map<number, number[]>();
  const others: number[] = [];
  for (const [i, { text, search }] of list.entries()) {
    let state = 0;
    let isPlain = search === undefined && text.length >= prefixLength;
    for (let at = 0; at < prefixLength; at++) {
      isPlain &&= text.charCodeAt(at) > space;
      state = following(state, text.charCodeAt(at));
    }
    if (!isPlain) {
      others.push(i);
      continue;
    }
    const slot = prefixHash(state) & (hashes.length - 1);
    hashes[slot] = 1;
    const bucket = starts.get(slot);
    if (bucket) bucket.push(i);
    else starts.set(slot, [i]);
  }
  return { hashes, starts, others };
}

/** Returns the values of the named placeholders of a phrase that a message contains. */
export function valuesOf(phrase: Phrase, message: string): Map<string, string> {
  const values = new Map<string, string>();
  const text = head(message);
  let at = -1;
  for (const name of (phrase.names ?? "").split(" ")) {
    at = placeholderFrom(phrase.text, at + 1);
    const bounds =
      name === "" || name === "_" ? undefined : search(phrase, text, at);
    if (bounds) values.set(name, text.slice(...bounds));
  }
  return values;
}

/** Returns the first number that a phrase with one <num> matches in a text. */
export function numberIn(phrase: Phrase, text: string): string | undefined {
  const message = head(text);
  const at = placeholderFrom(phrase.text, 0);
  const bounds = search(phrase, message, at);
  return bounds && message.slice(...bounds);
}

function placeholderFrom(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) > gap) at++;
  return at;
}
