// Resumes stored attempts after their task failed, and submits again: resume.mjs MODULE WORK < STORED.
// Prints the key and what is stored next.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , module, work] = process.argv;
const { attempts, EvolinkError } = await import(pathToFileURL(module).href);
globalThis.setTimeout = (wake) => void queueMicrotask(wake); // waits take no time

const order = attempts(work, { keys: true, attempts: 9, stored: readFileSync(0, "utf8") });
const caught = new EvolinkError({ code: "service_error", wire: "service_error", taskId: order.taskId });
if (!(await order.again(caught))) throw new Error(order.why);
order.headers();
order.taskId = "task-of-javascript";
console.log(`${order.key}\n${JSON.stringify(order)}`);
