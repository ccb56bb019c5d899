// Stored attempts, and the seeds of keys.

/** Returns the members of stored attempts. It throws an Error if they are not those of this table. */
export function storedAttempts(json) {
  const value = typeof json === "string" ? JSON.parse(json) : json;
  const members = isObject(value) ? value : {};
  const member = (name, missing) => {
    const found = members[name] ?? missing;
    const isValid =
      typeof found === typeof missing &&
      (typeof found !== "number" || Number.isSafeInteger(found));
    if (isValid) return found;
    throw new SyntaxError(`${tableName}: the stored ${name} is invalid`);
  };
  if (members["version"] !== 1)
    throw new SyntaxError(
      `${tableName}: the JSON contains no attempts of a version that this module supports`,
    );
  if (members["table"] !== tableName)
    throw new Error(`${tableName}: the stored attempts are of another table`);
  return {
    seed: member("seed", ""),
    submissions: member("submissions", 0),
    task: member("task", ""), //errspec:if id
    //errspec:if keys
    key: member("key", 0),
    since: timeOf(member("since", "")),
    keyed: member("keyed", false),
    //errspec:end
  };
}

/** Returns the start of the SHA-256 hash of a text of the table, in hexadecimal. */
export function hashOf(kind, text) {
  return sha256(`${kind}\n${tableName}\n${text}`).slice(0, 32);
}

//errspec:if keys
/** Returns a stored time (RFC 3339), or undefined for anything else. Runtimes read at most three digits of a fraction. */
function timeOf(text) {
  if (text === "") return undefined;
  const form = /^([0-9-]{10}T[0-9:]{8})(?:\.([0-9]+))?(Z|[+-][0-9:]{5})$/;
  const [, seconds, fraction = "", zone = ""] = form.exec(text) ?? [];
  const digits = fraction.slice(0, 3).padEnd(3, "0");
  const at =
    seconds === undefined ? NaN : Date.parse(`${seconds}.${digits}${zone}`);
  if (Number.isNaN(at))
    throw new SyntaxError(`${tableName}: the stored since is invalid`);
  return at;
}

/** Returns 128 random bits in hexadecimal, "" without WebCrypto: keys of Math.random may be those of other work. */
export function randomSeed() {
  const { crypto } = globalThis;
  if (!crypto) return "";
  const bytes = Array.from(crypto.getRandomValues(new Uint8Array(16)));
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

//errspec:end
