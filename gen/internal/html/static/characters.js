// Classes of characters, and texts that consist of them.

export const isSpace = c => c === 32 || c >= 9 && c <= 13;
export const isDigit = c => c >= 48 && c <= 57;
export const isLetter = c => (c | 32) >= 97 && (c | 32) <= 122;
const isWord = c => isDigit(c) || isLetter(c) || c === 95;
export const wordAt = (text, i) => i >= 0 && i < text.length && isWord(text.charCodeAt(i));

// Converts ASCII letters to lower case, and no others.
export const fold = text => text.replace(/[A-Z]+/g, letters => letters.toLowerCase());

export const isNumber = text => /^-?[0-9]+$/.test(text);

// Includes white space outside ASCII.
const space = "\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
export const spaces = new RegExp(`[${space}]+`, "g");
export const isBlank = text => text.replace(spaces, "") === "";
export const trim = text => text.slice(text.search(new RegExp(`[^${space}]|$`))).trimEnd();

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
