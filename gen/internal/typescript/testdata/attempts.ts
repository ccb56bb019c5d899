// Tests attempts with the table of runtime/standin.ts, in virtual time.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { type Attempts, attempts, type AttemptsOptions, type Reason } from "../runtime/attempts.ts";
import { StandinError, StandinPollError, StandinResponseError } from "../runtime/error.ts";
import { sha256 } from "../runtime/sha256.ts";
import { Clock } from "./clock.ts";

const [second, minute, hour] = [1000, 60_000, 3_600_000];
const clock = new Clock();

const failed = (code: string, taskId: string) => new StandinError({ code, wire: code, taskId });
const refused = (httpStatus: number, code: string, retryAfterMs = 0) => new StandinError({ code, wire: code, httpStatus, retryAfterMs });
const busy = refused(429, "busy");
const lost = new TypeError("fetch failed");

const hash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);
const seedOf = (work: string): string => hash(`work\nstandin\n${work}`);
const keyOf = (work: string, n: number): string => hash(`key\nstandin\n${seedOf(work)}\n${String(n)}`);

/** What is reported to again, and the result: the number of the key, or why it resolves to false. */
interface Step {
  readonly caught?: unknown;
  readonly want: number | Reason;
  /** Before the report. */
  readonly wait?: number;
  /** Whether the submission has no key. */
  readonly bare?: boolean;
  /** The task that it starts. */
  readonly task?: string;
}

const first: Step = { want: 1 };
const cases: Record<string, readonly [Omit<AttemptsOptions, "keys">, ...Step[]]> = {
  "success": [{}, first, { want: "done" }, { want: "done" }],
  "error before the first submission": [{}, { caught: busy, want: "outcome_unknown" }],
  "new key after a failed task": [{}, first, { caught: failed("busy", "t"), want: 2 }, { caught: failed("broken", "u"), want: 3 }],
  "failed task of another ID": [{}, { want: 1, task: "t" }, { caught: failed("busy", "u"), want: "outcome_unknown" }],
  "failed task without an ID": [{}, first, { caught: failed("busy", ""), want: 1 }],
  "same key after a refusal": [{}, first, { caught: busy, want: 1 }, { caught: busy, want: 1 }],
  "same key after a lost response": [{}, first, { caught: lost, want: 1 }, { caught: refused(503, "broken"), want: 1 }, { caught: refused(500, ""), want: 1 }],
  "same key after an unreadable body": [{}, first, { caught: new StandinResponseError(200, "", "", undefined), want: 1 }],
  "a lost response stays unknown": [{}, first, { caught: lost, want: 1 }, { caught: busy, want: 1 }, { caught: refused(401, "mystery"), want: "outcome_unknown" }],
  "a failed task ends the unknown": [{}, first, { caught: lost, want: 1 }, { caught: failed("mystery", "t"), want: "not_automatic" }],
  "pending": [{}, first, { caught: refused(409, "in_work"), want: 1 }, { caught: failed("busy", "t"), want: 2 }],
  "conflict": [{}, first, { caught: refused(409, "key_taken"), want: "not_automatic" }],
  "conflict with HTTP 500": [{}, first, { caught: refused(500, "key_taken"), want: "outcome_unknown" }],
  "conflict after a lost response": [{}, first, { caught: lost, want: 1 }, { caught: refused(409, "key_taken"), want: "outcome_unknown" }],
  "conflict beside a lost response": [{}, first, { caught: new AggregateError([lost, refused(409, "key_taken")]), want: "outcome_unknown" }],
  "a refusal that is not automatic": [{}, first, { caught: refused(400, "bad_input"), want: "not_automatic" }, { caught: busy, want: "not_automatic" }],
  "nothing is charged": [{}, { want: 1, bare: true }, { caught: refused(503, "turned_away"), want: 1 }],
  "no key was sent": [{}, { want: 1, bare: true }, { caught: lost, want: "outcome_unknown" }],
  "the last submission had no key": [{}, first, { caught: lost, want: 1, bare: true }, { caught: busy, want: "outcome_unknown" }],
  "the key has expired": [{}, first, { wait: 54 * minute, caught: lost, want: "outcome_unknown" }],
  "the key expires during the wait": [{}, first, { wait: 54 * minute - 5 * second, caught: lost, want: "outcome_unknown" }],
  "the key has nearly expired": [{}, first, { wait: 54 * minute - 6 * second, caught: lost, want: 1 }, { caught: lost, want: "outcome_unknown" }],
  "a refusal after the key expired": [{}, first, { wait: 2 * hour, caught: busy, want: 1 }],
  "a new key has a new time": [{}, first, { wait: hour, caught: failed("busy", "t"), want: 2 }, { wait: 50 * minute, caught: lost, want: 2 }],
  "the clock is set back": [{}, first, { wait: -second, caught: lost, want: "outcome_unknown" }],
  "attempts are used": [{ attempts: 2 }, first, { caught: busy, want: 1 }, { caught: busy, want: "attempts_used" }],
  "attempts are used, unknown": [{ attempts: 2 }, first, { caught: lost, want: 1 }, { caught: busy, want: "outcome_unknown" }],
  "too long": [{ capMs: second }, first, { caught: refused(429, "broken"), want: "too_long" }],
  "too long, unknown": [{ capMs: second }, first, { caught: refused(503, "broken"), want: "outcome_unknown" }],
  "forbidden": [{ allow: (d) => d.code !== "busy" }, first, { caught: failed("broken", "t"), want: 2 }, { caught: busy, want: "forbidden" }],
  "polling stopped": [{}, first, { caught: new StandinPollError("t", undefined, lost), want: "outcome_unknown" }, { caught: failed("busy", "t"), want: 2 }],
  "refused poll with the ID of the task": [{}, { want: 1, task: "t" }, { caught: new StandinError({ code: "busy", wire: "busy", httpStatus: 429, taskId: "t" }), want: "outcome_unknown" }],
  "refused poll of a known task": [{}, { want: 1, task: "t" }, { caught: busy, want: "outcome_unknown" }, { caught: failed("busy", "t"), want: 2 }],
  "joined with a lost response": [{}, first, { caught: new AggregateError([lost, failed("busy", "t")]), want: 1 }],
};

