// Responses as JSON: the body as the service sent it, with the HTTP status and the headers under the key "x-errspec".
// Clients in all languages store and read the same form.

import { isObject, type Stored } from "./json.ts";
import type { Facts, Headers } from "./scan.ts";
import { firstBytes, trim, wellFormed } from "./text.ts";

/** The part of a response that is stored. */
export interface Received {
  readonly status: number;
  /** The headers that the table lists, and the date that delays count from. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** The body, only its start if it is not JSON. */
  readonly body: string;
  //errspec:if task
  /** Whether reading the body failed. */
  readonly isCut: boolean;
  //errspec:end
}

/** The length of the longest excerpt of a body, in bytes. */
export const maxExcerpt = 1024;

/** Returns the part of a response that is stored. */
export function receivedFrom(
  facts: Facts,
  retryAfterMs: number,
  isCut: boolean, //errspec:if task
): Received {
  const headers: Record<string, readonly string[]> = {};
  for (const { header } of facts.format.fields) {
    const values = header === undefined ? [] : facts.headers(header);
    if (header !== undefined && values.length > 0) headers[header] = values;
  }
  if (retryAfterMs > 0) {
    const dates = facts.headers("Date");
    headers["Date"] = dates.length > 0 ? dates : [new Date().toUTCString()];
  }
  return {
    status: facts.status,
    headers,
    body: facts.valid ? facts.body : excerpt(facts.body),
    isCut, //errspec:if task
  };
}

/** Returns the start of a body that is not JSON. The start is not JSON either, so it is read as the body would be. */
function excerpt(body: string): string {
  const text = trim(wellFormed(body));
  const start = firstBytes(text, maxExcerpt);
  return start === text ? text : `${start}…`;
}

/** Returns a response in its stored form. */
export function stored(received: Received): Stored {
  const { status, headers, body } = received;
  const object = faithful(body);
  let envelope: Stored = status === 0 ? {} : { status };
  if (Object.keys(headers).length > 0) envelope = { ...envelope, headers };
  if (!object && body !== "") envelope = { ...envelope, body };
  if (received.isCut) envelope = { ...envelope, cut: true }; //errspec:if task
  return { ...object, "x-errspec": envelope };
}

/** Returns a body as an object, undefined if JSON.stringify would not write it as it was sent: it rounds numbers. */
function faithful(body: string): Stored | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return undefined;
  const isSame = JSON.stringify(value) === compact(body);
  return isSame && !Object.keys(value).includes("__proto__")
    ? { ...value }
    : undefined;
}

/** Returns JSON without white space between its values. */
function compact(json: string): string {
  return json.replace(/("(?:[^"\\]|\\.)*")|[ \t\r\n]+/g, "$1");
}

/** A stored response, or an error without one. */
export interface Restored {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  readonly isCut: boolean; //errspec:if task
  /** An error that no response reported. */
  readonly error: Stored | undefined;
}

/**
 * Reads a stored response: JSON text, or what JSON.parse returned for it. JSON without an envelope is the body of a
 * response with HTTP status 200, such as that of a webhook request. It throws a SyntaxError for text that is not JSON.
 */
export function restore(json: unknown): Restored {
  const text = typeof json === "string" ? json : JSON.stringify(json);
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw new SyntaxError("the JSON is not an object");
  const envelope = value["x-errspec"];
  const e = envelope ?? { status: 200 };
  if (!isObject(e) || !isEnvelope(e))
    throw new SyntaxError("the JSON is not a stored response");
  const body = e["body"];
  return {
    status: Number(e["status"] ?? 0),
    headers: headersOf(isObject(e["headers"]) ? e["headers"] : {}),
    body: typeof body === "string" && body !== "" ? body : text,
    isCut: e["cut"] === true, //errspec:if task
    error: isObject(e["error"]) ? e["error"] : undefined,
  };
}

/** Reports whether the members of an envelope have the types that are stored. Null is no member. */
function isEnvelope(e: Stored): boolean {
  const {
    status = null,
    headers = null,
    body = null,
    cut = null,
    error = null,
  } = e;
  return (
    (status === null || Number.isSafeInteger(status)) &&
    (headers === null || isObject(headers)) &&
    (body === null || typeof body === "string") &&
    (cut === null || typeof cut === "boolean") &&
    (error === null || isObject(error))
  );
}

/** The headers of a response: those of fetch, or an object with a member for each header. */
export type HeadersLike =
  { get(name: string): string | null } | Readonly<Record<string, unknown>>;

/** Returns a function that looks up headers, whatever the case of their names. */
export function headersOf(headers: HeadersLike | null | undefined): Headers {
  if (!headers) return () => [];
  const { get } = headers as { readonly get?: unknown };
  if (typeof get === "function")
    return (name) => {
      const value: unknown = get.call(headers, name);
      return typeof value === "string" ? [value] : [];
    };
  const values = new Map<string, string[]>();
  for (const [name, value] of Object.entries(headers)) {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    const texts = list.filter(
      (each): each is string => typeof each === "string",
    );
    const key = name.toLowerCase();
    values.set(key, [...(values.get(key) ?? []), ...texts]);
  }
  return (name) => values.get(name.toLowerCase()) ?? [];
}
