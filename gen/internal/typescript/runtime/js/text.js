// Characters of messages and bodies. All classes are spelled out: \s, \b, trim() and the flag i of
// regular expressions differ from those of Go, and some of them between runtimes.

/** The number of bytes of a message that are matched, in UTF-8. */
export const maxMessage = 65_536;

/** Returns the part of a message that is matched. */
export function head(message) {
  return firstBytes(message, maxMessage);
}

/** Returns the start of a text of at most max bytes in UTF-8, without a partial character. */
export function firstBytes(text, max) {
  if (text.length * 3 <= max) return text; // a UTF-16 unit has at most three bytes
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    const start = i;
    if (c < 0x80) bytes += 1;
    else if (c < 0x800) bytes += 2;
    else if (isHigh(c) && isLow(text.charCodeAt(i + 1))) {
      bytes += 4;
      i++;
    } else bytes += 3;
    if (bytes > max) return text.slice(0, start);
  }
  return text;
}

function isHigh(c) {
  return c >= 0xd800 && c < 0xdc00;
}

function isLow(c) {
  return c >= 0xdc00 && c < 0xe000;
}

/** Returns a text with U+FFFD for each half of a surrogate pair, as decoders of JSON in other languages do. */
export function wellFormed(text) {
  return text.replace(
    /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    "\ufffd",
  );
}

/** Converts an ASCII letter to lower case, and no other character: toLowerCase takes the Kelvin sign for a k. */
export function fold(c) {
  return c >= 65 && c <= 90 ? c + 32 : c;
}

export function isSpace(c) {
  return c === 32 || (c >= 9 && c <= 13);
}

export function isDigit(c) {
  return c >= 48 && c <= 57;
}

/** Reports whether a character is one of [A-Za-z0-9_]. */
export function isWord(c) {
  return (
    (c >= 97 && c <= 122) || isDigit(c) || (c >= 65 && c <= 90) || c === 95
  );
}

/** White space as Unicode and Go define it. trim() removes U+FEFF, and keeps U+0085. */
export const blanks =
  "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";

export function isBlank(text) {
  return startOf(text, blanks) === text.length;
}

/** Returns a text without white space at both ends. */
export function trim(text) {
  return trimAny(text, blanks);
}

/** Returns a text without the characters at both ends. A regular expression such as / +$/ takes quadratic time. */
export function trimAny(text, characters) {
  const start = startOf(text, characters);
  let end = text.length;
  while (end > start && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

/** Returns the index of the first character that is not one of characters. */
export function startOf(text, characters) {
  let start = 0;
  while (start < text.length && characters.includes(text.charAt(start)))
    start++;
  return start;
}
