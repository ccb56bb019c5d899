// Prints the facts that a module reads from responses: read.mjs MODULE < responses. Both are JSON, one on each line.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { decodeError, valueIn } = await import(pathToFileURL(process.argv[2]).href);
const lines = [];
for (const line of readFileSync(0, "utf8").trim().split("\n")) {
  const { status, headers, body, want } = JSON.parse(line);
  const e = decodeError(status, headers, body);
  const values = {};
  for (const name of Object.keys(want.values)) {
    const value = valueIn(e.code, e.rawMessage, name);
    if (value !== undefined) values[name] = value;
  }
  const { subtype = "", automatic } = e.decision;
  const { rawMessage: message, param, requestId: request_id, retryAfterMs: retry_after_ms } = e;
  lines.push(JSON.stringify({ code: String(e.code), subtype, automatic, message, values, param, request_id, retry_after_ms }));
}
process.stdout.write(lines.join("\n") + "\n");
