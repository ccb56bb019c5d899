// The comparison of a phrase with a message. The meaning of a phrase is a regular expression, but it is compared character by character, so
// that matching takes linear time and is the same in all languages.

/** In patterns: <num>, a whole number or a decimal one, [0-9]+(\.[0-9]+)? */
export const num = 1;
/** In patterns: <any>, any text, as short as possible. */
export const gap = 2;
export const space = 32;
const stop = 46;

const somewhere = [0, 0];

/** Returns where the placeholder text[want] of a phrase is in a message; undefined if the message does not contain the phrase. */
export function search(phrase, message, want) {
  const { text } = phrase;
  //errspec:if ambiguous
  if (phrase.search === "ambiguous") return ambiguous(text, message, want);
  //errspec:end
  //errspec:if gapped
  if (phrase.search === "gapped") return gapped(text, message, want);
  //errspec:end
  const start = seek(text, 0, text.length, message, 0);
  if (start < 0) return undefined;
  return want < 0 ? somewhere : numberAt(text, 0, want, message, start);
}

/** Returns the bounds of the number text[want], given the start of a match of text from index from on. */
function numberAt(text, from, want, message, start) {
  const low = matchAt(text, from, want, message, start);
  return [low, matchAt(text, want, want + 1, message, low)];
}

/**
 * Returns the first index of a message, from at on, at which text[from..to] matches, which contains no gap; -1 if there
 * is none. Of a run of white space or digits at its start, only the first character is tried: from the others, a match
 * has the same end. Thus it takes linear time.
 */
function seek(text, from, to, message, at) {
  if (from === to) return at;
  const first = text.charCodeAt(from);
  for (let i = at; i < message.length; i++) {
    const c = message.charCodeAt(i);
    const before = i > at ? message.charCodeAt(i - 1) : 0;
    if (first > space) {
      if (fold(c) !== first) continue;
      if (
        from === 0 &&
        i > 0 &&
        isWord(first) &&
        isWord(message.charCodeAt(i - 1))
      )
        continue;
    } else if (first === num) {
      if (!isDigit(c) || isDigit(before)) continue;
    } else if (!isSpace(c) || isSpace(before)) continue;
    if (matchAt(text, from, to, message, i) >= 0) return i;
  }
  return -1;
}

/** Matches text[from..to], which contains no gap, at an index of a message. Returns the end of the match, or -1. */
export function matchAt(text, from, to, message, at) {
  let end = at;
  for (let i = from; i < to; i++) {
    if (end >= message.length) return -1;
    const c = text.charCodeAt(i);
    const d = message.charCodeAt(end);
    if (c > space) {
      if (fold(d) !== c) return -1;
      end++;
    } else if (c === num) {
      const isLast = i + 2 === text.length && text.charCodeAt(i + 1) === stop;
      end = numberEnd(message, end, isLast);
      if (end < 0) return -1;
    } else if (!isSpace(d)) {
      return -1;
    } else if (text.charCodeAt(i + 1) === gap) {
      end++; // one is enough: the text after the gap may need the others
    } else {
      end = spaceEnd(message, end);
    }
  }
  if (to < text.length || end >= message.length) return end;
  const isInWord =
    isWord(text.charCodeAt(to - 1)) && isWord(message.charCodeAt(end));
  return isInWord ? -1 : end;
}

/**
 * Returns the end of the number at an index of a message, or -1. Before a full stop that ends the phrase, a number ends
 * where one follows: in "10.5" it is then 10.
 */
function numberEnd(message, at, isLast) {
  const end = digitsEnd(message, at);
  if (end === at) return -1;
  if (message.charCodeAt(end) !== stop) return end;
  const decimals = digitsEnd(message, end + 1);
  if (decimals === end + 1) return end;
  return isLast && message.charCodeAt(decimals) !== stop ? end : decimals;
}

function digitsEnd(message, at) {
  let end = at;
  while (isDigit(message.charCodeAt(end))) end++;
  return end;
}

function spaceEnd(message, at) {
  let end = at;
  while (isSpace(message.charCodeAt(end))) end++;
  return end;
}

//errspec:if gapped

/** Searches for a phrase with gaps: parts in sequence, with any text between them. */
function gapped(text, message, want) {
  if (!partsFollow(text, 0, message, 0)) return undefined;
  if (want < 0) return somewhere;
  let from = 0;
  let at = 0;
  for (;;) {
    const to = partEnd(text, from);
    const start = seek(text, from, to, message, at);
    if (want < from) return [at, start]; // the gap before this part
    if (want < to) return numberAt(text, from, want, message, start);
    at = matchAt(text, from, to, message, start);
    if (to > from && text.charCodeAt(to - 1) === space)
      at = lastSpace(text, to + 1, message, at);
    from = to + 1;
  }
}

/**
 * Reports whether the parts of text[from..] occur in message[at..] in sequence. Each part is searched once: its first
 * occurrence leaves the most text for the others.
 */
function partsFollow(text, from, message, at) {
  let end = at;
  for (let part = from; ;) {
    const to = partEnd(text, part);
    const start = seek(text, part, to, message, end);
    if (start < 0) return false;
    if (to === text.length) return true;
    end = matchAt(text, part, to, message, start);
    part = to + 1;
  }
}

/** Returns the end of white space before a gap: the last one after which the parts of text[from..] still follow. */
function lastSpace(text, from, message, at) {
  let end = spaceEnd(message, at);
  while (end > at && !partsFollow(text, from, message, end)) end--;
  return end;
}

function partEnd(text, from) {
  let end = from;
  while (end < text.length && text.charCodeAt(end) !== gap) end++;
  return end;
}
//errspec:end