/** Runs a program in virtual time. Time is that of the process again afterwards. */
async function inTime(program: () => Promise<void>): Promise<void> {
  const { setTimeout, clearTimeout } = globalThis;
  const { now } = Date;
  clock.install();
  try {
    await clock.run(program);
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout });
    Date.now = now;
  }
}

for (const [name, [options, ...steps]] of Object.entries(cases))
  test(name, () =>
    inTime(async () => {
      const work = attempts("order-1", { ...options, keys: true });
      for (const [i, { caught, want, wait = 0, bare = false, task = "" }] of steps.entries()) {
        clock.now += wait;
        const before = clock.now;
        const again = await work.again(caught);
        const got = again ? work.key : work.why;
        assert.equal(got, typeof want === "number" ? keyOf("order-1", want) : want, `step ${String(i)}`);
        assert.equal(again && i > 0, clock.now > before, `step ${String(i)} waits`);
        if (again && !bare) assert.deepEqual(work.headers(), { "Idempotency-Key": work.key });
        if (again && task !== "") work.taskId = task;
      }
    }),
  );

test("waits", () =>
  inTime(async () => {
    const waits: [unknown, number][] = [
      [lost, 5000],
      [refused(409, "in_work"), 2000],
      [refused(409, "in_work", 7000), 7000],
      [new AggregateError([lost, new StandinError({ httpStatus: 503, retryAfterMs: 9000 })]), 9000],
      [failed("busy", "t"), 5000],
    ];
    for (const [caught, want] of waits) {
      const work = attempts("", { keys: true, random: () => 0 });
      await work.again();
      work.headers();
      const start = clock.now;
      assert.ok(await work.again(caught), String(caught));
      assert.equal(clock.now - start, want, String(caught));
    }
  }));

test("without keys, attempts are as strict as nextPauseMs", () =>
  inTime(async () => {
    for (const caught of [lost, refused(503, "broken"), refused(409, "in_work"), new StandinResponseError(200, "", "", ""), refused(400, "mystery")]) {
      const work = attempts("order-1");
      assert.ok(await work.again());
      assert.deepEqual([work.headers(), work.key], [{}, ""]);
      assert.equal(await work.again(caught), false);
    }
    const work = attempts("order-1");
    assert.ok((await work.again()) && (await work.again(busy)) && (await work.again(failed("busy", "t"))));
  }));

