// Runs the sample in JavaScript with a fake API and virtual time.
// Reads {"site": of the service, "base": of the fake, "key": of the API or "",
// "timeouts": [seconds of each run]} and writes the outcome of each run.
// globalThis.virtual contains the platform functions of the sample.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const given = JSON.parse(readFileSync(0));
const { fetch } = globalThis;
let base, events, clock; // state of a run; the clock is in milliseconds

globalThis.virtual = {
  performance: { now: () => 1000 + clock },
  Date: { parse: Date.parse, now: () => Date.UTC(2000) + clock }, // the year 2000
  setTimeout(wake, pause) {
    clock += pause;
    events.push({ Kind: "pause", Seconds: pause / 1000 });
    queueMicrotask(wake);
  },
  fetch(url, options) {
    events.push({ Kind: options.method === "POST" ? "post" : "poll" });
    return fetch(url.replace(given.site, base), options);
  },
};

const sample = await import(pathToFileURL(process.argv[2]));

async function run(timeout) {
  events = [];
  clock = 0;
  const key = given.key ? [given.key] : [];
  try {
    const url = `${given.site}/v1/images/generations`;
    const task = await sample.generate(url, ...key, { prompt: "a" }, timeout);
    return { Events: events, Task: task };
  } catch (error) {
    const known = [sample.TaskError, sample.OutcomeUnknown, sample.PollError];
    if (!known.some((type) => error instanceof type)) throw error;
    const { name, code, taskId, message } = error;
    return { Events: events, Error: name, Code: code, TaskID: taskId, Text: message };
  }
}

const outcomes = [];
for (const [i, timeout] of given.timeouts.entries()) {
  base = `${given.base}/${i}`;
  outcomes.push(await run(timeout));
}
process.stdout.write(JSON.stringify(outcomes));
