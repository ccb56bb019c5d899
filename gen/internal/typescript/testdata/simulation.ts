// Runs clients against a service with random faults: simulation.ts MODULE SCHEDULES. No client may pay twice for its
// work, and clients with keys must finish at least 95 % of the work that an oracle finishes. The module is that of the
// table ../../golang/testdata/standin.yaml. See also simulation_test.go of the runtime in Go.

import { pathToFileURL } from "node:url";
import { Clock } from "./clock.ts";

const [, , file = "", schedules = "2000"] = process.argv;
const m = await import(pathToFileURL(file).href);
const clock = new Clock();
clock.install();

const [second, minute, hour] = [1000, 60_000, 3_600_000];
type Headers = Record<string, string>;
type Events = Map<string, number>;

/** Returns random numbers that depend on its arguments only. */
function random(seed: number, kind: number, n: number): () => number {
  let a = Math.imul(seed, 0x9e3779b1) ^ Math.imul(kind + 1, 0x85ebca6b) ^ Math.imul(n + 1, 0xc2b2ae35);
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const below = (r: () => number, n: number): number => Math.floor(r() * n);

function pick(r: () => number, weights: Readonly<Record<string, number>>): string {
  const all = Object.entries(weights);
  let n = r() * all.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of all) if ((n -= weight) < 0) return name;
  throw new Error("no weights");
}

const faults = {
  none: 56, "lost before": 7, "500 before": 4, "html 503 before": 3, "429": 7, "429 with a wait": 3, "turned away": 4, "401": 1,
  "lost after": 9, "broken 503 after": 3, "502 after": 3, "unreadable after": 3, "408 after": 2, "busy 500 after": 2,
};
const pollFaults = { none: 80, lost: 5, "502": 3, "429": 3, "401": 1, "wrong ID": 2, "no ID": 2, unreadable: 2, "busy 400": 1 };
const ends = { completed: 70, hiccup: 8, busy: 8, broken: 5, bad_input: 3, gone: 2, mystery: 2, cancelled: 1, unlisted: 1 };

const respond = (status: number, body: string, headers: Headers = {}) => m.decodeTask(status, headers, body);
const lost = (): never => {
  throw new TypeError("fetch failed");
};
const coded = (code: string): string => JSON.stringify({ error: { code } });
const isAutomatic = (code: string): boolean => m.classify(code).automatic;

interface SimulatedTask {
  readonly id: string;
  /** With which it fails, or "completed". */
  readonly code: string;
  readonly created: number;
  readonly end: number;
  /** Until then, the service responds to the key that the task is in work. */
  readonly busy: number;
}

/** A service that charges for each task, and knows keys for an hour. */
class World {
  readonly seed: number;
  readonly events: Events;
  readonly tasks: SimulatedTask[] = [];
  readonly byKey = new Map<string, SimulatedTask>();
  submissions = 0;
  polls = 0;

  constructor(seed: number, events: Events) {
    this.seed = seed;
    this.events = events;
  }

  count(event: string): void {
    this.events.set(event, (this.events.get(event) ?? 0) + 1);
  }

  async submit(headers: Headers) {
    const r = random(this.seed, 1, ++this.submissions);
    const fault = pick(r, faults);
    this.count(fault);
    await clock.sleep(below(r, 2000));
    if (fault === "lost before") return lost();
    if (fault === "500 before") return respond(500, "{}");
    if (fault === "html 503 before") return respond(503, "<html>");
    if (fault === "429") return respond(429, "");
    if (fault === "429 with a wait") return respond(429, coded("busy"), { "Retry-After": "20" });
    if (fault === "turned away") return respond(503, coded("turned_away"));
    if (fault === "401") return respond(401, coded("nope"));
    const { task, isAgain } = this.accept(headers);
    if (isAgain && clock.now < task.busy) {
      this.count("pending");
      return respond(409, coded("in_work"));
    }
    await clock.sleep(below(r, 2000));
    if (fault === "lost after") return lost();
    if (fault === "broken 503 after") return respond(503, coded("broken"));
    if (fault === "busy 500 after") return respond(500, coded("busy"));
    if (fault === "502 after") return respond(502, "");
    if (fault === "unreadable after") return respond(200, '{"id":"ta');
    if (fault === "408 after") return respond(408, "");
    return this.state(task);
  }

