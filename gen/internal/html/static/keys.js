// Keys of log records, and what counts as a code behind one.

import { endWithout, fold, isLetter, isNumber } from "./characters.js";

const kinds = new Map(Object.entries({
  table: ["table"], revision: ["revision"],
  code: ["code", "error_code", "errorcode", "err_code", "errcode"],
  error: ["err", "error", "reason"],
  task: ["task", "task_id", "taskid"],
  message: ["message", "msg", "error_message", "errmsg", "err_msg"],
  body: ["body", "response"],
}).flatMap(([kind, keys]) => keys.map(key => [key, kind])));

// The kind of a key, by its last part if it is made of several joined by dots; "" for others.
export const keyKind = key => kinds.get(fold(key.slice(key.lastIndexOf(".") + 1))) ?? "";

export const tellingKeys = new Set(("msg message error err reason detail details exception cause event log body response " +
  "textpayload").split(" "));

// Keys of a record for what a service answered. What is under another one, such as a prompt, may be an example.
export const responseKeys = new Set([...tellingKeys, ...("data result results task tasks res resp payload output job jobs http " +
  "items errors fields attributes extra context jsonpayload value record answer reply meta metadata").split(" ")]);

// Whether a text after a key for a code is one. Codes that are not listed have to look like one.
export function plausible(table, code) {
  if (table.listed.has(code)) return true;
  if (isNumber(code)) return table.numeric && !isSuccess(code);
  if (!/^[0-9A-Za-z_.:/-]*$/.test(code) || !/[A-Za-z]/.test(code)) return false;
  return !/^(?:nil|null|none|undefined|true|false|ok|success)$/i.test(code);
}

export const isSuccess = code => ["0", "200", "ok", "success"].includes(fold(code));

// Whether the word before a key says that it is for codes of another kind: "exit code: 1".
export function otherCode(before) {
  const end = endWithout(before, before.length, " .");
  let start = end;
  while (start > 0 && end - start <= "response".length && isLetter(before.charCodeAt(start - 1))) start--;
  return ["exit", "status", "http", "grpc", "return", "response", "zip", "country"].includes(fold(before.slice(start, end)));
}

// Whether a key is one of an address's query, where a "code" is mostly a login's.
export const inAddress = (line, start) => line[start - 1] === "?" || line[start - 1] === "&";
