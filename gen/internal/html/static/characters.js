// Characters by their codes, and texts by the characters that they are made of.

export const isSpace = c => c === 32 || c >= 9 && c <= 13;
export const isDigit = c => c >= 48 && c <= 57;
export const isLetter = c => (c | 32) >= 97 && (c | 32) <= 122;
const isWord = c => isDigit(c) || isLetter(c) || c === 95;
export const wordAt = (text, i) => i >= 0 && i < text.length && isWord(text.charCodeAt(i));

// ASCII letters in lower case, and no others.
export const fold = text => text.replace(/[A-Z]+/g, letters => letters.toLowerCase());

export const isNumber = text => /^-?[0-9]+$/.test(text);

// White space beyond ASCII counts too.
const space = "\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
export const spaces = new RegExp(`[${space}]+`, "g");
export const isBlank = text => text.replace(spaces, "") === "";
export const trim = text => text.slice(text.search(new RegExp(`[^${space}]|$`))).trimEnd();

// The first place from text[at] on that holds none of the characters.
export function skipAny(text, at, characters) {
  while (at < text.length && characters.includes(text[at])) at++;
  return at;
}

// Where text[..end] ends without the characters at its end.
export function endWithout(text, end, characters) {
  while (end > 0 && characters.includes(text[end - 1])) end--;
  return end;
}
