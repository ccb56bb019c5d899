// The data of a small table, in the form in which a generated module has it. The run time is type-checked and tested
// with it. A generated module contains its own instead, after the run time: classes must be defined before they are used.

import { Phrases } from "./phrases.ts";
import type { Reading } from "./response.ts"; //errspec:if details
import { decisionsOf, wiresOf } from "./rows.ts";
import type { Facts } from "./scan.ts"; //errspec:if task
import type { Format, Table, Wait } from "./table.ts";

export const revision = "789194740029";

export const tableName = "standin";

/** The default backoff, for codes without a wait. */
export const backoff = {
  attempts: 4,
  initialMs: 5000,
  multiplier: 2,
  capMs: 60_000,
} as const;

/** The header with the key of a submission. */
export const idempotencyHeader = "Idempotency-Key"; //errspec:if keys

/** How long the service keeps a key. */
export const keyLifeMs = 3_600_000; //errspec:if keys

/** The time between two polls. */
export const pollIntervalMs = 2000; //errspec:if poll

export const Code = {
  BadInput: "bad_input",
  Busy: "busy",
  Broken: "broken",
  Mystery: "mystery",
  TurnedAway: "turned_away",
  InWork: "in_work",
  KeyTaken: "key_taken",
} as const;

export type KnownCode = (typeof Code)[keyof typeof Code];

export type Code = KnownCode | (string & {});

export type Subtype = "bad_input/too_big" | "bad_input/other" | "busy/used_up";

export type Class = "client" | "server";

export type Action =
  | "unknown"
  | "fix"
  | "retry"
  | "wait"
  | "resubmit"
  | "check"
  | "support"
  | "never";

export type Charged = "unknown" | "no" | "yes";

interface Advice {
  readonly class: Class | undefined;
  readonly action: Action;
  readonly automatic: boolean;
  readonly throttle: boolean;
  readonly charged: Charged;
  readonly wait: Wait | undefined;
}

/** The decision for a listed code. */
export interface KnownDecision extends Advice {
  readonly known: true;
  readonly code: KnownCode;
  readonly subtype: Subtype | undefined;
}

/** The decision for an unlisted code, or for no code. */
export interface UnknownDecision extends Advice {
  readonly known: false;
  readonly code: Code | undefined;
  readonly subtype: undefined;
}

export type Decision = KnownDecision | UnknownDecision;

export type ValueName = "limit_mb";

/** The decisions, phrases and other data of the table. */
export const table: Table<KnownDecision> = /* @__PURE__ */ tableOf();

function tableOf(): Table<KnownDecision> {
  const codes = decisionsOf([
    ["bad_input", "client", "fix"],
    ["busy", "server", "wait", { automatic: true, throttle: true }],
    [
      "broken",
      "server",
      "wait",
      { automatic: true, wait: { minMs: 10_000, maxMs: 20_000 } },
    ],
    ["mystery", "server", "support"],
    ["turned_away", "server", "wait", { automatic: true, charged: "no" }],
    [
      "in_work",
      "server",
      "wait",
      { automatic: true, wait: { minMs: 2000, maxMs: 4000 } },
    ],
    ["key_taken", "client", "fix"],
  ]);
  return {
    codes,
    subtypes: decisionsOf([
      ["bad_input", "client", "fix", { subtype: "bad_input/too_big" }],
      ["bad_input", "client", "fix", { subtype: "bad_input/other" }],
      [
        "busy",
        "server",
        "support",
        { subtype: "busy/used_up", throttle: true },
      ],
    ]),
    first: [0, 2, 3, 3, 3, 3, 3, 3],
    wires: wiresOf(codes, [["rate_limited", 1]]),
    integers: false,
    prefixes: [["bad.", 0]], //errspec:if prefixes
    //errspec:if phrases
    phrases: new Phrases([
      { text: "larger than \x01 mb", names: "limit_mb", owner: 0 },
      { text: "all \x01 credits are used up", owner: 2 },
    ]),
    //errspec:end
    fallbacks: new Map([[0, 1]]), //errspec:if subtypes
    stricter: [1], //errspec:if subtypes
    pending: [5], //errspec:if pending
    conflict: [6], //errspec:if conflict
    //errspec:if refined
    hidden: [],
    names: ["too_big", "other", "used_up"],
    values: new Map([[0, ["size"]]]),
    //errspec:end
  };
}

