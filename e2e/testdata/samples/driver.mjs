// Runs the sample in JavaScript with a fake API and virtual time.
// Reads {"site": of the service, "base": of the fake, "key": of the API or "",
// "timeouts": [seconds of each run]} and writes the outcome of each run.
// The sample imports the generated module if it takes a signal instead of a timeout.
// globalThis.virtual contains the platform functions of the sample.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const given = JSON.parse(readFileSync(0));
const { fetch } = globalThis;
let base, events, clock; // state of a run; the clock is in milliseconds
let deadline, controller; // of a run with a signal

globalThis.virtual = {
  performance: { now: () => 1000 + clock },
  Date: class extends Date {
    static now = () => Date.UTC(2000) + clock; // the year 2000
  },
  clearTimeout() {},
  setTimeout(wake, pause) {
    if (controller && clock + pause >= deadline) {
      controller.abort(new Error("the deadline has passed"));
      return;
    }
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

const hasModule = process.argv[3] === "module";

async function run(timeout) {
  events = [];
  clock = 0;
  const key = given.key ? [given.key] : [];
  const url = `${given.site}/v1/images/generations`;
  const args = [url, ...key, { prompt: "a" }];
  if (hasModule) {
    deadline = timeout * 1000;
    controller = new AbortController();
    args.unshift("order-1");
    args.push(controller.signal);
  } else {
    args.push(timeout);
  }
  try {
    return { Events: events, Task: await sample.generate(...args) };
  } catch (error) {
    const { code, taskId, message } = error;
    const outcome = { Events: events, Code: code, TaskID: taskId, Text: message };
    if (hasModule) return { ...outcome, ...ofModule(error) };
    const known = [sample.TaskError, sample.OutcomeUnknown, sample.PollError];
    if (!known.some((type) => error instanceof type)) throw error;
    return { ...outcome, Error: error.name };
  }
}

// The kinds of outcomes, by errors of the module. Polling a task without an ID stops at
// once: the response to the submission is lost.
function ofModule(error) {
  if (error.name.endsWith("PollError") && error.taskId) return { Error: "PollError" };
  const { httpStatus: status, wire, decision } = error;
  const isNamed = decision?.known || (wire && wire !== String(status));
  const isRefusal = status >= 400 && status < 500 && status !== 408;
  if (decision && (!status || (isNamed && isRefusal)))
    return { Error: "TaskError", Code: String(error.code ?? "") };
  return { Error: "OutcomeUnknown", Code: "" };
}

const outcomes = [];
for (const [i, timeout] of given.timeouts.entries()) {
  base = `${given.base}/${i}`;
  outcomes.push(await run(timeout));
}
process.stdout.write(JSON.stringify(outcomes));
