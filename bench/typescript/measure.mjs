// Measures a module: measure.mjs MODULE [growth]. Prints a JSON object: nanoseconds for each message that it reads from
// standard input as JSON, or the ratios of the times of 1 MB and 256 kB of hostile text.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , file, mode] = process.argv;
const m = await import(pathToFileURL(file).href);
let kept = 0; // so that no result is unused

/** Returns the milliseconds of CPU time of this process. */
function cpu() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function timeOf(run, atLeastMs, step = 1) {
  let count = 0;
  const start = cpu();
  let spent = 0;
  do {
    for (let i = 0; i < step; i++) run();
    count += step;
    spent = cpu() - start;
  } while (spent < atLeastMs);
  return spent / count;
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

/** Returns the nanoseconds of each message. */
function messages(cases) {
  const result = {};
  for (const { name, code, message } of cases) {
    // Flat texts, as those of responses.
    const texts = Array.from({ length: 64 }, () => JSON.parse(JSON.stringify(message)));
    const round = () => {
      for (const text of texts) kept += m.classify(code, text).action.length;
    };
    timeOf(round, 200, 20); // until it is compiled
    result[name] = (median(Array.from({ length: 9 }, () => timeOf(round, 20, 20))) / texts.length) * 1e6;
  }
  return result;
}

const json = (value) => JSON.stringify(value);
const hostile = {
  "a message of spaces": (n) => [400, json({ error: { code: "invalid_parameters", message: " ".repeat(n) } })],
  "a message of starts of phrases": (n) => [400, json({ error: { code: "invalid_parameters", message: "file size larger than 1".repeat(n / 23) } })],
  "a message of digits": (n) => [400, json({ error: { code: "invalid_parameters", message: "1.".repeat(n / 2) } })],
  "a code of line ends": (n) => [400, json({ error: { code: "\n".repeat(n / 2) } })],
  "a code of letters": (n) => [400, json({ error: { code: "x".repeat(n) } })],
  "nested arrays": (n) => [400, `{"error":{"code":${"[".repeat(n / 2)}${"]".repeat(n / 2)}}}`],
  "an array of objects": (n) => [400, `{"error":[${Array(Math.trunc(n / 14)).fill('{"code":"x"}').join()}]}`],
  "repeated members": (n) => [400, `{${Array(Math.trunc(n / 24)).fill('"error":{"code":"busy"}').join()}}`],
  "escapes": (n) => [400, `{"error":{"message":"${"\\u0020\\n".repeat(n / 8)}"}}`],
  "halves of pairs": (n) => [400, `{"error":{"message":"${"\\ud800".repeat(n / 6)}"}}`],
  "text that is not JSON": (n) => [502, "<p>".repeat(n / 3)],
};

function growth() {
  const result = {};
  const check = (name, run) => {
    const [small, large] = [262_144, 1_048_576].map((n) => run(n));
    timeOf(small, 50);
    const ratios = Array.from({ length: 5 }, () => timeOf(large, 30) / timeOf(small, 30));
    result[name] = median(ratios);
  };
  for (const [name, make] of Object.entries(hostile))
    check(name, (n) => {
      const [status, body] = make(n);
      return () => {
        const e = m.decodeError(status, {}, body);
        kept += m.explain(e).length + JSON.stringify(e).length + (m.nextPauseMs(e, 1) ?? 0);
      };
    });
  for (const [name, text] of Object.entries({ digits: "9", spaces: " ", units: "1h", dates: "Sun, " }))
    check(`Retry-After of ${name}`, (n) => {
      const value = text.repeat(n / text.length);
      return () => {
        kept += m.parseRetryAfter(value, 0) ?? 0;
      };
    });
  check("match of a message", (n) => {
    const message = "file size larger than 1".repeat(n / 23);
    return () => {
      kept += m.match(message) ? 1 : 0;
    };
  });
  return result;
}

const result = mode === "growth" ? growth() : messages(JSON.parse(readFileSync(0, "utf8")));
if (kept < 0) throw new Error("unexpected results");
console.log(JSON.stringify(result));
