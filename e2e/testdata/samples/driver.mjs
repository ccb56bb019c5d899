// Runs the sample in JavaScript against a fake of the API, in a time of its own.
// Takes {"base": …, "timeouts": [seconds of each run]} and writes the outcome of each.
// The sample finds what it takes from the platform in globalThis.virtual.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { fetch } = globalThis;
let base, events, clock; // of a run; the clock is in milliseconds

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
    return fetch(url.replace("https://api.evolink.ai", base), options);
  },
};

const sample = await import(pathToFileURL(process.argv[2]));

async function run(timeout) {
  events = [];
  clock = 0;
  try {
    const url = "https://api.evolink.ai/v1/images/generations";
    const task = await sample.generate(url, "key", { prompt: "a" }, timeout);
    if (task.status !== "completed") throw new Error(JSON.stringify(task));
    return { Events: events };
  } catch (error) {
    const known = [sample.TaskError, sample.OutcomeUnknown, sample.LostSight];
    if (!known.some((type) => error instanceof type)) throw error;
    const { name, code, taskId, message } = error;
    return { Events: events, Error: name, Code: code, TaskID: taskId, Text: message };
  }
}

const given = JSON.parse(readFileSync(0));
const outcomes = [];
for (const [i, timeout] of given.timeouts.entries()) {
  base = `${given.base}/${i}`;
  outcomes.push(await run(timeout));
}
process.stdout.write(JSON.stringify(outcomes));
