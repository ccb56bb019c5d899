// Tests errors, decoding, JSON, pauses, polling and descriptions with the table of runtime/standin.ts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { classify, match, parseCode } from "../runtime/classify.ts";
import { decodeError, decodeTask, isDone, parseError, parseTask, readTask, taskError } from "../runtime/decode.ts";
import { StandinError, standinErrorIn, StandinPollError, StandinResponseError } from "../runtime/error.ts";
import { explain } from "../runtime/explain.ts";
import { nextPauseMs } from "../runtime/policy.ts";
import type { Task } from "../runtime/standin.ts";
import { waitForTask } from "../runtime/wait.ts";

const body = (code: string, message: string): string => JSON.stringify({ error: { code, message } });

function errorOf(status: number, text: string, headers = {}): StandinError {
  const e = decodeError(status, headers, text);
  assert.ok(e instanceof StandinError);
  return e;
}

test("classify", () => {
  assert.equal(classify("busy").automatic, true);
  assert.equal(classify("busy", "All 10 credits are used up").subtype, "busy/used_up");
  assert.equal(classify("rate_limited").code, "busy");
  for (const code of ["constructor", "__proto__", "toString", ""])
    assert.equal(classify(code).known, false);
  assert.equal(classify("bad.thing").code, "bad_input");
  assert.deepEqual(match("x all 3 credits are used up"), { code: "busy", subtype: "busy/used_up" });
  assert.equal(parseCode("rate_limited"), "busy");
  assert.equal(classify("busy", "x".repeat(70_000)).automatic, false);
});

test("errors", () => {
  const e = errorOf(429, body("busy", "wait\n a bit"), { "Retry-After": "7", "X-Request-Id": "r-1" });
  assert.equal(e.message, "standin: busy: wait a bit");
  assert.equal(e.name, "StandinError");
  assert.deepEqual([e.code, e.httpStatus, e.retryAfterMs, e.requestId], ["busy", 429, 7000, "r-1"]);
  assert.equal(e.decision.automatic, true);
  assert.equal(errorOf(503, body("busy", "")).decision.automatic, false); // the task may be running
  assert.equal(errorOf(402, body("busy", "")).decision.subtype, "busy/used_up");
  assert.equal(errorOf(402, body("busy", "")).message, "standin: busy/used_up");
  assert.equal(errorOf(400, body("bad_input", "Larger than 10 MB")).value("limit_mb"), "10");
  assert.equal(errorOf(400, body("no\u202ewhere", "")).message, 'standin: "no where"');
  assert.ok(!Object.keys(e).includes("name") && !Object.keys(e).includes("cause"));
  class Mine extends StandinError {}
  assert.ok(!(e instanceof Mine) && new Mine({}) instanceof Mine && new Mine({}) instanceof StandinError);
  assert.ok(decodeError(200, null, "<html>") instanceof StandinResponseError);
  assert.equal(decodeError(204, null, ""), undefined);
});

test("another copy of the module", async () => {
  const copy = (await import(`../runtime/error.ts?copy`)) as typeof import("../runtime/error.ts");
  assert.notEqual(copy.StandinError, StandinError);
  const e = new copy.StandinError({ code: "busy", httpStatus: 429 });
  assert.ok(e instanceof StandinError);
  assert.notEqual(nextPauseMs(e, 1), undefined);
});

test("JSON", () => {
  const texts = [body("busy", "m"), '{"error":{"code":12345678901234567890}}', "not JSON", "[]", '{"__proto__":1,"error":{"code":"busy"}}'];
  for (const text of texts) {
    const e = errorOf(429, text, { "Retry-After": "7" });
    const stored = JSON.stringify(e);
    const again = parseError(stored);
    assert.deepEqual(JSON.stringify(parseError(JSON.parse(stored))), stored);
    assert.deepEqual({ ...again }, { ...e });
    assert.deepEqual(again.decision, e.decision);
    assert.equal(JSON.stringify(again), stored);
  }
  const made = parseError(JSON.stringify(new StandinError({ code: "busy", httpStatus: 429 })));
  assert.equal(made.code, "busy");
  assert.equal(made.decision.automatic, false);
  const task = decodeTask(200, null, '{"id":"t","status":"running","progress":7,"other":1}');
  assert.deepEqual(JSON.parse(JSON.stringify(task)), { id: "t", status: "running", progress: 7, other: 1, "x-errspec": { status: 200 } });
  assert.deepEqual({ ...parseTask(JSON.stringify(task)) }, { ...task });
  assert.deepEqual(structuredClone(task), { id: "t", status: "running", progress: 7 });
  assert.throws(() => parseTask(body("busy", "")), SyntaxError);
  assert.throws(() => parseError("null"), SyntaxError);
});