test("a signal or deadline uses up nothing", () =>
  inTime(async () => {
    const aborted = AbortSignal.abort();
    const work = attempts("order-1", { keys: true, attempts: 2 });
    const late = async (caught: unknown, options: Parameters<Attempts["again"]>[1]): Promise<void> => {
      assert.equal(await work.again(caught, options), false);
      assert.equal(work.why, "deadline");
    };
    await late(undefined, { signal: aborted });
    await late(undefined, { deadline: clock.now });
    assert.ok(await work.again());
    work.headers();
    const during = new AbortController();
    setTimeout(() => void during.abort(), 2 * second);
    await late(lost, { signal: aborted });
    await late(lost, { deadline: clock.now + 5 * second });
    await late(lost, { deadline: NaN });
    await late(lost, { signal: during.signal });
    assert.ok(await work.again(lost, { deadline: clock.now + 6 * second }));
  }));

test("calls must not overlap", () =>
  inTime(async () => {
    const work = attempts("order-1", { keys: true });
    const [one, two] = await Promise.allSettled([work.again(), work.again()]);
    assert.deepEqual([one.status, two.status], ["fulfilled", "rejected"]);
    assert.equal(work.toJSON()["submissions"], 1);
  }));

const rerun = (work: Attempts, options: AttemptsOptions, id: string): Attempts =>
  attempts(id, { ...options, stored: JSON.stringify(work) });

/** Returns attempts whose second submission has no key yet, or has one. */
async function resubmitted(isKeyed: boolean): Promise<Attempts> {
  const work = attempts("order-1", { keys: true });
  await work.again();
  work.headers();
  await work.again(failed("busy", "t"));
  if (isKeyed) work.headers();
  return work;
}

test("stored attempts continue with the same key", () =>
  inTime(async () => {
    const keys = { keys: true, attempts: 4 };
    const work = await resubmitted(true);
    const since = new Date(clock.now).toISOString();
    assert.equal(JSON.stringify(work), `{"version":1,"table":"standin","seed":"${seedOf("order-1")}","key":2,"since":"${since}","keyed":true,"submissions":2}`);
    const again = rerun(work, keys, "order-1");
    assert.equal(again.why, undefined);
    assert.ok(await again.again());
    assert.equal(again.key, keyOf("order-1", 2));
    again.headers();
    assert.equal(await again.again(refused(400, "mystery")), false);
    assert.equal(again.why, "outcome_unknown"); // a refusal does not settle the stored submission
    const others = {
      "without keys": rerun(work, {}, "order-1"),
      "no attempts left": rerun(work, { keys: true, attempts: 2 }, ""),
      "before headers": rerun(await resubmitted(false), keys, ""),
      "never submitted": rerun(attempts("order-1", keys), keys, "order-1"),
    };
    for (const [name, other] of Object.entries(others)) {
      assert.equal(await other.again(), false, name);
      assert.equal(other.why, "outcome_unknown", name);
    }
    assert.equal(attempts("order-1", { keys: true, stored: work.toJSON() }).key, work.key); // as an object
    clock.now += hour;
    assert.equal(await rerun(work, keys, "order-1").again(), false);
  }));

/** Returns attempts whose submission with a key started the task t. */
async function submitted(): Promise<Attempts> {
  const work = attempts("order-1", { keys: true });
  await work.again();
  work.headers();
  work.taskId = "t";
  return work;
}

test("keys of stored attempts expire with the first one, since another run may have submitted the next", () =>
  inTime(async () => {
    const works = [await submitted(), rerun(await submitted(), { keys: true }, "order-1")];
    JSON.stringify(works[0]);
    clock.now += 50 * minute;
    for (const work of works) {
      assert.ok(await work.again(failed("busy", "t")));
      assert.equal(work.key, keyOf("order-1", 2));
      work.headers();
    }
    clock.now += 5 * minute;
    for (const work of works) assert.equal(await work.again(lost), false);
    const refusedLater = await submitted();
    refusedLater.taskId = "";
    JSON.stringify(refusedLater);
    clock.now += hour;
    assert.equal(await refusedLater.again(busy), false);
  }));