  /** Returns the task of a submission, and whether it existed before. */
  accept(headers: Headers): { task: SimulatedTask; isAgain: boolean } {
    const key = headers[m.idempotencyHeader] ?? "";
    const known = this.byKey.get(key);
    if (known && clock.now - known.created < hour) {
      this.count("replayed");
      return { task: known, isAgain: true };
    }
    const r = random(this.seed, 2, this.tasks.length);
    const code = pick(r, ends);
    this.count(`task ${code}`);
    let end = clock.now + below(r, 60) * second;
    if (below(r, 40) === 0) end += [50 * minute, 56 * minute, 2 * hour][below(r, 3)] ?? 0;
    const busy = clock.now + below(r, 3) * 2 * second;
    const task = { id: `task-${String(this.tasks.length)}`, code, created: clock.now, end, busy };
    this.tasks.push(task);
    if (key !== "") this.byKey.set(key, task);
    return { task, isAgain: false };
  }

  state({ id, code, end }: SimulatedTask) {
    if (clock.now < end) return respond(200, JSON.stringify({ id, status: "running" }));
    if (code === "completed") return respond(200, JSON.stringify({ id, status: "completed" }));
    return respond(200, JSON.stringify({ id, status: "failed", error: { code } }));
  }

  async poll(id: string) {
    const r = random(this.seed, 3, ++this.polls);
    await clock.sleep(below(r, 500));
    const fault = this.polls > 200 ? "none" : pick(r, pollFaults); // so that a slow task is not polled in vain
    this.count(`poll ${fault}`);
    if (fault === "lost") return lost();
    if (fault === "502") return respond(502, "");
    if (fault === "429") return respond(429, coded("busy"));
    if (fault === "401") return respond(401, "");
    if (fault === "busy 400") return respond(400, coded("busy"));
    if (fault === "wrong ID") return respond(200, '{"id":"task-of-another","status":"failed","error":{"code":"busy"}}');
    if (fault === "no ID") return respond(200, '{"status":"failed","error":{"code":"busy"}}');
    if (fault === "unreadable") return respond(200, "[");
    const task = this.tasks.find((each) => each.id === id);
    return task ? this.state(task) : respond(404, coded("gone"));
  }

  /** The number of tasks that are charged: all that do not fail with an automatic code. */
  get charges(): number {
    return this.tasks.filter(({ code }) => code === "completed" || !isAutomatic(code)).length;
  }
}

class Crash extends Error {}

/** Reports whether the program crashes at a point. */
type Crashes = (point: string) => boolean;

/**
 * Runs one program on the work until it ends or crashes. It stores its attempts before each submission, and when it learns
 * the ID of a task. disk is what survives a restart.
 */
async function work(w: World, keys: boolean, disk: { stored: string | null }, crashes: Crashes): Promise<boolean> {
  const crash = (point: string): void => {
    if (crashes(point)) throw new Crash(point);
  };
  const order = m.attempts("order-1", { keys, attempts: 8, random: () => 0.5, stored: disk.stored });
  const save = (): void => void (disk.stored = JSON.stringify(order));
  let caught: unknown;
  try {
    if (order.taskId !== "") return await watch(w, order.taskId);
  } catch (e) {
    caught = e;
  }
  while (await order.again(caught)) {
    const headers = order.headers();
    save();
    crash("before the send");
    try {
      const submission = w.submit(headers);
      await submission.catch(() => undefined);
      crash("after the send");
      order.taskId = (await submission).id;
      save();
      crash("while polling");
      return await watch(w, order.taskId);
    } catch (e) {
      if (e instanceof Crash) throw e;
      caught = e;
    }
  }
  return false;
}