test("pauses", () => {
  const busy = new StandinError({ code: "busy", httpStatus: 429, retryAfterMs: 7000 });
  const broken = new StandinError({ code: "broken", httpStatus: 400 });
  assert.equal(nextPauseMs(busy, 1), 7000);
  assert.equal(nextPauseMs(busy, 3), 20_000);
  assert.equal(nextPauseMs(busy, 4), undefined);
  assert.equal(nextPauseMs(busy, NaN), undefined);
  assert.equal(nextPauseMs(broken, 1, { random: () => 0.5 }), 15_000);
  assert.equal(nextPauseMs(broken, 1, { random: () => NaN }), 10_000);
  assert.equal(nextPauseMs(broken, 1, { capMs: 9000 }), undefined);
  assert.equal(nextPauseMs(broken, 1, { allow: () => false }), undefined);
  assert.equal(nextPauseMs(broken, 1, { deadline: Date.now() + 9000 }), undefined);
  assert.notEqual(nextPauseMs(new Error("x", { cause: busy }), 1), undefined);
  assert.notEqual(nextPauseMs(new AggregateError([busy, broken]), 1), undefined);
  const lost = new TypeError("fetch failed");
  const timeout = new DOMException("x", "TimeoutError");
  const cyclic = new Error("x");
  cyclic.cause = cyclic;
  const stopped = new StandinPollError("t", undefined, busy);
  for (const e of [lost, undefined, null, "busy", cyclic, stopped, new AggregateError([busy, lost]), Object.assign(timeout, { cause: busy })])
    assert.equal(nextPauseMs(e, 1), undefined);
  assert.equal(standinErrorIn(stopped), undefined);
});

test("tasks", async () => {
  const response = { status: 200, headers: new Headers(), text: async () => '{"id":"t","status":"failed","error":{"code":"busy","message":"m"}}' };
  const task = await readTask(response);
  assert.ok(isDone(task));
  assert.deepEqual([taskError(task)?.taskId, taskError(task)?.httpStatus], ["t", 0]);
  assert.equal(taskError(task)?.decision.automatic, true);
  const unnamed = decodeTask(200, null, '{"status":"failed","error":{"code":"busy"}}');
  assert.equal(taskError(unnamed)?.decision.automatic, false); // it may be any task
  const cut = (status: number) => readTask({ ...response, status, text: () => Promise.reject(new Error("reset")) });
  await assert.rejects(cut(200), (e) => e instanceof StandinResponseError);
  await assert.rejects(cut(429), (e) => e instanceof StandinError && !e.decision.automatic && e.code === "busy");
  for (const text of ["{}", "[]", "<html>", ""]) assert.throws(() => decodeTask(200, null, text), StandinResponseError);
});

test("polling", async () => {
  const poll = (...responses: (string | Error)[]) => {
    const polls: Task[] = [];
    const get = async (): Promise<Task> => {
      const next = responses.length > 1 ? responses.shift() : responses[0];
      if (next instanceof Error) throw next;
      return decodeTask(200, null, next ?? "");
    };
    return waitForTask("t", { get, everyMs: 1, onPoll: (task) => void polls.push(task) });
  };
  const running = '{"id":"t","status":"running"}';
  const lost = new TypeError("fetch failed");
  assert.equal((await poll(running, lost, lost, running, '{"id":"t","status":"completed"}')).status, "completed");
  await assert.rejects(poll(running, '{"id":"t","status":"failed","error":{"code":"busy"}}'), (e) => e instanceof StandinError && e.code === "busy");
  for (const bad of [lost, '{"id":"other","status":"completed"}', '{"status":"failed"}', new StandinError({ code: "busy", httpStatus: 403 })])
    await assert.rejects(poll(running, bad), (e) => e instanceof StandinPollError && e.last?.id === "t");
  await assert.rejects(waitForTask("t", { get: async () => decodeTask(200, null, running), signal: AbortSignal.timeout(5) }), StandinPollError);
});

test("explain", () => {
  const e = errorOf(429, body("busy", "slow"), { "Retry-After": "90" });
  assert.equal(
    explain(new Error("x", { cause: errorOf(429, body("busy", "slow"), { "Retry-After": "30" }) })),
    "busy: Busy\nToo many requests\nMessage: slow\nAdvice: Slow down\nClients may retry the same request automatically after 30s.\n",
  );
  assert.match(explain(e), /Clients must not retry the same request automatically/); // longer than the cap
  assert.match(explain(errorOf(503, "")), /^HTTP 503\n.*outcome of the request is unknown/s);
  assert.match(explain(new StandinPollError("t", undefined, e)), /Poll it again; do not submit it again/);
  assert.match(explain(decodeError(200, null, "x")), /outcome of the request is unknown/);
  assert.equal(explain(new Error("a\u001bb\n")), "a b\n");
  assert.equal(explain(undefined), "");
});
