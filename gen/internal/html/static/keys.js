// Keys of log records, and values that are codes.

import { endWithout, fold, isLetter, isNumber } from "./characters.js";

const kinds = new Map(Object.entries({
  table: ["table"], revision: ["revision"],
  code: ["code", "error_code", "errorcode", "err_code", "errcode"],
  error: ["err", "error", "reason"],
  task: ["task", "task_id", "taskid"],
  message: ["message", "msg", "error_message", "errmsg", "err_msg"],
  body: ["body", "response"],
}).flatMap(([kind, keys]) => keys.map(key => [key, kind])));

// Returns the kind of a key, or "". If the key consists of parts joined by dots, the last part counts.
export const keyKind = key => kinds.get(fold(key.slice(key.lastIndexOf(".") + 1))) ?? "";

export const identifyingKeys = new Set(("msg message error err reason detail details exception cause event log body response " +
  "textpayload").split(" "));

// Keys of a record under which the response of a service may be. A response under another key, such as a prompt, may be
// an example.
export const responseKeys = new Set([...identifyingKeys, ...("data result results task tasks res resp payload output job jobs http " +
  "items errors fields attributes extra context jsonpayload value record answer reply meta metadata").split(" ")]);

// Reports whether the value of a key for codes is a code. An unlisted code must look like one.
export function plausible(table, code) {
  if (table.listed.has(code)) return true;
  if (isNumber(code)) return table.numeric && !isSuccess(code);
  if (!/^[0-9A-Za-z_.:/-]*$/.test(code) || !/[A-Za-z]/.test(code)) return false;
  return !/^(?:nil|null|none|undefined|true|false|ok|success)$/i.test(code);
}

export const isSuccess = code => ["0", "200", "ok", "success"].includes(fold(code));

// Reports whether the word before a key indicates another kind of code: "exit code: 1".
export function otherCode(before) {
  const end = endWithout(before, before.length, " .");
  let start = end;
  while (start > 0 && end - start <= "response".length && isLetter(before.charCodeAt(start - 1))) start--;
  return ["exit", "status", "http", "grpc", "return", "response", "zip", "country"].includes(fold(before.slice(start, end)));
}

// Reports whether a key is in the query of a URL, where a "code" is usually that of a login.
export const inURL = (line, start) => line[start - 1] === "?" || line[start - 1] === "&";