/** Polls a task. If polling stops, a callback makes the program poll again; its contents are not used. */
async function watch(w: World, id: string): Promise<boolean> {
  for (let callbacks = 0; ; callbacks++) {
    try {
      return (await m.waitForTask(id, { get: (task: string) => w.poll(task) })).status === "completed";
    } catch (caught) {
      if (!(caught instanceof m.StandinPollError) || callbacks === 3) throw caught;
      w.count("callback");
      await clock.sleep(30 * second);
    }
  }
}

const delays = [0, second, minute, 10 * minute, 50 * minute, 3 * hour];
const delayOf = (r: () => number): number =>
  delays[[0, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 4, 5][below(r, 20)] ?? 0] ?? 0;

/** Runs the schedule of a seed, and returns whether the work was finished and how many of its tasks are charged. */
async function simulate(seed: number, keys: boolean, events: Events) {
  const w = new World(seed, events);
  const r = random(seed, 4, 0);
  let crashes = below(r, 4) === 0 ? 1 + below(r, 2) : 0;
  const hasSecond = below(r, 6) === 0;
  const disk: { stored: string | null } = { stored: null };
  const start = async (): Promise<boolean> => {
    for (;;) {
      try {
        return await work(w, keys, disk, (point) => {
          if (crashes === 0 || below(r, 4) > 0) return false;
          crashes--;
          w.count(`crash ${point}`);
          return true;
        });
      } catch (e) {
        if (!(e instanceof Crash)) throw e;
      }
      await clock.sleep(delayOf(r));
    }
  };
  const workers = [start()];
  if (hasSecond) {
    await clock.sleep((1 + below(r, 90)) * second);
    if (below(r, 4) === 0) await clock.sleep([50 * minute, 56 * minute, 2 * hour][below(r, 3)] ?? 0);
    if (disk.stored !== null) {
      w.count("second worker");
      workers.push(start());
    }
  }
  return { finished: (await Promise.all(workers)).includes(true), charges: w.charges };
}

/** Reports whether a client that sees the state of the service finishes the work without paying twice. */
function oracle(seed: number): boolean {
  for (let n = 1, created = 0; n <= 8; n++) {
    const fault = pick(random(seed, 1, n), faults);
    if (fault === "401") return false;
    if (fault !== "none" && !fault.endsWith("after")) continue;
    const code = pick(random(seed, 2, created++), ends);
    if (code === "completed") return true;
    if (!isAutomatic(code)) return false;
  }
  return false;
}

let failures = 0;
const fail = (message: string): void => {
  if (++failures <= 20) console.log(message);
};
const events: Events = new Map();
let [possible, finished, finishedWithout] = [0, 0, 0];
for (let seed = 0; seed < Number(schedules); seed++) {
  const isPossible = oracle(seed);
  const withKeys = await clock.run(() => simulate(seed, true, events));
  const without = await clock.run(() => simulate(seed, false, new Map()));
  if (withKeys.charges > 1) fail(`seed ${String(seed)}: ${String(withKeys.charges)} charges`);
  if (without.charges > 1) fail(`seed ${String(seed)} without keys: ${String(without.charges)} charges`);
  possible += Number(isPossible);
  finished += Number(isPossible && withKeys.finished);
  finishedWithout += Number(isPossible && without.finished);
}
const percent = (n: number): string => `${((100 * n) / possible).toFixed(1)} %`;
console.log(`${schedules} schedules, ${String(failures)} failures: ${percent(finished)} finished with keys, ${percent(finishedWithout)} without`);
if (finished / possible < 0.95) fail("less than 95 % is finished");
for (const [event, n] of events) if (n < Number(schedules) / 2000) fail(`${event}: only ${String(n)} times`);
process.exitCode = failures > 0 ? 1 : 0;
