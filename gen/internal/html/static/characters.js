// Classes of characters, and texts that consist of them.

import { blanks, isWord } from "../../typescript/runtime/text.ts";

export const isLetter = c => (c | 32) >= 97 && (c | 32) <= 122;
export const wordAt = (text, i) => i >= 0 && isWord(text.charCodeAt(i));

// Converts ASCII letters to lower case, and no others.
export const fold = text => text.replace(/[A-Z]+/g, letters => letters.toLowerCase());

export const isNumber = text => /^-?[0-9]+$/.test(text);

export const spaces = new RegExp(`[${blanks}]+`, "g");

// Returns the index of the first character at or after text[at] that is not in the list.
export function skipAny(text, at, characters) {
  while (at < text.length && characters.includes(text[at])) at++;
  return at;
}

// Returns the end of text[..end] without the listed characters at its end.
export function endWithout(text, end, characters) {
  while (end > 0 && characters.includes(text[end - 1])) end--;
  return end;
}