//errspec:if response

export const format: Format = {
  fields: [
    { role: "retry_after", header: "Retry-After" },
    { role: "id" },
    { role: "status", completed: ["completed"], failed: ["failed"] },
    { role: "code", ok: ["0"] },
    { role: "message" },
    { role: "param" },
    { role: "subtype" },
    {},
    {},
    { role: "request_id", header: "X-Request-Id" },
  ],
  body: [
    { key: "id", field: 1 },
    { key: "status", field: 2 },
    { key: "progress", field: 8 },
    {
      key: "error",
      below: [
        { key: "code", field: 3 },
        { key: "message", field: 4 },
        { key: "param", field: 5 },
        { key: "reason", field: 6 },
        { key: "doc_url", field: 7 },
      ],
    },
  ],
  http: [[429, 1]],
  tasks: true,
  codes: [], //errspec:if when
  subtypes: [{ code: 1, subtype: 2, when: [{ field: 0, values: ["402"] }] }], //errspec:if refined
};

//errspec:end
//errspec:if details

/** The fields of an error that have no role. */
export interface StandinErrorDetails {
  readonly docUrl: string | undefined;
}

/** Returns the fields of an error that have no role. */
export function detailsOf({ facts }: Reading): StandinErrorDetails {
  return { docUrl: facts.fieldText(7) };
}

//errspec:end
//errspec:if task

/** A response about a task. Fields that are missing, or have an unexpected type, are undefined. */
export interface Task {
  readonly id: string;
  readonly status: string;
  readonly progress: number | undefined;
}

/** Returns the fields of a task. */
export function taskFields(facts: Facts): Task {
  return {
    id: facts.text(facts.first("id")),
    status: facts.text(facts.first("status")),
    progress: facts.number(8),
  };
}

/** Returns the field with the role id. */
export function idOf(task: Task): string {
  return task.id;
}

/** Returns the field with the role status. */
export function statusOf(task: Task): string {
  return task.status;
}

//errspec:end

/** Returns the decision for an unlisted code, or for no code. */
export function unlisted(code: Code | undefined): UnknownDecision {
  return {
    known: false,
    code,
    subtype: undefined,
    class: undefined,
    action: "support",
    automatic: false,
    throttle: false,
    charged: "unknown",
    wait: undefined,
  };
}

/** The documentation of a code. Texts are plain; prose may contain `code` and links. */
export interface Info {
  readonly title: string;
  readonly description: string;
  readonly advice?: string | undefined;
  readonly avoid?: readonly string[] | undefined;
  readonly fixes?: readonly string[] | undefined;
  readonly url?: string | undefined;
}

/** The documentation of a subtype. */
export interface SubtypeInfo {
  readonly title: string;
  readonly description?: string | undefined;
  readonly advice?: string | undefined;
}

/** The documentation of codes, in table order. */
export const infos: readonly Info[] = [
  {
    title: "Bad input",
    description: "The request is not what it should be",
    advice: "Change it",
    avoid: ["Read the manual"],
    fixes: ["Send less"],
  },
  { title: "Busy", description: "Too many requests", advice: "Slow down" },
  { title: "Broken", description: "Something inside broke", advice: "Wait" },
  {
    title: "Mystery",
    description: "Nobody knows",
    advice: "Ask",
    fixes: ["Ask again"],
  },
  { title: "Turned away", description: "The service refused the request" },
  { title: "In work", description: "The first submission is being processed" },
  { title: "Key taken", description: "The key belongs to another request" },
];

/** The documentation of subtypes, in table order. */
export const subtypeInfos: readonly SubtypeInfo[] = [
  { title: "Too big", advice: "Send less" },
  { title: "Other" },
  { title: "Used up", advice: "Buy credits" },
];

/** The part of the documentation that also applies to unlisted codes: that of Mystery. */
export function unlistedInfo(): Partial<Info> {
  return { advice: "Ask", fixes: ["Ask again"] };
}
