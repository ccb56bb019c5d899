// Sends requests to the upload service and prints the errors that a generated module reads:
// read.mjs MODULE URL < requests. Both are JSON, one on each line.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , file, url] = process.argv;
const { readError, UploadError, valueIn } = await import(pathToFileURL(file).href);

for (const line of readFileSync(0, "utf8").trim().split("\n")) {
  const { method, path, form, id } = JSON.parse(line);
  const headers = { "content-type": "application/x-www-form-urlencoded", ...(id && { "x-request-id": id }) };
  const e = await readError(await fetch(url + path, { method, headers, ...(form && { body: form }) }));
  if (!(e instanceof UploadError)) throw new Error(`not an error of the service: ${e}`);
  const values = {};
  for (const name of ["name", "limit_kb"]) {
    const value = valueIn(e.code, e.rawMessage, name);
    if (value !== undefined) values[name] = value;
  }
  const { known, subtype, automatic } = e.decision;
  console.log(
    JSON.stringify({
      ...{ status: e.httpStatus, wire: e.wire, code: e.code, known, subtype: subtype ?? "", automatic, message: e.rawMessage },
      ...{ values, param: e.param, request_id: e.requestId, retry_after_ms: e.retryAfterMs },
    }),
  );
}
