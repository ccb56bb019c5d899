// What a table says about codes and responses, as static data.

/** Returns the listed code that a value is, or that its start is a prefix of. */
export function listed(table, value) {
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
export function canonical(text) {
  const found = /^([+-]?)0*([0-9]{1,19})$/.exec(text);
  if (!found) return undefined;
  const number = BigInt((found[1] === "-" ? "-" : "") + (found[2] ?? ""));
  return number === BigInt.asIntN(64, number) ? String(number) : undefined;
}

/** Returns the subtypes of a code, in table order. */
export function subtypesOf(table, code) {
  return table.subtypes.slice(table.first[code], table.first[code + 1]);
}

/** Returns an element that exists. */
export function at(list, index) {
  const element = list[index];
  if (element === undefined)
    throw new RangeError(`no element ${String(index)}`);
  return element;
}
