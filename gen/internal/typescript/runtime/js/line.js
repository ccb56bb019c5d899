// Texts in lines for people.

/** The longest text in a line, in bytes. */
const maxText = 300;
const invisible = /[^\p{L}\p{M}\p{N}\p{P}\p{S}]+/gu;

/** Returns a text on one line: white space and characters that are not graphic become one space, and long text is cut. */
export function oneLine(text) {
  const start = wellFormed(head(text.slice(0, 65_536)));
  return shorten(trimAny(start.replace(invisible, " "), " "));
}

function shorten(text) {
  const start = firstBytes(text, maxText);
  return start === text ? text : `${start}…`;
}

/** Returns a text with a space for each character that is not graphic, which could control a terminal. */
export function printable(text) {
  const graphic = /[^\n\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]/gu;
  return wellFormed(trimAny(text, "\n")).replace(graphic, " ");
}

/** Returns a code for a line of text, in quotes if it is ambiguous. */
export function quoted(code) {
  const isPlain =
    shorten(code) === code &&
    wellFormed(code) === code &&
    !/[:"'[\]{}]|[^\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(code);
  return isPlain ? code : JSON.stringify(oneLine(code));
}

/** Returns the text of a caught value. */
export function textOf(caught) {
  if (caught instanceof Error) return caught.message || caught.name;
  try {
    return String(caught);
  } catch {
    return "an object without a text";
  }
}
