// Values of JSON.

/** The value that JSON.stringify stores. */
export interface Stored {
  readonly [key: string]: unknown;
}

export function isObject(value: unknown): value is Stored {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
