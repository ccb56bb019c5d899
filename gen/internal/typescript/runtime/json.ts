// Values of JSON.

/** The value that JSON.stringify stores. */
export type Stored = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Stored {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