test("without keys, a run that resumes never submits", () =>
  inTime(async () => {
    const work = attempts("order-1");
    await work.again();
    work.taskId = "t";
    const again = rerun(work, {}, "order-1");
    assert.equal(await again.again(failed("busy", "t")), false);
    assert.equal(again.why, "outcome_unknown");
    assert.ok(await work.again(failed("busy", "t"))); // the run that submitted may
  }));

test("no error after a reported one is success, in a later run too", () =>
  inTime(async () => {
    const again = rerun(await resubmitted(true), { keys: true }, "order-1");
    assert.equal(await again.again(lost, { signal: AbortSignal.abort() }), false);
    assert.equal(await again.again(), false);
    assert.equal(again.why, "done");
  }));

test("a key that expires during the wait is not used", () =>
  inTime(async () => {
    const work = attempts("order-1", { keys: true });
    await work.again();
    work.headers();
    setTimeout(() => void (clock.now += hour), second); // as if the computer slept
    assert.equal(await work.again(lost), false);
    assert.equal(work.why, "outcome_unknown");
  }));

test("only a submission has a header", () =>
  inTime(async () => {
    const work = attempts("order-1", { keys: true });
    assert.deepEqual(work.headers(), {});
    await work.again();
    await work.again(refused(400, "bad_input"));
    assert.deepEqual(work.headers(), {});
  }));

test("a task whose ID is stored is polled", () =>
  inTime(async () => {
    const work = attempts("", { keys: true });
    await work.again();
    work.headers();
    work.taskId = "t-1";
    const again = rerun(work, { keys: true }, "");
    assert.equal(await again.again(), false);
    assert.deepEqual([again.taskId, again.why], ["t-1", "outcome_unknown"]);
    assert.ok(await again.again(failed("busy", "t-1")));
    assert.equal(again.taskId, "");
    assert.equal(again.toJSON()["key"], 2);
  }));

test("other JSON is refused", () =>
  inTime(async () => {
    const stored = JSON.stringify(await resubmitted(true));
    const bad = ["", "null", "[]", "{}", "7", stored.slice(0, 20), stored.replace("standin", "other"), stored.replace('"version":1', '"version":2')];
    bad.push(stored.replace(seedOf("order-1"), "0".repeat(32)), stored.replace('"since":"2', '"since":"x'), stored.replace(/"key":\d/, '"key":"1"'), stored.replace(/"key":\d/, '"key":1.5'));
    for (const text of bad) assert.throws(() => attempts("order-1", { keys: true, stored: text }), Error, text);
  }));

test("stored times", () => {
  const at = "2026-01-02T03:04:05";
  const seed = seedOf("a");
  const times = { [`${at}Z`]: ".000Z", [`${at}.123456789Z`]: ".123Z", [`${at}.5Z`]: ".500Z", "2026-01-02T05:04:05.25+02:00": ".250Z" };
  for (const [since, want] of Object.entries(times)) {
    const work = attempts("a", { stored: { version: 1, table: "standin", seed, key: 1, since, keyed: true, submissions: 1 } });
    assert.equal(work.toJSON()["since"], at + want);
  }
});

test("seeds differ, and those of work without an ID are random", () => {
  const works = ["", "", "a", "b", "a\n", "\ud800", "\ud801", "\ufffd"];
  const seeds = works.map((work) => attempts(work).toJSON()["seed"]);
  assert.equal(new Set(seeds).size, works.length);
  for (const seed of seeds) assert.match(String(seed), /^[0-9a-f]{32}$/);
});

test("without WebCrypto, work without an ID has no keys", async () => {
  const crypto = Object.getOwnPropertyDescriptor(globalThis, "crypto");
  Object.defineProperty(globalThis, "crypto", { value: undefined, configurable: true });
  try {
    const work = attempts("", { keys: true });
    assert.ok(await work.again());
    assert.deepEqual([work.key, work.headers()], ["", {}]);
  } finally {
    if (crypto) Object.defineProperty(globalThis, "crypto", crypto);
  }
});

test("SHA-256", () => {
  for (let n = 0; n < 300; n++) {
    const text = "aß€🎬z".repeat(n).slice(0, n).replace(/\ud83c$/, "");
    assert.equal(sha256(text), createHash("sha256").update(text).digest("hex"), `${String(n)} units`);
  }
});
