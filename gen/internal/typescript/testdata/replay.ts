// Replays cases with the run time and prints the differences from the results of the Go packages. Each argument is a
// file with a table and its cases.

import { readFileSync } from "node:fs";
import { classifyAt, codeOfOwner, decideReading, valuesIn } from "../runtime/decide.ts";
import { Phrases } from "../runtime/phrases.ts";
import { read } from "../runtime/response.ts";
import { headersOf } from "../runtime/stored.ts";
import { listed } from "../runtime/table.ts";

let cases = 0;
let differences = 0;

function compare(what: unknown, got: Record<string, unknown>, want: Record<string, unknown>): void {
  cases++;
  for (const key of Object.keys(want)) {
    const [a, b] = [got[key], want[key]];
    const isSame =
      typeof a === "number" && typeof b === "number"
        ? Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(b), 1)
        : JSON.stringify(a) === JSON.stringify(b);
    if (isSame) continue;
    differences++;
    if (differences <= 20)
      console.log(`${JSON.stringify(what)}\n  ${key}: got ${JSON.stringify(a)}, want ${JSON.stringify(b)}`);
  }
}

function tableFrom(data: any): any {
  const { codes, first, wires, integers } = data;
  const rows = data.table;
  return {
    codes,
    subtypes: (data.subtypes ?? []).map((s: object, subtype: number) => ({ ...s, subtype })),
    first,
    wires: new Map(wires ?? []),
    integers,
    prefixes: rows.Prefixes ?? [],
    phrases: new Phrases(rows.Phrases ?? []),
    fallbacks: new Map(data.fallbacks ?? []),
    stricter: rows.Stricter ?? [],
    hidden: rows.Hidden ?? [],
    pending: rows.Pending ?? [],
    names: data.names ?? [],
    values: new Map(rows.Values ?? []),
  };
}

for (const file of process.argv.slice(2)) {
  const data = JSON.parse(readFileSync(file, "utf8"));
  const table = tableFrom(data);
  for (const { wire, message, want } of data.messages ?? []) {
    const { code } = listed(table, wire);
    const got: Record<string, unknown> = { code, subtype: -1, automatic: false, values: {} };
    if (code >= 0) {
      const decision = classifyAt<any>(table, code, message);
      got["subtype"] = decision.subtype ?? -1;
      got["automatic"] = decision.automatic;
      const values = [...valuesIn<any>(table, code, message)];
      got["values"] = Object.fromEntries(values.sort(([a], [b]) => (a < b ? -1 : 1)));
    }
    const phrase = table.phrases.find(message, -table.codes.length, table.subtypes.length - 1);
    got["match"] = phrase ? [codeOfOwner(table, phrase.owner), Math.max(phrase.owner, -1)] : [-1, -1];
    compare({ file: data.name, wire, message }, got, want);
  }
  for (const { call, status, headers, body, want } of data.responses ?? []) {
    const isTask = call !== "plain";
    const reading = read<any>(table, data.table.Format, { status, headers: headersOf(headers), body, isTask, now: 0 });
    const { outcome, wire, code, standIn, subtype, strictest, message, param, retryAfterMs, facts } = reading;
    const from = table.first[code] ?? 0;
    const got = {
      outcome, wire, code, standIn, message, param, retryAfterMs,
      subtype: code >= 0 && subtype >= 0 ? subtype - from : subtype,
      strictest: code >= 0 && subtype >= 0 ? strictest - from : strictest,
      task: facts.text(facts.first("id")),
      requestId: facts.text(facts.first("request_id")),
      automatic: code >= 0 && decideReading<any>(table, reading).automatic,
    };
    compare({ file: data.name, call, status, headers, body }, got, want);
  }
}

console.log(`${String(cases)} cases, ${String(differences)} differences`);
process.exitCode = differences === 0 ? 0 : 1;
