// The client reads each error as the service in UPLOAD_URL has sent it.
import assert from "node:assert/strict";
import test from "node:test";
import { Client } from "./client.ts";
import { Code, Subtype, UploadError, valueIn } from "./uploaderr.ts";

const client = new Client(process.env["UPLOAD_URL"] ?? "", { attempts: 1 });

/** Returns the error of a call. */
async function errorOf(call: Promise<unknown>): Promise<UploadError> {
  try {
    await call;
  } catch (e) {
    assert(e instanceof UploadError, `${e}`);
    assert.notEqual(e.requestId, "");
    return e;
  }
  return assert.fail("there is no error");
}

function value(e: UploadError, name: "name" | "limit_kb"): string | undefined {
  return valueIn(e.code, e.rawMessage, name);
}

test("upload", async () => {
  await client.upload("a.txt", "text");
  await client.upload("b.txt", "text");
  assert.equal(await client.file("a.txt"), "text");
});

test("invalid requests", async () => {
  let e = await errorOf(client.upload("", "x"));
  assert.equal(e.code, Code.InvalidRequest);
  assert.equal(e.param, "name");

  e = await errorOf(client.upload("../etc", "x"));
  assert.equal(e.decision.subtype, Subtype.InvalidRequestNameNotAllowed);
  assert.equal(value(e, "name"), "../etc");

  e = await errorOf(client.upload("c", "x".repeat(64 * 1024 + 1)));
  assert.equal(e.decision.subtype, Subtype.InvalidRequestFileTooLarge);
  assert.equal(e.param, "content");
  assert.equal(value(e, "limit_kb"), "64");
});

test("limit", async () => {
  const e = await errorOf(client.upload("c", "x"));
  assert.equal(e.code, Code.TooManyUploads);
  assert.equal(e.retryAfterMs, 40_000);
  assert(e.decision.automatic);
});

test("missing file, and an internal error", async () => {
  let e = await errorOf(client.file("c"));
  assert.equal(e.code, Code.NotFound);
  e = await errorOf(client.file("broken"));
  assert.equal(e.code, Code.ServiceError);
  assert.equal(e.rawMessage, "the service failed");
});
